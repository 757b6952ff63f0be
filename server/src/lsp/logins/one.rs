//! *Test Salesforce Login* in the editor: asks where it must, shows progress, keeps the result.

use std::sync::Arc;
use std::time::Instant;

use lsp_types as lsp;
use org_login::{
    Cause, LoginResult, LoginTarget, ProcessSecrets, declined, destination, not_confirmed,
    test_login, test_login_anyway,
};
use org_schema::Date;
use org_text::Foreign;
use tokio_util::sync::CancellationToken;

use super::changes::{count_seconds, refresh_lenses};
use super::confirm::confirm_secrets;
use super::{page, told};
use crate::logins::LOG_TARGET;
use crate::logins::target::login_target;
use crate::lsp::client::Answer;
use crate::lsp::client::progress::Progress;
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::diagnostics::indexed::index_project_file_of;
use crate::lsp::files::login_record::LoginRecord;
use crate::lsp::logins::Logins;
use crate::settings;

/// The login of a file is being tested.
#[derive(Clone, Debug)]
pub struct LoginTest {
    /// Since when.
    pub since: Instant,
    /// Ends it.
    pub cancel: CancellationToken,
}

impl LoginTest {
    /// A test that begins now.
    pub fn now(cancel: CancellationToken) -> Self {
        Self { since: Instant::now(), cancel }
    }
}

/// Why there is no result.
pub enum Stopped {
    /// The file cannot be read.
    Unreadable,
    /// The person said no: what was not sent.
    Declined(String),
    /// A setting cannot be used.
    Setting(String),
}

impl Stopped {
    /// Tells a person.
    pub async fn tell(self, logins: &Arc<Logins>, id: &str) {
        let (kind, message) = match self {
            Self::Unreadable => {
                let text = format!("{} cannot be read, so there is no login to test.", shown(id));
                (lsp::MessageType::ERROR, text)
            }
            Self::Declined(text) => (lsp::MessageType::INFO, text),
            Self::Setting(text) => (lsp::MessageType::ERROR, text),
        };
        logins.client.show(kind, message).await;
    }
}

/// Tests the login of one file and shows what came out.
pub async fn run(logins: &Arc<Logins>, uri: lsp::Url) {
    let id = id_of(&uri);
    let cancel = CancellationToken::new();
    if !begin(logins, &uri, &cancel).await {
        return;
    }
    let tested = test(logins, &id, cancel).await;
    // Whoever reads the message can test again, whatever the editor does with it.
    end(logins, &id);
    match tested {
        Ok((name, result)) => {
            write_results(logins);
            // The message may stay for long, and the lens is what it is about.
            refresh_lenses(logins);
            told::tell(logins, &uri, &name, &result).await;
        }
        Err(stopped) => stopped.tell(logins, &id).await,
    }
}

/// Takes the file's turn and knows its project; `false` when its login is being tested already, which is
/// shown: since when, and how to end it.
pub async fn begin(logins: &Arc<Logins>, uri: &lsp::Url, cancel: &CancellationToken) -> bool {
    let id = &id_of(uri);
    if is_free(logins, id, cancel) {
        let _known = index_project_file_of(&logins.diagnostics, id).await;
        count_seconds(logins);
        return true;
    }
    if logins.client.session.client.own.pages {
        page::show(logins, uri).await;
    } else {
        let name = prepare(logins, id).map_or_else(|| shown(id), |org| org.name);
        let text = format!("{name}: the login is already being tested.");
        logins.client.show(lsp::MessageType::INFO, text).await;
    }
    false
}

/// Gives the file's turn back.
pub fn end(logins: &Arc<Logins>, id: &str) {
    logins.under_test.remove(id);
    logins.files.orgs_changed.notify_one();
}

/// Takes the file's turn, if it is free.
fn is_free(logins: &Arc<Logins>, id: &str, cancel: &CancellationToken) -> bool {
    use dashmap::Entry;
    match logins.under_test.entry(id.to_owned()) {
        Entry::Occupied(_) => false,
        Entry::Vacant(free) => {
            free.insert(LoginTest::now(cancel.clone()));
            true
        }
    }
}

/// Keeps results in the state folder, on a thread that may wait for the disk.
pub fn write_results(logins: &Arc<Logins>) {
    let files = Arc::clone(&logins.files);
    tokio::task::spawn_blocking(move || files.last_logins.write());
}

/// One org, as it stands in its file now.
pub struct Prepared {
    /// Its name, else its file's.
    pub name: String,
    /// What to log in to, or why nothing may be sent.
    pub target: Result<LoginTarget, Box<LoginResult>>,
    /// What the result will count for.
    pub fingerprint: String,
}

/// Reads an org file; `None` when it cannot be read.
pub fn prepare(logins: &Arc<Logins>, id: &str) -> Option<Prepared> {
    let snapshot = logins.files.snapshot(id)?;
    let document = snapshot.document();
    let name = document.org().and_then(|org| org.display_name()).filter(|name| !name.is_empty());
    logins.files.analyze(id, document, |document, context| {
        Some(Prepared {
            name: name.map_or_else(|| shown(id), |name| Foreign(name).to_string()),
            target: login_target(document, context, &shown(id)),
            fingerprint: logins.files.last_logins.fingerprint(document, context),
        })
    })
}

