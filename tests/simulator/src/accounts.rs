//! The made-up orgs that log in.
//!
//! Every value has the shape that Salesforce gives it, so that rules about shapes stay quiet,
//! and none can be taken for a real one.

/// One org with its OAuth app and its integration user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Short name that session ids carry: lower-case letters.
    pub(crate) key: &'static str,
    /// The organization's name.
    pub organization_name: &'static str,
    /// Whether the org is a sandbox.
    pub sandbox: bool,
    /// Organization id, 18 characters.
    pub organization_id: &'static str,
    /// User id, 18 characters.
    pub user_id: &'static str,
    /// Consumer key of the org's app, 85 characters.
    pub client_id: &'static str,
    /// Consumer secret of the org's app, 64 hexadecimal digits.
    pub client_secret: &'static str,
    /// User name for `login()`; also who the app runs as.
    pub username: &'static str,
    /// The user's password, without the security token.
    pub password: &'static str,
    /// The user's security token, 24 letters and digits.
    pub security_token: &'static str,
    /// Whether `login()` refuses the password alone; otherwise it takes it with and without
    /// the token, as Salesforce does for callers in a trusted address range.
    pub token_required: bool,
    /// Whether the org's My Domain policy refuses logins from the two login hosts, which then
    /// answer as for wrong credentials.
    pub my_domain_only: bool,
    /// The org's My Domain host. It counts when a request names a Salesforce host, which
    /// happens through the simulator's proxy.
    pub my_domain: &'static str,
}

/// The production org: an OAuth client, and a basic user for those who want one.
pub const PRODUCTION: Account = Account {
    key: "production",
    organization_name: "Acme production",
    sandbox: false,
    organization_id: "00DNR00000000012AA",
    user_id: "005NR0000000001YAA",
    client_id: "3MVG9EXAMPLE.NOTREAL.AcmeProduction.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL00",
    client_secret: "decafbaddecafbaddecafbaddecafbaddecafbaddecafbaddecafbaddecafbad",
    username: "integration@acme.example.com",
    password: "NotReal-Production-1",
    security_token: "NotARealSecurityTokenPRD",
    token_required: true,
    my_domain_only: false,
    my_domain: "acme.my.salesforce.com",
};

/// A sandbox whose user must append the security token.
pub const UAT: Account = Account {
    key: "uat",
    organization_name: "Acme UAT",
    sandbox: true,
    organization_id: "00DNR00000000022AA",
    user_id: "005NR0000000002YAA",
    client_id: "3MVG9EXAMPLE.NOTREAL.AcmeUAT.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL0",
    client_secret: "cafef00dcafef00dcafef00dcafef00dcafef00dcafef00dcafef00dcafef00d",
    username: "integration@acme.example.com.uat",
    password: "NotReal-Uat-2",
    security_token: "NotARealSecurityTokenUAT",
    token_required: true,
    my_domain_only: false,
    my_domain: "acme--uat.sandbox.my.salesforce.com",
};

/// A sandbox that trusts this computer's address, so that the token may be left out.
pub const DEV: Account = Account {
    key: "dev",
    organization_name: "Acme Dev",
    sandbox: true,
    organization_id: "00DNR00000000032AA",
    user_id: "005NR0000000003YAA",
    client_id: "3MVG9EXAMPLE.NOTREAL.AcmeDev.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL0",
    client_secret: "deadbea7deadbea7deadbea7deadbea7deadbea7deadbea7deadbea7deadbea7",
    username: "integration@acme.example.com.dev",
    password: "NotReal-Dev-3",
    security_token: "NotARealSecurityTokenDEV",
    token_required: false,
    my_domain_only: false,
    my_domain: "acme--dev.sandbox.my.salesforce.com",
};

