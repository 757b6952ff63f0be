//! `invalid-encoding`: the file is not UTF-8.

use org_syntax::Span;

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::document::UnreadableFile;
use crate::finding::{Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-encoding",
    group: Group::Syntax,
    severity: Severity::Error,
    files: Files::Every,
    summary: "The file is not written in UTF-8.",
    documentation: "JSON files are UTF-8. A byte order mark is accepted. Open the file with the \
        encoding in which it was saved (often Windows-1252 or UTF-16) and save it as UTF-8.\n\n\
        Wrong: `\"name\": \"Zürich\"` saved as Windows-1252, where `ü` is the single byte FC. Right: \
        the same saved as UTF-8, where it is the two bytes C3 BC.",
    wrong: &[],
    right: &[],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if let Some(UnreadableFile::InvalidEncoding { at }) = cx.document.unreadable() {
        let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
        findings.add(
            &RULE,
            span,
            if cx.document.kind().is_design_studio() {
                "Not UTF-8 from here on. Get this file as Design Studio wrote it."
            } else {
                "Not UTF-8 from here on. Save this file as UTF-8."
            },
        );
    }
}
