//! Salesforce logins and their explanation.
//!
//! [`test_login`] takes an org definition ([`LoginTarget`]), checks that credentials may go to
//! its host, resolves its secrets, logs in (SOAP API `login()` or OAuth 2.0 client credentials),
//! asks which API versions the org serves and who logged in, and returns a [`LoginResult`]:
//! success with warnings, or a failure with its cause and ordered instructions.
//!
//! What holds for every login:
//! - The host is checked against Salesforce's closed list and the user's own allowed hosts before
//!   a secret is resolved, a name is looked up or a byte is sent.
//! - A secret lives in a `secrecy` type from its resolution on; nothing that leaves this crate
//!   (results, errors, log lines) holds one in any form.
//! - No redirect is followed, and nothing but Salesforce's own hosts sees the session.
//! - It ends: by its deadline, or at once by its cancellation token.

mod answer;
mod bindings;
mod cause;
mod causes;
mod confirmation;
mod credential_hints;
mod digest;
mod env_file_edit;
mod env_names;
mod exchange;
mod follow_up;
#[cfg(feature = "keyring")]
pub mod keyring;
mod lockout;
mod login;
mod login_audit;
mod network;
mod oauth;
mod open_session;
mod output_mask;
mod policy;
mod reservation;
mod result;
mod scrub;
mod secrets;
mod server_error;
mod session;
mod soap;
mod success;
mod target;
mod transport;
mod verdict;
mod warning;
mod warnings;
mod why;
mod xml;

pub use bindings::{Account, BindingDigest, Bindings, OpenUse, SecretKind, SecretUse, names_of};
pub use cause::{Cause, Remedy};
pub use confirmation::{declined, not_confirmed, unconfirmed_secrets};
pub use digest::keyed_digest;
pub use env_file_edit::{EnvFileEditError, env_file_gives, with_assignment, with_new_value};
pub use env_names::EnvFileNames;
pub use lockout::{Care, CredentialsDigest, LockoutGuard, Outcome, REFUSALS, Reserved};
pub use login::{open_session, test_login, test_login_anyway};
pub use login_audit::{LoginAudit, LoginUse, RefusedLogins};
pub use network::Network;
pub use open_session::{NotEnded, OpenSession};
pub use org_dotenv::{BrokenLine, EnvFile, LineProblem, Lookup};
pub use output_mask::OutputMask;
pub use policy::{Destination, Policy, destination};
pub use result::{ApiRequests, Identity, LoginResult, SalesforceAnswer, Status};
pub use secrets::{
    EntryBinding, EnvFileProblem, EnvLine, KeyringEntry, KeyringProblem, Machine, NoStore,
    ProcessSecrets, SecretError, SecretSource,
};
pub use target::{LoginTarget, TargetAuth};
pub use warning::{Warning, WarningCode};
pub use why::{Explained, LONGEST_TEXT, SalesforceError, Why, why};
