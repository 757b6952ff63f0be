//! The one question that comes unasked: a project uses a previous API version.
//!
//! Design Studio asks it too, and lets people break their orgs on basic authentication by accepting.
//! Here it says what would break, and offers what does not.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types as lsp;
use org_ide::assists::{self, UpgradeRefused};
use org_schema::ApiVersion;
use org_text::Foreign;

use super::{convert_all, upgrade};
use crate::lsp::client::Client;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::diagnostics::indexed::index_project;
use crate::lsp::files::Files;
use crate::lsp::session::UnaskedQuestions;
use crate::memory;

const UPGRADE: &str = "Upgrade";
const CONVERT: &str = "Convert basic orgs…";
const SHOW: &str = "Show what changes";
const NOT_NOW: &str = "Not now";
const NEVER: &str = "Never for this project";

/// Asks about upgrades, each project once.
pub struct UpgradePrompt {
    client: Client,
    diagnostics: Arc<Diagnostics>,
    /// Projects whose upgrade was asked about in this session.
    asked: Mutex<HashSet<String>>,
}

impl UpgradePrompt {
    /// Nobody has been asked so far.
    pub fn new(client: Client, diagnostics: Arc<Diagnostics>) -> Self {
        Self { client, diagnostics, asked: Mutex::default() }
    }

    fn asked(&self) -> MutexGuard<'_, HashSet<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the project that governs `id` was not asked about so far.
    pub fn is_due(&self, id: &str) -> bool {
        let project_file = self.diagnostics.files.project_file_of(id);
        project_file.is_some_and(|project| !self.asked().contains(&project))
    }

    /// Asks about the project that governs `id`, if it uses a previous version and was not asked about
    /// before. All its org files are known meanwhile.
    pub async fn ask(&self, id: &str) {
        let Self { client, diagnostics, .. } = self;
        let (files, settings) = (&diagnostics.files, &client.session.settings);
        let Some(project_file) = files.project_file_of(id) else { return };
        if !settings.is_trusted() || !self.asked().insert(project_file.clone()) {
            return;
        }
        if !settings.known_configuration().await.upgrade_prompt {
            // Whoever turns it on again is asked.
            self.asked().remove(&project_file);
            return;
        }
        let _known = index_project(diagnostics, &project_file).await;
        let Some((newest, safe)) = targets(files, &project_file) else { return };
        if memory::upgrade_was_asked(&project_file, newest) {
            return;
        }
        let Some(uri) = files.uri_of(&project_file) else { return };
        let question = Question::of(files, &project_file, newest, safe);
        let kind = client.session.client.unasked_questions;
        if kind != UnaskedQuestions::Shown {
            // It may never be answered, and is said once all the same.
            memory::keep_upgrade_answer(&project_file, newest, false);
        }
        if kind == UnaskedQuestions::Told {
            return client.show(lsp::MessageType::INFO, question.notice()).await;
        }
        let never = self.put(&question, uri).await;
        memory::keep_upgrade_answer(&project_file, newest, never);
    }

    /// Puts the question and does what the person chooses; whether it is never to be asked again.
    async fn put(&self, question: &Question, uri: lsp::Url) -> bool {
        let Self { client, diagnostics, .. } = self;
        let mut details = false;
        loop {
            let answers = question.actions(details);
            let asked = client.ask_unasked(&uri, question.text(details), &answers);
            match asked.await.as_deref() {
                // In some editors a question covers messages, so the next question says it.
                Some(SHOW) if !details => {
                    details = true;
                    continue;
                }
                Some(CONVERT) => convert_all::run(client, diagnostics, uri).await,
                Some(NEVER) => return true,
                Some(answer) if question.upgrade_to(answer).is_some() => {
                    let to = question.upgrade_to(answer).map(|version| version.to_string());
                    upgrade::run(client, diagnostics, uri, to).await;
                }
                _ => {}
            }
            return false;
        }
    }
}

fn targets(files: &Files, project_file: &str) -> Option<(ApiVersion, Option<ApiVersion>)> {
    let snapshot = files.snapshot(project_file)?;
    let (newest, safe) = files.analyze(project_file, snapshot.document(), assists::upgrade_targets);
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
    fn of(files: &Files, file: &str, newest: ApiVersion, safe: Option<ApiVersion>) -> Self {
        let (refused, overriding) = match upgrade::work_out(files, file, newest) {
            Ok((_, upgrade)) => {
                (None, upgrade.overriding.iter().map(assists::OrgLabel::shown).collect())
            }
            Err(refused) => (Some(refused), Vec::new()),
        };
        let project = files.snapshot(file).and_then(|snapshot| {
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
        let upgrade = |to: ApiVersion| format!("\"{}\"", assists::title::upgrade(to));
        let mut choices = Vec::new();
        if self.refused.is_none() {
            choices.push(upgrade(self.newest));
        } else {
            choices.extend(
                self.has_basic_orgs().then(|| format!("\"{}\"", assists::title::CONVERT_ALL)),
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
