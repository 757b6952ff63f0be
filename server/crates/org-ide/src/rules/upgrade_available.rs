//! `upgrade-available`: a newer API version can be used.

use org_schema::ApiVersion;
use org_schema::jitterbit::{self, Available};
use org_schema::members::AuthType;
use org_schema::versions::{self, Support};
use org_syntax::Span;

use super::api_version_not_supported_by_agent::how_available;
use super::{Files, Findings, Rule, RuleContext, file_label};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::project_facts::ProjectFacts;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "upgrade-available",
    group: Group::ApiVersion,
    severity: Severity::Information,
    files: Files::Every,
    summary: "A newer API version is available.",
    documentation: "Compares with the newest version that the project's agent and Design Studio \
        are known to support, or with the newest one of Salesforce where the project does not say \
        what it runs on. An upgrade includes all the features and objects of the versions before. \
        Orgs on basic authentication must stay at 64.0 or below until they are converted, so the \
        quick fix never goes beyond it while there is one, or one whose authentication cannot be \
        told. Silent where `basic-auth-blocks-upgrade` \
        or `api-version-override` speaks about the same version, and where a basic org has to be \
        converted before anything newer can be used.",
    wrong: &[("sforg-project.json", "{\n  \"apiVersion\": \"61.0\"\n}\n")],
    right: &[("sforg-project.json", "{\n  \"apiVersion\": \"68.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some((version, span)) = cx.written_version() else {
        return;
    };
    let safe = newest_safe(cx);
    let supported = versions::support(version, cx.context.today) == Support::Supported;
    let more_specific = super::basic_auth_blocks_upgrade::speaks(cx)
        || super::api_version_override::versions_of(cx).is_some();
    // Where a basic org has to be converted first, its own findings say so.
    if version >= safe || !supported || more_specific {
        return;
    }
    let newest = newest_available(cx);
    let known =
        |version| how_available(cx, version).map_or_else(String::new, |known| format!(" {known}"));
    let message = if safe < newest {
        format!(
            "API {} is available{}. To go on to {}, {} first.",
            with_release(safe),
            known(safe),
            with_release(newest),
            what_comes_first(cx)
        )
    } else {
        format!("API {} is available{}.", with_release(newest), known(newest))
    };
    findings.add(&RULE, span, message);
}

/// What has to be done before a version without basic authentication can be used.
fn what_comes_first(cx: &RuleContext<'_>) -> String {
    if cx.document.org().is_some() {
        return match cx.org_with(AuthType::Basic) {
            Some(_) => "convert this org to OAuth 2.0 client credentials",
            None => "correct this org's \"auth\"",
        }
        .to_owned();
    }
    let Some(project) = cx.context.project else {
        return "convert its basic orgs".to_owned();
    };
    if project.inheriting_basic_orgs().next().is_some() {
        return "convert its basic orgs to OAuth 2.0 client credentials".to_owned();
    }
    let mut unclear = project.inheriting_unclear_orgs();
    let first = unclear.next();
    let first =
        first.map_or_else(|| "an org".to_owned(), |(file, ..)| file_label(project, file, file));
    match unclear.count() {
        0 => format!("correct \"auth\" in {first}"),
        more => format!("correct \"auth\" in {first} and {more} more"),
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    upgrade_fix(cx, finding.span)
}

/// "68.0 (Winter '27)"
fn with_release(version: ApiVersion) -> String {
    match versions::release_name(version) {
        Some(release) => format!("{version} ({release})"),
        None => version.to_string(),
    }
}

/// The newest API version that the project can use: as the user says, else by the tables.
pub(crate) fn newest_available(cx: &RuleContext<'_>) -> ApiVersion {
    if let Some(newest) = cx.context.newest_version {
        return newest;
    }
    cx.context.project.and_then(available).map_or(versions::NEWEST, |available| available.api)
}

/// The same, as the tables know it of what the project runs on.
pub(super) fn available(project: &ProjectFacts) -> Option<Available> {
    let agent = project.agent.as_ref().map(|(version, _)| version);
    let studio = project.design_studio.as_ref().map(|(version, _)| version);
    jitterbit::available(agent, studio)
}

/// Whether a version beyond [`versions::LAST_SOAP_LOGIN`] in this file would break an org.
pub(crate) fn would_break_basic(cx: &RuleContext<'_>) -> bool {
    if cx.document.org().is_some() {
        return cx.org_with(AuthType::Basic).is_some();
    }
    let project = cx.context.project;
    project.is_some_and(|project| project.upgrading_basic_orgs().next().is_some())
}

/// As [`would_break_basic`], or whether it could, since nobody can tell how an org authenticates. An
/// org file whose `auth` is still to come breaks nothing.
pub(super) fn could_break(cx: &RuleContext<'_>) -> bool {
    let Some(org) = cx.org() else {
        return cx.context.project.is_some_and(ProjectFacts::has_org_that_could_break);
    };
    match org.auth_type() {
        Some(auth_type) => auth_type == AuthType::Basic,
        None => {
            let is_misspelled = |root| super::unknown_member::is_misspelled(cx, root, "auth");
            org.auth.object.is_some() || org.root.is_some_and(is_misspelled)
        }
    }
}

/// The newest version to which this file can go without breaking an org.
pub(crate) fn newest_safe(cx: &RuleContext<'_>) -> ApiVersion {
    let newest = newest_available(cx);
    if could_break(cx) { newest.min(versions::LAST_SOAP_LOGIN) } else { newest }
}

/// Replaces the version at `span` by the newest safe one, when that is newer.
pub(crate) fn upgrade_fix(cx: &RuleContext<'_>, span: Span) -> Vec<Fix> {
    let target = newest_safe(cx);
    let written = cx.written_version().map(|(version, _)| version);
    if written.is_none_or(|written| target <= written) {
        return Vec::new();
    }
    vec![version_fix(span, target)]
}

/// Replaces the version at `span`.
pub(super) fn version_fix(span: Span, target: ApiVersion) -> Fix {
    Fix {
        title: format!("Change to API {}", with_release(target)),
        edits: vec![Edit::replace(span, org_syntax::quote(&target.to_string()))],
        safe: false,
        preferred: true,
    }
}
