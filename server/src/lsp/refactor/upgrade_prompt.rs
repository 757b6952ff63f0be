//! The one question that comes unasked: a project uses a previous API version.
//!
//! Design Studio asks it too, and lets people break their orgs on basic authentication by accepting.
//! Here it says what would break, and offers what does not.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lsp_types as lsp;
use org_ide::{Severity, rules};
use org_project::{Links, path_of_id};

use super::{convert, convert_all, upgrade};
use crate::lsp::client::Message;
use crate::lsp::client::own::Page;
use crate::lsp::commands::{Conversion, ManyConversions};
use crate::lsp::convert::uris::id_of;
use crate::lsp::diagnostics::indexed::index_project;
use crate::lsp::logins::Logins;
use crate::lsp::session::UnaskedQuestions;
use crate::lsp::upgrade_offer::{DETAILS, Offer, Step};
use crate::memory;

/// A file has been open for so long before the question comes: whoever looks something up is left alone.
const CALM: Duration = Duration::from_secs(5);

/// [`CALM`]; hardly any time in tests (`SFORG_UPGRADE_PROMPT=now`).
fn calm() -> Duration {
    match std::env::var("SFORG_UPGRADE_PROMPT").as_deref() {
        Ok("now") => Duration::from_millis(20),
        _ => CALM,
    }
}

const NOT_NOW: &str = "Not Now";
const NEVER: &str = "Don't Ask Again";

/// Asks about upgrades, each project once.
pub struct UpgradePrompt {
    logins: Arc<Logins>,
    /// Projects whose upgrade was asked about in this session.
    asked: Mutex<HashSet<String>>,
}

impl UpgradePrompt {
    /// Nobody has been asked so far.
    pub fn new(logins: Arc<Logins>) -> Self {
        Self { logins, asked: Mutex::default() }
    }

    fn asked(&self) -> MutexGuard<'_, HashSet<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the project that governs `id` was not asked about so far.
    pub fn is_due(&self, id: &str) -> bool {
        let project_file = self.logins.files.project_file_of(id);
        project_file.is_some_and(|project| !self.asked().contains(&project))
    }

    /// Asks about the project that governs `id`, if it uses a previous version and was not asked about
    /// before. All its org files are known meanwhile.
    pub async fn ask(&self, id: &str) {
        let logins = &self.logins;
        let Some(project_file) = logins.files.project_file_of(id) else { return };
        if !logins.is_trusted() || !self.asked().insert(project_file.clone()) {
            return;
        }
        if !logins.client.session.settings.known_configuration().await.upgrade_prompt {
            // Whoever turns it on again is asked.
            self.asked().remove(&project_file);
            return;
        }
        ask_when_calm(logins, project_file).await;
    }
}

/// Waits until nobody is in the middle of something, and asks.
async fn ask_when_calm(logins: &Arc<Logins>, project_file: String) {
    tokio::time::sleep(calm()).await;
    let _known = index_project(&logins.diagnostics, &project_file).await;
    let Some(offer) = Offer::of(&logins.files, &project_file) else { return };
    if memory::upgrade_was_asked(&project_file, offer.newest) {
        return;
    }
    while !is_calm(logins, &project_file).await {
        tokio::time::sleep(calm()).await;
    }
    let Some(uri) = logins.files.uri_of(&project_file) else { return };
    let features = logins.client.session.client;
    if features.unasked_questions != UnaskedQuestions::Shown {
        // It may never be answered, and is said once all the same.
        memory::keep_upgrade_answer(&project_file, offer.newest, false);
    }
    if features.unasked_questions == UnaskedQuestions::Told {
        return logins.client.show(lsp::MessageType::INFO, offer.notice()).await;
    }
    put(logins, &uri, &project_file, &offer).await;
}

/// Puts the question, and does what is chosen. A question that is closed is asked again another day.
async fn put(logins: &Arc<Logins>, uri: &lsp::Url, project_file: &str, offer: &Offer) {
    let features = logins.client.session.client;
    let mut text = Message::from(offer.headline());
    let mut answers = offer.buttons(DETAILS, NOT_NOW);
    loop {
        if !(features.own.buttons || features.unasked_questions == UnaskedQuestions::Kept) {
            // Such an editor may take the first answer for a key too many.
            answers.reverse();
        }
        let titles: Vec<String> = answers.iter().map(|(title, _)| title.clone()).collect();
        let chosen = logins.client.ask_unasked(uri, text, &titles).await;
        let step = chosen
            .and_then(|title| answers.iter().find(|(own, _)| *own == title))
            .map(|(_, step)| step.clone());
        match step {
            None => return,
            Some(Step::Details) if features.own.pages => {
                memory::keep_upgrade_answer(project_file, offer.newest, false);
                return logins.client.show_page(Page::Result, Some(uri.clone())).await;
            }
            Some(Step::Details) => {
                // In some editors a question covers messages, so the next question says it.
                text = Message::from(offer.details().join(" "));
                answers = offer.buttons(NEVER, NOT_NOW);
                continue;
            }
            Some(step) => {
                memory::keep_upgrade_answer(project_file, offer.newest, step == Step::Never);
                return take(logins, uri, step).await;
            }
        }
    }
}

/// The person does not want to be asked about this project again.
pub async fn never_ask(logins: &Arc<Logins>, uri: &lsp::Url) {
    let file = id_of(uri);
    let Some(offer) = Offer::of(&logins.files, &file) else { return };
    let keep = move || memory::keep_upgrade_answer(&file, offer.newest, true);
    if tokio::task::spawn_blocking(keep).await.is_ok() {
        let text = "You will not be asked about this project again.".to_owned();
        logins.client.good_news(logins.client.session.client.own, text).await;
    }
}

/// Does what was chosen.
async fn take(logins: &Arc<Logins>, uri: &lsp::Url, step: Step) {
    match step {
        Step::Upgrade(to) => upgrade::run(logins, uri.clone(), Some(to.to_string())).await,
        Step::ConvertOne(org) => convert::run(logins, Conversion::of(org)).await,
        Step::ConvertAll => {
            convert_all::run(logins, ManyConversions::of_project(uri.clone())).await;
        }
        Step::Details | Step::NotNow | Step::Never => {}
    }
}

/// Whether nobody is in the middle of something: what is open of the project is saved and has no errors.
async fn is_calm(logins: &Arc<Logins>, project_file: &str) -> bool {
    let of_project =
        |id: &String| logins.files.project_file_of(id).as_deref() == Some(project_file);
    let open: Vec<String> = logins.files.documents.ids().into_iter().filter(of_project).collect();
    for id in open {
        let Some(document) = logins.files.documents.get(&id) else { continue };
        let findings = logins.files.analyze(&id, document.document(), rules::check);
        let is_broken = |finding: &org_ide::Finding| {
            finding.severity == Severity::Error && finding.rule.name != "login-failed"
        };
        if findings.iter().any(is_broken) || !is_saved(&id, document.document().text()).await {
            return false;
        }
    }
    true
}

async fn is_saved(id: &str, text: &str) -> bool {
    let Some(path) = path_of_id(id) else { return false };
    let read = tokio::task::spawn_blocking(move || {
        let folder = path.parent()?.to_owned();
        let document = org_project::read(&path, Links::Within(&folder)).ok()?;
        Some(document.without_bom().text().to_owned())
    });
    read.await.ok().flatten().is_some_and(|on_disk| on_disk == text)
}
