//! Findings for people: the source with the range underlined.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use org_ide::{Finding, Severity};

use super::check::Tally;
use super::inputs::Input;
use super::masked::Masked;
use super::output::note;
use super::places::{bom_length, without_bom};

/// Characters of a range that are marked at most.
const MARKED: usize = 100;

/// The findings of a file with their source. What is not known to be harmless is masked in it.
pub fn findings(input: &Input, findings: &[Finding]) -> String {
    let mut report = String::new();
    if findings.is_empty() {
        return report;
    }
    let renderer = Renderer::styled();
    let (path, masked) = (input.label().to_string(), Masked::of(&input.document));
    for finding in findings {
        report.push_str(&renderer.render(&[finding_group(&path, &masked, finding)]));
        report.push_str("\n\n");
    }
    report
}

fn finding_group<'a>(path: &'a str, masked: &'a Masked, finding: &'a Finding) -> Group<'a> {
    let bom = bom_length(&masked.text);
    let source = without_bom(&masked.text);
    let range = masked.span(finding.span).range();
    let end = range.end.saturating_sub(bom).min(source.len());
    let start = range.start.saturating_sub(bom).min(end);
    // The excerpt is as wide as what is marked.
    let marked = source.get(start..end).and_then(|range| range.char_indices().nth(MARKED));
    let end = marked.map_or(end, |(length, _)| start + length);
    let annotation = AnnotationKind::Primary.span(start..end);
    let snippet = Snippet::source(source).path(path).annotation(annotation);
    level(finding.severity)
        .primary_title(finding.message.as_str())
        .id(finding.rule.name)
        .element(snippet)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name(Some("information")),
        Severity::Hint => Level::HELP.with_name(Some("hint")),
    }
}

/// One line on standard error that counts.
pub fn tell_summary(tally: &Tally) {
    let count = |severity| tally.count(severity);
    let parts: Vec<String> = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Information) + count(Severity::Hint), "note", "notes"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    let files = match tally.files {
        0 => return,
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    if parts.is_empty() {
        note(format_args!("{files} checked, nothing found"));
    } else {
        let found = parts.join(", ");
        note(format_args!(
            "{files} checked, {found}; `sforg explain RULE` tells more about a rule"
        ));
    }
}
