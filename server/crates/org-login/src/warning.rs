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

org_schema::table! {
    /// What a warning is about.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum WarningCode: (&'static str, &'static str, &'static str, bool) {
        /// The file says sandbox, Salesforce says production.
        IsProduction = ("is-production", "is production!", "this is a production org and the file says sandbox", true),
        /// The file says production, Salesforce says sandbox.
        IsSandbox = ("is-sandbox", "is a sandbox!", "this is a sandbox and the file says production", true),
        /// The org does not serve the effective API version.
        VersionNotServed = ("version-not-served", "API version missing", "the org does not serve this API version", true),
        /// The API refuses the session: operations will fail.
        ApiRefused = ("api-refused", "API refuses it", "the API refuses the session", true),
        /// The app hands out tokens that the SOAP API of this version refuses.
        JwtTokens = ("jwt-tokens", "JWT access tokens", "the SOAP API refuses the app's tokens", true),
        /// The session has characters that no request can carry.
        OddSession = ("odd-session", "odd session", "no request can carry the session", true),
        /// The answer sends API calls to a host that is not Salesforce's.
        ForeignAddress = ("foreign-address", "foreign address", "API calls are sent to another host", true),
        /// The session is for another API version than was asked for.
        OtherVersion = ("other-version", "other API version", "the session is for another API version", true),
        /// The org's My Domain has another name than the file says.
        OtherMyDomain = ("other-my-domain", "My Domain renamed", "the org's My Domain has another name", true),
        /// Few of the org's daily API requests are left.
        FewRequests = ("few-requests", "few API requests", "few API requests are left today", true),
        /// No API version is set.
        NoVersion = ("no-version", "no API version", "no API version is set", false),
        /// Basic authentication ends.
        BasicEnds = ("basic-ends", "ends Jun 2027", "basic authentication ends in June 2027", false),
        /// The API version loses support.
        VersionRetires = ("version-retires", "API version ends", "this API version loses support", false),
        /// Logins at instance hosts end.
        InstanceHost = ("instance-host", "instance host ends", "logins at instance hosts end", false),
        /// Something was not told that nobody needs.
        NotTold = ("not-told", "not all was told", "the org did not tell everything", false),
    }
}

impl WarningCode {
    /// The name under which it is kept.
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// The code of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }

    /// In at most 20 characters, for lists.
    pub const fn short(self) -> &'static str {
        self.row().1
    }

    /// As it goes on after "Logged in, but ".
    pub const fn but(self) -> &'static str {
        self.row().2
    }

    /// Whether the login is not what the file says it is, or operations will fail today. What ends
    /// one day has findings of its own, and does not make a good login a doubtful one.
    pub const fn is_pressing(self) -> bool {
        self.row().3
    }
}

#[cfg(test)]
mod tests {
    use super::WarningCode;

    #[test]
    fn short_words_fit_a_narrow_list_and_names_are_found_again() {
        for code in WarningCode::ALL {
            assert!(code.short().chars().count() <= 20, "{}", code.short());
            assert_eq!(WarningCode::of_name(code.as_str()), Some(code));
        }
    }
}
