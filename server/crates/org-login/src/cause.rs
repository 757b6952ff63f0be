//! The causes of a failed or refused login: the machine-readable half of an explanation.

use std::fmt;

use serde::{Serialize, Serializer};

/// Why a login failed or was not tried. The names are part of the product's output
/// (`cause` in `sforg login --format json`), so they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// Salesforce refused user name, password or security token. The only cause that counts
    /// toward the lock-out guard.
    WrongCredentials,
    /// The caller is outside the trusted networks and no (valid) security token was sent.
    SecurityTokenRequired,
    /// The password has expired; a session that Salesforce may still hand out is good for nothing.
    PasswordExpired,
    /// Too many failed attempts: the user is locked out for a while.
    UserLocked,
    /// The user is deactivated or frozen.
    UserInactive,
    /// Salesforce wants to see who is asking (device activation, multi-factor authentication).
    IdentityChallenge,
    /// The caller's IP address is not allowed.
    IpRestricted,
    /// The profile's login hours exclude the present time.
    LoginHours,
    /// SOAP API `login()` is switched off in the org.
    SoapLoginDisabled,
    /// SOAP API `login()` does not exist (any more) in the API version that was used.
    SoapLoginRemoved,
    /// The user or the app lacks a permission (a scope, a license) that logging in this way needs,
    /// or the user has one that stands in its way.
    PermissionMissing,
    /// The host knows no app with this client ID.
    WrongClientId,
    /// The client secret is not that of the app.
    WrongClientSecret,
    /// The app exists, but its client credentials flow is switched off.
    ClientCredentialsDisabled,
    /// The app has no user to run as.
    RunAsUserMissing,
    /// The Run As user is not allowed to use the app.
    AppNotApproved,
    /// The app is not installed in this org.
    AppNotInOrg,
    /// An administrator (or Salesforce) blocked the app.
    AppBlocked,
    /// The host is not the one at which this org can be logged in to.
    WrongHost,
    /// The org or the user has no API access.
    ApiDisabled,
    /// The API version is retired, or newer than what the org serves.
    UnsupportedApiVersion,
    /// The org is locked, suspended, expired or in maintenance.
    OrgUnavailable,
    /// Too many logins or requests.
    RateLimited,
    /// Salesforce itself has trouble.
    SalesforceUnavailable,
    /// No answer came: name resolution, connection or time.
    Network,
    /// No trustworthy encrypted connection could be made.
    Tls,
    /// Something between this machine and Salesforce answered or refused.
    Proxy,
    /// An answer came, but not one that a Salesforce login gives.
    UnexpectedResponse,
    /// A secret's reference could not be resolved; nothing was sent.
    SecretUnavailable,
    /// Nobody has confirmed that a referenced secret may go to this host and user; nothing was sent.
    SecretNotConfirmed,
    /// Credentials may not be sent to this host; nothing was sent.
    HostNotAllowed,
    /// The file has an error that makes a login meaningless; nothing was sent.
    InvalidDefinition,
    /// The same credentials failed twice already; nothing was sent.
    LockoutGuard,
    /// The workspace is not trusted; nothing was sent.
    UntrustedWorkspace,
    /// The person who asked for the login stopped it.
    Cancelled,
    /// Salesforce gave a reason that is not in the table; it is shown as it came.
    Other,
}

