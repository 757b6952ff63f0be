//! `sforg/newOrg/finish`: the login with the answers, and the files.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lsp_types as lsp;
use org_ide::Markdown;
use org_login::{Bindings, Care, LoginResult};
use org_new::check::is_sandbox;
use org_new::{Answers, LATER, Secrets, Step};
use org_project::id_of_path;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::{Folder, NewOrgs};
use crate::lsp::client::outgoing;
use crate::lsp::diagnostics::events::FileEvents;
use crate::lsp::diagnostics::indexed::index_files;
use crate::lsp::logins::changes::refresh_lenses;
use crate::lsp::logins::{Logins, one};
use crate::new_org::{
    Ending, SaveError, Saved, Surroundings, Trial, disagreement, disagrees, failed, log_in, save,
};
use crate::settings;

/// What a person has chosen. Without `Debug`: the secrets are in it.
#[derive(Deserialize)]
pub struct FinishParams {
    #[serde(flatten)]
    place: Folder,
    #[serde(default)]
    answers: Answers,
    /// The secrets by their steps.
    #[serde(default)]
    secret: BTreeMap<String, Option<String>>,
    /// Whether the login is tested first.
    #[serde(default)]
    test: bool,
    /// Also when the same credentials were refused before.
    #[serde(default)]
    anyway: bool,
    /// What the person said when Salesforce contradicted.
    sandbox: Option<bool>,
}

/// What came of it.
#[derive(Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "camelCase")]
pub enum Finish {
    /// The files are there.
    #[serde(rename_all = "camelCase")]
    Saved {
        /// The org file.
        uri: lsp::Url,
        /// All new files.
        files: Vec<lsp::Url>,
        /// It in one line.
        message: String,
        /// Where the name stands in the org file.
        cursor: lsp::Position,
    },
    /// The person has to choose what to do next; nothing is written.
    Question {
        #[serde(flatten)]
        ending: Ending,
        /// The steps in Markdown.
        page: String,
    },
    /// An answer cannot stay; nothing is written.
    Refused {
        /// The step to go back to.
        step: Step,
        /// Why.
        message: String,
    },
}

/// Where the name stands in a new file: behind its first brace, in quotes.
const NAME: lsp::Position = lsp::Position { line: 1, character: 11 };

/// Tests the login, if that is wanted, and writes the files. When nobody waits for the answer any more,
/// the login ends.
///
/// # Errors
/// Something cannot be written or stored; says what to do.
pub async fn finish(
    kept: Arc<NewOrgs>,
    logins: Arc<Logins>,
    params: FinishParams,
) -> Result<Finish, String> {
    let (answers, place) = (params.answers, params.place);
    let mut secrets = Secrets::default();
    for (id, text) in params.secret {
        if let (Some(step), Some(text)) = (Step::of_id(&id), text) {
            secrets.set(step, &SecretString::from(text));
        }
    }
    let seen = {
        let (kept, logins) = (Arc::clone(&kept), Arc::clone(&logins));
        // The disk and the keyring may wait. Others may have made files since the last step.
        let look = move || kept.look(&logins.files, &logins.user, &place, Duration::ZERO);
        blocking(look).await??
    };
    if params.test {
        let care = if params.anyway { Care::Anyway } else { Care::Careful };
        match tested(&logins, &answers, &secrets, &seen, care).await? {
            Tried::Refused(finish) => return Ok(finish),
            Tried::Result(result) => {
                kept.keep(&answers, &secrets, &result);
                let sandbox = params.sandbox.unwrap_or_else(|| is_sandbox(&answers, &seen.scene));
                if let Some(said) = disagreement(&result, sandbox) {
                    return Ok(question(disagrees(said)));
                }
                if !result.is_ok() {
                    return Ok(question(failed(&result, &answers)));
                }
            }
        }
    }
    let result = kept.take(&answers, &secrets);
    write(&logins, answers, secrets, seen, params.sandbox, result).await
}

enum Tried {
    Result(Box<LoginResult>),
    Refused(Finish),
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())
}

