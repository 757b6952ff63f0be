//! What the Salesforce CLI prints: `sf org display --json`, `sf org list --json`,
//! `sf org list auth --json`, and the same of the older `sfdx`.
//!
//! An answer is `{"status": 0, "result": …}`. The result is one org, a list of orgs, or an object of
//! lists (`nonScratchOrgs`, `scratchOrgs`, `sandboxes`, `devHubs`, `other`), in which one org may stand
//! more than once. Access tokens, refresh tokens and passwords in it are passed over and never kept.

use std::collections::BTreeMap;

use org_syntax::{NodeId, NodeKind, Span};

use crate::Located;
use crate::auth_url::{self, AuthUrl};
use crate::json::Json;

/// So many orgs of an answer are read.
pub const MAX_ORGS: usize = 10_000;

/// One org that the CLI is logged in to.
#[derive(Clone, Debug)]
pub struct SfOrg {
    /// Where the org stands in the answer.
    pub span: Span,
    /// What a person calls it.
    pub alias: Option<Located>,
    /// What Salesforce calls it.
    pub org_name: Option<Located>,
    /// The user of the CLI's login.
    pub username: Option<Located>,
    /// `https://` and the org's host.
    pub instance_url: Option<Located>,
    /// The app through which the CLI has logged in: `PlatformCLI` is the CLI's own.
    pub client_id: Option<Located>,
    /// The newest version of the org, or the one that the CLI is set to.
    pub api_version: Option<Located>,
    /// Whether it is a sandbox, where the CLI says so.
    pub sandbox: Option<bool>,
    /// What `--verbose` adds.
    pub auth_url: Option<AuthUrl>,
}

/// Why there are no orgs in a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SfOutputError {
    /// The CLI answered with an error.
    #[error("the Salesforce CLI answered with an error instead of an org{}", told(.name, .message))]
    Failed {
        /// The error's name.
        name: Option<String>,
        /// What the CLI says. Foreign text.
        message: Option<String>,
    },
    /// There is no org in the answer.
    #[error("the Salesforce CLI has no orgs: log in with \"sf org login web\" first")]
    NoOrg,
    /// More than [`MAX_ORGS`].
    #[error("it holds more than {MAX_ORGS} orgs: split it")]
    TooMany,
}

fn told(name: &Option<String>, message: &Option<String>) -> String {
    let parts: Vec<&str> = [name, message].into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(": ")) }
}

/// Reads an answer; `None` when the text is something else.
///
/// # Errors
/// It is an answer, and there is no org in it.
pub fn read(text: &str) -> Option<Result<Vec<SfOrg>, SfOutputError>> {
    let json = Json::parse(text).ok()?;
    let root = json.root().filter(|root| json.kind(*root) == NodeKind::Object)?;
    let has_status = json.get(root, "status").is_some_and(|it| json.kind(it) == NodeKind::Number);
    let Some(result) = json.get(root, "result") else {
        let is_error = has_status
            && (json.get(root, "message").is_some() || json.get(root, "exitCode").is_some());
        return is_error.then(|| {
            let text = |name| json.string(root, name).map(|text| text.value);
            Err(SfOutputError::Failed { name: text("name"), message: text("message") })
        });
    };
    has_status.then(|| orgs(&json, result))
}

fn orgs(json: &Json<'_>, result: NodeId) -> Result<Vec<SfOrg>, SfOutputError> {
    let mut objects = Vec::new();
    let is_object = |node: &NodeId| json.kind(*node) == NodeKind::Object;
    match json.kind(result) {
        NodeKind::Array => objects.extend(json.items(result).filter(is_object)),
        NodeKind::Object => {
            objects.push(result);
            let lists = json.values(result).filter(|it| json.kind(*it) == NodeKind::Array);
            objects.extend(lists.flat_map(|list| json.items(list)).filter(is_object));
        }
        _ => {}
    }
    let mut orgs = Vec::new();
    let mut places: BTreeMap<(Option<String>, Option<String>), usize> = BTreeMap::new();
    for org in objects.into_iter().filter_map(|object| org(json, object)) {
        let text = |it: &Option<Located>| it.as_ref().map(|it| it.value.to_lowercase());
        let key = (text(&org.username), text(&org.instance_url));
        let place = *places.entry(key).or_insert(orgs.len());
        match orgs.get_mut(place) {
            Some(same) => add(same, org),
            None if place == MAX_ORGS => return Err(SfOutputError::TooMany),
            None => orgs.push(org),
        }
    }
    if orgs.is_empty() { Err(SfOutputError::NoOrg) } else { Ok(orgs) }
}

/// What the first mention of an org leaves open, a later one may say.
fn add(org: &mut SfOrg, other: SfOrg) {
    org.alias = org.alias.take().or(other.alias);
    org.org_name = org.org_name.take().or(other.org_name);
    org.client_id = org.client_id.take().or(other.client_id);
    org.api_version = org.api_version.take().or(other.api_version);
    org.sandbox = org.sandbox.or(other.sandbox);
    org.auth_url = org.auth_url.take().or(other.auth_url);
}

