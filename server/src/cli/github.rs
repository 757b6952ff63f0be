//! Findings as annotations of GitHub Actions: workflow commands, one a line.

use std::fmt::Write as _;

use org_ide::{Finding, Severity};
use org_text::{Foreign, Position, neutral};

use super::inputs::Input;
use super::places::Places;

/// The findings of a file.
pub fn annotations(input: &Input, findings: Vec<Finding>) -> String {
    let mut lines = String::new();
    let places = Places::of_text(input.text());
    for finding in findings {
        let place = places.range(finding.span);
        let (rule, message) = (finding.rule.name, &finding.message);
        push_annotation(&mut lines, &input.shown, place, finding.severity, rule, message);
    }
    lines
}

/// Adds one annotation.
pub fn push_annotation(
    lines: &mut String,
    file: &str,
    (start, end): (Position, Position),
    severity: Severity,
    rule: &str,
    message: &str,
) {
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let file = file.replace(std::path::MAIN_SEPARATOR, "/");
    // The log shows the message alone, and only the first annotations of a step are drawn in the file.
    let message = format!(
        "{}:{}:{}: {}: {}",
        Foreign(&file),
        start.line + 1,
        start.character + 1,
        rule,
        message
    );
    let file = property(&file);
    let mut place = format!("file={file},line={}", start.line + 1);
    if start.line == end.line {
        let _ = write!(place, ",col={}", start.character + 1);
        let _ = write!(place, ",endLine={},endColumn={}", end.line + 1, end.character + 1);
    } else {
        // GitHub takes columns only where everything is on one line.
        let _ = write!(place, ",endLine={}", end.line + 1);
    }
    let (title, message) = (property(rule), data(&message));
    let _ = writeln!(lines, "::{command} {place},title={title}::{message}");
}

/// A message: `%` and line ends are escaped; whatever else does something is shown.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    neutral(&text).into_owned()
}

/// A property's value: what separates properties too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use org_ide::{Document, FileKind};
    use org_syntax::Span;

    use super::*;

    fn annotation(text: &str, span: Span, severity: Severity, message: &str) -> String {
        let mut lines = String::new();
        let place = Places::of(&Document::new(FileKind::Org, text)).range(span);
        push_annotation(&mut lines, "a, b:c 50%.sforg.json", place, severity, "comment", message);
        lines
    }

    #[test]
    fn what_separates_is_escaped() {
        let text = "{\n  🏢 x\n}";
        let one_line = annotation(text, Span::new(4, 10), Severity::Error, "50%: a,\nb");
        assert_eq!(
            one_line,
            "::error file=a%2C b%3Ac 50%25.sforg.json,line=2,col=3,endLine=2,endColumn=7,title=comment::a, b:c 50%25.sforg.json:2:3: comment: 50%25: a,%0Ab\n"
        );
    }

    #[test]
    fn columns_are_only_for_one_line() {
        let lines = annotation("{\n}", Span::new(0, 3), Severity::Hint, "x");
        assert_eq!(
            lines,
            "::notice file=a%2C b%3Ac 50%25.sforg.json,line=1,endLine=2,title=comment::a, b:c 50%25.sforg.json:1:1: comment: x\n"
        );
    }

    #[test]
    fn every_severity_has_a_command() {
        for (severity, command) in [
            (Severity::Error, "::error "),
            (Severity::Warning, "::warning "),
            (Severity::Information, "::notice "),
            (Severity::Hint, "::notice "),
        ] {
            assert!(annotation("{}", Span::at(0), severity, "x").starts_with(command));
        }
    }
}
