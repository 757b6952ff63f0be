//! `api-version-not-supported-by-agent`: the agent or Design Studio is older than the API version.

use org_schema::ApiVersion;
use org_schema::jitterbit::{self, Basis, Product, ProductVersion, Shortfall};
use org_schema::versions::{self, Support};

use super::upgrade_available::{could_break, version_fix};
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::project_facts::ProjectFacts;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "api-version-not-supported-by-agent",
    group: Group::ApiVersion,
    severity: Severity::Warning,
    files: Files::Every,
    summary: "The project's agent or Design Studio is not known to support this API version.",
    documentation: "Which Salesforce API version can be used depends on the Jitterbit agent and \
        on Design Studio, which the project names in `agentVersion` and `designStudioVersion`. \
        Jitterbit documents a table of agents up to API 61.0: what contradicts it is a warning. \
        Beyond that table the versions are only reported in release notes, or follow from the \
        least versions for OAuth 2.0: those are information, and the message says so.",
    wrong: &[(
        "sforg-project.json",
        "{\n  \"apiVersion\": \"61.0\",\n  \"agentVersion\": \"11.20\"\n}\n",
    )],
    right: &[(
        "sforg-project.json",
        "{\n  \"apiVersion\": \"59.0\",\n  \"agentVersion\": \"11.20\"\n}\n",
    )],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some((version, span)), Some(project), Some(shortfall)) =
        (cx.written_version(), cx.context.project, shortfall(cx))
    else {
        return;
    };
    let Some((product, written)) = product(project, shortfall.product) else {
        return;
    };
    let target = target(cx, shortfall);
    let upgrade = match (shortfall.product, jitterbit::next_agent_for(version, written)) {
        (Product::Agent, Some((agent, basis))) => {
            format!(", or upgrade the agent to {agent}{}", founded_on(basis))
        }
        _ => String::new(),
    };
    let severity = match shortfall.basis {
        Basis::Documented => Severity::Warning,
        Basis::Reported | Basis::Inferred => Severity::Information,
    };
    let basis = reason(shortfall, product, written);
    let message = match shortfall.basis {
        Basis::Documented => format!("{basis}. Use API {target}{upgrade}."),
        // Nobody has said that the version does not work: this is no order.
        Basis::Reported | Basis::Inferred => {
            format!("{basis}. Check that {version} works.")
        }
    };
    let finding = findings.add(&RULE, span, message).severity(severity);
    let place = match shortfall.product {
        Product::Agent => project.file.as_deref().zip(project.agent.as_ref().map(|it| it.1)),
        Product::DesignStudio => project.design_studio_place(),
    };
    if let Some((file, span)) = place {
        finding.related(file, span, format!("The project runs on {product} {written}"));
    }
}

/// Behind what is said of a product as Jitterbit's table does not.
const fn founded_on(basis: Basis) -> &'static str {
    match basis {
        Basis::Documented => "",
        Basis::Reported => " (reported, not in Jitterbit's table)",
        Basis::Inferred => " (inferred, not in Jitterbit's table)",
    }
}

/// For which product it is known that a version is available, and how, where Jitterbit does not document it.
/// Nothing is said of what the user says, nor where the project does not tell what it runs on.
pub(crate) fn how_available(cx: &RuleContext<'_>, version: ApiVersion) -> Option<String> {
    let (project, None) = (cx.context.project?, cx.context.newest_version) else { return None };
    let available = super::upgrade_available::available(project)?;
    let (name, written) = product(project, available.product)?;
    let is_said = available.basis != Basis::Documented && version > jitterbit::LAST_DOCUMENTED;
    is_said.then(|| format!("for {name} {written}{}", founded_on(available.basis)))
}

/// Why a version may not be available, in a few words: what contradicts Jitterbit's table is none, of what is
/// beyond it nothing is known.
pub(crate) fn how_unavailable(cx: &RuleContext<'_>, version: ApiVersion) -> Option<String> {
    let shortfall = shortfall_at(cx, version)?;
    let (name, written) = product(cx.context.project?, shortfall.product)?;
    Some(match shortfall.basis {
        Basis::Documented => format!("not available on {name} {written}"),
        Basis::Reported | Basis::Inferred => format!("not known for {name} {written}"),
    })
}

/// How it is known that a version is too new, in words.
fn reason(shortfall: Shortfall, product: &str, written: &ProductVersion) -> String {
    let newest = shortfall.newest;
    match shortfall.basis {
        Basis::Documented => {
            format!("Jitterbit documents API {newest} as the newest for {product} {written}")
        }
        Basis::Reported => format!(
            "API {newest} is the newest reported for {product} {written} (release notes, not Jitterbit's table)"
        ),
        Basis::Inferred => format!(
            "API {newest} is the newest known for {product} {written} (inferred, Jitterbit documents no end)"
        ),
    }
}

/// In words, when Jitterbit does not document that what the project runs on supports a version.
pub(crate) fn beyond_what_is_known(cx: &RuleContext<'_>, version: ApiVersion) -> Option<String> {
    let Some(shortfall) = shortfall_at(cx, version) else {
        return Some(format!("API {version} is known {}", how_available(cx, version)?));
    };
    let (name, written) = product(cx.context.project?, shortfall.product)?;
    Some(reason(shortfall, name, written))
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let fix = shortfall(cx).map(|shortfall| {
        let target = target(cx, shortfall);
        let fix = version_fix(finding.span, target);
        // What is not documented is offered with what is known of it, and not recommended.
        let known = match shortfall.basis {
            Basis::Documented => return fix,
            _ if target == versions::LAST_SOAP_LOGIN && target < shortfall.newest => {
                "the last one with SOAP login"
            }
            _ if target < shortfall.newest => "the newest that both products are known to support",
            Basis::Reported => "the newest that release notes report",
            Basis::Inferred => "the newest that is known (inferred)",
        };
        Fix { title: format!("{}, {known}", fix.title), preferred: false, ..fix }
    });
    fix.into_iter().collect()
}

/// What is too old for the version that this file writes. Versions that have a rule of their own
/// (unknown, retired, retiring) are left to it.
pub(super) fn shortfall(cx: &RuleContext<'_>) -> Option<Shortfall> {
    let (version, _) = cx.written_version()?;
    shortfall_at(cx, version)
        .filter(|_| versions::support(version, cx.context.today) == Support::Supported)
}

fn shortfall_at(cx: &RuleContext<'_>, version: ApiVersion) -> Option<Shortfall> {
    if cx.context.newest_version.is_some_and(|newest| version <= newest) {
        return None;
    }
    let project = cx.context.project?;
    let agent = project.agent.as_ref().map(|(version, _)| version);
    let studio = project.design_studio.as_ref().map(|(version, _)| version);
    jitterbit::shortfall(version, agent, studio)
}

/// The newest version that both products support and that breaks no basic org.
fn target(cx: &RuleContext<'_>, shortfall: Shortfall) -> ApiVersion {
    let newest = shortfall.newest;
    let target = shortfall_at(cx, newest).map_or(newest, |other_product| other_product.newest);
    if could_break(cx) { target.min(versions::LAST_SOAP_LOGIN) } else { target }
}

/// A product's name and its version.
fn product(project: &ProjectFacts, product: Product) -> Option<(&'static str, &ProductVersion)> {
    let (name, (version, _)) = match product {
        Product::Agent => ("agent", project.agent.as_ref()?),
        Product::DesignStudio => ("Design Studio", project.design_studio.as_ref()?),
    };
    Some((name, version))
}
