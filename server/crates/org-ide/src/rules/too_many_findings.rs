//! `too-many-findings`: a file with more findings than anybody reads.

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::finding::{Finding, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "too-many-findings",
    group: Group::Syntax,
    severity: Severity::Information,
    files: Files::Every,
    summary: "The file has more findings than are shown.",
    documentation: "At most 100 findings of a file are shown, the gravest first; this one is the \
        last and says how many more there are. Such a file is damaged as a rule, or is something \
        else under the name of an org file.\n\n\
        Wrong: a list of 5,000 contacts that was saved as `contacts.sforg.json`. Right: the same \
        as `contacts.json`.",
    wrong: &[],
    right: &[],
    check,
    fix: no_fix,
};

/// So many findings of a file are shown.
pub(crate) const SHOWN: usize = 100;

/// Said by [`limit`], once all other rules have spoken.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}

/// Keeps the gravest [`SHOWN`] findings, in the order of the text, and says how many more there are;
/// `left_out` were not even kept.
pub(super) fn limit(findings: &mut Vec<Finding>, left_out: usize, is_on: bool) {
    let more = left_out + findings.len().saturating_sub(SHOWN);
    if findings.len() > SHOWN {
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.span));
        findings.truncate(SHOWN);
        findings.sort_by_key(|finding| (finding.span, finding.rule.name));
    }
    let Some(last) = findings.last().filter(|_| more > 0 && is_on) else { return };
    let message = match more {
        1 => "1 more finding in this file. Fix the others first.".to_owned(),
        _ => format!("{more} more findings in this file. Fix the others first."),
    };
    findings.push(Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: last.span,
        message,
        tags: &[],
        related: Vec::new(),
    });
}
