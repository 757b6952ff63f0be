//! Logins as SARIF 2.1.0: what the rules find about them, and which login each finding is about.

use org_ide::rules;
use serde_json::{Value, json};

use super::found::Login;
use crate::cli::sarif::{MAX_RESULTS, description, level, physical_location, plain_text, tool};

/// The log; the gravest findings when there are more than code scanning takes.
pub fn log(logins: &[Login], is_complete: bool) -> Value {
    let rules: Vec<_> =
        rules::ALL.iter().copied().filter(|rule| rules::judges_logins(rule)).collect();
    let mut found: Vec<_> = logins.iter().flat_map(Login::told).collect();
    if found.len() > MAX_RESULTS {
        found.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
        found.truncate(MAX_RESULTS);
        super::note(format_args!(
            "code scanning accepts {MAX_RESULTS} findings: the least severe ones are left out"
        ));
    }
    let results: Vec<Value> = found
        .into_iter()
        .map(|(login, finding)| {
            let place = physical_location(&login.file, login.range_of(finding.span));
            json!({
                "ruleId": finding.rule.name,
                "ruleIndex": rules.iter().position(|rule| *rule == finding.rule),
                "level": level(finding.severity),
                "message": { "text": plain_text(&login.row.message(finding)) },
                "locations": [{ "physicalLocation": place }],
                "properties": { "login": login.data() },
            })
        })
        .collect();
    let described: Vec<Value> = rules.iter().map(|rule| description(rule)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": tool(&described),
            "columnKind": "utf16CodeUnits",
            "invocations": [{ "executionSuccessful": is_complete }],
            "results": results,
        }],
    })
}
