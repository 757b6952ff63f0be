//! What stands below `/services/data`: the version list and the few resources that a login test
//! reads.

use std::fmt::Write;

use quick_xml::escape::partial_escape;
use serde_json::{Map, Value, json};

use crate::accounts::Account;
use crate::answer::{Answer, XML};
use crate::cases::recorded;
use crate::login_history;
use crate::world::{Received, World};

/// The oldest version that is not retired.
const OLDEST: u16 = 31;
/// API requests a day, as an org of the Developer Edition has them.
const DAILY_REQUESTS: u32 = 15_000;

/// `GET /services/data`, which needs no session. JSON unless the client, like a browser, prefers
/// XML.
pub(crate) fn version_list(world: &World, request: &Received) -> Answer {
    let versions = (OLDEST..=world.options.newest_api).map(|major| (label(major), major));
    let accept = request.header("accept").to_ascii_lowercase();
    if accept.contains("xml") && !accept.contains("json") {
        let mut body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Versions>".to_owned();
        for (label, major) in versions {
            let label = partial_escape(&label);
            // Writing to a string does not fail.
            let _ = write!(
                body,
                "<Version><label>{label}</label><url>/services/data/v{major}.0</url>\
                 <version>{major}.0</version></Version>"
            );
        }
        body.push_str("</Versions>");
        return Answer::new(200, XML, body).note("version list (XML)");
    }
    let list: Vec<Value> = versions
        .map(|(label, major)| {
            json!({
                "label": label,
                "url": format!("/services/data/v{major}.0"),
                "version": format!("{major}.0"),
            })
        })
        .collect();
    Answer::json(200, &Value::Array(list)).note("version list")
}

/// The release of a version: three a year since Winter '11, which was 20.0. One label of the
/// real list has a curly apostrophe, and so has ours.
fn label(major: u16) -> String {
    let releases = major.saturating_sub(20);
    let season = ["Winter", "Spring", "Summer"][usize::from(releases % 3)];
    let apostrophe = if major == 42 { '’' } else { '\'' };
    format!("{season} {apostrophe}{}", 11 + releases / 3)
}

/// A resource of one version; `path` is what follows `/services/data/`.
pub(crate) fn resource(world: &World, request: &Received, path: &str) -> Answer {
    let (version, resource) = path.split_once('/').unwrap_or((path, ""));
    let major = version
        .strip_prefix('v')
        .and_then(|version| version.strip_suffix(".0"))
        .and_then(|major| major.parse::<u16>().ok());
    match major {
        Some(major) if (1..OLDEST).contains(&major) => return recorded("rest-410-gone"),
        Some(major) if major <= world.options.newest_api && major >= OLDEST => {}
        _ => return not_found(),
    }
    let Some(session) = request.session(world) else {
        return recorded("rest-invalid-session-expired");
    };
    let account = session.account;
    let answer = match resource.trim_end_matches('/') {
        "" => resources(version, &account),
        "limits" => limits(),
        "query" => query(request, version, &account),
        _ => return not_found(),
    };
    answer.header("Sforce-Limit-Info", format!("api-usage=2/{DAILY_REQUESTS}"))
}

fn not_found() -> Answer {
    recorded("rest-404-not-found-json").note("NOT_FOUND")
}

fn error(code: &str, message: String) -> Answer {
    Answer::json(400, &json!([{ "message": message, "errorCode": code }])).note(code)
}

fn resources(version: &str, account: &Account) -> Answer {
    let path = |name| format!("/services/data/{version}/{name}");
    let ids = format!("{}/{}", account.organization_id, account.user_id);
    let identity = format!("https://{}/id/{ids}", account.identity_host());
    Answer::json(
        200,
        &json!({ "limits": path("limits"), "query": path("query"), "identity": identity }),
    )
    .note("resources")
}

fn limits() -> Answer {
    let limit = |most: u32, left: u32| json!({ "Max": most, "Remaining": left });
    Answer::json(
        200,
        &json!({
            "DailyApiRequests": limit(DAILY_REQUESTS, DAILY_REQUESTS - 2),
            "DailyBulkApiBatches": limit(15_000, 15_000),
            "DataStorageMB": limit(5, 4),
            "FileStorageMB": limit(20, 20),
            "HourlyODataCallout": limit(1_000, 1_000),
        }),
    )
    .note("limits")
}

