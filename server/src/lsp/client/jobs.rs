//! Work that waits (for the network, for the client's answers) runs in tasks of its own, never
//! inside a handler: what follows in the client's messages would wait, too.

use std::future::Future;
use std::time::Duration;

/// How long a job that follows from a request waits, so that the answer to the request is in a write of
/// its own: some clients lose what comes in the same one.
const AFTER_ANSWER: Duration = Duration::from_millis(15);

/// As [`start`], once the answer to the request that is being handled is on its way.
pub fn start_after_answer(name: &'static str, job: impl Future<Output = ()> + Send + 'static) {
    start(name, async move {
        tokio::time::sleep(AFTER_ANSWER).await;
        job.await;
    });
}

/// Starts a job. One that panics is logged and ends alone.
pub fn start(name: &'static str, job: impl Future<Output = ()> + Send + 'static) {
    let task = tokio::spawn(job);
    tokio::spawn(async move {
        if let Err(error) = task.await
            && error.is_panic()
        {
            tracing::error!("{name} panicked; please report this with the log");
        }
    });
}
