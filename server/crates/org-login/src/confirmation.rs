//! From references to credentials that may be sent: resolved, and confirmed by a person.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::bindings::{BoundUse, OpenUse, SecretUse, names_of, open};
use crate::cause::Cause;
use crate::causes::{Reason, skipped};
use crate::exchange::Limits;
use crate::network::Network;
use crate::policy::{Destination, destination};
use crate::result::LoginResult;
use crate::secrets::{Credentials, Resolved, SecretError, SecretSource, resolve};
use crate::target::LoginTarget;

/// The secrets that a login to `target` would send and that nobody has confirmed for its host and
/// user. Nothing is sent. At a host that is not Salesforce's, those that are sent all the same are
/// among them, since an editor asks about such a host. Empty when the login would be refused for
/// another reason, such as a secret that cannot be had: [`crate::test_login`] tells it.
///
/// Must run on a tokio runtime with time and I/O.
pub async fn unconfirmed_secrets(
    target: &LoginTarget,
    secrets: Arc<dyn SecretSource>,
    network: &Network,
    cancel: CancellationToken,
) -> Vec<OpenUse> {
    let Ok(destination) = destination(target, &network.policy().allowed) else {
        return Vec::new();
    };
    let limits = Limits::new(network.policy().total_timeout, cancel);
    match resolved(target, &destination, secrets, &limits).await {
        Ok(Resolved { uses, .. }) => {
            let mut open = still_open(uses, network).await;
            open.retain(|open| !open.is_allowed || !destination.is_salesforce);
            open
        }
        Err(_) => Vec::new(),
    }
}

/// The result of a login for which nobody could be asked about `secrets`.
pub fn not_confirmed(target: &LoginTarget, secrets: Vec<SecretUse>) -> LoginResult {
    skipped(Reason::SecretNotConfirmed { secrets }, target)
}

/// The result of a login that a person has just said no to.
pub fn declined(secrets: &[SecretUse]) -> LoginResult {
    let recipient = secrets.first().map(SecretUse::recipient).unwrap_or_default();
    LoginResult {
        member: secrets.first().map(|first| first.member.to_owned()),
        ..LoginResult::skipped(
            Cause::SecretNotConfirmed,
            format!(
                "Nothing was sent, since you did not agree to send {} to {recipient}.",
                names_of(secrets)
            ),
            vec!["Test the login again and agree when it should be sent there.".to_owned()],
        )
    }
}

/// What may be sent to `destination`.
///
/// # Errors
/// A secret cannot be had, or nobody has confirmed that it may go there.
pub(crate) async fn confirmed_credentials(
    target: &LoginTarget,
    destination: &Destination,
    secrets: Arc<dyn SecretSource>,
    network: &Network,
    limits: &Limits,
) -> Result<Credentials, Reason> {
    let Resolved { credentials, uses } = resolved(target, destination, secrets, limits).await?;
    let mut open = still_open(uses, network).await;
    open.retain(|open| !open.is_allowed);
    if open.is_empty() {
        return Ok(credentials);
    }
    let secrets = open.into_iter().map(|open| open.secret).collect();
    Err(Reason::SecretNotConfirmed { secrets })
}

/// Resolves on a thread that may wait.
async fn resolved(
    target: &LoginTarget,
    destination: &Destination,
    secrets: Arc<dyn SecretSource>,
    limits: &Limits,
) -> Result<Resolved, Reason> {
    let auth = target.auth.clone();
    let host = destination.authority().to_owned();
    let work = tokio::task::spawn_blocking(move || resolve(&auth, &host, &*secrets));
    let unavailable =
        |problem| Reason::SecretUnavailable { member: "/auth", problem: Box::new(problem) };
    let found = limits.within(unavailable(SecretError::NoAnswer), work).await?;
    found.unwrap_or_else(|_| Err(unavailable(SecretError::Failed)))
}

/// Those that nobody has confirmed, looked up on a thread that may wait; all when that fails.
async fn still_open(uses: Vec<BoundUse>, network: &Network) -> Vec<OpenUse> {
    let bindings = network.bindings();
    let all = open(uses.clone(), None);
    tokio::task::spawn_blocking(move || open(uses, bindings.as_deref())).await.unwrap_or(all)
}
