//! Findings as SARIF 2.1.0, for code scanning.

use std::collections::HashMap;
use std::path::Path;

use org_ide::{Finding, Severity, rules};
use org_syntax::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::inputs::Input;
use super::places::Places;

/// What stands for itself in a path of a URI.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The whole log.
pub fn log(checked: &[(&Input, Vec<Finding>)], is_complete: bool) -> Value {
    let places: HashMap<&str, (&Input, Places)> = checked
        .iter()
        .map(|(input, _)| (input.id(), (*input, Places::of(&input.document))))
        .collect();
    let rule_index: HashMap<&str, usize> =
        rules::ALL.iter().enumerate().map(|(index, rule)| (rule.name, index)).collect();
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|(input, findings)| findings.iter().map(move |finding| (*input, finding)))
        .map(|(input, finding)| result(input, finding, &places, &rule_index))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sforg",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": rules::DOCUMENTATION_BASE,
                "rules": rules::ALL.iter().map(|rule| description(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "invocations": [{ "executionSuccessful": is_complete }],
            "results": results,
        }],
    })
}

fn description(rule: &rules::Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": rule.documentation, "markdown": rule.documentation },
        "helpUri": rule.documentation_url(),
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.group.title()] },
    })
}

fn result(
    input: &Input,
    finding: &Finding,
    places: &HashMap<&str, (&Input, Places)>,
    rule_index: &HashMap<&str, usize>,
) -> Value {
    let place = |id: &str, span: Span| {
        let (input, places) = places.get(id)?;
        Some(physical_location(&input.shown, places, span))
    };
    // Files that are not reported on stay unnamed.
    let related: Vec<Value> = finding
        .related
        .iter()
        .filter_map(|related| {
            let location = place(&related.file, related.span)?;
            Some(json!({ "physicalLocation": location, "message": { "text": related.message } }))
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": rule_index.get(finding.rule.name),
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": place(input.id(), finding.span) }],
    });
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn physical_location(shown: &str, places: &Places, span: Span) -> Value {
    let (start, end) = places.range(span);
    json!({
        "artifactLocation": { "uri": uri(shown) },
        "region": {
            "startLine": start.line + 1,
            "startColumn": start.character + 1,
            "endLine": end.line + 1,
            "endColumn": end.character + 1,
        },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A `file:` URI for an absolute path, else a relative one.
fn uri(shown: &str) -> String {
    if let Ok(uri) = lsp_types::Url::from_file_path(Path::new(shown)) {
        return uri.into();
    }
    let path = shown.replace(std::path::MAIN_SEPARATOR, "/");
    utf8_percent_encode(&path, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use org_schema::allowed_hosts::AllowedHosts;

    use super::super::inputs::Inputs;
    use super::*;

    const ORG: &str = "\u{feff}{ \"name\": \"Ünï 🏢\", \"auth\": {} }";

    fn log_of(paths: &[PathBuf]) -> Value {
        let inputs = Inputs::read(paths).expect("readable");
        let allowed = AllowedHosts::default();
        let checked: Vec<_> = inputs
            .files
            .iter()
            .map(|input| (input, inputs.ask(input, &allowed, rules::check)))
            .collect();
        log(&checked, true)
    }

    #[test]
    fn results_name_rules_that_are_described() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("a b.sforg.json"), ORG)?;
        fs::write(folder.path().join("b.sforg.json"), ORG)?;
        let log = log_of(&[folder.path().to_owned()]);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        let of = |name: &str| {
            let mut found = results.iter().filter(|result| result["ruleId"] == name);
            found.next().unwrap_or_else(|| panic!("no {name} in {results:#?}"))
        };
        for result in results {
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
            let rule = &rules[index.expect("an index")];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(rule["helpUri"].as_str().is_some_and(|uri| uri.contains('#')), "{rule}");
        }
        let (named, missing) = (of("duplicate-org-name"), of("missing-member"));
        assert_eq!((&named["level"], &missing["level"]), (&json!("error"), &json!("error")));
        assert_eq!(of("api-version-missing")["level"], "warning");
        let place = &named["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.starts_with("file:///") && uri.ends_with("/a%20b.sforg.json"), "{uri}");
        let region = json!({ "startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 19 });
        assert_eq!(place["region"], region);
        let related = &named["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(related.as_str().is_some_and(|uri| uri.ends_with("/b.sforg.json")), "{related}");
        Ok(())
    }

    #[test]
    fn relative_paths_are_relative_uris() {
        assert_eq!(uri("orgs/Zürich 50%:a.sforg.json"), "orgs/Z%C3%BCrich%2050%25%3Aa.sforg.json");
        assert_eq!(uri("../a-b_c.sforg.json"), "../a-b_c.sforg.json");
    }

    #[test]
    fn levels_are_those_of_sarif() {
        for severity in [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint]
        {
            assert!(["error", "warning", "note"].contains(&level(severity)));
        }
        assert_eq!(level(Severity::Information), "note");
    }
}