async fn tested(
    logins: &Arc<Logins>,
    answers: &Answers,
    secrets: &Secrets,
    seen: &Arc<Surroundings>,
    care: Care,
) -> Result<Tried, String> {
    let today = settings::today().map_err(|error| format!("{error}."))?;
    let cancel = CancellationToken::new();
    // Whoever closes the list cancels the request, and this with it.
    let guard = cancel.clone().drop_guard();
    let (logins, answers) = (Arc::clone(logins), answers.clone());
    let (secrets, seen) = (secrets.clone(), Arc::clone(seen));
    // In a task of its own: an attempt that was begun is settled, whoever has gone.
    let login = tokio::spawn(async move {
        let bindings = Arc::clone(&logins.bindings) as Arc<dyn Bindings>;
        let with = Trial { network: logins.network(), bindings, today, care, cancel };
        log_in(&answers, &secrets, &seen, with).await
    });
    let result = login.await.map_err(|error| error.to_string())?;
    drop(guard.disarm());
    Ok(match result {
        Ok(result) => Tried::Result(Box::new(result)),
        Err(refused) => Tried::Refused(refused_by(refused)),
    })
}

fn refused_by(refused: org_new::Refused) -> Finish {
    Finish::Refused { step: refused.step, message: outgoing::line(&refused.message) }
}

fn question(mut ending: Ending) -> Finish {
    let page = Markdown::default().text(&ending.message);
    let page = page.paragraph(Markdown::default().steps(&ending.steps)).to_string();
    let items = ending.items.iter_mut().flat_map(|item| [&mut item.label, &mut item.detail]);
    for text in [&mut ending.title, &mut ending.message].into_iter().chain(items) {
        *text = outgoing::line(text);
    }
    ending.steps.iter_mut().for_each(|step| *step = outgoing::line(step));
    Finish::Question { ending, page }
}

async fn write(
    logins: &Arc<Logins>,
    answers: Answers,
    secrets: Secrets,
    seen: Arc<Surroundings>,
    sandbox: Option<bool>,
    result: Option<LoginResult>,
) -> Result<Finish, String> {
    let today = settings::today().map_err(|error| format!("{error}."))?;
    let bindings = Arc::clone(&logins.bindings);
    let own = answers.clone();
    let work = move || save(&own, &secrets, &seen, sandbox, &*bindings, today);
    let saved = match blocking(work).await? {
        Ok(saved) => saved,
        Err(SaveError::Refused(refused)) => return Ok(refused_by(refused)),
        Err(SaveError::CarryOut(error)) => {
            return Err(outgoing::line(&format!("Nothing was saved: {error}.")));
        }
    };
    let uri = known(logins, &saved, result.as_ref()).await.ok_or("The new file has no address.")?;
    let name = one::prepare(logins, &crate::lsp::convert::uris::id_of(&uri))
        .map_or_else(|| saved.shown.clone(), |org| org.name);
    let later = answers_later(&answers);
    let ok = result.as_ref().is_some_and(LoginResult::is_ok);
    let message = match (ok, result, later) {
        (true, ..) => format!("{name} saved and logged in"),
        (false, Some(_), _) => format!("{name} saved, although its login failed"),
        (false, None, true) => format!("{name} saved; its secret is still to be entered"),
        (false, None, false) => format!("{name} saved"),
    };
    let files = saved.files.iter().filter_map(|file| lsp::Url::from_file_path(file).ok());
    Ok(Finish::Saved {
        files: files.collect(),
        uri,
        message: outgoing::line(&message),
        cursor: NAME,
    })
}

/// Whether the secret that the login needs is left for later.
fn answers_later(answers: &Answers) -> bool {
    [Step::Secret, Step::Password].iter().any(|step| answers.get(*step) == Some(LATER))
}

/// The server knows the new files at once, and how the login of the org went.
async fn known(
    logins: &Arc<Logins>,
    saved: &Saved,
    result: Option<&LoginResult>,
) -> Option<lsp::Url> {
    let uri = lsp::Url::from_file_path(&saved.file).ok()?;
    let mut events = FileEvents::default();
    let all: &[PathBuf] = &saved.files;
    all.iter().filter_map(|file| lsp::Url::from_file_path(file).ok()).for_each(|file| {
        events.created(&file);
    });
    events.tell(&logins.diagnostics);
    let ids = all.iter().map(|file| id_of_path(file)).collect();
    let _known = index_files(&logins.diagnostics, ids).await;
    let id = crate::lsp::convert::uris::id_of(&uri);
    if let (Some(result), Some(prepared)) = (result, one::prepare(logins, &id)) {
        one::keep(logins, &id, &prepared.name, prepared.fingerprint, result);
        one::write_results(logins);
        refresh_lenses(logins);
    }
    logins.files.orgs_changed.notify_one();
    Some(uri)
}
