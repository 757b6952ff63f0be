//! What else a text says that tells whose an error is: names of Salesforce's tools and hosts, of other
//! companies' services, and the way in which the tool logs in.

use std::ops::Range;

use org_schema::{ApiVersion, hosts};

use super::reading::Reading;

/// What only a text about Salesforce says, in small letters.
const SALESFORCE: &[&str] = &[
    "salesforce",
    "sforce",
    "force.com",
    "restforce",
    "sfdx",
    "sfdc",
    "loginfault",
    "apifault",
    "dataloader",
    "data loader",
    "nforce",
    "cometd",
    "soap/u/",
    "soap/c/",
    "sf org ",
    "sf:",
    "my domain",
    // The Salesforce CLI, which does not name itself there.
    "authenticating with the refresh token",
    "authenticating with jwt",
    "authenticating with auth code",
];

/// Services of others that have the same OAuth codes, in small letters.
const OTHERS: &[&str] = &[
    "google",
    "gmail",
    "youtube",
    "aadsts",
    "microsoftonline",
    "login.windows.net",
    "entra",
    "sharepoint",
    "dynamics.com",
    "okta",
    "auth0",
    "keycloak",
    "/realms/",
    "onelogin",
    "pingidentity",
    "forgerock",
    "cognito",
    "amazonaws",
    "amazon.com",
    "hubspot",
    "zendesk",
    "quickbooks",
    "intuit",
    "xero",
    "shopify",
    "slack",
    "linkedin",
    "facebook",
    "instagram",
    "twitter",
    "spotify",
    "paypal",
    "netsuite",
    "servicenow",
    "service-now",
    "workday",
    "snowflake",
    "databricks",
    "zoho",
    "dropbox",
    "docusign",
    "atlassian",
    "gitlab",
    "bitbucket",
    "stripe",
    "marketo",
    "adobe",
    "mailchimp",
    "reddit",
    "discord",
    "twitch",
    "strava",
    "fitbit",
    "appleid.apple.com",
    "identityserver",
    "zuora",
    "pipedrive",
    "monday.com",
    "notion",
];

/// Libraries that anybody uses, by the beginning of their names: no service of [`OTHERS`].
const LIBRARIES: &[&str] =
    &["google.api.client.http", "google.common", "google.gson", "google.inject", "google.protobuf"];

/// A mark farther away says nothing about an error.
const FAR: usize = 4000;
/// So many marks and hosts are kept.
const MOST: usize = 2000;

/// How a tool logs in, as far as its text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    ClientCredentials,
    Password,
    Jwt,
    RefreshToken,
    Unknown,
}

/// What is known about a text as a whole.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// Where a mark stands, in order, and whether it is Salesforce's.
    marks: Vec<(usize, bool)>,
    /// Salesforce's API hosts and their places, in order.
    hosts: Vec<(usize, String)>,
    pub(super) grant: Grant,
    /// The one version in addresses of SOAP logins.
    pub(super) api_version: Option<ApiVersion>,
}

impl Surroundings {
    pub(super) fn new(reading: &Reading) -> Surroundings {
        let lower = &reading.lower;
        let places = |words: &'static [&'static str], is_salesforces: bool| {
            words.iter().flat_map(move |word| {
                let marks = lower.match_indices(word).filter(|(at, _)| {
                    !LIBRARIES.iter().any(|library| lower[*at..].starts_with(library))
                });
                marks.take(MOST).map(move |(at, _)| (at, is_salesforces))
            })
        };
        let mut marks: Vec<_> = places(SALESFORCE, true).chain(places(OTHERS, false)).collect();
        marks.sort_unstable();
        Surroundings {
            marks,
            hosts: hosts(lower),
            grant: grant(lower),
            api_version: api_version(lower),
        }
    }

    /// Whether the text around `at` is about Salesforce: the nearest name is one of its.
    pub(super) fn is_salesforces(&self, at: usize) -> bool {
        self.nearest(at, FAR) == Some(true)
    }

    /// Whether the text around `at` is about another company's service.
    pub(super) fn is_anothers(&self, at: usize) -> bool {
        self.nearest(at, FAR) == Some(false)
    }

    /// Salesforce's host that is named nearest to `at`, at most `within` bytes away.
    pub(super) fn host(&self, at: usize, within: usize) -> Option<&str> {
        let next = self.hosts.partition_point(|(place, _)| *place < at);
        let near = [next.checked_sub(1), Some(next)].into_iter().flatten();
        near.filter_map(|index| self.hosts.get(index))
            .filter(|(place, _)| place.abs_diff(at) <= within)
            .min_by_key(|(place, _)| place.abs_diff(at))
            .map(|(_, host)| host.as_str())
    }

    fn nearest(&self, at: usize, within: usize) -> Option<bool> {
        let next = self.marks.partition_point(|(place, _)| *place < at);
        let near = [next.checked_sub(1), Some(next)].into_iter().flatten();
        near.filter_map(|index| self.marks.get(index))
            .filter(|(place, _)| place.abs_diff(at) <= within)
            .min_by_key(|(place, _)| place.abs_diff(at))
            .map(|(_, is_salesforces)| *is_salesforces)
    }
}

