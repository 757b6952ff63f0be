//! `api-version-override`: an org writes another API version than its project.

use org_schema::ApiVersion;
use org_schema::members::AuthType;
use org_schema::versions::{self, Support};

use super::{Files, Findings, Rule, RuleContext, api_version_not_supported_by_agent};
use crate::document::FileKind;
use crate::finding::{Finding, Fix, Group, Severity};
use crate::member_edits::remove_member;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "api-version-override",
    group: Group::ApiVersion,
    severity: Severity::Hint,
    files: Files::Org,
    summary: "The org uses another API version than its project.",
    documentation: "The orgs of a project share operations, so they should share the API version \
        too. Write one in an org only while it has to stay behind (a basic org in a project \
        beyond 64.0), and remove it afterwards. An upgrade of the project leaves these orgs as \
        they are.",
    wrong: &[
        ("sforg-project.json", "{\n  \"apiVersion\": \"68.0\"\n}\n"),
        ("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"66.0\"\n}\n"),
    ],
    right: &[
        ("sforg-project.json", "{\n  \"apiVersion\": \"68.0\"\n}\n"),
        ("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n"),
    ],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some((own, project_version)), Some((_, span))) = (versions_of(cx), cx.written_version())
    else {
        return;
    };
    let message = if would_break(cx, project_version) {
        format!(
            "The project uses API {project_version}. Convert this org to OAuth 2.0, then remove \"apiVersion\"."
        )
    } else {
        format!(
            "The project uses API {project_version}. Remove \"apiVersion\" unless this org has to stay at {own}."
        )
    };
    let finding = findings.add(&RULE, span, message);
    let project = cx.context.project;
    if let Some((file, span)) = project.and_then(|p| Some((p.file.as_ref()?, p.api_version_span?)))
    {
        finding.related(file, span, format!("The project uses API {project_version}"));
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some((_, project_version)) = versions_of(cx).filter(|(_, v)| !would_break(cx, *v)) else {
        return Vec::new();
    };
    let member = cx.org().and_then(|org| Some((org.root?, org.api_version.as_ref()?.member?)));
    member
        .map(|(root, member)| Fix {
            title: format!("Use the project's API {project_version}"),
            edits: remove_member(cx.text(), cx.tree(), root, member),
            safe: false,
            preferred: true,
        })
        .into_iter()
        .collect()
}

/// The org's own version and the project's, where this rule has something to say: they differ, and
/// the org's is not wrong in itself, which is another rule's business.
pub(super) fn versions_of(cx: &RuleContext<'_>) -> Option<(ApiVersion, ApiVersion)> {
    if cx.document.kind() != FileKind::Org {
        return None;
    }
    let (own, _) = cx.written_version()?;
    let project = cx.context.project?.version()?;
    let is_fine = versions::support(own, cx.context.today) == Support::Supported
        && !would_break(cx, own)
        && api_version_not_supported_by_agent::shortfall(cx).is_none();
    (own != project && is_fine).then_some((own, project))
}

/// Whether the org cannot log in with a version.
fn would_break(cx: &RuleContext<'_>, version: ApiVersion) -> bool {
    cx.org_with(AuthType::Basic).is_some() && version > versions::LAST_SOAP_LOGIN
}