impl Cause {
    /// Every cause, in the order of the documentation.
    pub const ALL: &'static [Cause] = &[
        Cause::WrongCredentials,
        Cause::SecurityTokenRequired,
        Cause::PasswordExpired,
        Cause::UserLocked,
        Cause::UserInactive,
        Cause::IdentityChallenge,
        Cause::IpRestricted,
        Cause::LoginHours,
        Cause::SoapLoginDisabled,
        Cause::SoapLoginRemoved,
        Cause::PermissionMissing,
        Cause::WrongClientId,
        Cause::WrongClientSecret,
        Cause::ClientCredentialsDisabled,
        Cause::RunAsUserMissing,
        Cause::AppNotApproved,
        Cause::AppNotInOrg,
        Cause::AppBlocked,
        Cause::WrongHost,
        Cause::ApiDisabled,
        Cause::UnsupportedApiVersion,
        Cause::OrgUnavailable,
        Cause::RateLimited,
        Cause::SalesforceUnavailable,
        Cause::Network,
        Cause::Tls,
        Cause::Proxy,
        Cause::UnexpectedResponse,
        Cause::SecretUnavailable,
        Cause::SecretNotConfirmed,
        Cause::HostNotAllowed,
        Cause::InvalidDefinition,
        Cause::LockoutGuard,
        Cause::UntrustedWorkspace,
        Cause::Cancelled,
        Cause::Other,
    ];

    /// The name in output and documentation, such as `wrong-client-secret`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Cause::WrongCredentials => "wrong-credentials",
            Cause::SecurityTokenRequired => "security-token-required",
            Cause::PasswordExpired => "password-expired",
            Cause::UserLocked => "user-locked",
            Cause::UserInactive => "user-inactive",
            Cause::IdentityChallenge => "identity-challenge",
            Cause::IpRestricted => "ip-restricted",
            Cause::LoginHours => "login-hours",
            Cause::SoapLoginDisabled => "soap-login-disabled",
            Cause::SoapLoginRemoved => "soap-login-removed",
            Cause::PermissionMissing => "permission-missing",
            Cause::WrongClientId => "wrong-client-id",
            Cause::WrongClientSecret => "wrong-client-secret",
            Cause::ClientCredentialsDisabled => "client-credentials-disabled",
            Cause::RunAsUserMissing => "run-as-user-missing",
            Cause::AppNotApproved => "app-not-approved",
            Cause::AppNotInOrg => "app-not-in-org",
            Cause::AppBlocked => "app-blocked",
            Cause::WrongHost => "wrong-host",
            Cause::ApiDisabled => "api-disabled",
            Cause::UnsupportedApiVersion => "unsupported-api-version",
            Cause::OrgUnavailable => "org-unavailable",
            Cause::RateLimited => "rate-limited",
            Cause::SalesforceUnavailable => "salesforce-unavailable",
            Cause::Network => "network",
            Cause::Tls => "tls",
            Cause::Proxy => "proxy",
            Cause::UnexpectedResponse => "unexpected-response",
            Cause::SecretUnavailable => "secret-unavailable",
            Cause::SecretNotConfirmed => "secret-not-confirmed",
            Cause::HostNotAllowed => "host-not-allowed",
            Cause::InvalidDefinition => "invalid-definition",
            Cause::LockoutGuard => "lockout-guard",
            Cause::UntrustedWorkspace => "untrusted-workspace",
            Cause::Cancelled => "cancelled",
            Cause::Other => "other",
        }
    }

    /// The cause in at most 20 characters, for lists and summaries; it goes on after a colon or
    /// stands alone ([`Cause::title`]).
    pub const fn short(self) -> &'static str {
        match self {
            Cause::WrongCredentials => "wrong password",
            Cause::SecurityTokenRequired => "token needed",
            Cause::PasswordExpired => "password expired",
            Cause::UserLocked => "user locked",
            Cause::UserInactive => "user inactive",
            Cause::IdentityChallenge => "MFA required",
            Cause::IpRestricted => "IP blocked",
            Cause::LoginHours => "outside login hours",
            Cause::SoapLoginDisabled => "SOAP login is off",
            Cause::SoapLoginRemoved => "SOAP login is gone",
            Cause::PermissionMissing => "permission missing",
            Cause::WrongClientId => "wrong client ID",
            Cause::WrongClientSecret => "wrong client secret",
            Cause::ClientCredentialsDisabled => "flow is off",
            Cause::RunAsUserMissing => "no Run As user",
            Cause::AppNotApproved => "app not approved",
            Cause::AppNotInOrg => "app not in org",
            Cause::AppBlocked => "app blocked",
            Cause::WrongHost => "wrong host",
            Cause::ApiDisabled => "API is off",
            Cause::UnsupportedApiVersion => "API version",
            Cause::OrgUnavailable => "org unavailable",
            Cause::RateLimited => "too many logins",
            Cause::SalesforceUnavailable => "Salesforce down",
            Cause::Network => "network",
            Cause::Tls => "certificate",
            Cause::Proxy => "proxy",
            Cause::UnexpectedResponse => "odd answer",
            Cause::SecretUnavailable => "no secret",
            Cause::SecretNotConfirmed => "not confirmed",
            Cause::HostNotAllowed => "host not allowed",
            Cause::InvalidDefinition => "file has errors",
            Cause::LockoutGuard => "may lock user",
            Cause::UntrustedWorkspace => "not trusted",
            Cause::Cancelled => "cancelled",
            Cause::Other => "see details",
        }
    }

    /// [`Cause::short`] as it begins a line: "Wrong client secret".
    pub fn title(self) -> String {
        let mut characters = self.short().chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(characters).collect()
    }

    /// The cause of this name ([`Cause::as_str`]).
    pub fn of_name(name: &str) -> Option<Cause> {
        Cause::ALL.iter().copied().find(|cause| cause.as_str() == name)
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
            assert_eq!(Cause::of_name(cause.as_str()), Some(*cause));
        }
        assert_eq!(Cause::WrongClientSecret.title(), "Wrong client secret");
        assert_eq!(Cause::IdentityChallenge.title(), "MFA required");
    }
}
