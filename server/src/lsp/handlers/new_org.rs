//! `sforg/newOrg`: the steps of *New Salesforce Org*, for clients that show one after the other. What is
//! asked, checked, tested and written is the server's; a client shows and keeps what was entered.

mod finish;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lsp_types as lsp;
use org_ide::Markdown;
use org_login::LoginResult;
use org_new::question::login_at;
use org_new::{Answers, Grade, Question, Secrets, Step, check, question, steps};
use serde::{Deserialize, Serialize};

pub use finish::{Finish, FinishParams, finish};

use crate::lsp::client::outgoing;
use crate::lsp::convert::uris::path_of;
use crate::lsp::files::Files;
use crate::new_org::{Surroundings, Where};
use crate::settings::UserSettings;

/// How long what was there counts for a step.
const FRESH_FOR_A_STEP: Duration = Duration::from_secs(5);
/// How long it counts for what is typed in it: looking takes longer than a key.
const FRESH_FOR_A_KEY: Duration = Duration::from_secs(60);

/// What is kept between the requests of wizards.
#[derive(Default)]
pub struct NewOrgs {
    /// What was there, by folder.
    seen: Mutex<HashMap<PathBuf, (Instant, Arc<Surroundings>)>>,
    /// The last login of answers, which counts for the file that they become.
    tried: Mutex<Option<(Answers, Secrets, LoginResult)>>,
}

/// What all requests say about where the new org goes.
#[derive(Debug, Default, Deserialize)]
struct Folder {
    /// The folder of the org file; without it, `orgs` in the first workspace folder.
    folder: Option<lsp::Url>,
}

/// `sforg/newOrg`.
#[derive(Debug, Deserialize)]
pub struct QuestionParams {
    #[serde(flatten)]
    place: Folder,
    /// What was answered; of a secret alone whether it was `entered` or comes `later`.
    #[serde(default)]
    answers: Answers,
    /// The step; without it and `after` the first that is open.
    step: Option<Step>,
    /// The step before it.
    after: Option<Step>,
}

/// A question with its help as a page.
#[derive(Debug, Serialize)]
pub struct Asked {
    #[serde(flatten)]
    question: Question,
    /// What the value `help` shows, in Markdown.
    page: String,
    busy: Busy,
}

/// What is shown while the login is tested.
#[derive(Debug, Serialize)]
struct Busy {
    title: String,
    text: String,
}

/// `sforg/newOrg/check`. Without `Debug`: the value may be a secret.
#[derive(Deserialize)]
pub struct CheckParams {
    #[serde(flatten)]
    place: Folder,
    #[serde(default)]
    answers: Answers,
    /// The step.
    id: Step,
    /// What stands there.
    value: String,
}

/// What is said about a value.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// `error`, `warning`, `information`, or null.
    severity: Option<Grade>,
    message: String,
    /// The value as it will be kept.
    becomes: Option<String>,
    /// Whether it can be the answer.
    accepts: bool,
}

/// Asks a step. Waits for the disk and the keyring.
///
/// # Errors
/// There is no place for an org file; says what to do.
pub fn ask(
    kept: &NewOrgs,
    files: &Files,
    user: &UserSettings,
    params: &QuestionParams,
) -> Result<Asked, String> {
    // A wizard that begins may have another right before it, whose files are there now.
    let begins = params.step.is_none() && params.after.is_none();
    let fresh = if begins { Duration::ZERO } else { FRESH_FOR_A_STEP };
    let seen = kept.look(files, user, &params.place, fresh)?;
    let (answers, scene) = (&params.answers, &seen.scene);
    let behind = params.after.and_then(|after| steps::behind(after, answers, scene));
    let step = params.step.or(behind).unwrap_or_else(|| steps::first_open(answers, scene));
    let question = question(step, answers, scene);
    let page = Markdown::default().steps(&question.help).to_string();
    let name = answers.get(Step::Name).unwrap_or_default();
    let busy = Busy {
        title: outgoing::line(&format!("Testing {name}…")),
        text: outgoing::line(&format!("Logging in at {}. Esc cancels.", login_at(answers, scene))),
    };
    Ok(Asked { question, page, busy })
}

/// Checks a value. Waits for the disk once in a while.
///
/// # Errors
/// As [`ask`].
pub fn look_at_value(
    kept: &NewOrgs,
    files: &Files,
    user: &UserSettings,
    params: &CheckParams,
) -> Result<Checked, String> {
    let seen = kept.look(files, user, &params.place, FRESH_FOR_A_KEY)?;
    let found = check(params.id, &params.value, &params.answers, &seen.scene);
    let accepts = found.accepts();
    Ok(Checked { severity: found.grade, message: found.message, becomes: found.becomes, accepts })
}

impl NewOrgs {
    /// What is there; looked at again when that was longer ago.
    fn look(
        &self,
        files: &Files,
        user: &UserSettings,
        place: &Folder,
        fresh: Duration,
    ) -> Result<Arc<Surroundings>, String> {
        let place = place.resolved(files)?;
        let known = self.seen().get(&place.folder).cloned();
        if let Some((at, seen)) = known
            && at.elapsed() < fresh
        {
            return Ok(seen);
        }
        let mut seen = Surroundings::look(&place, &files.folders(), user)
            .map_err(|error| format!("{error}."))?;
        let newest = files.session.settings.configuration().newest_api_version;
        seen.scene.newest_version = newest.or(seen.scene.newest_version);
        let seen = Arc::new(seen);
        let mut all = self.seen();
        all.retain(|_, (at, _)| at.elapsed() < FRESH_FOR_A_KEY);
        all.insert(place.folder, (Instant::now(), Arc::clone(&seen)));
        Ok(seen)
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, (Instant, Arc<Surroundings>)>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps how a login of answers went.
    fn keep(&self, answers: &Answers, secrets: &Secrets, result: &LoginResult) {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        *tried = Some((answers.clone(), secrets.clone(), result.clone()));
    }

    /// How the login of exactly these answers and secrets went.
    fn take(&self, answers: &Answers, secrets: &Secrets) -> Option<LoginResult> {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, with, result) = tried.take()?;
        (of == *answers && with.are(secrets)).then_some(result)
    }
}

impl Folder {
    /// Where the org file goes, and the project file where there is none.
    fn resolved(&self, files: &Files) -> Result<Where, String> {
        let folders = files.folders();
        let Some(uri) = &self.folder else {
            let first = folders.first();
            return first
                .map(|root| Where::below(root))
                .ok_or_else(|| "Open a folder first: the org files go there.".to_owned());
        };
        let folder = path_of(uri).ok_or("Choose a folder on this computer.")?;
        let around = folders.iter().filter(|opened| folder.starts_with(opened));
        let around = around.max_by_key(|opened| opened.components().count());
        let shown = around.and_then(|around| folder.strip_prefix(around).ok());
        let shown = match shown {
            Some(shown) if shown.as_os_str().is_empty() => ".".to_owned(),
            shown => shown.unwrap_or(&folder).display().to_string(),
        };
        // A project file beside those of other folders would govern what is none of its orgs.
        let has_projects = files.with_workspace(|all| all.project_files().next().is_some());
        let home = around.filter(|_| !has_projects).cloned().unwrap_or_else(|| folder.clone());
        Ok(Where { folder, shown, home })
    }
}
