//! Readers of what other programs keep Salesforce orgs in: what they say, with the byte span of each
//! value in the text as it is.
//!
//! Sources: a Jitterbit Design Studio project ([`design_studio`]), the same zipped ([`jitterpak`]), an
//! export of Jitterbit's Integration Studio ([`studio_export`]), what the Salesforce CLI prints
//! ([`sf_output`]), an SFDX auth URL ([`auth_url`]), and the `SF_*`, `SFDC_*` and `SALESFORCE_*` names
//! of a `.env` file ([`env_file`]). Whoever wants to know who logs in, in files of any kind, reads
//! [`logins`]: the formats of other tools, and source code ([`code`]).
//!
//! All of it is hostile input. No reader fails on it: of a broken text what can be read counts, and
//! each mistake has its place. None takes more than linear time, recurses on the input, follows a
//! document type or an entity that the text defines, or unpacks more than its limits. Nothing here
//! opens a file; archives come as anything that can be read and sought.
//!
//! Encrypted values are handed on as they are written. Nothing here decrypts or guesses them.

pub mod auth_url;
pub mod code;
pub mod design_studio;
pub mod env_file;
pub mod jitterpak;
pub mod logins;
pub mod sf_output;
pub mod studio_export;
pub mod xml;

mod encoding;
mod json;
mod login_part;
mod properties;

pub use encoding::{NotText, decode};
pub use login_part::LoginPart;

/// A text as meant, and where it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located {
    /// The text, references resolved.
    pub value: String,
    /// Byte span of what is written, without quotes; of an empty value with its quotes, so that
    /// there is something to show.
    pub span: org_syntax::Span,
}

/// A secret that is written out, and where. `Debug` hides it.
#[derive(Clone)]
pub struct LocatedSecret {
    /// The secret.
    pub value: secrecy::SecretString,
    /// Byte span of what is written, without quotes.
    pub span: org_syntax::Span,
}

impl std::fmt::Debug for LocatedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocatedSecret").field("span", &self.span).finish_non_exhaustive()
    }
}
