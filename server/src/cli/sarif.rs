//! Findings as SARIF 2.1.0, for code scanning.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use org_ide::{Finding, Severity, rules};
use org_syntax::Span;
use org_text::{Position, neutral};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::inputs::{Input, Inputs};
use super::places::Places;

/// What stands for itself in a path of a URI.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'!').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Results in one log at most, the one that tells what was left out among them. Code scanning takes less
/// than 25,000 (<https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning>).
pub const MAX_RESULTS: usize = 24_999;

/// The rule of the result that tells what was left out.
const LEFT_OUT: &str = "results-left-out";

/// The findings that the log has: all, or the gravest when there are too many.
pub struct Results {
    /// Findings in the order of the files, each with the place of its file among the inputs.
    kept: Vec<(usize, Finding)>,
    /// So many are left out.
    left_out: usize,
}

impl Results {
    /// Takes the findings of all files, in order. No more than a few times [`MAX_RESULTS`] are held.
    pub fn of(checked: impl Iterator<Item = Vec<Finding>>) -> Self {
        Self::of_at_most(MAX_RESULTS, checked)
    }

    fn of_at_most(most: usize, checked: impl Iterator<Item = Vec<Finding>>) -> Self {
        let mut by_severity: BTreeMap<Severity, Vec<(usize, Finding)>> = BTreeMap::new();
        let mut all = 0;
        for (file, findings) in checked.enumerate() {
            all += findings.len();
            for finding in findings {
                let same = by_severity.entry(finding.severity).or_default();
                if same.len() < most {
                    same.push((file, finding));
                }
            }
        }
        // One place is for the result that tells what was left out.
        let most = if all > most { most - 1 } else { most };
        let mut kept: Vec<_> = by_severity.into_values().rev().flatten().take(most).collect();
        kept.sort_by_key(|(file, finding)| (*file, finding.span));
        Self { left_out: all - kept.len(), kept }
    }
}

/// The whole log. Its results are made while it is written.
pub fn log<'a>(inputs: &'a Inputs, results: &'a Results) -> impl Serialize + 'a {
    let mut rules: Vec<Value> = rules::ALL.iter().map(|rule| description(rule)).collect();
    rules.extend((results.left_out > 0).then(left_out_description));
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: tool(&rules),
            column_kind: "utf16CodeUnits",
            invocations: [json!({ "executionSuccessful": inputs.problems.is_empty() })],
            results: Written { inputs, results },
        }],
    }
}

/// Who made the log, and by which rules.
pub fn tool(rules: &[Value]) -> Value {
    json!({ "driver": {
        "name": "sforg",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": rules::DOCUMENTATION_BASE,
        "rules": rules,
    } })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    column_kind: &'static str,
    invocations: [Value; 1],
    results: Written<'a>,
}

/// The results as they are written, one after the other.
struct Written<'a> {
    inputs: &'a Inputs,
    results: &'a Results,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let files = Files::of(self.inputs);
        let results = self.results.kept.iter().filter_map(|(file, finding)| {
            Some(result(self.inputs.files.get(*file)?, finding, &files))
        });
        let last = (self.results.left_out > 0).then(|| left_out(self.results, self.inputs));
        serializer.collect_seq(results.chain(last))
    }
}

/// The files by their identifiers, with positions as far as they are needed.
struct Files<'a>(HashMap<String, (&'a Input, OnceCell<Places>)>);

impl<'a> Files<'a> {
    fn of(inputs: &'a Inputs) -> Self {
        let files = inputs.files.iter().map(|input| (input.id(), (input, OnceCell::new())));
        Self(files.collect())
    }

    /// A place in a file that is reported on; others stay unnamed.
    fn location(&self, id: &str, span: Span) -> Option<Value> {
        let (input, places) = self.0.get(id)?;
        let places = places.get_or_init(|| Places::of_text(input.text()));
        Some(physical_location(&input.shown, places.range(span)))
    }
}

