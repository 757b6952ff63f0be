//! What an upgrade of a project would do, in the words of the question and of its details.

use lsp_types as lsp;
use org_ide::Edit;
use org_ide::assists::{self, OrgLabel, UpgradeRefused};
use org_schema::ApiVersion;
use org_schema::versions::{LAST_SOAP_LOGIN, release_name};
use org_text::Foreign;

use crate::lsp::commands::{Command, Conversion, ManyConversions, OneFile, Upgrade};
use crate::lsp::files::Files;

/// Works an upgrade of a project file out.
///
/// # Errors
/// The upgrade is refused.
pub fn work_out(
    files: &Files,
    project_file: &str,
    to: ApiVersion,
) -> Result<(lsp::WorkspaceEdit, assists::Upgrade), UpgradeRefused> {
    let snapshot = files.snapshot(project_file).ok_or(UpgradeRefused::NoVersion)?;
    let upgrade = files.analyze(project_file, snapshot.document(), |document, context| {
        assists::upgrade_project(document, context, to)
    })?;
    let edit = files.workspace_edit(&snapshot, std::slice::from_ref(&upgrade.edit));
    Ok((edit, upgrade))
}

/// A project's name as messages quote it, when it has one.
pub fn project_shown(files: &Files, file: &str) -> Option<String> {
    let name = files.snapshot(file).and_then(|snapshot| {
        snapshot.document().project()?.name.as_ref()?.str().map(|name| Foreign(name).to_string())
    });
    name.filter(|name| !name.is_empty()).map(|name| format!("\"{name}\""))
}

/// The button that leads to [`Offer::details`].
pub const DETAILS: &str = "Details";

/// What a person can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Upgrade to this version.
    Upgrade(ApiVersion),
    /// Convert the one org that would break.
    ConvertOne(lsp::Url),
    /// Convert all that would.
    ConvertAll,
    /// See more.
    Details,
    /// Not this time.
    NotNow,
    /// Never for this project.
    Never,
}

/// An upgrade that a project could take.
pub struct Offer {
    /// The project, as messages name it.
    project: String,
    /// Its version.
    from: ApiVersion,
    /// The newest version that it can use.
    pub newest: ApiVersion,
    /// The highest version that breaks nothing, when it is newer than the project's.
    safe: Option<ApiVersion>,
    /// Why the newest one is refused.
    refused: Option<UpgradeRefused>,
    /// The one org that would break, when it is one.
    only_org: Option<lsp::Url>,
    /// The orgs that have the project's version.
    inheriting: Vec<String>,
    /// The orgs with a version of their own.
    overriding: Vec<String>,
    /// What is not known about the version that is offered.
    beyond_known: Option<String>,
}

impl Offer {
    /// The offer to a project; `None` when it has the newest version.
    pub fn of(files: &Files, file: &str) -> Option<Self> {
        let snapshot = files.snapshot(file)?;
        let document = snapshot.document();
        let (newest, safe) = files.analyze(file, document, assists::upgrade_targets);
        let newest = newest?;
        let project = document.project()?;
        let from = ApiVersion::parse(project.api_version.as_ref()?.str()?)?;
        let (possible, refused) = match work_out(files, file, newest) {
            Ok((_, upgrade)) => (Some(upgrade), None),
            Err(refused) => {
                let safe = safe.and_then(|safe| work_out(files, file, safe).ok());
                (safe.map(|(_, upgrade)| upgrade), Some(refused))
            }
        };
        let (overriding, beyond_known) = match possible {
            Some(upgrade) => {
                let overriding = upgrade.overriding.iter().map(OrgLabel::shown).collect();
                (overriding, upgrade.beyond_known)
            }
            None => (Vec::new(), None),
        };
        let only_org = match breaking(refused.as_ref()) {
            [org] => only_org(files, file, org),
            _ => None,
        };
        Some(Self {
            project: project_shown(files, file).unwrap_or_else(|| "This project".to_owned()),
            from,
            newest,
            safe,
            refused,
            only_org,
            inheriting: inheriting(files, file),
            overriding,
            beyond_known,
        })
    }

    /// The question: where the project is, what there is, and what would break.
    pub fn headline(&self) -> String {
        let Self { project, from, newest, .. } = self;
        let release = released(*newest);
        let broken = breaking(self.refused.as_ref());
        let who = match broken {
            [] => None,
            [one] => {
                Some(one.name.as_ref().map_or_else(|| one.shown(), |n| Foreign(n).to_string()))
            }
            many => Some(format!("{} orgs", many.len())),
        };
        match (&self.refused, who, self.safe) {
            (None, ..) => {
                format!("{project} is on API {from}; {newest}{release} is available.")
            }
            (Some(_), Some(who), Some(safe)) => format!(
                "{project} is on API {from}; {safe} is safe. {newest} would break {who} (basic authentication)."
            ),
            (Some(_), Some(who), None) => format!(
                "{project} is on API {from}; {newest} is available. Upgrading would break {who}: basic authentication stops at {LAST_SOAP_LOGIN}."
            ),
            (Some(_), None, Some(safe)) => {
                format!("{project} is on API {from}; {safe} is available.")
            }
            (Some(_), None, None) => {
                format!(
                    "{project} is on API {from}; {newest} is available once its org files are repaired."
                )
            }
        }
    }

