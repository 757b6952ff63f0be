//! The one question that comes unasked: a project uses a previous API version.
//!
//! Design Studio asks it too, and lets people break their orgs on basic authentication by accepting.
//! Here it says what would break, and offers what does not.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists::{self, UpgradeRefused};
use org_schema::ApiVersion;
use org_text::Foreign;

use super::project::project_file_of;
use super::{convert_all, upgrade};
use crate::lsp::client::Client;
use crate::lsp::files::indexed::index_project;
use crate::lsp::session::UnaskedQuestions;
use crate::lsp::state::State;
use crate::memory;

const UPGRADE: &str = "Upgrade";
const CONVERT: &str = "Convert basic orgs…";
const SHOW: &str = "Show what changes";
const NOT_NOW: &str = "Not now";
const NEVER: &str = "Never for this project";

/// Asks about the project that governs `id`, if it uses a previous version and was not asked about
/// before. All its org files are known afterwards.
pub async fn ask(client: &Client, state: &Arc<State>, id: &str) {
    let Some(project_file) = project_file_of(state, id) else { return };
    if !state.is_trusted() || !state.asked_projects.insert(project_file.clone()) {
        return;
    }
    if !state.known_configuration().await.upgrade_prompt {
        // Whoever turns it on again is asked.
        state.asked_projects.remove(&project_file);
        return;
    }
    let _known = index_project(state, &project_file).await;
    let Some((newest, safe)) = targets(state, &project_file) else { return };
    if memory::upgrade_was_asked(&project_file, newest) {
        return;
    }
    let Some(uri) = state.uri_of(&project_file) else { return };
    let question = Question::of(state, &project_file, newest, safe);
    let features = state.session().client;
    if features.unasked_questions != UnaskedQuestions::Shown {
        // It may never be answered, and is said once all the same.
        memory::keep_upgrade_answer(&project_file, newest, false);
    }
    if features.unasked_questions == UnaskedQuestions::Told {
        return client.show(lsp::MessageType::INFO, question.notice()).await;
    }
    let mut never = false;
    let mut details = false;
    loop {
        let answers = question.actions(details);
        let asked = client.ask_unasked(&features, &uri, question.text(details), &answers);
        match asked.await.as_deref() {
            // In some editors a question covers messages, so the next question says it.
            Some(SHOW) if !details => {
                details = true;
                continue;
            }
            Some(CONVERT) => convert_all::run(client, state, uri).await,
            Some(NEVER) => never = true,
            Some(answer) if question.upgrade_to(answer).is_some() => {
                let to = question.upgrade_to(answer).map(|version| version.to_string());
                upgrade::run(client, state, uri, to).await;
            }
            _ => {}
        }
        break;
    }
    memory::keep_upgrade_answer(&project_file, newest, never);
}

fn targets(state: &State, project_file: &str) -> Option<(ApiVersion, Option<ApiVersion>)> {
    let snapshot = state.snapshot(project_file)?;
    let (newest, safe) = state.analyze(project_file, snapshot.document(), assists::upgrade_targets);
    Some((newest?, safe))
}

struct Question {
    newest: ApiVersion,
    /// The highest version that breaks nothing, when it is newer than the project's.
    safe: Option<ApiVersion>,
    /// Why the newest one is refused.
    refused: Option<UpgradeRefused>,
    overriding: Vec<String>,
    project: String,
}

impl Question {
    fn of(state: &State, file: &str, newest: ApiVersion, safe: Option<ApiVersion>) -> Self {
        let (refused, overriding) = match upgrade::work_out(state, file, newest) {
            Ok((_, upgrade)) => {
                (None, upgrade.overriding.iter().map(assists::OrgLabel::shown).collect())
            }
            Err(refused) => (Some(refused), Vec::new()),
        };
        let project = state.snapshot(file).and_then(|snapshot| {
            let name = Foreign(snapshot.document().project()?.name.as_ref()?.str()?).to_string();
            Some(format!("The project \"{name}\""))
        });
        let project = project.unwrap_or_else(|| "This project".to_owned());
        Self { newest, safe, refused, overriding, project }
    }

    fn text(&self, details: bool) -> String {
        if details {
            return self.what_changes();
        }
        let newest = self.newest;
        let start =
            format!("{} uses a previous API version; API {newest} is available.", self.project);
        match &self.refused {
            Some(refused) => {
                let verb = if self.has_basic_orgs() { "would" } else { "could" };
                format!("{start} Accepting it {verb} break orgs: {refused}.")
            }
            None => start,
        }
    }

    /// In place of the question, for editors in which a question takes the keys that a person types.
    fn notice(&self) -> String {
        let upgrade = |to: ApiVersion| format!("\"Upgrade project to API {to}\"");
        let mut choices = Vec::new();
        if self.refused.is_none() {
            choices.push(upgrade(self.newest));
        } else {
            choices.extend(
                self.has_basic_orgs().then(|| format!("\"{}\"", assists::CONVERT_ALL_TITLE)),
            );
            choices.extend(self.safe.map(upgrade));
        }
        let text = self.text(false);
        if choices.is_empty() {
            return text;
        }
        format!("{text} To do so, choose the code action {}.", choices.join(" or "))
    }

    fn actions(&self, details: bool) -> Vec<String> {
        let mut actions = Vec::new();
        match (&self.refused, self.safe) {
            (None, _) => actions.push(UPGRADE.to_owned()),
            (Some(_), safe) => {
                actions.extend(self.has_basic_orgs().then(|| CONVERT.to_owned()));
                actions.extend(safe.map(|safe| format!("{UPGRADE} to API {safe}")));
            }
        }
        actions.extend((!details).then(|| SHOW.to_owned()));
        actions.extend([NOT_NOW, NEVER].map(str::to_owned));
        actions
    }

    /// Whether there is an org to convert, and not just some that cannot be told.
    fn has_basic_orgs(&self) -> bool {
        matches!(&self.refused, Some(UpgradeRefused::WouldBreak { orgs, .. }) if !orgs.is_empty())
    }

    fn upgrade_to(&self, answer: &str) -> Option<ApiVersion> {
        if answer == UPGRADE && self.refused.is_none() {
            return Some(self.newest);
        }
        self.safe.filter(|safe| answer == format!("{UPGRADE} to API {safe}"))
    }

    fn what_changes(&self) -> String {
        let release = org_schema::versions::release_name(self.newest).unwrap_or_default();
        let mut text = format!(
            "\"apiVersion\" in sforg-project.json becomes \"{}\" ({release}). It includes all features and objects of the versions before.",
            self.newest
        );
        if let Some(refused) = &self.refused {
            text.push_str(&format!(" That is refused for now: {refused}."));
        }
        if !self.overriding.is_empty() {
            text.push_str(&format!(
                " Not changed, since a version of their own is written: {}.",
                self.overriding.join(", ")
            ));
        }
        text
    }
}
