//! What a request's host name means when it is one of Salesforce's, as happens through the
//! simulator's proxy. Every other name, loopback first, leads to all orgs.

use crate::accounts::Account;

/// Which door of Salesforce a host name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Not a name of Salesforce's: all orgs are behind it.
    Any,
    /// `login.salesforce.com`.
    Login,
    /// `test.salesforce.com`.
    Test,
    /// A Setup host.
    Setup,
    /// A Lightning host, which is no API host.
    Lightning,
    /// `www.salesforce.com`, which is none either.
    Www,
    /// An org's own host; the name stands in the request.
    MyDomain,
}

impl Door {
    /// The door that a `Host` header names; a port in it is ignored.
    pub fn of(authority: &str) -> Self {
        let host = without_port(authority);
        match host.as_str() {
            "login.salesforce.com" => Self::Login,
            "test.salesforce.com" => Self::Test,
            "www.salesforce.com" => Self::Www,
            _ if host.ends_with(".salesforce-setup.com") => Self::Setup,
            _ if host.ends_with(".lightning.force.com") => Self::Lightning,
            _ if host.ends_with(".my.salesforce.com") => Self::MyDomain,
            _ => Self::Any,
        }
    }

    /// Whether `login()` through this door reaches that org.
    pub fn soap_reaches(self, authority: &str, account: &Account) -> bool {
        match self {
            Self::Any => true,
            Self::Login => !account.sandbox && !account.my_domain_only,
            Self::Test => account.sandbox && !account.my_domain_only,
            Self::MyDomain => without_port(authority) == account.my_domain,
            Self::Setup | Self::Lightning | Self::Www => false,
        }
    }

    /// Whether the token endpoint behind this door knows that org's app.
    pub fn oauth_reaches(self, authority: &str, account: &Account) -> bool {
        match self {
            Self::Any => true,
            Self::MyDomain => without_port(authority) == account.my_domain,
            Self::Login | Self::Test | Self::Setup | Self::Lightning | Self::Www => false,
        }
    }
}

fn without_port(authority: &str) -> String {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{DEV, MY_DOMAIN_ONLY, PRODUCTION, UAT};

    #[test]
    fn doors_by_name() {
        assert_eq!(Door::of("127.0.0.1:8080"), Door::Any);
        assert_eq!(Door::of("[::1]:8080"), Door::Any);
        assert_eq!(Door::of("LOGIN.salesforce.com:443"), Door::Login);
        assert_eq!(Door::of("acme.lightning.force.com"), Door::Lightning);
    }

    #[test]
    fn orgs_behind_doors() {
        let soap = |host: &str, account| Door::of(host).soap_reaches(host, account);
        assert!(soap("login.salesforce.com", &PRODUCTION));
        assert!(!soap("login.salesforce.com", &UAT));
        assert!(soap("test.salesforce.com", &UAT));
        assert!(!soap("login.salesforce.com", &MY_DOMAIN_ONLY));
        assert!(soap("acmegov.my.salesforce.com", &MY_DOMAIN_ONLY));
        assert!(soap("acme--uat.sandbox.my.salesforce.com:443", &UAT));
        assert!(!soap("acme--uat.sandbox.my.salesforce.com", &DEV));
        let oauth = |host: &str, account| Door::of(host).oauth_reaches(host, account);
        assert!(oauth("acme.my.salesforce.com", &PRODUCTION));
        assert!(!oauth("login.salesforce.com", &PRODUCTION));
    }
}
