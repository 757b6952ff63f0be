//! Showing what is wrong with an org, at its place in the file.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::pointer::span_at;
use org_ide::rules;

use super::Logins;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;

/// Puts the cursor on what is wrong: the first error, else the member that a result blames.
pub async fn go_to(logins: &Arc<Logins>, uri: &lsp::Url, member: Option<&str>) {
    let id = id_of(uri);
    let Some(snapshot) = logins.files.snapshot(&id) else { return };
    let refusal = logins.files.analyze(&id, snapshot.document(), rules::refuses_login);
    let span = refusal
        .map(|refusal| refusal.finding().span)
        .or_else(|| span_at(snapshot.document(), member));
    let converter = Converter { text: snapshot.text(), encoding: logins.files.encoding() };
    if logins.client.session.client.show_document {
        let params = lsp::ShowDocumentParams {
            uri: uri.clone(),
            external: Some(false),
            take_focus: Some(true),
            selection: span.map(|span| converter.range(span)),
        };
        logins.client.show_document(params).await;
    }
}
