//! Pages of Salesforce Setup that steps lead to, by the path that people follow to them.
//!
//! A page's address is `/lightning/setup/NAME/home` at the org's own Setup host. The names are those that public
//! lists of Setup's addresses agree on (Salesforce Inspector Reloaded, Salesforce Navigator for Lightning, the
//! `sf org open --path` recipes of public repositories); a page that they do not agree on is not in the table, and
//! Setup's start has to do for it.

use crate::hosts::{self, HostKind};

/// How each path begins.
pub const SETUP: &str = "Setup";

/// What stands between the parts of a path.
const INTO: &str = " > ";

/// Setup's start.
const START: &str = "SetupOneHome";

/// A page: what stands behind `Setup > `, and its name in addresses.
const PAGES: [(&str, &str); 16] = [
    ("App Manager", "NavigationMenus"),
    ("Certificate and Key Management", "CertificatesAndKeysManagement"),
    ("Company Information", "CompanyProfileInfo"),
    ("External Client App Manager", "ManageExternalClientApplication"),
    ("Login History", "OrgLoginHistory"),
    ("My Domain", "OrgDomain"),
    ("OAuth and OpenID Connect Settings", "OauthOidcSettings"),
    ("Password Policies", "SecurityPolicies"),
    ("Permission Sets", "PermSets"),
    ("Profiles", "EnhancedProfiles"),
    ("Security > Network Access", "NetworkAccess"),
    ("Session Settings", "SecuritySession"),
    ("Single Sign-On Settings", "SingleSignOn"),
    ("Transaction Security Policies", "TransactionSecurityNew"),
    ("User Interface", "UserInterfaceUI"),
    ("Users", "ManageUsers"),
];

/// A path that a text names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetupPath {
    /// The words of it in the text: `Setup > My Domain`.
    pub words: String,
    /// Its page at the org's Setup host.
    pub url: String,
}

/// Where Setup of the org is whose own API host this is; `None` for every other host.
pub fn setup_origin(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    let (api, setup) = match hosts::classify(&host) {
        HostKind::MyDomain { .. } => (".my.salesforce.com", ".my.salesforce-setup.com"),
        HostKind::MyDomainMil => (".my.salesforce.mil", ".my.salesforce-setup.mil"),
        _ => return None,
    };
    Some(format!("https://{}{setup}", host.strip_suffix(api)?))
}

/// Setup's start at an origin of [`setup_origin`].
pub fn start(origin: &str) -> String {
    address(origin, START)
}

/// The paths that a text names, each once, with Setup's start for those whose page is not known.
pub fn paths_in(text: &str, origin: &str) -> Vec<SetupPath> {
    let mut found: Vec<SetupPath> = Vec::new();
    for (at, _) in text.match_indices(SETUP) {
        let Some(rest) = text[at + SETUP.len()..].strip_prefix(INTO) else { continue };
        // A longer name counts before a shorter one that it begins with.
        let known = PAGES.iter().filter(|(words, _)| rest.starts_with(words));
        let path = match known.max_by_key(|(words, _)| words.len()) {
            Some((words, page)) => {
                SetupPath { words: format!("{SETUP}{INTO}{words}"), url: address(origin, page) }
            }
            None => SetupPath { words: SETUP.to_owned(), url: start(origin) },
        };
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}

fn address(origin: &str, page: &str) -> String {
    format!("{origin}/lightning/setup/{page}/home")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://acme--uat.sandbox.my.salesforce-setup.com";

    fn words_and_pages(text: &str) -> Vec<(String, String)> {
        let page = |url: &str| url.strip_prefix(ORIGIN).map(str::to_owned).expect("the origin");
        paths_in(text, ORIGIN).into_iter().map(|path| (path.words, page(&path.url))).collect()
    }

    #[test]
    fn setup_is_at_the_my_domain_alone() {
        assert_eq!(setup_origin("acme--uat.sandbox.my.salesforce.com").as_deref(), Some(ORIGIN));
        assert_eq!(setup_origin("ACME--UAT.Sandbox.My.Salesforce.com").as_deref(), Some(ORIGIN));
        assert_eq!(
            setup_origin("agency.my.salesforce.mil").as_deref(),
            Some("https://agency.my.salesforce-setup.mil")
        );
        for host in [
            "login.salesforce.com",
            "na1.salesforce.com",
            "127.0.0.1:8080",
            "acme.my.salesforce.com:8443",
            "acme.my.salesforce.com.example",
            "acme.my.salesforce.com/x",
            "evil\"><b>.my.salesforce.com",
        ] {
            assert_eq!(setup_origin(host), None, "{host}");
        }
    }

    #[test]
    fn a_path_leads_to_its_page() {
        let page = |name: &str| format!("/lightning/setup/{name}/home");
        assert_eq!(
            words_and_pages(
                "See Setup > Login History, then Setup > Login History and Setup > Users > the user."
            ),
            [
                ("Setup > Login History".to_owned(), page("OrgLoginHistory")),
                ("Setup > Users".to_owned(), page("ManageUsers")),
            ]
        );
        assert_eq!(
            words_and_pages("Add it in Setup > Security > Network Access."),
            [("Setup > Security > Network Access".to_owned(), page("NetworkAccess"))]
        );
        assert_eq!(
            words_and_pages("Look at Setup > API Usage Last 7 Days."),
            [("Setup".to_owned(), page("SetupOneHome"))]
        );
        assert_eq!(words_and_pages("Set up My Domain in Setup."), []);
    }

    #[test]
    fn pages_have_plain_names() {
        for (words, page) in PAGES {
            assert!(page.bytes().all(|b| b.is_ascii_alphanumeric()), "{page}");
            assert_eq!(words.trim(), words);
        }
    }
}