/// The closing result, when there were too many.
fn left_out(results: &Results, inputs: &Inputs) -> Value {
    let mut result = json!({
        "ruleId": LEFT_OUT,
        "ruleIndex": rules::ALL.len(),
        "level": "note",
        "message": { "text": left_out_message(results) },
    });
    // Code scanning shows only results that have a place.
    let first = inputs.files.first();
    result["locations"] = first
        .map(|input| json!([{ "physicalLocation": { "artifactLocation": { "uri": uri(&input.shown) } } }]))
        .unwrap_or_default();
    result
}

fn left_out_message(results: &Results) -> String {
    format!(
        "The {} least severe findings are left out: code scanning accepts no more. Run sforg \
         check to see all of them.",
        results.left_out
    )
}

fn left_out_description() -> Value {
    let text = "There are more findings than code scanning accepts.";
    json!({
        "id": LEFT_OUT,
        "shortDescription": { "text": text },
        "fullDescription": { "text": text },
        "help": { "text": "The most severe findings are reported; sforg check lists all of them." },
        "defaultConfiguration": { "level": "note" },
    })
}

/// A rule.
pub fn description(rule: &rules::Rule) -> Value {
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

fn result(input: &Input, finding: &Finding, files: &Files<'_>) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .filter_map(|related| {
            let location = files.location(&related.file, related.span)?;
            let text = plain_text(&related.message);
            Some(json!({ "physicalLocation": location, "message": { "text": text } }))
        })
        .collect();
    let index = rules::ALL.iter().position(|rule| *rule == finding.rule);
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": plain_text(&finding.message) },
        "locations": [{ "physicalLocation": files.location(&input.id(), finding.span) }],
    });
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

/// A message without what would be a link in it (SARIF 2.1.0, 3.11.6) or do something.
pub fn plain_text(message: &str) -> String {
    neutral(message).replace("](", "] (")
}

/// A place in a file as reports show it.
pub fn physical_location(shown: &str, (start, end): (Position, Position)) -> Value {
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

/// A severity in SARIF's words.
pub const fn level(severity: Severity) -> &'static str {
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

    use super::*;

    const ORG: &str = "\u{feff}{ \"name\": \"Ünï 🏢\", \"auth\": {} }";

    fn log_of(paths: &[PathBuf]) -> Value {
        let inputs = Inputs::read(paths).expect("readable");
        let allowed = AllowedHosts::default();
        let checked =
            inputs.files.iter().map(|input| inputs.analyze(input, &allowed, rules::check));
        let results = Results::of(checked);
        serde_json::to_value(log(&inputs, &results)).expect("it is JSON")
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
    fn the_gravest_are_kept_and_the_rest_is_counted() {
        let finding = |severity| Finding {
            rule: rules::ALL[0],
            severity,
            span: Span::at(0),
            message: String::new(),
            tags: &[],
            related: Vec::new(),
        };
        let files = || {
            let mild = vec![finding(Severity::Information); 3];
            vec![mild, vec![finding(Severity::Error), finding(Severity::Warning)]].into_iter()
        };
        let all = Results::of_at_most(5, files());
        assert_eq!((all.kept.len(), all.left_out), (5, 0));
        let some = Results::of_at_most(4, files());
        let kept: Vec<_> = some.kept.iter().map(|(file, f)| (*file, f.severity)).collect();
        let expected = [(0, Severity::Information), (1, Severity::Error), (1, Severity::Warning)];
        assert_eq!((kept.as_slice(), some.left_out), (expected.as_slice(), 2));
    }

    #[test]
    fn a_closing_result_tells_what_is_left_out() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("a.sforg.json"), ORG)?;
        let inputs = Inputs::read(&[folder.path().to_owned()]).expect("readable");
        let results = Results { kept: Vec::new(), left_out: 7 };
        let log = serde_json::to_value(log(&inputs, &results)).expect("it is JSON");
        let run = &log["runs"][0];
        let last = &run["results"][0];
        assert!(
            last["message"]["text"]
                .as_str()
                .is_some_and(|text| text.starts_with("The 7 least severe"))
        );
        let index = last["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        assert_eq!(run["tool"]["driver"]["rules"][index.expect("an index")]["id"], last["ruleId"]);
        assert!(last["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string());
        Ok(())
    }

    #[test]
    fn a_message_has_no_link() {
        assert_eq!(plain_text("[a](http://x)\u{1b}\n"), "[a] (http://x)␛␊");
    }
}