/// `SELECT … FROM Organization`, which is enough to tell a sandbox; with `columns=true` what its columns are,
/// which the Salesforce CLI asks for.
fn query(request: &Received, version: &str, account: &Account) -> Answer {
    let query = request.query.as_deref().unwrap_or_default();
    let parameter = |wanted: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let Some(q) = parameter("q") else {
        return error("MALFORMED_QUERY", "A query string has to be specified".to_owned());
    };
    let mut words = q.split_whitespace();
    if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("select")) {
        return error("MALFORMED_QUERY", "unexpected token: the query must SELECT".to_owned());
    }
    let fields: Vec<&str> =
        words.by_ref().take_while(|word| !word.eq_ignore_ascii_case("from")).collect();
    let object = words.next().unwrap_or_default();
    if object.eq_ignore_ascii_case("loginhistory") {
        let own = format!("UserId='{}'", account.user_id);
        let rest: Vec<&str> = words.collect();
        let limit = rest.last().and_then(|limit| limit.parse().ok()).unwrap_or(2000);
        return match rest.contains(&own.as_str()) {
            true => login_history::query(account, limit),
            false => error("MALFORMED_QUERY", "only the user's own rows".to_owned()),
        };
    }
    if !object.eq_ignore_ascii_case("organization") {
        let message = format!("sObject type '{object}' is not supported.");
        return error("INVALID_TYPE", message);
    }
    let url = format!("/services/data/{version}/sobjects/Organization/{}", account.organization_id);
    if parameter("columns").as_deref() == Some("true") {
        return columns(object, &fields.join(" "));
    }
    let mut record = Map::new();
    record.insert("attributes".to_owned(), json!({ "type": "Organization", "url": url }));
    let fields = fields.join(" ");
    for field in fields.split(',').map(str::trim) {
        let Some((name, value)) = organization_field(account, field) else {
            let message = format!("No such column '{field}' on entity 'Organization'.");
            return error("INVALID_FIELD", message);
        };
        record.insert(name.to_owned(), value);
    }
    Answer::json(200, &json!({ "totalSize": 1, "done": true, "records": [record] }))
        .note("the organization")
}

fn columns(object: &str, fields: &str) -> Answer {
    let columns: Vec<Value> = fields
        .split(',')
        .map(|field| {
            let name = field.trim();
            json!({
                "aggregate": false, "apexType": "String", "booleanType": false, "columnName": name,
                "custom": false, "displayName": name, "foreignKeyName": null, "insertable": false,
                "joinColumns": [], "numberType": false, "textType": true, "updatable": false,
            })
        })
        .collect();
    let answer = json!({
        "columnMetadata": columns, "entityName": object, "groupBy": false, "idSelected": true,
        "keyPrefix": "00D",
    });
    Answer::json(200, &answer).note("the columns of a query")
}

fn organization_field(account: &Account, field: &str) -> Option<(&'static str, Value)> {
    let fields = [
        ("Id", json!(account.organization_id)),
        ("Name", json!(account.organization_name)),
        ("IsSandbox", json!(account.sandbox)),
        ("OrganizationType", json!("Enterprise Edition")),
        ("InstanceName", json!(if account.sandbox { "USA1S" } else { "USA1" })),
        ("TrialExpirationDate", Value::Null),
        ("NamespacePrefix", Value::Null),
    ];
    fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::case;

    #[test]
    fn labels_are_those_of_the_recorded_lists() {
        for id in ["versions-ok-json-old-tail", "versions-ok-json-2026", "versions-ok-json-2011"] {
            let case = case(id).expect("a case");
            let list: Vec<Value> = serde_json::from_str(&case.body).expect("JSON");
            for entry in list {
                let version = entry["version"].as_str().expect("a version");
                let major = version.strip_suffix(".0").and_then(|m| m.parse().ok());
                assert_eq!(entry["label"], label(major.expect("a number")), "{version}");
            }
        }
    }
}
