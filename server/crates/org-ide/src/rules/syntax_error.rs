//! `syntax-error`: the text is not JSON at this place.

use org_sources::design_studio::Entity;
use org_syntax::{SyntaxError, SyntaxErrorKind};

use super::syntax_fixes::fix_of;
use super::{Files, Findings, Rule, RuleContext, quoted};
use crate::finding::{Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "syntax-error",
    group: Group::Syntax,
    severity: Severity::Error,
    files: Files::Every,
    summary: "The text is not valid JSON (of Design Studio's files: XML).",
    documentation: "Org and project files are strict JSON (RFC 8259). Every mistake is reported \
        where it stands, and the rest of the file keeps working: completion, hover and code \
        actions do not wait until all is mended. A login test is refused while one is left. Files of \
        Design Studio are XML without a document type; what is damaged there is best restored.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n  \"sandbox\": false\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"sandbox\": false\n}\n")],
    check,
    fix,
};

/// Comments and trailing commas have rules of their own.
pub(super) fn has_own_rule(kind: SyntaxErrorKind) -> bool {
    matches!(kind, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
}

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if cx.document.unreadable().is_some() {
        return;
    }
    if cx.document.kind().is_design_studio() {
        return check_xml(cx, findings);
    }
    for error in &cx.document.parse().errors {
        if !has_own_rule(error.kind) {
            findings.add(&RULE, error.span, message(error));
        }
    }
}

/// A file of Design Studio: what is wrong with it as XML, or that it is another file under the name of an
/// org.
fn check_xml(cx: &RuleContext<'_>, findings: &mut Findings) {
    for error in cx.document.xml_errors() {
        findings.add(&RULE, error.span, error.kind.to_string());
    }
    let other = cx.document.entity().filter(|entity| !entity.is_entity && entity.errors.is_empty());
    if let Some(root) = other.and_then(|entity| entity.root) {
        findings.add(
            &RULE,
            root,
            "Not a Design Studio org: the outermost element has to be Entity.",
        );
    }
    if let Some(kind) = cx.document.entity().and_then(Entity::other_kind) {
        let message = format!(
            "Not a Salesforce org: the type is {}, and has to be SalesforceConnector.",
            quoted(&kind.value)
        );
        findings.add(&RULE, kind.span, message);
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let errors = cx.document.parse().errors.iter();
    errors
        .filter(|error| error.span == finding.span && !has_own_rule(error.kind))
        .filter_map(|error| fix_of(cx, error))
        .collect()
}

/// What is wrong, then what to do.
fn message(error: &SyntaxError) -> &'static str {
    match error.kind {
        SyntaxErrorKind::ExpectedColon if !error.span.is_empty() => {
            "Not a colon. Write one between name and value."
        }
        kind => kind.message(),
    }
}
