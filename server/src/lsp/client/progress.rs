//! Progress that a person sees and can cancel.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lsp_types as lsp;
use lsp_types::notification::Progress as ProgressNotification;
use lsp_types::request::WorkDoneProgressCreate;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Client, outgoing};

/// The progress of one piece of work, shown where the client can. The work never waits for it: some
/// clients do not answer when a progress is created.
pub struct Progress<'a> {
    client: &'a Client,
    token: String,
    shown: Option<Shown>,
    /// Cancelled when the person does not want to wait any longer.
    pub cancel: CancellationToken,
}

/// What goes to the client once it has created the progress.
struct Shown {
    steps: UnboundedSender<lsp::WorkDoneProgress>,
    is_created: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl<'a> Progress<'a> {
    /// Begins it, with what is being done where that is more than its title says. `cancel` is
    /// cancelled by the client's button.
    pub async fn begin(
        client: &'a Client,
        title: &str,
        step: Option<&str>,
        cancel: CancellationToken,
    ) -> Progress<'a> {
        Self::start(client, title, step, None, cancel)
    }

    /// Begins one that says at once that it goes from 0 to 100.
    pub async fn begin_counting(
        client: &'a Client,
        title: &str,
        cancel: CancellationToken,
    ) -> Progress<'a> {
        Self::start(client, title, None, Some(0), cancel)
    }

    fn start(
        client: &'a Client,
        title: &str,
        step: Option<&str>,
        percentage: Option<u32>,
        cancel: CancellationToken,
    ) -> Progress<'a> {
        let token = client.running.begin(cancel.clone());
        let shown = client.session.client.progress.then(|| {
            let (steps, coming) = unbounded_channel();
            let is_created = Arc::new(AtomicBool::new(false));
            let shows = show(client.clone(), token.clone(), coming, Arc::clone(&is_created));
            Shown { steps, is_created, task: tokio::spawn(shows) }
        });
        let progress = Progress { client, token, shown, cancel };
        progress.tell(lsp::WorkDoneProgress::Begin(lsp::WorkDoneProgressBegin {
            title: outgoing::line(title),
            message: step.map(outgoing::line),
            cancellable: Some(true),
            percentage,
        }));
        progress
    }

    /// So many of all are done, and so many of those have failed. The title says how many there are.
    pub async fn report(&self, done: usize, all: usize, failed: usize) {
        let percentage = u32::try_from(done * 100 / all.max(1)).unwrap_or(100);
        let failed = if failed == 0 { String::new() } else { format!(", {failed} failed") };
        self.tell(lsp::WorkDoneProgress::Report(lsp::WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(format!("{done} done{failed}")),
            percentage: Some(percentage),
        }));
    }

    /// Ends it. A client that has created it is told so before this returns.
    pub async fn end(self, message: &str) {
        self.client.running.end(&self.token);
        let message = Some(outgoing::line(message));
        self.tell(lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message }));
        let Some(Shown { steps, is_created, task }) = self.shown else { return };
        drop(steps);
        if is_created.load(Ordering::Acquire)
            && let Err(error) = task.await
        {
            tracing::warn!("a progress was not shown to its end: {error}");
        }
    }

    fn tell(&self, value: lsp::WorkDoneProgress) {
        if let Some(shown) = &self.shown {
            // The other end is gone when the client does not want it.
            let _ = shown.steps.send(value);
        }
    }
}

/// Creates the progress and passes on what comes.
async fn show(
    client: Client,
    token: String,
    mut coming: UnboundedReceiver<lsp::WorkDoneProgress>,
    is_created: Arc<AtomicBool>,
) {
    let token = lsp::ProgressToken::String(token);
    let params = lsp::WorkDoneProgressCreateParams { token: token.clone() };
    if client.side.send_request::<WorkDoneProgressCreate>(params).await.is_err() {
        return;
    }
    is_created.store(true, Ordering::Release);
    while let Some(step) = coming.recv().await {
        let value = lsp::ProgressParamsValue::WorkDone(step);
        let params = lsp::ProgressParams { token: token.clone(), value };
        client.side.send_notification::<ProgressNotification>(params).await;
    }
}
