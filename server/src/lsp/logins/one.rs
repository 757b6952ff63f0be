//! *Test Salesforce Login* in the editor: asks where it must, shows progress, keeps the result.

use std::sync::Arc;
use std::time::SystemTime;

use lsp_types as lsp;
use org_ide::LastLogin;
use org_login::{
    Cause, LoginResult, LoginTarget, ProcessSecrets, declined, destination, not_confirmed,
    test_login, test_login_anyway,
};
use org_schema::hosts;
use org_text::Foreign;

use super::confirm::confirm_secrets;
use super::fingerprint::fingerprint;
use crate::logins::batch::short;
use crate::logins::target::login_target;
use crate::lsp::client::progress::Progress;
use crate::lsp::client::{Answer, Client, Message};
use crate::lsp::files::indexed::index_project_file_of;
use crate::lsp::files::uris::{id_of, shown};
use crate::lsp::state::{LoginRecord, State};
use crate::settings;

/// What there is to tell in the end.
struct Outcome {
    kind: lsp::MessageType,
    message: Message,
    /// Whether the file's lenses say something else now.
    is_kept: bool,
}

impl Outcome {
    fn message(kind: lsp::MessageType, message: String) -> Self {
        Self { kind, message: message.into(), is_kept: false }
    }
}

/// Tests the login of one file and shows what came out.
pub async fn run(client: &Client, state: &Arc<State>, uri: lsp::Url) {
    let id = id_of(&uri);
    if !state.testing.insert(id.clone()) {
        let message = format!("The login of {} is being tested already.", shown(&id));
        client.show(lsp::MessageType::INFO, message).await;
        return;
    }
    let _known = index_project_file_of(state, &id).await;
    let outcome = test(client, state, &id).await;
    // Whoever reads the message can test again, whatever the editor does with it.
    state.testing.remove(&id);
    client.show(outcome.kind, outcome.message).await;
    if outcome.is_kept {
        refresh_lenses(client, state).await;
    }
}

/// The lenses say something else now.
pub async fn refresh_lenses(client: &Client, state: &State) {
    if state.session().client.code_lens_refresh {
        client.refresh_code_lenses().await;
    }
}

/// One org, as it stands in its file now.
pub struct Prepared {
    /// Its name, else its file's.
    pub name: String,
    /// What to log in to, or why nothing may be sent.
    pub target: Result<LoginTarget, Box<LoginResult>>,
    /// What the result will count for.
    pub fingerprint: u64,
}

/// Reads an org file; `None` when it cannot be read.
pub fn prepare(state: &State, id: &str) -> Option<Prepared> {
    let snapshot = state.snapshot(id)?;
    let document = snapshot.document();
    let name = document.org().and_then(|org| org.display_name()).filter(|name| !name.is_empty());
    state.analyze(id, document, |document, context| {
        Some(Prepared {
            name: name.map_or_else(|| shown(id), |name| Foreign(name).to_string()),
            target: login_target(document, context, &shown(id)),
            fingerprint: fingerprint(&state.fingerprints, document, context),
        })
    })
}

async fn test(client: &Client, state: &State, id: &str) -> Outcome {
    let Some(Prepared { name, target, fingerprint }) = prepare(state, id) else {
        let message = format!("{} cannot be read, so there is no login to test.", shown(id));
        return Outcome::message(lsp::MessageType::ERROR, message);
    };
    let result = match target {
        _ if !state.is_trusted() => LoginResult::untrusted_workspace(),
        Err(refused) => *refused,
        Ok(target) => match log_in(client, state, id, &name, &target).await {
            Ok(result) => result,
            Err(outcome) => return outcome,
        },
    };
    keep(state, id, fingerprint, &result);
    told(&name, &result)
}

