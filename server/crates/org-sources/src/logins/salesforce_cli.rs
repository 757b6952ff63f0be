//! The Salesforce CLI: what it prints, and its project file.

use org_syntax::{NodeKind, Span};

use super::value::written;
use super::{Flow, Login, api_version_in};
use crate::json::Json;
use crate::sf_output;

const TOOL: &str = "Salesforce CLI";

/// What `sf org display --json` and its like print, kept in a file.
pub(super) fn read(text: &str) -> Vec<Login> {
    let Some(Ok(orgs)) = sf_output::read(text) else { return Vec::new() };
    let orgs = orgs.into_iter().map(|org| {
        let place = org.username.as_ref().or(org.instance_url.as_ref());
        let place = place.map_or(org.span, |place| place.span);
        let mut login = Login::new(TOOL, Flow::RefreshToken, place);
        login.name = org.alias.or(org.org_name);
        login.username = org.username.as_ref().and_then(written);
        login.client_id = org.client_id.as_ref().and_then(written);
        login.api_version = org.api_version.as_ref().and_then(api_version_in);
        login.sandbox = org.sandbox.map(|sandbox| (sandbox, org.span));
        login.host = org.instance_url;
        login
    });
    orgs.collect()
}

/// `sfdx-project.json`: it says with which API version the CLI works, and not who logs in.
pub(super) fn read_project(text: &str) -> Vec<Login> {
    let json = Json::of_any(text);
    let Some(root) = json.root().filter(|root| json.kind(*root) == NodeKind::Object) else {
        return Vec::new();
    };
    let Some(version) = json.string_or_number(root, "sourceApiVersion") else { return Vec::new() };
    let Some(version) = api_version_in(&version) else { return Vec::new() };
    let place: Span = version.span;
    let mut login = Login::new(TOOL, Flow::Unknown, place);
    login.name = json.string(root, "name");
    login.host = json.string(root, "sfdcLoginUrl");
    login.api_version = Some(version);
    vec![login]
}
