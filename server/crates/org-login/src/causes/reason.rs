//! Reasons: finer than causes, one for each thing that is explained in its own words.

use crate::bindings::SecretUse;
use crate::cause::Cause;
use crate::secrets::SecretError;

/// What went wrong, as exactly as it is known.
///
/// Texts inside are for people: they come scrubbed of secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    // The user.
    InvalidLogin,
    SecurityTokenMissing,
    PasswordExpired,
    PasswordLockout,
    UserInactive,
    IdentityChallenge,
    IpRestricted,
    LoginHours,
    IpRestrictedOrLoginHours,
    AnyApiAuthMissing,
    ClientNotAllowed,
    TransactionSecurity,
    /// A user of a portal or an Experience Cloud site.
    PortalUser,
    LicenseMissing,
    /// Delegated authentication without a usable gateway address.
    SingleSignOnGateway,
    SingleSignOnOnly,
    SingleSignOnDown,

    // SOAP login() as such.
    SoapLoginDisabled,
    SoapLoginRemoved,

    // The app of the client credentials flow.
    ClientIdUnknown,
    ClientSecretWrong,
    FlowDisabled,
    GrantTypeRefused,
    RunAsUserMissing,
    /// `says_why`: the text goes on after "authentication failure".
    RunAsUserRefused {
        says_why: bool,
    },
    GrantRefused,
    /// The app has no scope that this flow can grant.
    ScopeMissing,
    /// A scope is refused, although the request names none.
    ScopeRefused,
    /// The app demands what only other flows or clients send: PKCE, `DPoP`, a signed assertion.
    AppWantsProof,
    AppNotApproved,
    AppNotInOrg,
    AppBlocked,

    // The host and the org.
    NotThisDomain,
    /// The org's My Domain policy.
    MyDomainOnly,
    NoLoginAtThisAddress,
    /// A renamed My Domain: `to` is its new host, one of Salesforce's.
    HostMoved {
        to: String,
    },
    /// Any other redirect to a host of Salesforce's, or to an address that the answer does not
    /// name.
    Redirected {
        to: Option<String>,
    },
    HttpsRequired,
    WrongInstance,
    ApiDisabled,
    UnsupportedApiVersion,
    OrgUnavailable,
    TrialExpired,
    OrgInMaintenance,
    OrgBeingCreated,

    // Salesforce's service.
    RateLimited,
    RequestsUsedUp,
    /// Too many long requests at the same time.
    TooManyAtOnce,
    SalesforceUnavailable,
    /// A gateway that names itself found nobody behind it.
    GatewayTrouble {
        title: Option<String>,
    },

    // The way there.
    HostNotFound,
    ConnectionRefused,
    TimedOut {
        /// Whether a connection was there already, so that the answer was awaited.
        connected: bool,
    },
    ConnectionLost,
    NetworkTrouble {
        detail: String,
    },
    CertificateRefused {
        detail: String,
    },
    CertificateOfAnotherHost,
    CertificateExpired,
    CertificateFromUnknownIssuer,
    NoTls {
        detail: String,
    },
    NoCertificateStore {
        detail: String,
    },
    ExtraCaUnusable {
        path: String,
        detail: String,
    },
    TlsTooOld,
    ClientCertificateRequired,
    ProxyAuthentication {
        proxy: Option<String>,
    },
    ProxyRefused {
        proxy: Option<String>,
    },
    ProxyUnreachable {
        proxy: String,
    },
    /// Nothing came through the proxy in time.
    ProxySilent {
        proxy: String,
    },
    /// The network wants its own sign-in first.
    NetworkSignIn,
    /// A redirect to a host that is none of Salesforce's: a portal's or a web filter's.
    RedirectedAway {
        to: String,
    },
    /// A page of something between here and Salesforce, with its title when it has one.
    ProxyPage {
        title: Option<String>,
    },

    // The answer.
    /// `what` completes "Salesforce's login answers differently: …".
    NotALoginAnswer {
        what: String,
    },
    AnswerTooLarge,
    UnsafeXml,
    RequestNotUnderstood,
    NoSession,
    /// A code that this program's request cannot cause.
    OtherRequest,
    /// A client that Salesforce does not accept.
    ClientUnsupported,
    /// A code, or a text under a code for many reasons, that is not in the table.
    Unknown {
        about: Option<Subject>,
    },

    // Before anything is sent.
    /// `member` is the JSON pointer of the secret.
    SecretUnavailable {
        member: &'static str,
        problem: Box<SecretError>,
    },
    /// Referenced secrets that nobody has confirmed for this host and user.
    SecretNotConfirmed {
        secrets: Vec<SecretUse>,
    },
    HostNotAllowed {
        host: String,
    },
    LoginHostTakesNoClientCredentials {
        host: String,
    },

    /// Stopped by the person who asked for it, after the request was under way.
    Cancelled,
}

