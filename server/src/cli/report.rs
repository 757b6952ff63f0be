//! Findings for people: the source with the range underlined.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use org_ide::{Finding, Severity};

use super::inputs::Input;
use super::masked::masked;
use super::places::{mark_length, without_mark};

/// All findings with their source. Secrets that are written out are masked.
pub fn findings(checked: &[(&Input, Vec<Finding>)]) -> String {
    let renderer = Renderer::styled();
    let mut report = String::new();
    for (input, findings) in checked {
        if findings.is_empty() {
            continue;
        }
        let masked = masked(&input.document);
        let text = masked.as_deref().unwrap_or(input.document.text());
        for finding in findings {
            let shown = finding_group(&input.shown, text, finding);
            report.push_str(&renderer.render(&[shown]));
            report.push_str("\n\n");
        }
    }
    report
}

fn finding_group<'a>(path: &'a str, source: &'a str, finding: &'a Finding) -> Group<'a> {
    let mark = mark_length(source);
    let source = without_mark(source);
    let range = finding.span.range();
    let end = range.end.saturating_sub(mark).min(source.len());
    let start = range.start.saturating_sub(mark).min(end);
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
pub fn tell_summary(checked: &[(&Input, Vec<Finding>)]) {
    let count = |severity| {
        checked.iter().flat_map(|(_, findings)| findings).filter(|f| f.severity == severity).count()
    };
    let parts: Vec<String> = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Information) + count(Severity::Hint), "note", "notes"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    let files = match checked.len() {
        0 => return,
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    if parts.is_empty() {
        anstream::eprintln!("sforg: {files} checked, nothing found");
    } else {
        let found = parts.join(", ");
        anstream::eprintln!(
            "sforg: {files} checked, {found}; `sforg explain RULE` tells more about a rule"
        );
    }
}
