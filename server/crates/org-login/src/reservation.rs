//! An attempt that the lock-out guard knows of before it is sent.

use std::sync::Arc;
use std::time::Duration;

use crate::causes::Reason;
use crate::exchange::Limits;
use crate::lockout::{Care, CredentialsDigest, LockoutGuard, Outcome, Reserved};
use crate::policy::Destination;
use crate::result::LoginResult;
use crate::secrets::Credentials;

/// So long is waited before the guard is asked again whether others have ended.
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(100);
/// An attempt ends by its deadline; what is written down after that gets this much more.
const SPARE: Duration = Duration::from_secs(10);

/// A reserved attempt. Dropped without [`Reservation::settle`] it is given back as one of which
/// nothing came.
pub(crate) struct Reservation {
    guard: Arc<dyn LockoutGuard>,
    digest: CredentialsDigest,
    /// Until it is settled.
    number: Option<u64>,
}

/// Why there is no reservation.
pub(crate) enum NotReserved {
    /// The result without an attempt.
    Guarded(Box<LoginResult>),
    /// Whoever asked for it stopped it.
    Stopped(Reason),
}

/// Reserves an attempt with these credentials; waits for others with the same ones, whose outcome
/// decides, as long as the login may take.
pub(crate) async fn reserve(
    guard: Arc<dyn LockoutGuard>,
    destination: &Destination,
    credentials: &Credentials,
    care: Care,
    limits: &Limits,
) -> Result<Option<Reservation>, NotReserved> {
    let Some(key) = waiting(&guard, |guard| guard.key()).await else { return Ok(None) };
    let digest = CredentialsDigest::of(&key, destination, credentials);
    loop {
        let left = limits.deadline.saturating_duration_since(tokio::time::Instant::now());
        let asked = waiting(&guard, move |guard| guard.reserve(&digest, care, left + SPARE)).await;
        match asked {
            Some(Reserved::Granted(number)) => {
                return Ok(Some(Reservation { guard, digest, number: Some(number) }));
            }
            Some(Reserved::Refused(times)) => {
                return Err(NotReserved::Guarded(Box::new(LoginResult::lockout_guard(times))));
            }
            Some(Reserved::Busy) if left.is_zero() => {
                return Err(NotReserved::Guarded(Box::new(LoginResult::lockout_guard_busy())));
            }
            Some(Reserved::Busy) => {
                let pause = tokio::time::sleep(BETWEEN_QUESTIONS.min(left));
                tokio::select! {
                    () = limits.cancel.cancelled() => {
                        return Err(NotReserved::Stopped(Reason::Cancelled));
                    }
                    () = pause => {}
                }
            }
            // The runtime ends.
            None => return Err(NotReserved::Stopped(Reason::Cancelled)),
        }
    }
}

/// Asks the guard on a thread that may wait; `None` when there is none any more.
async fn waiting<T: Send + 'static>(
    guard: &Arc<dyn LockoutGuard>,
    ask: impl FnOnce(&dyn LockoutGuard) -> T + Send + 'static,
) -> Option<T> {
    let guard = Arc::clone(guard);
    tokio::task::spawn_blocking(move || ask(&*guard)).await.ok()
}

impl Reservation {
    /// Gives it back with what came of it, and waits until that is written down.
    pub(crate) async fn settle(mut self, outcome: Outcome) {
        let Some(number) = self.number.take() else { return };
        let digest = self.digest;
        waiting(&self.guard, move |guard| guard.settle(&digest, number, outcome)).await;
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let Some(number) = self.number.take() else { return };
        let (guard, digest) = (Arc::clone(&self.guard), self.digest);
        let give_back = move || guard.settle(&digest, number, Outcome::Nothing);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(give_back)),
            Err(_) => give_back(),
        }
    }
}