/// Asks where it must and logs in.
///
/// # Errors
/// There is no result, because the person said no.
async fn log_in(
    client: &Client,
    state: &State,
    id: &str,
    name: &str,
    target: &LoginTarget,
) -> Result<LoginResult, Outcome> {
    let secrets = Arc::new(ProcessSecrets::new(state.env_file_of(id)));
    let confirmation = confirm_secrets(client, state, &[(target, state.env_file_of(id))]).await;
    if let Some(secrets) = confirmation.refused.into_iter().flatten().next() {
        if confirmation.is_declined {
            let message = format!("{name}: {}", declined(&secrets).summary);
            return Err(Outcome::message(lsp::MessageType::INFO, message));
        }
        return Ok(not_confirmed(target, secrets));
    }
    // The person may have taken their trust back while they were asked.
    if !state.is_trusted() {
        return Ok(LoginResult::untrusted_workspace());
    }
    let today = settings::today()
        .map_err(|error| Outcome::message(lsp::MessageType::ERROR, format!("{error}.")))?;
    let title = format!("Testing the login of {name}");
    let destination = destination(target, &state.settings.allowed).ok();
    let step = destination.map(|destination| format!("Sending {}", target.sending(&destination)));
    let progress = Progress::begin(client, state, &title, step.as_deref()).await;
    let cancel = progress.cancel.clone();
    let mut result = test_login(target, secrets.clone(), &state.network, today, cancel).await;
    progress.end(&result.summary).await;
    if result.cause == Some(Cause::LockoutGuard) && insists(client, name, &result).await {
        let progress = Progress::begin(client, state, &title, step.as_deref()).await;
        let cancel = progress.cancel.clone();
        result = test_login_anyway(target, secrets, &state.network, today, cancel).await;
        progress.end(&result.summary).await;
    }
    Ok(result)
}

/// The answer that sends refused credentials once more.
const TRY_ANYWAY: &str = "Try anyway";

/// The lock-out guard stopped the test: a person may know better.
async fn insists(client: &Client, name: &str, result: &LoginResult) -> bool {
    let question = format!("{name}: {}", result.summary);
    let answers = [TRY_ANYWAY, "Cancel"];
    client.ask(lsp::MessageType::WARNING, question, &answers).await == Answer::Chosen(TRY_ANYWAY)
}

/// Keeps a result, so that diagnostics and lenses show it.
pub fn keep(state: &State, id: &str, fingerprint: u64, result: &LoginResult) {
    let untried = [
        Cause::Cancelled,
        Cause::UntrustedWorkspace,
        Cause::LockoutGuard,
        Cause::SecretNotConfirmed,
    ];
    if result.cause.is_some_and(|cause| untried.contains(&cause)) {
        return;
    }
    let instance = result.identity.as_ref().and_then(|identity| identity.instance_url.as_deref());
    // A proxy may have put its own host there.
    let known_host = instance
        .and_then(|url| lsp::Url::parse(url).ok()?.host_str().map(str::to_owned))
        .filter(|host| hosts::accepts_client_credentials(host));
    let last = LastLogin {
        ok: result.is_ok(),
        short: short(result),
        cause: result.cause.map(|cause| cause.as_str().to_owned()).unwrap_or_default(),
        summary: result.summary.clone(),
        instructions: result.instructions.clone(),
        member: result.member.clone(),
    };
    let record = LoginRecord { fingerprint, last, at: SystemTime::now(), known_host };
    state.logins.insert(id.to_owned(), record);
    state.queue_file(id.to_owned());
}

fn told(name: &str, result: &LoginResult) -> Outcome {
    let kind = if result.is_ok() { lsp::MessageType::INFO } else { lsp::MessageType::ERROR };
    let mut message =
        Message::from(format!("{name}: {}", result.summary)).steps(&result.instructions);
    if let Some(sent) = &result.sent {
        message = message.line(format!("Sent {sent}."));
    }
    for warning in &result.warnings {
        message = message.line(format!("Warning: {warning}"));
    }
    Outcome { kind, message, is_kept: true }
}
