//! `wrong-type`: a value of another JSON type than the member takes.

use org_schema::members::ValueKind;
use org_syntax::{NodeId, NodeKind, Span};

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "wrong-type",
    group: Group::Shape,
    severity: Severity::Error,
    files: Files::Both,
    summary: "A value of another JSON type than the member takes.",
    documentation: "`sandbox` is `true` or `false` without quotes, `auth` and `rules` are objects, \
        everything else is a string, API versions too: `\"64.0\"`.",
    wrong: &[("sforg-project.json", "{\n  \"apiVersion\": 64.0\n}\n")],
    right: &[("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let tree = cx.tree();
    if let Some(root) = tree.root() {
        let kind = tree.kind(root);
        if !matches!(kind, NodeKind::Object | NodeKind::Unknown) {
            findings.add(&RULE, tree.span(root), "The file has to be one object in braces.");
        }
    }
    for mistake in mistakes(cx) {
        let message = format!(
            "{} has to be {}, not {}.",
            mistake.name,
            expected(mistake.value_kind),
            found(mistake.found)
        );
        findings.add(&RULE, mistake.span, message);
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let Some(mistake) = mistakes(cx).into_iter().find(|m| m.span == finding.span) else {
        return Vec::new();
    };
    let written = finding.span.text(cx.text());
    let mut title = None;
    let mended = match (mistake.value_kind, mistake.found) {
        (ValueKind::Boolean, NodeKind::String) => {
            match org_syntax::decode_string(written).trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => "true".to_owned(),
                "false" | "no" | "0" | "" => "false".to_owned(),
                _ => return Vec::new(),
            }
        }
        (ValueKind::Boolean, NodeKind::Number) => match written {
            "1" => "true".to_owned(),
            "0" => "false".to_owned(),
            _ => return Vec::new(),
        },
        (ValueKind::ApiVersion, NodeKind::Number) => {
            let number = written.strip_suffix(".0").unwrap_or(written);
            org_syntax::quote(&format!("{number}.0"))
        }
        (ValueKind::Boolean | ValueKind::Object | ValueKind::AuthType, _) => return Vec::new(),
        (_, NodeKind::Number | NodeKind::True | NodeKind::False) => {
            // It may be a secret, which no title shows.
            title = Some("Put it in double quotes".to_owned());
            org_syntax::quote(written)
        }
        _ => return Vec::new(),
    };
    vec![Fix {
        title: title.unwrap_or_else(|| format!("Change to {mended}")),
        edits: vec![Edit::replace(finding.span, mended)],
        safe: false,
        preferred: true,
    }]
}

struct Mistake {
    name: String,
    span: Span,
    value_kind: ValueKind,
    found: NodeKind,
}

fn mistakes(cx: &RuleContext<'_>) -> Vec<Mistake> {
    let tree = cx.tree();
    let mut mistakes = Vec::new();
    let mut look = |name: &str, value: NodeId, value_kind: ValueKind| {
        let found = tree.kind(value);
        let errors = &cx.document.parse().errors;
        let is_reported = errors.iter().any(|error| error.span == tree.span(value));
        if found != NodeKind::Unknown && !is_reported && !fits(value_kind, found) {
            let name = format!("\"{name}\"");
            mistakes.push(Mistake { name, span: tree.span(value), value_kind, found });
        }
    };
    for &(member, spec) in cx.known_members() {
        if let Some(value) = member.value {
            look(spec.name, value, spec.value);
        }
    }
    for (rule, field) in cx.rule_levels() {
        if let Some(value) = field.member.and_then(|member| member.value) {
            look(rule, value, ValueKind::String);
        }
    }
    mistakes
}

fn fits(value_kind: ValueKind, found: NodeKind) -> bool {
    match value_kind {
        ValueKind::Boolean => matches!(found, NodeKind::True | NodeKind::False),
        ValueKind::Object => found == NodeKind::Object,
        _ => found == NodeKind::String,
    }
}

fn expected(value_kind: ValueKind) -> &'static str {
    match value_kind {
        ValueKind::Boolean => "true or false",
        ValueKind::Object => "an object in braces",
        ValueKind::ApiVersion => "a string like \"64.0\"",
        _ => "a string in double quotes",
    }
}

fn found(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Object => "an object",
        NodeKind::Array => "an array",
        NodeKind::String => "a string",
        NodeKind::Number => "a number",
        NodeKind::True | NodeKind::False => "a truth value",
        NodeKind::Null => "null",
        NodeKind::Member | NodeKind::Unknown => "this",
    }
}
