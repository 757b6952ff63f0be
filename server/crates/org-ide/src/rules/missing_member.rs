//! `missing-member`: a required member is not written.

use org_schema::members::{self, AuthType, MemberSpec, ObjectKind, ValueKind};
use org_syntax::{NodeId, NodeKind, Span};

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::lower::key_of;
use crate::member_edits::insert_written;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-member",
    group: Group::Shape,
    severity: Severity::Error,
    files: Files::Every,
    summary: "A required member is not written.",
    documentation: "An org needs `name` and `auth`; `basic` authentication needs `username` and \
        `password`; `oauth2-client-credentials` needs `instanceUrl`, `clientId` and \
        `clientSecret`; a project needs `apiVersion`. An org of Design Studio needs the `ID` in its `Header`.",
    wrong: &[("sforg-project.json", "{\n  \"name\": \"Acme\"\n}\n")],
    right: &[("sforg-project.json", "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"64.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if let Some(entity) = cx.document.entity() {
        let is_readable = entity.is_entity && entity.errors.is_empty();
        let place = entity.header.span.or(entity.root);
        if let Some(place) = place.filter(|_| is_readable && entity.guid().is_none()) {
            let message = "Missing \"ID\", so nobody can tell which operations use this org. Save it in Design Studio again.";
            findings.add(&RULE, place, message);
        }
        return;
    }
    for (object, missing) in incomplete_objects(cx) {
        for spec in missing {
            findings.add(&RULE, place(cx, object), message(spec));
        }
    }
}

fn message(spec: &MemberSpec) -> String {
    format!("Missing \"{}\" ({}).", spec.name, spec.title)
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let found = incomplete_objects(cx).into_iter().find(|(o, _)| place(cx, *o) == finding.span);
    let Some((object, missing)) = found else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    if let Some(&spec) = missing.iter().find(|spec| message(spec) == finding.message) {
        fixes.push(add(cx, object, &[spec], format!("Add \"{}\"", spec.name)));
    }
    // Which members are missing without a type is a guess, so it is made here alone.
    let all = if is_untyped(cx, object) {
        missing_members(cx, object, auth_kind_by_members(cx, object))
    } else {
        missing
    };
    if all.len() > 1 {
        fixes.push(add(cx, object, &all, "Add all missing members".to_owned()));
    }
    if let [.., last] = fixes.as_mut_slice() {
        last.preferred = true;
    }
    fixes
}

fn add(
    cx: &RuleContext<'_>,
    object: NodeId,
    missing: &[&'static MemberSpec],
    title: String,
) -> Fix {
    let (text, tree) = (cx.text(), cx.tree());
    let separator = crate::member_edits::Layout::of(text, tree, object).separator();
    let members: Vec<String> = missing
        .iter()
        .map(|spec| format!("{}: {}", org_syntax::quote(spec.name), json_value(cx, object, spec)))
        .collect();
    let written = members.join(&format!(",{separator}"));
    let edits = insert_written(text, tree, object, tree.members(object).last(), &written);
    Fix { title, edits, safe: false, preferred: false }
}

/// A value to start from.
fn json_value(cx: &RuleContext<'_>, object: NodeId, spec: &MemberSpec) -> String {
    match spec.value {
        ValueKind::Boolean => "false".to_owned(),
        ValueKind::Object => "{}".to_owned(),
        ValueKind::AuthType => {
            let meant = AuthType::ALL
                .into_iter()
                .find(|it| it.object_kind() == auth_kind_by_members(cx, object))
                .unwrap_or(AuthType::OAuth2ClientCredentials);
            org_syntax::quote(meant.as_str())
        }
        ValueKind::ApiVersion => format!("\"{}\"", org_schema::versions::LAST_SOAP_LOGIN),
        _ => "\"\"".to_owned(),
    }
}

/// Closed objects with their required members that are not written. An object that is still being
/// typed, or that holds a syntax error of its own, is reported for that alone; an `auth` without its
/// type for the type alone, which decides what else it needs.
fn incomplete_objects(cx: &RuleContext<'_>) -> Vec<(NodeId, Vec<&'static MemberSpec>)> {
    let tree = cx.tree();
    let mut objects = cx.known_objects();
    let auth = cx.org().and_then(|org| org.auth.object);
    let untyped = auth.filter(|&object| is_untyped(cx, object));
    objects.extend(untyped.map(|object| (object, ObjectKind::BasicAuth)));
    objects
        .into_iter()
        .filter(|(object, kind)| *kind != ObjectKind::Rules && tree.is_closed(*object))
        .filter(|(object, _)| tree.members(*object).all(|m| tree.kind(m.key) == NodeKind::String))
        .filter_map(|(object, kind)| {
            let mut missing = missing_members(cx, object, kind);
            missing.retain(|spec| !is_untyped(cx, object) || spec.value == ValueKind::AuthType);
            (!missing.is_empty()).then_some((object, missing))
        })
        .collect()
}

/// Whether it is an `auth` that writes no type at all.
fn is_untyped(cx: &RuleContext<'_>, object: NodeId) -> bool {
    cx.org().is_some_and(|org| org.auth.object == Some(object) && org.auth.kind.is_none())
}

fn missing_members(
    cx: &RuleContext<'_>,
    object: NodeId,
    kind: ObjectKind,
) -> Vec<&'static MemberSpec> {
    let tree = cx.tree();
    let written: Vec<String> =
        tree.members(object).map(|m| key_of(cx.text(), tree, m).into_owned()).collect();
    members::members(kind)
        .iter()
        .filter(|spec| spec.required && !written.iter().any(|name| name == spec.name))
        .filter(|spec| !super::unknown_member::is_misspelled(cx, object, spec.name))
        .collect()
}

/// Which type an `auth` without `type` is meant to have.
fn auth_kind_by_members(cx: &RuleContext<'_>, object: NodeId) -> ObjectKind {
    let basic = cx.tree().members(object).any(|member| {
        let name = key_of(cx.text(), cx.tree(), member);
        name != "type" && members::find(ObjectKind::BasicAuth, &name).is_some()
    });
    if basic { ObjectKind::BasicAuth } else { ObjectKind::OAuthAuth }
}

/// The name of the member that holds the object, or the opening bracket of the outermost one.
fn place(cx: &RuleContext<'_>, object: NodeId) -> Span {
    let tree = cx.tree();
    let start = tree.span(object).start;
    tree.parent(object)
        .and_then(|parent| tree.member(parent))
        .map_or(Span::new(start, start + 1), |member| tree.span(member.key))
}