    /// What the person can choose: what is offered, and the two other answers.
    pub fn buttons(&self, second: &str, last: &str) -> Vec<(String, Step)> {
        let first = match (&self.refused, self.safe) {
            (None, _) => Some(("Upgrade".to_owned(), Step::Upgrade(self.newest))),
            (Some(_), Some(safe)) => Some((format!("Upgrade to {safe}"), Step::Upgrade(safe))),
            (Some(refused), None) => self.conversion(refused),
        };
        let second_step = if second == DETAILS { Step::Details } else { Step::Never };
        let others = [(second.to_owned(), second_step), (last.to_owned(), Step::NotNow)];
        first.into_iter().chain(others).collect()
    }

    /// The same as commands, for a page.
    pub fn commands(&self, project: &lsp::Url) -> Vec<lsp::Command> {
        let file = || OneFile { uri: project.clone() };
        let steps = self.buttons("Don't Ask Again", "").into_iter();
        steps
            .filter_map(|(title, step)| {
                let command = match step {
                    Step::Upgrade(to) => {
                        let to = Some(to.to_string());
                        Command::UpgradeProject(Upgrade { uri: project.clone(), to })
                    }
                    Step::ConvertOne(uri) => Command::ConvertToOAuth(Conversion::of(uri)),
                    Step::ConvertAll => {
                        Command::ConvertAll(ManyConversions::of_project(project.clone()))
                    }
                    Step::Never => Command::NeverAskUpgrade(file()),
                    Step::Details | Step::NotNow => return None,
                };
                Some(command.to_lsp(&title))
            })
            .collect()
    }

    fn conversion(&self, refused: &UpgradeRefused) -> Option<(String, Step)> {
        match (breaking(Some(refused)), &self.only_org) {
            ([], _) => None,
            ([_], Some(org)) => Some(("Convert Org…".to_owned(), Step::ConvertOne(org.clone()))),
            (many, _) => Some((format!("Convert {} Orgs…", many.len()), Step::ConvertAll)),
        }
    }

    /// The version that the project can have now: that of the button, the difference and the details.
    fn offered(&self) -> Option<ApiVersion> {
        if self.refused.is_none() { Some(self.newest) } else { self.safe }
    }

    /// What changes and what does not, a sentence each.
    pub fn details(&self) -> Vec<String> {
        let (from, to) = (self.from, self.offered().unwrap_or(self.newest));
        let mut lines = vec![format!(
            "\"apiVersion\" in sforg-project.json: from {from}{} to {to}{}. It includes everything of the versions before.",
            released(from),
            released(to)
        )];
        if !self.inheriting.is_empty() {
            let names = org_ide::names_listed(self.inheriting.iter().cloned(), NAMED);
            lines.push(format!("Changes for {names}."));
        }
        if let Some(refused) = &self.refused {
            let newest = self.newest;
            lines.push(format!("API {newest}{} is not possible yet: {refused}.", released(newest)));
        }
        if !self.overriding.is_empty() {
            let names = self.overriding.join(", ");
            lines.push(format!("Not changed, because they have a version of their own: {names}."));
        }
        if let Some(beyond) = &self.beyond_known {
            lines.push(format!("Check that the project can use it: {beyond}."));
        }
        lines
    }

    /// The project file after the upgrade that is offered.
    pub fn new_text(&self, files: &Files, project_file: &str) -> Option<String> {
        let to = self.offered()?;
        let snapshot = files.snapshot(project_file)?;
        let (_, upgrade) = work_out(files, project_file, to).ok()?;
        Some(Edit::apply_all(snapshot.document().text(), &[upgrade.edit]))
    }

    /// In place of the question, for editors in which a question takes the keys that a person types.
    pub fn notice(&self) -> String {
        let upgrade = |to: ApiVersion| format!("\"{}\"", assists::title::upgrade(to));
        let mut choices = Vec::new();
        match (&self.refused, self.safe) {
            (None, _) => choices.push(upgrade(self.newest)),
            (Some(refused), safe) => {
                let has_basic = !breaking(Some(refused)).is_empty();
                choices.extend(has_basic.then(|| format!("\"{}\"", assists::title::CONVERT_ALL)));
                choices.extend(safe.map(upgrade));
            }
        }
        let text = self.headline();
        if choices.is_empty() {
            return text;
        }
        format!("{text} To do so, choose the code action {}.", choices.join(" or "))
    }
}

/// So many orgs are named.
const NAMED: usize = 10;

/// " (Spring '26)"
fn released(version: ApiVersion) -> String {
    release_name(version).map(|name| format!(" ({name})")).unwrap_or_default()
}

/// The orgs that write no version of their own, by name where they have one.
fn inheriting(files: &Files, project_file: &str) -> Vec<String> {
    files.with_workspace(|workspace| {
        let Some(project) = workspace.project_of(project_file) else { return Vec::new() };
        let inherit = project.orgs().filter(|(_, org)| org.own_version.is_none());
        inherit
            .map(|(file, org)| match &org.name {
                Some((name, _)) => Foreign(name).to_string(),
                None => Foreign(project.path_shown(file, file)).to_string(),
            })
            .collect()
    })
}

fn breaking(refused: Option<&UpgradeRefused>) -> &[OrgLabel] {
    match refused {
        Some(UpgradeRefused::WouldBreak { orgs, .. }) => orgs,
        _ => &[],
    }
}

/// The address of the org that a label names.
fn only_org(files: &Files, project_file: &str, label: &OrgLabel) -> Option<lsp::Url> {
    let id = files.with_workspace(|workspace| {
        let project = workspace.project_of(project_file)?;
        let found = project.orgs().map(|(file, _)| file).find(|file| file.ends_with(&label.file));
        found.map(str::to_owned)
    })?;
    files.uri_of(&id)
}
