//! `basic-auth-retiring`: SOAP `login()` ends with Summer '27.

use org_schema::members::AuthType;
use org_schema::versions::{self, SoapLogin};

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::document::FileKind;
use crate::finding::{Group, Severity, Tag};
use crate::lower::Field;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "basic-auth-retiring",
    group: Group::Authentication,
    severity: Severity::Warning,
    files: Files::EveryOrg,
    summary: "Basic authentication stops working with Summer '27.",
    documentation: "Salesforce retires SOAP `login()` in API 31.0 to 64.0 with the Summer '27 \
        release (counted from 1 June 2027; from then on this is an \
        error). Since Winter '27 the user also needs the permission *Use Any API Auth* to log in \
        that way. Run *Convert to OAuth 2.0 client credentials*, test the login, then upgrade.",
    wrong: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"64.0\",\n  \"auth\": { \"type\": \"basic\" }\n}\n",
    )],
    right: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"64.0\",\n  \"auth\": { \"type\": \"oauth2-client-credentials\" }\n}\n",
    )],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org_with(AuthType::Basic) else {
        return;
    };
    let is_concerned = match cx.effective_version() {
        Some(it) => versions::soap_login(it.version) == SoapLogin::UntilSummer27,
        // Another tool's own version: whichever it is, the login ends.
        None => cx.document.kind() == FileKind::OtherTool,
    };
    if !is_concerned {
        return;
    }
    let Some(span) = org.auth.kind.as_ref().map(Field::span) else {
        return;
    };
    let over = cx.context.today >= versions::SUMMER_27;
    let message = if over {
        "Basic authentication ended with Summer '27. Convert to OAuth 2.0."
    } else {
        "Basic authentication ends with Summer '27. Convert to OAuth 2.0 before June 2027; since Winter '27 the user needs the permission Use Any API Auth."
    };
    let message = format!("{message}{}", cx.who_uses_it());
    let severity = if over { Severity::Error } else { Severity::Warning };
    findings.add(&RULE, span, message).severity(severity).tags(&[Tag::Deprecated]);
}
