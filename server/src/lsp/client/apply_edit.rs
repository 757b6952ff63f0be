//! Edits that the server asks for.

use lsp_types as lsp;
use org_text::Foreign;

use super::Client;

impl Client {
    /// Applies an edit and says so when the editor did not. Returns whether it did.
    pub async fn apply(&self, edit: lsp::WorkspaceEdit) -> bool {
        if !self.session.client.apply_edit {
            let message = "This editor does not accept edits from a command. Use the code action of the same name.";
            self.show(lsp::MessageType::ERROR, message).await;
            return false;
        }
        let reason = match self.side.apply_edit(edit).await {
            Ok(answer) if answer.applied => return true,
            Ok(answer) => answer.failure_reason.unwrap_or_else(|| "it gave no reason".to_owned()),
            Err(error) => {
                tracing::warn!("workspace/applyEdit: {error}");
                "it answered with an error".to_owned()
            }
        };
        let reason = Foreign(&reason);
        let message = format!("The editor did not apply the edit ({reason}). Nothing has changed.");
        self.show(lsp::MessageType::ERROR, message).await;
        false
    }
}
