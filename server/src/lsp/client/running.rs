//! Work that a person can cancel.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use lsp_types as lsp;
use tokio_util::sync::CancellationToken;

/// Work that is under way, by the token of its progress.
#[derive(Debug, Default)]
pub struct Running {
    tokens: Mutex<HashMap<String, CancellationToken>>,
    counter: AtomicU64,
}

impl Running {
    /// The client's cancel button.
    pub fn cancel(&self, token: &lsp::ProgressToken) {
        let token = match token {
            lsp::ProgressToken::String(text) => text.clone(),
            lsp::ProgressToken::Number(number) => number.to_string(),
        };
        if let Some(cancel) = self.tokens().get(&token) {
            cancel.cancel();
        }
    }

    /// Everything ends, because the session does.
    pub fn cancel_all(&self) {
        for cancel in self.tokens().values() {
            cancel.cancel();
        }
    }

    /// Keeps new work by what cancels it, and gives its token.
    pub fn begin(&self, cancel: CancellationToken) -> String {
        let token = format!("sforg/{}", self.counter.fetch_add(1, Ordering::Relaxed));
        self.tokens().insert(token.clone(), cancel);
        token
    }

    /// The work is done.
    pub fn end(&self, token: &str) {
        self.tokens().remove(token);
    }

    fn tokens(&self) -> MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