/// Whether an object is an org: it says where or who.
fn org(json: &Json<'_>, object: NodeId) -> Option<SfOrg> {
    let text = |names: &[&str]| names.iter().find_map(|name| json.string(object, name));
    let auth_url = text(&["sfdxAuthUrl"])
        .and_then(|url| auth_url::read(&url.value).ok().map(|read| read.moved_to(url.span)));
    let org = SfOrg {
        span: json.span(object),
        alias: text(&["alias"]),
        org_name: text(&["orgName", "name"]),
        username: text(&["username"]),
        instance_url: text(&["instanceUrl"]),
        client_id: text(&["clientId"]),
        api_version: text(&["apiVersion", "instanceApiVersion"]),
        sandbox: json.boolean(object, "isSandbox"),
        auth_url,
    };
    let is_org = org.instance_url.is_some() || org.username.is_some() || org.auth_url.is_some();
    is_org.then_some(org)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DISPLAY: &str = r#"{
  "status": 0,
  "result": {
    "id": "00D000000000001AAA",
    "apiVersion": "68.0",
    "accessToken": "00D!NOTREAL",
    "instanceUrl": "https://acme--uat.sandbox.my.salesforce.com",
    "username": "admin@acme.example.uat",
    "clientId": "PlatformCLI",
    "connectedStatus": "Connected",
    "alias": "acme-uat",
    "password": "NOTREAL",
    "sfdxAuthUrl": "force://PlatformCLI::NOTREAL@acme--uat.sandbox.my.salesforce.com"
  },
  "warnings": []
}"#;

    fn text(value: &Option<Located>) -> &str {
        value.as_ref().map_or("", |value| value.value.as_str())
    }

    #[test]
    fn one_org_is_read_without_its_tokens() {
        let orgs = read(DISPLAY).expect("an answer").expect("an org");
        let [org] = orgs.as_slice() else { panic!("{orgs:?}") };
        assert_eq!(text(&org.alias), "acme-uat");
        assert_eq!(text(&org.username), "admin@acme.example.uat");
        assert_eq!(text(&org.api_version), "68.0");
        let url = org.instance_url.as_ref().expect("a URL");
        assert_eq!(url.span.text(DISPLAY), url.value);
        assert!(!format!("{org:?}").contains("NOTREAL"), "{org:?}");
    }

    #[test]
    fn an_org_that_is_listed_twice_is_one() {
        let list = r#"{"status": 0, "result": {
            "other": [],
            "nonScratchOrgs": [{"username": "a@acme.example", "instanceUrl": "https://acme.my.salesforce.com", "alias": "prod"},
                               {"username": "b@acme.example", "instanceUrl": "https://acme.my.salesforce.com"}],
            "sandboxes": [{"username": "s@acme.example", "instanceUrl": "https://acme--s.sandbox.my.salesforce.com"}],
            "devHubs": [{"username": "A@acme.example", "instanceUrl": "https://acme.my.salesforce.com", "isSandbox": false}]}}"#;
        let orgs = read(list).expect("an answer").expect("orgs");
        let shown: Vec<_> = orgs.iter().map(|org| (text(&org.username), org.sandbox)).collect();
        assert_eq!(
            shown,
            [("a@acme.example", Some(false)), ("b@acme.example", None), ("s@acme.example", None)]
        );
    }

    #[test]
    fn what_the_cli_could_not_do_is_told() {
        let failed = r#"{"name": "NamedOrgNotFoundError", "message": "No authorization information found for x.", "exitCode": 1, "status": 1}"#;
        let error = read(failed).expect("an answer").expect_err("a failure").to_string();
        assert!(
            error.ends_with("(NamedOrgNotFoundError: No authorization information found for x.)")
        );
        let nothing = read(r#"{"status": 0, "result": {"nonScratchOrgs": []}}"#);
        assert_eq!(nothing.expect("an answer").err(), Some(SfOutputError::NoOrg));
        for other in
            ["", "{}", "[]", "{\"result\": {\"username\": \"a\"}}", "{\"status\": 0", "force://x@y"]
        {
            assert!(read(other).is_none(), "{other}");
        }
        let many = format!("{{\"username\": \"{}\"}},", 1).repeat(1);
        assert!(read(&format!("{{\"status\": 0, \"result\": [{many}]}}")).expect("one").is_ok());
        let many: String =
            (0..=MAX_ORGS).map(|number| format!("{{\"username\": \"{number}\"}},")).collect();
        let many = read(&format!("{{\"status\": 0, \"result\": [{many}]}}"));
        assert_eq!(many.expect("an answer").err(), Some(SfOutputError::TooMany));
    }
}