/// What a text is about that this program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    App,
    /// The Run As user, or the user who logs in.
    User,
    Org,
    Network,
}

impl Reason {
    /// The cause that it counts as.
    pub(crate) fn cause(&self) -> Cause {
        match self {
            Reason::InvalidLogin => Cause::WrongCredentials,
            Reason::SecurityTokenMissing => Cause::SecurityTokenRequired,
            Reason::PasswordExpired => Cause::PasswordExpired,
            Reason::PasswordLockout => Cause::UserLocked,
            Reason::UserInactive => Cause::UserInactive,
            Reason::IdentityChallenge => Cause::IdentityChallenge,
            Reason::IpRestricted => Cause::IpRestricted,
            Reason::LoginHours | Reason::IpRestrictedOrLoginHours => Cause::LoginHours,
            Reason::AnyApiAuthMissing
            | Reason::ClientNotAllowed
            | Reason::TransactionSecurity
            | Reason::PortalUser
            | Reason::LicenseMissing
            | Reason::SingleSignOnGateway
            | Reason::SingleSignOnOnly
            | Reason::ScopeMissing => Cause::PermissionMissing,
            Reason::SoapLoginDisabled => Cause::SoapLoginDisabled,
            Reason::SoapLoginRemoved => Cause::SoapLoginRemoved,
            Reason::ClientIdUnknown => Cause::WrongClientId,
            Reason::ClientSecretWrong => Cause::WrongClientSecret,
            Reason::FlowDisabled | Reason::GrantTypeRefused | Reason::AppWantsProof => {
                Cause::ClientCredentialsDisabled
            }
            Reason::RunAsUserMissing => Cause::RunAsUserMissing,
            Reason::AppNotApproved => Cause::AppNotApproved,
            Reason::AppNotInOrg => Cause::AppNotInOrg,
            Reason::AppBlocked => Cause::AppBlocked,
            Reason::NotThisDomain
            | Reason::MyDomainOnly
            | Reason::NoLoginAtThisAddress
            | Reason::HostMoved { .. }
            | Reason::Redirected { .. }
            | Reason::HttpsRequired
            | Reason::WrongInstance => Cause::WrongHost,
            Reason::ApiDisabled => Cause::ApiDisabled,
            Reason::UnsupportedApiVersion => Cause::UnsupportedApiVersion,
            Reason::OrgUnavailable
            | Reason::TrialExpired
            | Reason::OrgInMaintenance
            | Reason::OrgBeingCreated => Cause::OrgUnavailable,
            Reason::RateLimited | Reason::RequestsUsedUp | Reason::TooManyAtOnce => {
                Cause::RateLimited
            }
            Reason::SalesforceUnavailable
            | Reason::GatewayTrouble { .. }
            | Reason::SingleSignOnDown => Cause::SalesforceUnavailable,
            Reason::HostNotFound
            | Reason::ConnectionRefused
            | Reason::TimedOut { .. }
            | Reason::ConnectionLost
            | Reason::NetworkTrouble { .. } => Cause::Network,
            Reason::CertificateRefused { .. }
            | Reason::CertificateOfAnotherHost
            | Reason::CertificateExpired
            | Reason::CertificateFromUnknownIssuer
            | Reason::NoTls { .. }
            | Reason::NoCertificateStore { .. }
            | Reason::ExtraCaUnusable { .. }
            | Reason::TlsTooOld
            | Reason::ClientCertificateRequired => Cause::Tls,
            Reason::ProxyAuthentication { .. }
            | Reason::ProxyRefused { .. }
            | Reason::ProxyUnreachable { .. }
            | Reason::ProxySilent { .. }
            | Reason::NetworkSignIn
            | Reason::RedirectedAway { .. }
            | Reason::ProxyPage { .. } => Cause::Proxy,
            Reason::NotALoginAnswer { .. }
            | Reason::AnswerTooLarge
            | Reason::UnsafeXml
            | Reason::RequestNotUnderstood
            | Reason::NoSession => Cause::UnexpectedResponse,
            Reason::RunAsUserRefused { .. }
            | Reason::GrantRefused
            | Reason::ScopeRefused
            | Reason::OtherRequest
            | Reason::ClientUnsupported
            | Reason::Unknown { .. } => Cause::Other,
            Reason::SecretUnavailable { .. } => Cause::SecretUnavailable,
            Reason::SecretNotConfirmed { .. } => Cause::SecretNotConfirmed,
            Reason::HostNotAllowed { .. } | Reason::LoginHostTakesNoClientCredentials { .. } => {
                Cause::HostNotAllowed
            }
            Reason::Cancelled => Cause::Cancelled,
        }
    }
}
