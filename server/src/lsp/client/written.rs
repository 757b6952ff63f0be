//! The diagnostics of a file as they go out, written once: what tells them from the last ones is what is sent.

use std::sync::Arc;

use lsp_types as lsp;

use super::outgoing;
use crate::lsp::transport::spelling;

/// The diagnostics of a file, as the protocol has them: through the gate, with URIs as the client spells them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WrittenDiagnostics(Arc<str>);

impl WrittenDiagnostics {
    /// Makes the texts harmless and writes all. No diagnostic of ours cannot be written; of one that could not,
    /// nothing would be told.
    pub fn new(mut diagnostics: Vec<lsp::Diagnostic>) -> Self {
        diagnostics.iter_mut().for_each(outgoing::diagnostic);
        spelling::written(&diagnostics).map(Self::of_json).unwrap_or_else(|error| {
            tracing::error!("diagnostics are not told: {error}");
            Self::none()
        })
    }

    /// No diagnostics.
    pub fn none() -> Self {
        Self::of_json("[]".to_owned())
    }

    fn of_json(json: String) -> Self {
        Self(json.into())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        &*self.0 == "[]"
    }

    /// A list of JSON.
    pub fn as_json(&self) -> &str {
        &self.0
    }
}
