//! Tells the client that logins look different now: lenses, and the list of orgs.

use std::sync::Arc;
use std::time::Duration;

use crate::lsp::client::jobs;
use crate::lsp::logins::Logins;

/// Changes that come together are told together.
const GATHER: Duration = Duration::from_millis(200);

/// Tells a client that shows a list of orgs whenever that has changed, until the server ends.
pub fn start_telling(logins: &Arc<Logins>) {
    if !logins.client.session.client.own.orgs {
        return;
    }
    let logins = Arc::clone(logins);
    jobs::start("telling of orgs", async move {
        loop {
            logins.files.orgs_changed.notified().await;
            tokio::time::sleep(GATHER).await;
            let testing = logins.run.lock().ok().and_then(|run| run.clone());
            logins.client.orgs_changed(testing).await;
        }
    });
}

/// The lenses say something else now. Nobody waits for the client to ask.
pub fn refresh_lenses(logins: &Arc<Logins>) {
    let client = logins.client.clone();
    jobs::start("lenses", async move { client.refresh_code_lenses().await });
}

/// Logins are being tested: for clients that take it, the lenses count the seconds until none is.
pub fn count_seconds(logins: &Arc<Logins>) {
    logins.files.orgs_changed.notify_one();
    if !logins.client.session.client.own.running_lens || logins.counts_seconds.swap(true, ORDER) {
        return;
    }
    let logins = Arc::clone(logins);
    jobs::start("counting seconds", async move {
        while !logins.under_test.is_empty() {
            if logins.files.documents.ids().iter().any(|id| logins.under_test.contains_key(id)) {
                logins.client.refresh_code_lenses().await;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        logins.counts_seconds.store(false, std::sync::atomic::Ordering::Release);
    });
}

const ORDER: std::sync::atomic::Ordering = std::sync::atomic::Ordering::AcqRel;
