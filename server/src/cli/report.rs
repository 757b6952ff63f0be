//! Findings for people: the source with the range underlined.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use org_ide::{Document, Finding, Severity};
use org_schema::secret_ref::{self, SecretValue};

use super::inputs::Input;

/// All findings with their source. Secrets that are written out are masked.
pub fn findings(checked: &[(&Input, Vec<Finding>)]) -> String {
    let renderer = Renderer::styled();
    let mut report = String::new();
    for (input, findings) in checked {
        if findings.is_empty() {
            continue;
        }
        let source = masked(&input.document);
        for finding in findings {
            let shown = finding_group(&input.shown, &source, finding);
            report.push_str(&renderer.render(&[shown]));
            report.push_str("\n\n");
        }
    }
    report
}

fn finding_group<'a>(path: &'a str, source: &'a str, finding: &'a Finding) -> Group<'a> {
    let range = finding.span.range();
    let end = range.end.min(source.len());
    let annotation = AnnotationKind::Primary.span(range.start.min(end)..end);
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

/// The text with `*` in the place of every secret that is written out, byte for byte, so that spans
/// stay right.
fn masked(document: &Document) -> String {
    let mut bytes = document.text().as_bytes().to_vec();
    for (_, field) in document.org().into_iter().flat_map(|org| org.auth.secrets()) {
        let reference = field.str().is_some_and(|value| {
            matches!(secret_ref::parse(value), SecretValue::Env(_) | SecretValue::Keyring(_))
        });
        let Some(span) = field.value_span.filter(|_| !reference) else {
            continue;
        };
        for byte in bytes.get_mut(span.range()).into_iter().flatten() {
            if !matches!(byte, b'"' | b'\n' | b'\r') {
                *byte = b'*';
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
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
