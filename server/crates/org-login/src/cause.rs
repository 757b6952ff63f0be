//! The causes of a failed or refused login: the machine-readable half of an explanation.

use std::fmt;

use serde::{Serialize, Serializer};

org_schema::table! {
    /// Why a login failed or was not tried. The names are part of the product's output
    /// (`cause` in `sforg login --format json`), so they never change.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Cause: (&'static str, &'static str) {
        /// Salesforce refused user name, password or security token. The only cause that counts
        /// toward the lock-out guard.
        WrongCredentials = ("wrong-credentials", "wrong password"),
        /// The caller is outside the trusted networks and no (valid) security token was sent.
        SecurityTokenRequired = ("security-token-required", "token needed"),
        /// The password has expired; a session that Salesforce may still hand out is good for nothing.
        PasswordExpired = ("password-expired", "password expired"),
        /// Too many failed attempts: the user is locked out for a while.
        UserLocked = ("user-locked", "user locked"),
        /// The user is deactivated or frozen.
        UserInactive = ("user-inactive", "user inactive"),
        /// Salesforce wants to see who is asking (device activation, multi-factor authentication).
        IdentityChallenge = ("identity-challenge", "MFA required"),
        /// The caller's IP address is not allowed.
        IpRestricted = ("ip-restricted", "IP blocked"),
        /// The profile's login hours exclude the present time.
        LoginHours = ("login-hours", "outside login hours"),
        /// SOAP API `login()` is switched off in the org.
        SoapLoginDisabled = ("soap-login-disabled", "SOAP login is off"),
        /// SOAP API `login()` does not exist (any more) in the API version that was used.
        SoapLoginRemoved = ("soap-login-removed", "SOAP login is gone"),
        /// The user or the app lacks a permission (a scope, a license) that logging in this way needs,
        /// or the user has one that stands in its way.
        PermissionMissing = ("permission-missing", "permission missing"),
        /// The host knows no app with this client ID.
        WrongClientId = ("wrong-client-id", "wrong client ID"),
        /// The client secret is not that of the app.
        WrongClientSecret = ("wrong-client-secret", "wrong client secret"),
        /// The app exists, but its client credentials flow is switched off.
        ClientCredentialsDisabled = ("client-credentials-disabled", "flow is off"),
        /// The app has no user to run as.
        RunAsUserMissing = ("run-as-user-missing", "no Run As user"),
        /// The Run As user is not allowed to use the app.
        AppNotApproved = ("app-not-approved", "app not approved"),
        /// The app is not installed in this org.
        AppNotInOrg = ("app-not-in-org", "app not in org"),
        /// An administrator (or Salesforce) blocked the app.
        AppBlocked = ("app-blocked", "app blocked"),
        /// The host is not the one at which this org can be logged in to.
        WrongHost = ("wrong-host", "wrong host"),
        /// The org or the user has no API access.
        ApiDisabled = ("api-disabled", "API is off"),
        /// The API version is retired, or newer than what the org serves.
        UnsupportedApiVersion = ("unsupported-api-version", "API version"),
        /// The org is locked, suspended, expired or in maintenance.
        OrgUnavailable = ("org-unavailable", "org unavailable"),
        /// Too many logins or requests.
        RateLimited = ("rate-limited", "too many logins"),
        /// Salesforce itself has trouble.
        SalesforceUnavailable = ("salesforce-unavailable", "Salesforce down"),
        /// No answer came: name resolution, connection or time.
        Network = ("network", "network"),
        /// No trustworthy encrypted connection could be made.
        Tls = ("tls", "certificate"),
        /// Something between this machine and Salesforce answered or refused.
        Proxy = ("proxy", "proxy"),
        /// An answer came, but not one that a Salesforce login gives.
        UnexpectedResponse = ("unexpected-response", "odd answer"),
        /// A secret's reference could not be resolved; nothing was sent.
        SecretUnavailable = ("secret-unavailable", "no secret"),
        /// Nobody has confirmed that a referenced secret may go to this host and user; nothing was sent.
        SecretNotConfirmed = ("secret-not-confirmed", "not confirmed"),
        /// Credentials may not be sent to this host; nothing was sent.
        HostNotAllowed = ("host-not-allowed", "host not allowed"),
        /// The file has an error that makes a login meaningless; nothing was sent.
        InvalidDefinition = ("invalid-definition", "file has errors"),
        /// The same credentials failed twice already; nothing was sent.
        LockoutGuard = ("lockout-guard", "may lock user"),
        /// The workspace is not trusted; nothing was sent.
        UntrustedWorkspace = ("untrusted-workspace", "not trusted"),
        /// The person who asked for the login stopped it.
        Cancelled = ("cancelled", "cancelled"),
        /// Salesforce gave a reason that is not in the table; it is shown as it came.
        Other = ("other", "see details"),
    }
}

impl Cause {
    /// The name in output and documentation, such as `wrong-client-secret`.
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// The cause in at most 20 characters, for lists and summaries; it goes on after a colon or
    /// stands alone ([`Cause::title`]).
    pub const fn short(self) -> &'static str {
        self.row().1
    }

    /// [`Cause::short`] as it begins a line: "Wrong client secret".
    pub fn title(self) -> String {
        let mut characters = self.short().chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(characters).collect()
    }

    /// The cause of this name ([`Cause::as_str`]).
    pub fn of_name(name: &str) -> Option<Cause> {
        Cause::ALL.into_iter().find(|cause| cause.as_str() == name)
    }

    /// Whether it says that what the user entered as credentials is wrong.
    pub const fn blames_credentials(self) -> bool {
        matches!(
            self,
            Cause::WrongCredentials
                | Cause::SecurityTokenRequired
                | Cause::WrongClientId
                | Cause::WrongClientSecret
        )
    }

    /// What a person most likely wants to do about it: the first thing that an editor offers.
    pub const fn remedy(self) -> Remedy {
        match self {
            Cause::WrongCredentials
            | Cause::SecurityTokenRequired
            | Cause::PasswordExpired
            | Cause::WrongClientSecret
            | Cause::SecretUnavailable => Remedy::EnterSecret,
            Cause::InvalidDefinition => Remedy::GoToError,
            Cause::SoapLoginDisabled | Cause::SoapLoginRemoved => Remedy::Convert,
            Cause::HostNotAllowed => Remedy::AllowHost,
            Cause::UntrustedWorkspace => Remedy::TrustWorkspace,
            Cause::Network | Cause::Tls | Cause::Proxy | Cause::Cancelled => Remedy::TestAgain,
            _ => Remedy::ShowSteps,
        }
    }
}

/// What can be done about a cause with one click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Enter the secret (again).
    EnterSecret,
    /// Go to the place in the file that is wrong.
    GoToError,
    /// Convert the org to OAuth 2.0 client credentials.
    Convert,
    /// Open the setting that allows a host.
    AllowHost,
    /// Decide whether the workspace is trusted.
    TrustWorkspace,
    /// Test the login again.
    TestAgain,
    /// Read the steps.
    ShowSteps,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Cause;

    #[test]
    fn short_words_fit_a_narrow_list_and_no_two_are_alike() {
        let mut seen = std::collections::HashSet::new();
        for cause in Cause::ALL {
            let short = cause.short();
            assert!(short.chars().count() <= 20, "{cause}: {short}");
            assert!(seen.insert(short), "{cause}: {short}");
            assert_eq!(Cause::of_name(cause.as_str()), Some(cause));
        }
        assert_eq!(Cause::WrongClientSecret.title(), "Wrong client secret");
        assert_eq!(Cause::IdentityChallenge.title(), "MFA required");
    }
}
