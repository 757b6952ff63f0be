//! `file-too-large`: above the size up to which files are analysed.

use org_syntax::Span;

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::document::UnreadableFile;
use crate::finding::{Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "file-too-large",
    group: Group::Syntax,
    severity: Severity::Information,
    files: Files::Every,
    summary: "Files over 1 MiB are not analysed.",
    documentation: "An org definition has a few dozen lines. A file of this size is something \
        else under the wrong name, and nothing but this is said about it.\n\n\
        Wrong: an export of 3 MiB that was saved as `export.sforg.json`. Right: the same as \
        `export.json`.",
    wrong: &[],
    right: &[],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if cx.document.unreadable() == Some(UnreadableFile::TooLarge) {
        let message = if cx.document.kind().is_design_studio() {
            "Too large for a file of Design Studio, so it is not analysed. Get it as Design Studio wrote it."
        } else {
            "Larger than 1 MiB, so it is not analysed. Take out what does not belong here."
        };
        findings.add(&RULE, Span::at(0), message);
    }
}
