//! `invalid-value`: a string that the member does not take.

use org_schema::members::{AuthType, FORBIDDEN_IN_ORG_NAMES, RULE_LEVELS};
use org_schema::value_shapes;
use org_sources::design_studio::guid_key;
use org_syntax::Span;

use super::rule_context::is_blank;
use super::{Files, Findings, Rule, RuleContext, quoted};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::{Field, OrgDef, Value};
use crate::spelling::nearest;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-value",
    group: Group::Shape,
    severity: Severity::Error,
    files: Files::Every,
    summary: "A value that the member does not accept.",
    documentation: "`auth.type` is `basic` or `oauth2-client-credentials`. A name holds neither \
        `/` nor `:` (Jitterbit uses them in paths). The severities in a project's `rules` are \
        `error`, `warning`, `information`, `hint` and `off`. In an org of Design Studio `sandbox` is \
        `0` or `1`, and no other org has its `ID`.",
    wrong: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"auth\": { \"type\": \"oauth\" }\n}\n",
    )],
    right: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"auth\": { \"type\": \"oauth2-client-credentials\" }\n}\n",
    )],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if let Some(org) = cx.org().filter(|_| cx.document.kind().is_design_studio()) {
        let sandbox = org.sandbox.as_ref().filter(|field| field.value == Some(Value::Invalid));
        if let Some(field) = sandbox {
            let name = cx.document.name_of("sandbox");
            let message =
                format!("\"{name}\" has to be 0 or 1. Tick or untick Sandbox in Design Studio.");
            findings.add(&RULE, field.span(), message);
        }
        return check_guid(cx, org, findings);
    }
    for mistake in mistakes(cx) {
        findings.add(&RULE, mistake.span, mistake.message);
    }
}

/// An org of Design Studio is told from others by its GUID alone.
fn check_guid(cx: &RuleContext<'_>, org: &OrgDef, findings: &mut Findings) {
    let Some(guid) = org.design_studio_org.as_ref().and_then(Field::string) else { return };
    let Some(project) = cx.context.project else { return };
    let key = guid_key(&guid.value);
    let mut others = project.linked_to(&key);
    let Some(other) = others.find(|file| *file != cx.context.file) else { return };
    let message =
        "Another org has the same \"ID\". Copy orgs in Design Studio, which gives each its own.";
    let place = project.org(other).and_then(|facts| facts.design_studio_org.as_ref());
    let finding = findings.add(&RULE, guid.span, message);
    finding.related(other, place.map(|(_, span)| *span).unwrap_or_default(), "The same \"ID\"");
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let mistake = mistakes(cx).into_iter().find(|mistake| mistake.span == finding.span);
    let Some(Mistake { span, answers, .. }) = mistake else {
        return Vec::new();
    };
    let only = answers.len() == 1;
    answers
        .into_iter()
        .map(|answer| Fix {
            title: format!("Change to {}", quoted(&answer)),
            edits: vec![Edit::replace(span, org_syntax::quote(&answer))],
            safe: false,
            preferred: only,
        })
        .collect()
}

struct Mistake {
    span: Span,
    message: String,
    answers: Vec<String>,
}

fn mistakes(cx: &RuleContext<'_>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if let Some(org) = cx.org() {
        if let Some(name) =
            cx.filled_in(&org.name).filter(|s| s.value.contains(FORBIDDEN_IN_ORG_NAMES))
        {
            let answer = name.value.replace(FORBIDDEN_IN_ORG_NAMES, "-");
            mistakes.push(Mistake {
                span: name.span,
                message: "A name cannot contain \"/\" or \":\". Jitterbit uses them in paths."
                    .to_owned(),
                answers: vec![answer],
            });
        }
        if let Some(kind) = cx.filled_in(&org.auth.kind)
            && AuthType::parse(&kind.value).is_none()
        {
            mistakes.push(auth_type(&kind.value, kind.span));
        }
    }
    for (rule, field) in cx.rule_levels() {
        let is_filled_in = |value: &str| {
            !is_blank(value) && !value_shapes::is_placeholder(value) && !cx.is_tainted(value)
        };
        let Some(string) = field
            .string()
            .filter(|s| is_filled_in(&s.value) && !levels().any(|level| level == s.value))
        else {
            continue;
        };
        let near = severity_like(&string.value).map(str::to_owned);
        mistakes.push(Mistake {
            span: string.span,
            message: format!(
                "\"{rule}\" has to be \"error\", \"warning\", \"information\", \"hint\" or \"off\"."
            ),
            answers: near.map_or_else(|| levels().map(str::to_owned).collect(), |near| vec![near]),
        });
    }
    mistakes
}

/// What `rules` takes.
fn levels() -> impl Iterator<Item = &'static str> {
    RULE_LEVELS.iter().map(|(level, _)| *level)
}

/// "warn", "info", "err", or a misspelling.
fn severity_like(written: &str) -> Option<&'static str> {
    let lower = written.trim().to_ascii_lowercase();
    let begins = |severity: &&str| lower.len() >= 3 && severity.starts_with(&lower);
    levels().find(begins).or_else(|| nearest(written, levels()))
}

fn auth_type(written: &str, span: Span) -> Mistake {
    let all = [AuthType::OAuth2ClientCredentials.as_str(), AuthType::Basic.as_str()];
    let lower = written.to_ascii_lowercase();
    let near = if lower.contains("oauth") || lower.contains("client") {
        Some(all[0])
    } else {
        nearest(written, all)
    };
    Mistake {
        span,
        message: format!("\"type\" has to be \"{}\" or \"{}\".", all[0], all[1]),
        answers: near.map_or_else(|| all.map(str::to_owned).to_vec(), |near| vec![near.to_owned()]),
    }
}
