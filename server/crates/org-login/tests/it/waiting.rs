//! Whoever waits can stop waiting: cancelling, deadlines, and what hangs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::*;
use org_login::{Cause, KeyringEntry, Policy, SecretError, SecretSource, Status};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

/// Every stage at which somebody can have to wait for the other side.
#[tokio::test]
async fn cancelling_works_at_every_stage() {
    type Behaviour = fn(&Seen) -> Reply;
    let stages: [(&str, Behaviour); 4] = [
        ("answer", |_| Reply::Hang),
        ("body", |_| Reply::HangInBody),
        ("follow-up", |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            _ => Reply::Hang,
        }),
        ("second follow-up", |seen| {
            if seen.line.contains("/v61.0/") {
                return Reply::Hang;
            }
            match seen.line.as_str() {
                "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
                _ => follow_ups(seen),
            }
        }),
    ];
    for (stage, behaviour) in stages {
        let hanging = if stage == "second follow-up" {
            5
        } else if stage == "follow-up" {
            2
        } else {
            1
        };
        let server = Server::start(behaviour).await;
        let cancel = CancellationToken::new();
        let (target, policy, token) = (server.oauth(), server.policy(), cancel.clone());
        let login = tokio::spawn(async move {
            log_in_with(&target, policy, Arc::new(Secrets::default()), token).await
        });
        until(|| server.lines().len() >= hanging).await;
        let started = Instant::now();
        cancel.cancel();
        let result = login.await.expect("no panic");
        assert!(started.elapsed() < HANG_GUARD / 2, "{stage}");
        assert_eq!(result.cause, Some(Cause::Cancelled), "{stage}: {result:?}");
        assert_eq!(result.status, Status::Failed, "{stage}: something was sent");
        until(|| server.open_connections() == 0).await;
    }
}

#[tokio::test]
async fn cancelled_before_it_began() {
    let server = Server::start(|_| json("{}")).await;
    let secrets = Arc::new(Secrets::default());
    let cancel = CancellationToken::new();
    cancel.cancel();
    let result = log_in_with(&server.oauth(), server.policy(), secrets.clone(), cancel).await;
    assert_eq!((result.status, result.cause), (Status::Skipped, Some(Cause::Cancelled)));
    assert_eq!(server.lines(), [""; 0]);
    // Nobody is about to ask, either.
    until(|| Arc::strong_count(&secrets) == 1).await;
    assert_eq!(secrets.asked(), [""; 0]);
}

/// Lets a [`Locked`] store go on at the end of a test, however it ends.
struct Release(Arc<AtomicBool>);

impl Drop for Release {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A keyring that waits for a person.
struct Locked {
    asked: Arc<AtomicBool>,
    released: Arc<AtomicBool>,
}

impl SecretSource for Locked {
    fn env(&self, _: &str) -> Result<Option<SecretString>, SecretError> {
        self.asked.store(true, Ordering::SeqCst);
        let started = Instant::now();
        while !self.released.load(Ordering::SeqCst) && started.elapsed() < HANG_GUARD {
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(None)
    }

    fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError> {
        Ok(self.env(name)?.map(KeyringEntry::from))
    }
}

#[tokio::test]
async fn a_locked_credential_store_holds_up_neither_cancel_nor_deadline() {
    let server = Server::start(|_| json("{}")).await;
    let (asked, released) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let locked = Arc::new(Locked { asked: asked.clone(), released: released.clone() });
    let _release = Release(released);

    let cancel = CancellationToken::new();
    let (target, policy, token) = (server.oauth(), server.policy(), cancel.clone());
    let secrets = locked.clone();
    let login = tokio::spawn(async move { log_in_with(&target, policy, secrets, token).await });
    until(|| asked.load(Ordering::SeqCst)).await;
    cancel.cancel();
    let result = login.await.expect("no panic");
    assert_eq!((result.status, result.cause), (Status::Skipped, Some(Cause::Cancelled)));

    let policy = Policy { total_timeout: Duration::from_millis(50), ..server.policy() };
    let result = log_in_with(&server.oauth(), policy, locked, CancellationToken::new()).await;
    assert_eq!((result.status, result.cause), (Status::Skipped, Some(Cause::SecretUnavailable)));
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn a_server_that_hangs_meets_the_deadline() {
    for behaviour in [Reply::Hang, Reply::HangInBody] {
        let server = Server::start(move |_| behaviour.clone()).await;
        let policy = Policy { total_timeout: Duration::from_millis(200), ..server.policy() };
        let result = log_in(&server.oauth(), policy).await;
        assert_eq!(result.cause, Some(Cause::Network), "{result:?}");
        assert!(result.summary.contains("in time"), "{}", result.summary);
        assert!(result.duration >= Duration::from_millis(200));
    }
}

#[tokio::test]
async fn a_follow_up_that_hangs_does_not_undo_the_login() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        _ => Reply::Hang,
    })
    .await;
    let policy = Policy { total_timeout: Duration::from_secs(2), ..server.policy() };
    let result = log_in(&server.oauth(), policy).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    assert!(result.warnings.iter().any(|warning| warning.contains("in time")), "{result:?}");
    assert!(result.duration < Duration::from_secs(1), "the rest of the time is not waited out");
}

#[tokio::test]
async fn a_question_after_a_refusal_does_not_hold_it_up() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/Soap/u/61.0" => xml(
            500,
            "<e><exceptionCode>UNSUPPORTED_API_VERSION</exceptionCode><exceptionMessage>Invalid Api \
             version specified on URL</exceptionMessage></e>",
        ),
        _ => Reply::Hang,
    })
    .await;
    let policy = Policy { total_timeout: Duration::from_secs(2), ..server.policy() };
    let result = log_in(&server.basic(), policy).await;
    assert_eq!(result.cause, Some(Cause::UnsupportedApiVersion), "{result:?}");
    assert!(result.duration < Duration::from_secs(1), "{:?}", result.duration);
}

/// Waits until `condition` holds.
async fn until(condition: impl Fn() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < HANG_GUARD, "waited too long");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
