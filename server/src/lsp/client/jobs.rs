//! Work that waits (for the network, for the client's answers) runs in tasks of its own, never
//! inside a handler: what follows in the client's messages would wait, too.

use std::future::Future;

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
