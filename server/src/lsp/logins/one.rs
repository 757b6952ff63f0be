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

use super::Logins;
use super::confirm::confirm_secrets;
use crate::logins::batch::short;
use crate::logins::target::login_target;
use crate::lsp::client::progress::Progress;
use crate::lsp::client::{Answer, Message};
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::diagnostics::indexed::index_project_file_of;
use crate::lsp::files::last_logins::LoginRecord;
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
pub async fn run(logins: &Logins, uri: lsp::Url) {
    let id = id_of(&uri);
    if !logins.under_test().insert(id.clone()) {
        let message = format!("The login of {} is being tested already.", shown(&id));
        logins.client.show(lsp::MessageType::INFO, message).await;
        return;
    }
    let _known = index_project_file_of(&logins.diagnostics, &id).await;
    let outcome = test(logins, &id).await;
    // Whoever reads the message can test again, whatever the editor does with it.
    logins.under_test().remove(&id);
    logins.client.show(outcome.kind, outcome.message).await;
    if outcome.is_kept {
        logins.client.refresh_code_lenses().await;
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
pub fn prepare(logins: &Logins, id: &str) -> Option<Prepared> {
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

async fn test(logins: &Logins, id: &str) -> Outcome {
    let Some(Prepared { name, target, fingerprint }) = prepare(logins, id) else {
        let message = format!("{} cannot be read, so there is no login to test.", shown(id));
        return Outcome::message(lsp::MessageType::ERROR, message);
    };
    let result = match target {
        _ if !logins.is_trusted() => LoginResult::untrusted_workspace(),
        Err(refused) => *refused,
        Ok(target) => match log_in(logins, id, &name, &target).await {
            Ok(result) => result,
            Err(outcome) => return outcome,
        },
    };
    keep(logins, id, fingerprint, &result);
    told(&name, &result)
}

/// Asks where it must and logs in.
///
/// # Errors
/// There is no result, because the person said no.
async fn log_in(
    logins: &Logins,
    id: &str,
    name: &str,
    target: &LoginTarget,
) -> Result<LoginResult, Outcome> {
    let secrets = Arc::new(ProcessSecrets::new(logins.files.env_file_of(id)));
    let confirmation = confirm_secrets(logins, &[(target, logins.files.env_file_of(id))]).await;
    if let Some(secrets) = confirmation.refused.into_iter().flatten().next() {
        if confirmation.is_declined {
            let message = format!("{name}: {}", declined(&secrets).summary);
            return Err(Outcome::message(lsp::MessageType::INFO, message));
        }
        return Ok(not_confirmed(target, secrets));
    }
    // The person may have taken their trust back while they were asked.
    if !logins.is_trusted() {
        return Ok(LoginResult::untrusted_workspace());
    }
    let today = settings::today()
        .map_err(|error| Outcome::message(lsp::MessageType::ERROR, format!("{error}.")))?;
    let title = format!("Testing the login of {name}");
    let destination = destination(target, &logins.user.allowed).ok();
    let step = destination.map(|destination| format!("Sending {}", target.sending(&destination)));
    let progress = Progress::begin(&logins.client, &title, step.as_deref()).await;
    let cancel = progress.cancel.clone();
    let mut result = test_login(target, secrets.clone(), &logins.network, today, cancel).await;
    progress.end(&result.summary).await;
    if result.cause == Some(Cause::LockoutGuard) && insists(logins, name, &result).await {
        let progress = Progress::begin(&logins.client, &title, step.as_deref()).await;
        let cancel = progress.cancel.clone();
        result = test_login_anyway(target, secrets, &logins.network, today, cancel).await;
        progress.end(&result.summary).await;
    }
    Ok(result)
}

/// The answer that sends refused credentials once more.
const TRY_ANYWAY: &str = "Try anyway";

/// The lock-out guard stopped the test: a person may know better.
async fn insists(logins: &Logins, name: &str, result: &LoginResult) -> bool {
    let question = format!("{name}: {}", result.summary);
    let answers = [TRY_ANYWAY, "Cancel"];
    logins.client.ask(lsp::MessageType::WARNING, question, &answers).await
        == Answer::Chosen(TRY_ANYWAY)
}

/// Keeps a result, so that diagnostics and lenses show it.
pub fn keep(logins: &Logins, id: &str, fingerprint: u64, result: &LoginResult) {
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
    logins.files.last_logins.keep(id.to_owned(), record);
    logins.diagnostics.queue_file(id.to_owned());
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