/// An org whose name, user and password need escaping in XML, JSON and forms.
pub const ODD_SIGNS: Account = Account {
    key: "odd",
    organization_name: "Odd & <Signs> \"Ümläut\" 株式会社",
    sandbox: false,
    organization_id: "00DNR00000000042AA",
    user_id: "005NR0000000004YAA",
    client_id: "3MVG9EXAMPLE.NOTREAL.Odd+Signs=.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREA",
    client_secret: "NOTREAL/+=.NOTREAL/+=.NOTREAL/+=.NOTREAL/+=.NOTREAL/+=.NOTREAL/+",
    username: "o'dd+signs&co@acme.example.com",
    password: "a&b<c>\"d'e %41+$ é😀]]>",
    security_token: "NotARealSecurityTokenODD",
    token_required: true,
    my_domain_only: false,
    my_domain: "oddsigns.my.salesforce.com",
};

/// An org whose users log in at its My Domain alone, as in Government Cloud.
pub const MY_DOMAIN_ONLY: Account = Account {
    key: "mydomain",
    organization_name: "Acme Government",
    sandbox: false,
    organization_id: "00DNR00000000052AA",
    user_id: "005NR0000000005YAA",
    client_id: "3MVG9EXAMPLE.NOTREAL.AcmeGovernment.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.0",
    client_secret: "feedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedface",
    username: "integration@gov.example.com",
    password: "NotReal-Government-5",
    security_token: "NotARealSecurityTokenGOV",
    token_required: true,
    my_domain_only: true,
    my_domain: "acmegov.my.salesforce.com",
};

/// The org that the recorded answers in the case list speak of.
pub(crate) const CASE_ORG: Account = Account {
    key: "case",
    organization_name: "Example Org",
    organization_id: "00DXX0000000000EAA",
    user_id: "005XX000000AAAAAA0",
    username: "integration@example.com",
    my_domain: "exampledomain.my.salesforce.com",
    ..PRODUCTION
};

/// Everyone who can log in with fixed values.
pub const ACCOUNTS: [Account; 5] = [PRODUCTION, UAT, DEV, ODD_SIGNS, MY_DOMAIN_ONLY];

impl Account {
    /// The 15-character form of the organization id, as session ids and SOAP addresses have it.
    pub(crate) fn organization_id_15(&self) -> &'static str {
        self.organization_id.get(..15).unwrap_or(self.organization_id)
    }

    /// The account that a session id names.
    pub(crate) fn by_key(key: &str) -> Option<Account> {
        ACCOUNTS.into_iter().chain([CASE_ORG]).find(|account| account.key == key)
    }

    /// The host that `id` addresses of this org begin with.
    pub(crate) fn identity_host(&self) -> &'static str {
        if self.sandbox { "test.salesforce.com" } else { "login.salesforce.com" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The three characters that make a 15-character id safe where case is ignored.
    fn checksum(id_15: &str) -> String {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
        id_15
            .as_bytes()
            .chunks(5)
            .map(|chunk| {
                let bits = chunk.iter().enumerate();
                let index: usize =
                    bits.map(|(bit, byte)| usize::from(byte.is_ascii_uppercase()) << bit).sum();
                char::from(alphabet[index])
            })
            .collect()
    }

    #[test]
    fn values_have_the_shapes_of_real_ones() {
        for account in ACCOUNTS {
            for id in [account.organization_id, account.user_id] {
                assert_eq!(id.len(), 18, "{id}");
                assert_eq!(checksum(&id[..15]), id[15..], "{id}");
            }
            let key = account.client_id;
            assert!(key.starts_with("3MVG9") && key.len() >= 85, "{key} {}", key.len());
            assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || "._+/=".contains(c)), "{key}");
            let secret = account.client_secret;
            assert_eq!(secret.len(), 64, "{secret}");
            let allowed = |c: char| c.is_ascii_alphanumeric() || "+/=.".contains(c);
            assert!(secret.chars().all(allowed), "{secret}");
            assert_eq!(account.security_token.len(), 24);
            assert!(account.security_token.chars().all(|c| c.is_ascii_alphanumeric()));
        }
    }
}