async fn test(
    logins: &Arc<Logins>,
    id: &str,
    cancel: CancellationToken,
) -> Result<(String, LoginResult), Stopped> {
    let Prepared { name, target, fingerprint } = prepare(logins, id).ok_or(Stopped::Unreadable)?;
    let result = match target {
        _ if !logins.is_trusted() => LoginResult::untrusted_workspace(),
        Err(refused) => *refused,
        Ok(target) => log_in(logins, id, &name, &target, cancel).await?,
    };
    keep(logins, id, &name, fingerprint, &result);
    Ok((name, result))
}

/// Asks where it must and logs in.
///
/// # Errors
/// There is no result, because the person said no.
async fn log_in(
    logins: &Arc<Logins>,
    id: &str,
    name: &str,
    target: &LoginTarget,
    cancel: CancellationToken,
) -> Result<LoginResult, Stopped> {
    if let Some(refused) = refusal(logins, id, name, target).await? {
        return Ok(refused);
    }
    let secrets = Arc::new(ProcessSecrets::new(logins.files.env_file_of(id)));
    let today = today()?;
    let title = format!("Testing {name}");
    let step = sending(logins, target);
    let progress = Progress::begin(&logins.client, &title, step.as_deref(), cancel.clone()).await;
    let mut result =
        test_login(target, secrets.clone(), &logins.network, today, cancel.clone()).await;
    progress.end(&result.summary).await;
    if result.cause == Some(Cause::LockoutGuard) && insists(logins, id, name, &result).await {
        let progress =
            Progress::begin(&logins.client, &title, step.as_deref(), cancel.clone()).await;
        result = test_login_anyway(target, secrets, &logins.network, today, cancel).await;
        progress.end(&result.summary).await;
    }
    Ok(result)
}

/// Asks about secrets that nobody has confirmed; why nothing may be sent.
///
/// # Errors
/// The person said no.
pub async fn refusal(
    logins: &Arc<Logins>,
    id: &str,
    name: &str,
    target: &LoginTarget,
) -> Result<Option<LoginResult>, Stopped> {
    let confirmation = confirm_secrets(logins, &[(target, logins.files.env_file_of(id))]).await;
    if let Some(secrets) = confirmation.refused.into_iter().flatten().next() {
        if confirmation.is_declined {
            return Err(Stopped::Declined(format!("{name}: {}", declined(&secrets).summary)));
        }
        return Ok(Some(not_confirmed(target, secrets)));
    }
    // The person may have taken their trust back while they were asked.
    Ok((!logins.is_trusted()).then(LoginResult::untrusted_workspace))
}

/// The day that a login is judged on.
///
/// # Errors
/// The setting of another day cannot be used.
pub fn today() -> Result<Date, Stopped> {
    settings::today().map_err(|error| Stopped::Setting(format!("{error}.")))
}

/// What goes where, while it does.
pub fn sending(logins: &Logins, target: &LoginTarget) -> Option<String> {
    let destination = destination(target, &logins.user.allowed).ok()?;
    Some(format!("Sending {}", target.sending(&destination)))
}

/// The log answers what went where.
fn note(name: &str, result: &LoginResult) {
    let outcome = result.cause.map_or("logged in", Cause::short);
    let seconds = result.duration.as_secs_f32();
    match &result.sent {
        Some(sent) => {
            tracing::info!(target: LOG_TARGET, "{name}: {outcome}, {seconds:.1} s; sent {sent}")
        }
        None => tracing::info!(target: LOG_TARGET, "{name}: {outcome}"),
    }
}

/// The answer that sends refused credentials once more, and the harmless one.
const TRY_ANYWAY: &str = "Try Anyway";
const SHOW_STEPS: &str = "Show Steps";

/// The lock-out guard stopped the test: a person may know better. What does no harm comes first.
async fn insists(logins: &Arc<Logins>, id: &str, name: &str, result: &LoginResult) -> bool {
    let question = format!("{name}: {}", result.summary);
    let answer =
        logins.client.ask(lsp::MessageType::WARNING, question, &[SHOW_STEPS, TRY_ANYWAY]).await;
    if answer == Answer::Chosen(SHOW_STEPS)
        && let Some(uri) = logins.files.uri_of(id)
    {
        page::show(logins, &uri).await;
    }
    answer == Answer::Chosen(TRY_ANYWAY)
}

/// Keeps a result, so that diagnostics and lenses show it; in the state folder it is written later.
pub fn keep(logins: &Arc<Logins>, id: &str, name: &str, fingerprint: String, result: &LoginResult) {
    note(name, result);
    let untried = [
        Cause::Cancelled,
        Cause::UntrustedWorkspace,
        Cause::LockoutGuard,
        Cause::SecretNotConfirmed,
    ];
    if result.cause.is_some_and(|cause| untried.contains(&cause)) {
        return;
    }
    let record = LoginRecord::of(fingerprint, result);
    logins.files.last_logins.keep(id.to_owned(), record);
    logins.diagnostics.queue_file(id.to_owned());
}
