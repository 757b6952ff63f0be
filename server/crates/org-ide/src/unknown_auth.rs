//! Why nobody can tell how an org authenticates. Such an org may turn out to be one that an upgrade
//! breaks.

use org_schema::members::AuthType;

use crate::document::{Document, UnreadableFile};
use crate::lower::OrgDef;

/// What hides the authentication type of an org file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnknownAuth {
    /// The file is larger than what is analysed.
    TooLarge,
    /// The file is not UTF-8.
    InvalidEncoding,
    /// There is no `auth` object.
    NoAuth,
    /// `auth` has no `type`.
    NoType,
    /// `type` is none of the known ones.
    UnknownType,
}

impl UnknownAuth {
    /// The fault of a document; `None` where the type can be told.
    pub fn of(document: &Document, org: &OrgDef) -> Option<Self> {
        match document.unreadable() {
            Some(UnreadableFile::TooLarge) => return Some(Self::TooLarge),
            Some(UnreadableFile::InvalidEncoding { .. }) => return Some(Self::InvalidEncoding),
            None => {}
        }
        // What Design Studio calls the items of OAuth 2.0 nobody knows: an org without a password is
        // probably on it, and no upgrade breaks it.
        if document.entity().is_some() {
            return None;
        }
        match (org.auth_type(), &org.auth.kind) {
            (Some(AuthType::Basic | AuthType::OAuth2ClientCredentials), _) => None,
            _ if org.auth.object.is_none() => Some(Self::NoAuth),
            (None, None) => Some(Self::NoType),
            (None, Some(_)) => Some(Self::UnknownType),
        }
    }

    /// What to do about it.
    pub const fn repair(self) -> &'static str {
        match self {
            Self::TooLarge => "make the file smaller than 1 MiB",
            Self::InvalidEncoding => "save the file as UTF-8",
            Self::NoAuth => "write its \"auth\"",
            Self::NoType => "write the \"type\" of its \"auth\"",
            Self::UnknownType => "correct the \"type\" of its \"auth\"",
        }
    }
}
