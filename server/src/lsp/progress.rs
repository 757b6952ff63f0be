//! Progress that a person sees and can cancel.

use std::sync::atomic::{AtomicU64, Ordering};

use dashmap::DashMap;
use lsp_types as lsp;
use lsp_types::notification::Progress as ProgressNotification;
use lsp_types::request::WorkDoneProgressCreate;
use tokio_util::sync::CancellationToken;
use tower_lsp::Client;

use super::state::State;

/// Work that is under way, by the token of its progress.
#[derive(Debug, Default)]
pub struct Running {
    tokens: DashMap<String, CancellationToken>,
    counter: AtomicU64,
}

impl Running {
    /// The client's cancel button.
    pub fn cancel(&self, token: &lsp::ProgressToken) {
        let token = match token {
            lsp::ProgressToken::String(text) => text.clone(),
            lsp::ProgressToken::Number(number) => number.to_string(),
        };
        if let Some(cancel) = self.tokens.get(&token) {
            cancel.cancel();
        }
    }

    /// Everything ends, because the session does.
    pub fn cancel_all(&self) {
        for cancel in &self.tokens {
            cancel.cancel();
        }
    }
}

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
        let number = state.running.counter.fetch_add(1, Ordering::Relaxed);
        let token = format!("sforg/{number}");
        let cancel = CancellationToken::new();
        state.running.tokens.insert(token.clone(), cancel.clone());
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
        self.state.running.tokens.remove(&self.token);
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
