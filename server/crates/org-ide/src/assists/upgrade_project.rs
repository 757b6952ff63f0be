//! *Upgrade project to API NN.0*: refused while an org would break.

use org_schema::{ApiVersion, versions};
use org_text::Foreign;

use crate::context::Context;
use crate::document::Document;
use crate::finding::Edit;
use crate::names_listed;
use crate::project_facts::{OrgFacts, ProjectFacts};
use crate::rules::{RuleContext, beyond_what_is_known, newest_available, newest_safe};
use crate::unknown_auth::UnknownAuth;

/// An upgrade that breaks nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// The version before.
    pub from: ApiVersion,
    /// The version after.
    pub to: ApiVersion,
    /// The edit of the project file.
    pub edit: Edit,
    /// Org files that write a version of their own; they stay as they are.
    pub overriding: Vec<OrgLabel>,
    /// In words, when Jitterbit does not document that what the project runs on supports the version.
    pub beyond_known: Option<String>,
}

/// An org as messages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgLabel {
    /// Its file, by the path from the project file.
    pub file: String,
    /// Its name, when it has one.
    pub name: Option<String>,
}

impl OrgLabel {
    fn of(project: &ProjectFacts, file: &str, facts: &OrgFacts) -> Self {
        let file = project.path_shown(file, file);
        let name = facts.name.as_ref().map(|(name, _)| name.to_string());
        Self { file: file.to_owned(), name }
    }

    /// The name in quotes, else the file.
    pub fn shown(&self) -> String {
        match &self.name {
            Some(name) => format!("\"{}\"", Foreign(name)),
            None => Foreign(&self.file).to_string(),
        }
    }
}

/// Why an upgrade is refused. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpgradeRefused {
    /// The file is no project file, or its version cannot be read.
    NoVersion,
    /// The target is no version that Salesforce supports today.
    NotSupported {
        /// The target.
        to: ApiVersion,
        /// The newest one that there is.
        newest: ApiVersion,
    },
    /// The project has that version or a newer one.
    NotNewer(ApiVersion),
    /// These orgs are on basic authentication and would break, or could: how they authenticate cannot
    /// be told. With the highest safe version, when it is newer than the project's.
    WouldBreak {
        /// The orgs on basic authentication.
        orgs: Vec<OrgLabel>,
        /// The orgs that cannot be told, and why.
        unclear: Vec<(OrgLabel, UnknownAuth)>,
        /// The highest version that breaks none.
        safe: Option<ApiVersion>,
    },
}