/// Whether `lower` speaks of a login within 300 bytes of `at`.
pub(super) fn speaks_of_a_login(lower: &str, at: &Range<usize>) -> bool {
    const WORDS: &[&str] = &[
        "loginfault",
        "login()",
        "oauth2/token",
        "log in",
        "logging in",
        "login",
        "authenticat",
        "soap/u/",
        "soap/c/",
    ];
    let near = window(lower, at, 300);
    WORDS.iter().any(|word| near.contains(word))
}

/// The text up to `bytes` before and after `at`, in whole characters.
pub(super) fn window<'t>(text: &'t str, at: &Range<usize>, bytes: usize) -> &'t str {
    let start = (0..=at.start.saturating_sub(bytes)).rev().find(|at| text.is_char_boundary(*at));
    let end = (at.end.saturating_add(bytes).min(text.len())..=text.len())
        .find(|at| text.is_char_boundary(*at));
    text.get(start.unwrap_or(0)..end.unwrap_or(text.len())).unwrap_or_default()
}

fn hosts(lower: &str) -> Vec<(usize, String)> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let mut hosts = Vec::new();
    let mut at = 0;
    for word in lower.split(|c| !is_host(c)) {
        let host = word.trim_matches(['.', '-']);
        // The shortest is `x.my.salesforce.com`, and instances end in the same.
        let is_below = host.ends_with(".salesforce.com") || host.ends_with(".salesforce.mil");
        if is_below && hosts::is_salesforce_api_host(host) && hosts.len() < MOST {
            hosts.push((at, host.to_owned()));
        }
        at += word.len();
        at += lower[at..].chars().next().map_or(0, char::len_utf8);
    }
    hosts
}

fn grant(lower: &str) -> Grant {
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let bare: String = if lower.contains("grant") {
        lower
            .chars()
            .filter(|c| !matches!(c, '"' | '\'' | ' ' | '\\' | '>' | ']' | '-' | '_'))
            .collect()
    } else {
        String::new()
    };
    let names = |value: &str| {
        ["granttype=", "granttype:"].iter().any(|key| bare.contains(&format!("{key}{value}")))
    };
    if names("password")
        || says(&["username-password", "usernamepassword", "username password flow"])
    {
        Grant::Password
    } else if names("clientcredentials") || says(&["client_credentials", "client credentials flow"])
    {
        Grant::ClientCredentials
    } else if names("refreshtoken") {
        Grant::RefreshToken
    } else if says(&["jwt"]) {
        Grant::Jwt
    } else {
        Grant::Unknown
    }
}

/// The version of `/services/Soap/u/58.0`, when all addresses have the same; else that in "in the API
/// version specified (65.0)".
fn api_version(lower: &str) -> Option<ApiVersion> {
    let after = |mark: &'static str| {
        lower.match_indices(mark).take(MOST).filter_map(move |(at, _)| {
            let rest = &lower[at + mark.len()..];
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            ApiVersion::parse(rest[..end].trim_end_matches('.'))
        })
    };
    let mut versions = after("soap/u/").chain(after("soap/c/"));
    match versions.next() {
        Some(first) => versions.all(|other| other == first).then_some(first),
        None => after("version specified (").next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_grants_and_versions() {
        let text = "POST https://acme--uat.sandbox.my.salesforce.com./services/Soap/u/58.0 \
                    \"grant_type\": \"client_credentials\" at evil.salesforce.com.example";
        let around = Surroundings::new(&Reading::new(text));
        assert_eq!(around.host(0, 100), Some("acme--uat.sandbox.my.salesforce.com"));
        assert_eq!(around.grant, Grant::ClientCredentials);
        assert_eq!(around.api_version, Some(ApiVersion::new(58)));
        for (text, grant) in [
            ("grant_type=password&client_id=x", Grant::Password),
            ("{'grant_type': 'password'}", Grant::Password),
            ("[grant_type] => refresh_token", Grant::RefreshToken),
            ("Error authenticating with JWT", Grant::Jwt),
            ("the password", Grant::Unknown),
        ] {
            assert_eq!(Surroundings::new(&Reading::new(text)).grant, grant, "{text}");
        }
    }

    #[test]
    fn the_nearest_name_counts() {
        let text = format!("Google {} Salesforce: x", "-".repeat(100));
        let around = Surroundings::new(&Reading::new(&text));
        assert!(around.is_salesforces(text.len()) && around.is_anothers(0));
        let far = format!("Salesforce {}", "-".repeat(2 * FAR));
        let around = Surroundings::new(&Reading::new(&far));
        assert!(!around.is_salesforces(far.len()) && !around.is_anothers(far.len()));
    }
}
