//! Salesforce logins in the files of other tools and in source code.
//!
//! Each reader yields [`Login`]s: who logs in where and how, with the byte span of each value. Which
//! reader a file is for is told by its name ([`Format::of_path`]); what is in it may still be something
//! else, and yields nothing then. The readers of formats are in this module's files, one a file;
//! [`crate::code`] reads source code.

mod data_factory;
mod data_loader;
mod env;
mod format;
mod hop;
mod kafka;
mod mule;
mod salesforce_cli;
mod value;

use std::collections::BTreeSet;

use org_syntax::Span;
use secrecy::SecretString;

use crate::xml::Xml;
use crate::{Located, LocatedSecret};

pub use format::{Format, Language};
pub(crate) use value::{
    api_version_in, is_placeholder_host, soap_address, soap_addresses, version_number,
};

/// No file yields more.
pub const MAX_LOGINS: usize = 1000;

/// One login as a file has it.
#[derive(Clone, Debug)]
pub struct Login {
    /// Which tool or library logs in, as people call it.
    pub tool: &'static str,
    /// How.
    pub flow: Flow,
    /// Byte span of what says so: the element, the key or the call.
    pub place: Span,
    /// What the file calls it.
    pub name: Option<Located>,
    /// The host where it logs in, or an address with it.
    pub host: Option<Located>,
    /// Whether it is a sandbox, where that is written.
    pub sandbox: Option<(bool, Span)>,
    /// The API version, written `NN.0` whatever the file's own form.
    pub api_version: Option<Located>,
    /// User name.
    pub username: Option<Written>,
    /// Consumer key.
    pub client_id: Option<Written>,
    /// Password.
    pub password: Option<Secret>,
    /// Security token.
    pub security_token: Option<Secret>,
    /// Consumer secret.
    pub client_secret: Option<Secret>,
    /// Whether it may as well be something else.
    pub is_possible: bool,
    /// Whether it stands in a comment.
    pub is_comment: bool,
}

/// How a login authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    /// User name and password, SOAP `login()`.
    Basic,
    /// The OAuth 2.0 username-password flow.
    UsernamePassword,
    /// OAuth 2.0 client credentials.
    ClientCredentials,
    /// OAuth 2.0 JWT bearer.
    Jwt,
    /// A person has logged in once, and a refresh token goes on.
    RefreshToken,
    /// A session that somebody else has opened.
    Session,
    /// Another one, or it cannot be told.
    Unknown,
}

impl Flow {
    /// Its name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::UsernamePassword => "oauth-username-password",
            Self::ClientCredentials => "client-credentials",
            Self::Jwt => "jwt",
            Self::RefreshToken => "refresh-token",
            Self::Session => "session",
            Self::Unknown => "unknown",
        }
    }
}

/// A value that is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is written out.
    Literal(Located),
    /// It comes from elsewhere: a variable, a property, an expression.
    Reference(Span),
}

/// A secret as it is written.
#[derive(Clone, Debug)]
pub enum Secret {
    /// It is written out.
    Literal(LocatedSecret),
    /// It comes from elsewhere.
    Reference(Span),
    /// The tool has encrypted it.
    Encrypted(Span),
}

impl Secret {
    /// One that is written out.
    pub(crate) fn literal(text: Located) -> Self {
        let value = SecretString::from(text.value);
        Self::Literal(LocatedSecret { value, span: text.span })
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(secret) => secret.span,
            Self::Reference(span) | Self::Encrypted(span) => *span,
        }
    }
}

impl Login {
    /// A login of which nothing is known but how it is made.
    pub(crate) fn new(tool: &'static str, flow: Flow, place: Span) -> Self {
        Self {
            tool,
            flow,
            place,
            name: None,
            host: None,
            sandbox: None,
            api_version: None,
            username: None,
            client_id: None,
            password: None,
            security_token: None,
            client_secret: None,
            is_possible: false,
            is_comment: false,
        }
    }

    /// Takes an address, and the API version that stands in it when nothing else says one.
    pub(crate) fn set_address(&mut self, address: Located, text: &str) {
        if self.api_version.is_none() {
            self.api_version = soap_address(&address, text);
        }
        self.host = Some(address);
    }
}

/// The logins of a file, in the order of the text. Never fails: of a broken text what can be read counts.
pub fn read(format: Format, text: &str) -> Vec<Login> {
    let mut logins = match format {
        Format::Xml => {
            let xml = Xml::read_leniently(text);
            let prefixes = mule::prefixes(&xml);
            let mut logins = of_xml(&xml, &prefixes, text);
            let in_comments = Xml::in_comments(text);
            let mut in_comments: Vec<Login> =
                in_comments.flat_map(|xml| of_xml(&xml, &prefixes, text)).collect();
            in_comments.iter_mut().for_each(|login| login.is_comment = true);
            logins.extend(in_comments);
            logins
        }
        Format::Json => {
            let json = crate::json::Json::of_any(text);
            let mut logins = kafka::read_json(&json);
            logins.extend(data_factory::read(&json));
            logins.extend(salesforce_cli::read(text));
            logins
        }
        Format::SfdxProject => salesforce_cli::read_project(text),
        Format::Properties => {
            let properties = crate::properties::read(text);
            let mut logins = data_loader::read_properties(&properties, text);
            logins.extend(kafka::read_properties(&properties));
            logins
        }
        Format::Env => env::read(text),
        Format::Code(language) => crate::code::read(language, text),
    };
    logins.sort_by_key(|login| login.place);
    logins.truncate(MAX_LOGINS);
    logins
}

/// The logins of XML, in which these prefixes are the connector's of MuleSoft.
fn of_xml(xml: &Xml, prefixes: &BTreeSet<&str>, text: &str) -> Vec<Login> {
    let mut logins = mule::read(xml, prefixes, text);
    logins.extend(data_loader::read_xml(xml, text));
    logins.extend(hop::read(xml, text));
    logins
}

#[cfg(test)]
mod tests;