impl std::fmt::Display for UpgradeRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoVersion => {
                f.write_str("there is no \"apiVersion\" to upgrade: correct the project file first")
            }
            Self::NotSupported { to, newest } => write!(
                f,
                "API {to} is no version to upgrade to: choose one from {} to {newest}",
                ApiVersion::new(versions::LAST_RETIRING.number() + 1),
            ),
            Self::NotNewer(version) => {
                write!(f, "the project uses API {version} already: choose a newer version")
            }
            Self::WouldBreak { orgs, unclear, safe } => {
                if !orgs.is_empty() {
                    let verb = if orgs.len() == 1 { "uses" } else { "use" };
                    let names = names_listed(orgs.iter().map(OrgLabel::shown), NAMED);
                    write!(
                        f,
                        "{names} {verb} basic authentication, which stops at API {}: convert to OAuth 2.0 client credentials first",
                        versions::LAST_SOAP_LOGIN
                    )?;
                }
                if !unclear.is_empty() {
                    let start = if orgs.is_empty() { "" } else { "; and " };
                    let repairs = unclear
                        .iter()
                        .map(|(org, fault)| format!("{} ({})", org.shown(), fault.repair()));
                    write!(
                        f,
                        "{start}it cannot be told whether {} would break: repair that first",
                        names_listed(repairs, NAMED)
                    )?;
                }
                match safe {
                    Some(safe) => write!(f, ", or upgrade to API {safe}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// So many orgs are named in a message.
const NAMED: usize = 10;

/// The newest version that the project can use, and the highest that breaks none of its orgs; each
/// only when it is newer than the project's.
pub fn upgrade_targets(
    document: &Document,
    context: &Context<'_>,
) -> (Option<ApiVersion>, Option<ApiVersion>) {
    let cx = RuleContext::new(document, context);
    let Some((from, _)) = cx.written_version().filter(|_| document.project().is_some()) else {
        return (None, None);
    };
    let newest = newest_available(&cx);
    let safe = newest_safe(&cx);
    (Some(newest).filter(|newest| *newest > from), Some(safe).filter(|safe| *safe > from))
}

/// Upgrades a project file to version `to`.
///
/// # Errors
/// The upgrade is refused, because an org would break or the version is none to upgrade to.
pub fn upgrade_project(
    document: &Document,
    context: &Context<'_>,
    to: ApiVersion,
) -> Result<Upgrade, UpgradeRefused> {
    let cx = RuleContext::new(document, context);
    let written = cx.written_version().filter(|_| document.project().is_some());
    let (from, span) = written.ok_or(UpgradeRefused::NoVersion)?;
    let newest = cx.newest_known();
    if to <= versions::LAST_RETIRING || to > newest {
        return Err(UpgradeRefused::NotSupported { to, newest });
    }
    if to <= from {
        return Err(UpgradeRefused::NotNewer(from));
    }
    if to > versions::LAST_SOAP_LOGIN {
        let (orgs, unclear) = breaking(context.project);
        if !orgs.is_empty() || !unclear.is_empty() {
            let (_, safe) = upgrade_targets(document, context);
            return Err(UpgradeRefused::WouldBreak { orgs, unclear, safe });
        }
    }
    let overriding = context.project.into_iter().flat_map(|project| {
        let orgs = project.orgs().filter(|(_, org)| org.own_version.is_some());
        orgs.map(|(file, org)| OrgLabel::of(project, file, org))
    });
    let (overriding, beyond_known) = (overriding.collect(), beyond_what_is_known(&cx, to));
    let edit = Edit::replace(span, org_syntax::quote(&to.to_string()));
    Ok(Upgrade { from, to, edit, overriding, beyond_known })
}

/// The orgs that would break, and those that could.
fn breaking(project: Option<&ProjectFacts>) -> (Vec<OrgLabel>, Vec<(OrgLabel, UnknownAuth)>) {
    let Some(project) = project else {
        return (Vec::new(), Vec::new());
    };
    let basic = project.inheriting_basic_orgs();
    let unclear = project.inheriting_unclear_orgs();
    (
        basic.map(|(file, org)| OrgLabel::of(project, file, org)).collect(),
        unclear.map(|(file, org, fault)| (OrgLabel::of(project, file, org), fault)).collect(),
    )
}

#[cfg(test)]
mod tests {
    use org_schema::{ApiVersion, Date};

    use super::{Upgrade, UpgradeRefused, upgrade_project, upgrade_targets};
    use crate::{Context, Document, FileKind, OrgFacts, ProjectFacts};

    const BASIC: &str = r#"{"name": "Old", "auth": {"type": "basic"}}"#;
    const OAUTH: &str = r#"{"name": "New", "auth": {"type": "oauth2-client-credentials"}}"#;
    const STAYS: &str = r#"{"name": "Stays", "apiVersion": "60.0", "auth": {"type": "basic"}}"#;

    fn with<T>(project: &str, orgs: &[&str], ask: impl FnOnce(&Document, &Context<'_>) -> T) -> T {
        let document = Document::new(FileKind::Project, project);
        let mut facts = ProjectFacts::default();
        facts.set_file("sforg-project.json", &document);
        for (number, org) in orgs.iter().enumerate() {
            let org = Document::new(FileKind::Org, *org);
            facts.set_org(format!("{number}.sforg.json"), OrgFacts::of(&org));
        }
        let context = Context {
            project: Some(&facts),
            ..Context::alone("sforg-project.json", Date { year: 2026, month: 11, day: 24 })
        };
        ask(&document, &context)
    }

    fn upgraded(project: &str, orgs: &[&str], to: u16) -> Result<Upgrade, String> {
        with(project, orgs, |document, context| {
            upgrade_project(document, context, ApiVersion::new(to)).map_err(|e| e.to_string())
        })
    }

    #[test]
    fn a_basic_org_blocks_what_would_break_it() {
        let project = r#"{"apiVersion": "61.0"}"#;
        let refused = upgraded(project, &[BASIC, OAUTH], 68).unwrap_err();
        insta::assert_snapshot!(refused, @r#""Old" uses basic authentication, which stops at API 64.0: convert to OAuth 2.0 client credentials first, or upgrade to API 64.0"#);
        assert!(upgraded(project, &[BASIC, OAUTH], 64).is_ok());
        assert!(upgraded(project, &[OAUTH], 68).is_ok());
    }

    #[test]
    fn orgs_with_a_version_of_their_own_are_shown_and_stay() {
        let upgrade = upgraded(r#"{"apiVersion": "61.0"}"#, &[STAYS, OAUTH], 68);
        let names: Vec<_> =
            upgrade.iter().flat_map(|u| &u.overriding).map(super::OrgLabel::shown).collect();
        assert_eq!(names, ["\"Stays\""]);
    }

    #[test]
    fn an_org_that_cannot_be_told_blocks_what_could_break_it() {
        let project = r#"{"apiVersion": "60.0"}"#;
        let hidden = r#"{"name": "Hidden", "auth": {"Type": "basic"}}"#;
        let refused = upgraded(project, &[hidden, OAUTH], 68).unwrap_err();
        insta::assert_snapshot!(refused, @r#"it cannot be told whether "Hidden" (write the "type" of its "auth") would break: repair that first, or upgrade to API 64.0"#);
        let refused = upgraded(project, &["", BASIC], 65).unwrap_err();
        insta::assert_snapshot!(refused, @r#""Old" uses basic authentication, which stops at API 64.0: convert to OAuth 2.0 client credentials first; and it cannot be told whether 0.sforg.json (write its "auth") would break: repair that first, or upgrade to API 64.0"#);
        assert!(upgraded(project, &[hidden, ""], 64).is_ok());
        let own = r#"{"name": "Own", "apiVersion": "", "auth": {"type": "basic"}}"#;
        assert!(upgraded(project, &[own], 65).unwrap_err().contains("\"Own\" uses basic"));
        let kept = upgraded(project, &[own], 64).map(|upgrade| upgrade.overriding);
        assert_eq!(kept, Ok(vec![]));
    }

    #[test]
    fn a_crowd_is_not_listed_by_name() {
        let refused = upgraded(r#"{"apiVersion": "60.0"}"#, &[BASIC; 12], 68).unwrap_err();
        assert!(refused.contains(", 2 more use basic authentication"), "{refused}");
    }

    #[test]
    fn what_the_project_runs_on_is_said() {
        let project = r#"{"apiVersion": "60.0", "agentVersion": "11.45"}"#;
        let beyond = |to| upgraded(project, &[OAUTH], to).map(|upgrade| upgrade.beyond_known);
        assert_eq!(beyond(61), Ok(None));
        insta::assert_snapshot!(beyond(68).ok().flatten().unwrap_or_default(), @"API 61.0 is the newest known for agent 11.45 (inferred, Jitterbit documents no end)");
    }

    #[test]
    fn only_real_versions_and_only_forwards() {
        let project = r#"{"apiVersion": "64.0"}"#;
        for to in [0, 30, 31, 40, 64, 63, 69, 999] {
            assert!(upgraded(project, &[], to).is_err(), "{to}");
        }
        let refused = upgraded(r#"{"apiVersion": "31.0"}"#, &[], 40).unwrap_err();
        assert!(refused.contains("choose one from 41.0 to 68.0"), "{refused}");
        assert!(upgraded(r#"{"apiVersion": "31.0"}"#, &[], 41).is_ok());
        assert!(upgraded(r#"{"apiVersion": "x"}"#, &[], 68).is_err());
        assert!(upgraded("", &[], 68).is_err());
    }

    #[test]
    fn the_user_may_know_better_than_the_tables() {
        let project = r#"{"apiVersion": "66.0", "agentVersion": "11.45"}"#;
        let (by_table, by_user, rules) = with(project, &[], |document, context| {
            let knowing = Context { newest_version: Some(ApiVersion::new(70)), ..*context };
            let rules: Vec<_> = crate::rules::check(document, &knowing)
                .iter()
                .map(|finding| finding.rule.name)
                .collect();
            let upgrade = upgrade_project(document, &knowing, ApiVersion::new(70)).is_ok();
            (
                upgrade_targets(document, context).0,
                (upgrade_targets(document, &knowing).0, upgrade),
                rules,
            )
        });
        assert_eq!(by_table, None);
        assert_eq!(by_user, (Some(ApiVersion::new(70)), true));
        assert_eq!(rules, ["upgrade-available"]);
    }

    #[test]
    fn targets_are_what_can_be_used() {
        let agent = r#"{"apiVersion": "58.0", "agentVersion": "12.7"}"#;
        let targets = |project: &str, orgs: &[&str]| {
            let (newest, safe) = with(project, orgs, upgrade_targets);
            (newest.map(|v| v.number()), safe.map(|v| v.number()))
        };
        assert_eq!(targets(agent, &[OAUTH]), (Some(66), Some(66)));
        assert_eq!(targets(agent, &[BASIC]), (Some(66), Some(64)));
        assert_eq!(targets(r#"{"apiVersion": "64.0"}"#, &[BASIC]), (Some(68), None));
        assert_eq!(targets(r#"{"apiVersion": "68.0"}"#, &[]), (None, None));
        let refused = with(agent, &[BASIC], |document, context| {
            upgrade_project(document, context, ApiVersion::new(66))
        });
        assert!(matches!(refused, Err(UpgradeRefused::WouldBreak { .. })));
    }
}
