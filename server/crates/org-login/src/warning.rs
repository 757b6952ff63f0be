//! A warning that comes with a successful login: its words, and a code that is kept without them.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

/// What works now but needs attention. To programs it is its text (`warnings` in
/// `sforg login --format json`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// One sentence, scrubbed of secrets.
    pub text: String,
}

impl Deref for Warning {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq<&str> for Warning {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Warnings about the same.
pub(crate) fn coded(code: WarningCode, texts: Vec<String>) -> Vec<Warning> {
    texts.into_iter().map(|text| Warning { code, text }).collect()
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WarningCode {
    /// The file says sandbox, Salesforce says production.
    IsProduction,
    /// The file says production, Salesforce says sandbox.
    IsSandbox,
    /// The org does not serve the effective API version.
    VersionNotServed,
    /// The API refuses the session: operations will fail.
    ApiRefused,
    /// The app hands out tokens that the SOAP API of this version refuses.
    JwtTokens,
    /// The session has characters that no request can carry.
    OddSession,
    /// The answer sends API calls to a host that is not Salesforce's.
    ForeignAddress,
    /// The session is for another API version than was asked for.
    OtherVersion,
    /// The org's My Domain has another name than the file says.
    OtherMyDomain,
    /// Few of the org's daily API requests are left.
    FewRequests,
    /// No API version is set.
    NoVersion,
    /// Basic authentication ends.
    BasicEnds,
    /// The API version loses support.
    VersionRetires,
    /// Logins at instance hosts end.
    InstanceHost,
    /// Something was not told that nobody needs.
    NotTold,
}

impl WarningCode {
    /// Every code.
    pub const ALL: &'static [WarningCode] = &[
        Self::IsProduction,
        Self::IsSandbox,
        Self::VersionNotServed,
        Self::ApiRefused,
        Self::JwtTokens,
        Self::OddSession,
        Self::ForeignAddress,
        Self::OtherVersion,
        Self::OtherMyDomain,
        Self::FewRequests,
        Self::NoVersion,
        Self::BasicEnds,
        Self::VersionRetires,
        Self::InstanceHost,
        Self::NotTold,
    ];

    /// The name under which it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IsProduction => "is-production",
            Self::IsSandbox => "is-sandbox",
            Self::VersionNotServed => "version-not-served",
            Self::ApiRefused => "api-refused",
            Self::JwtTokens => "jwt-tokens",
            Self::OddSession => "odd-session",
            Self::ForeignAddress => "foreign-address",
            Self::OtherVersion => "other-version",
            Self::OtherMyDomain => "other-my-domain",
            Self::FewRequests => "few-requests",
            Self::NoVersion => "no-version",
            Self::BasicEnds => "basic-ends",
            Self::VersionRetires => "version-retires",
            Self::InstanceHost => "instance-host",
            Self::NotTold => "not-told",
        }
    }

    /// The code of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// In at most 20 characters, for lists.
    pub const fn short(self) -> &'static str {
        match self {
            Self::IsProduction => "is production!",
            Self::IsSandbox => "is a sandbox!",
            Self::VersionNotServed => "API version missing",
            Self::ApiRefused => "API refuses it",
            Self::JwtTokens => "JWT access tokens",
            Self::OddSession => "odd session",
            Self::ForeignAddress => "foreign address",
            Self::OtherVersion => "other API version",
            Self::OtherMyDomain => "My Domain renamed",
            Self::FewRequests => "few API requests",
            Self::NoVersion => "no API version",
            Self::BasicEnds => "ends Jun 2027",
            Self::VersionRetires => "API version ends",
            Self::InstanceHost => "instance host ends",
            Self::NotTold => "not all was told",
        }
    }

    /// As it goes on after "Logged in, but ".
    pub const fn but(self) -> &'static str {
        match self {
            Self::IsProduction => "this is a production org and the file says sandbox",
            Self::IsSandbox => "this is a sandbox and the file says production",
            Self::VersionNotServed => "the org does not serve this API version",
            Self::ApiRefused => "the API refuses the session",
            Self::JwtTokens => "the SOAP API refuses the app's tokens",
            Self::OddSession => "no request can carry the session",
            Self::ForeignAddress => "API calls are sent to another host",
            Self::OtherVersion => "the session is for another API version",
            Self::OtherMyDomain => "the org's My Domain has another name",
            Self::FewRequests => "few API requests are left today",
            Self::NoVersion => "no API version is set",
            Self::BasicEnds => "basic authentication ends in June 2027",
            Self::VersionRetires => "this API version loses support",
            Self::InstanceHost => "logins at instance hosts end",
            Self::NotTold => "the org did not tell everything",
        }
    }

    /// Whether the login is not what the file says it is, or operations will fail today. What ends
    /// one day has findings of its own, and does not make a good login a doubtful one.
    pub const fn is_pressing(self) -> bool {
        matches!(
            self,
            Self::IsProduction
                | Self::IsSandbox
                | Self::VersionNotServed
                | Self::ApiRefused
                | Self::JwtTokens
                | Self::OddSession
                | Self::ForeignAddress
                | Self::OtherVersion
                | Self::OtherMyDomain
                | Self::FewRequests
        )
    }
}

#[cfg(test)]
mod tests {
    use super::WarningCode;

    #[test]
    fn short_words_fit_a_narrow_list_and_names_are_found_again() {
        for code in WarningCode::ALL {
            assert!(code.short().chars().count() <= 20, "{}", code.short());
            assert_eq!(WarningCode::of_name(code.as_str()), Some(*code));
        }
    }
}
