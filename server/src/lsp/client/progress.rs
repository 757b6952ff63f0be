//! Progress that a person sees and can cancel.

use super::{Client, outgoing};
use lsp_types as lsp;
use lsp_types::notification::Progress as ProgressNotification;
use lsp_types::request::WorkDoneProgressCreate;
use tokio_util::sync::CancellationToken;

/// The progress of one piece of work, shown where the client can.
pub struct Progress<'a> {
    client: &'a Client,
    token: String,
    shown: bool,
    /// Cancelled when the person does not want to wait any longer.
    pub cancel: CancellationToken,
}

impl<'a> Progress<'a> {
    /// Begins it, with what is being done where that is more than its title says.
    pub async fn begin(client: &'a Client, title: &str, step: Option<&str>) -> Progress<'a> {
        let (token, cancel) = client.running.begin();
        let mut progress = Progress { client, token, shown: false, cancel };
        if client.session.client.progress {
            let params = lsp::WorkDoneProgressCreateParams {
                token: lsp::ProgressToken::String(progress.token.clone()),
            };
            progress.shown =
                client.side.send_request::<WorkDoneProgressCreate>(params).await.is_ok();
        }
        progress
            .tell(lsp::WorkDoneProgress::Begin(lsp::WorkDoneProgressBegin {
                title: outgoing::line(title),
                message: step.map(outgoing::line),
                cancellable: Some(true),
                ..lsp::WorkDoneProgressBegin::default()
            }))
            .await;
        progress
    }

    /// So many of all are done.
    pub async fn report(&self, done: usize, all: usize) {
        let percentage = u32::try_from(done * 100 / all.max(1)).unwrap_or(100);
        self.tell(lsp::WorkDoneProgress::Report(lsp::WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(format!("{done} of {all}")),
            percentage: Some(percentage),
        }))
        .await;
    }

    /// Ends it.
    pub async fn end(self, message: &str) {
        self.client.running.end(&self.token);
        let message = Some(outgoing::line(message));
        self.tell(lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message })).await;
    }

    async fn tell(&self, value: lsp::WorkDoneProgress) {
        if self.shown {
            let token = lsp::ProgressToken::String(self.token.clone());
            let value = lsp::ProgressParamsValue::WorkDone(value);
            self.client
                .side
                .send_notification::<ProgressNotification>(lsp::ProgressParams { token, value })
                .await;
        }
    }
}
