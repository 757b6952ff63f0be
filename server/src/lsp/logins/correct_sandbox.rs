//! *Correct sandbox*: the file says what Salesforce said.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::rules;

use super::Logins;
use crate::lsp::convert::uris::id_of;

/// Writes what Salesforce says of `sandbox`.
pub async fn run(logins: &Arc<Logins>, uri: &lsp::Url) {
    let id = id_of(uri);
    let Some(snapshot) = logins.files.snapshot(&id) else { return };
    let edits = logins.files.analyze(&id, snapshot.document(), |document, context| {
        let findings = rules::check(document, context);
        let finding = findings.iter().find(|finding| finding.rule.name == "sandbox-mismatch")?;
        let fix = rules::fixes(document, context, finding).into_iter().next()?;
        Some(fix.edits)
    });
    let Some(edits) = edits else { return };
    logins.client.apply(logins.files.workspace_edit(&snapshot, &edits)).await;
}
