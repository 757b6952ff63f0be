//! Progress that a person sees and can cancel.

use lsp_types as lsp;
use lsp_types::notification::Progress as ProgressNotification;
use lsp_types::request::WorkDoneProgressCreate;
use tokio_util::sync::CancellationToken;
use tower_lsp::Client;

use super::state::State;

/// The progress of one piece of work, shown where the client can.
pub struct Progress<'a> {
    client: &'a Client,
    state: &'a State,
    token: String,
    shown: bool,
    /// Cancelled when the person does not want to wait any longer.
    pub cancel: CancellationToken,
}

impl<'a> Progress<'a> {
    /// Begins it.
    pub async fn begin(client: &'a Client, state: &'a State, title: String) -> Progress<'a> {
        let (token, cancel) = state.running.begin();
        let mut progress = Progress { client, state, token, shown: false, cancel };
        if state.session().client.progress {
            let params = lsp::WorkDoneProgressCreateParams {
                token: lsp::ProgressToken::String(progress.token.clone()),
            };
            progress.shown = client.send_request::<WorkDoneProgressCreate>(params).await.is_ok();
        }
        progress
            .report(lsp::WorkDoneProgress::Begin(lsp::WorkDoneProgressBegin {
                title,
                cancellable: Some(true),
                ..lsp::WorkDoneProgressBegin::default()
            }))
            .await;
        progress
    }

    /// Ends it.
    pub async fn end(self, message: String) {
        self.state.running.end(&self.token);
        let message = Some(message);
        self.report(lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message })).await;
    }

    async fn report(&self, value: lsp::WorkDoneProgress) {
        if self.shown {
            let token = lsp::ProgressToken::String(self.token.clone());
            let value = lsp::ProgressParamsValue::WorkDone(value);
            self.client
                .send_notification::<ProgressNotification>(lsp::ProgressParams { token, value })
                .await;
        }
    }
}
