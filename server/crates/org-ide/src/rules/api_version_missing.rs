//! `api-version-missing`: nobody says which API version the org uses.

use org_schema::ApiVersion;
use org_schema::members::AuthType;
use org_schema::{jitterbit, versions};
use org_syntax::Span;

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::member_edits::insert_member;
use crate::project_facts::ProjectVersion;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "api-version-missing",
    group: Group::ApiVersion,
    severity: Severity::Warning,
    files: Files::EveryOrg,
    summary: "Neither the org nor a project says which API version it uses.",
    documentation: "An org uses its own `apiVersion`, else the one of the nearest \
        `sforg-project.json` upwards. Without either, nothing can be said about what works, and \
        basic authentication cannot log in at all (the version is part of the SOAP address). A \
        project file that is broken is reported there alone.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"64.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org() else { return };
    let has_project =
        cx.context.project.is_some_and(|project| project.api_version != ProjectVersion::NoProject);
    if has_project || org.api_version.is_some() {
        return;
    }
    if let Some(entity) = cx.document.entity() {
        let place = entity.root.filter(|_| entity.is_entity && entity.errors.is_empty());
        if let Some(place) = place {
            let message = "No \"api_version\". Choose the API version in Design Studio.";
            findings.add(&RULE, place, message);
        }
        return;
    }
    let Some(root) = org.root.filter(|&root| cx.tree().is_closed(root)) else {
        return;
    };
    if super::unknown_member::is_misspelled(cx, root, "apiVersion") {
        return;
    }
    let name = org.name.as_ref().and_then(|name| name.value_span);
    findings.add(
        &RULE,
        name.unwrap_or_else(|| first_line(cx, cx.tree().span(root))),
        "No API version. Create a sforg-project.json, or add \"apiVersion\" here.",
    );
}

/// A lone bracket is hardly to be seen, and hardly to be hit.
fn first_line(cx: &RuleContext<'_>, span: Span) -> Span {
    let text = span.text(cx.text());
    let line = text.find(['\n', '\r']).map_or(text, |end| &text[..end]);
    Span::new(span.start, span.start + line.trim_end().len() as u32)
}

/// The newest version that agents are known to support and that breaks no basic org.
pub(crate) fn version_to_begin_with(cx: &RuleContext<'_>) -> ApiVersion {
    let newest = cx.context.newest_version.unwrap_or_else(jitterbit::newest_supported);
    let is_basic = cx.org().is_some_and(|org| org.auth_type() == Some(AuthType::Basic));
    if is_basic { newest.min(versions::LAST_SOAP_LOGIN) } else { newest }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some(org) = cx.org() else {
        return Vec::new();
    };
    let Some(root) = org.root else {
        return Vec::new();
    };
    let version = version_to_begin_with(cx);
    let after = cx.tree().members(root).take_while(|m| {
        org.auth_field.as_ref().is_none_or(|auth| auth.member.is_none_or(|it| it.id != m.id))
    });
    let value = org_syntax::quote(&version.to_string());
    let edits = insert_member(cx.text(), cx.tree(), root, after.last(), "apiVersion", &value);
    vec![Fix {
        title: format!("Add \"apiVersion\": \"{version}\""),
        edits,
        safe: false,
        // A project file is as right, and mostly better.
        preferred: false,
    }]
}
