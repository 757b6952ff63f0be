//! The question before secrets are sent to where nobody has confirmed them.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types as lsp;
use org_login::{Bindings, LoginTarget, OpenUse, SecretKind, SecretUse};
use tokio_util::sync::CancellationToken;

use super::Logins;
use crate::logins::confirmation::{
    DO_NOT_SEND, Question, SEND, SHOW_LIST, each_once, question, unconfirmed,
};
use crate::lsp::client::{Answer, Client, Message};

/// What came of the question.
pub struct Confirmation {
    /// Whether a person said no, or closed the question.
    pub is_declined: bool,
    /// For each login the secrets that it must not send; `None` where it may go on.
    pub refused: Vec<Option<Vec<SecretUse>>>,
}

/// Asks once about everything that these logins would send and nobody has confirmed.
pub async fn confirm_secrets(
    logins: &Logins,
    targets: &[(&LoginTarget, Option<PathBuf>)],
) -> Confirmation {
    let found = unconfirmed(targets, &logins.network, &CancellationToken::new()).await;
    let open = each_once(found.iter().flatten());
    if open.is_empty() {
        return Confirmation { is_declined: false, refused: vec![None; found.len()] };
    }
    let answer = ask_about(&logins.client, &open).await;
    let is_refused: fn(&OpenUse) -> bool = match answer {
        Answer::Chosen(SEND) => {
            let bindings = Arc::clone(&logins.bindings);
            // Where it cannot be kept, the logins are skipped.
            if let Err(error) = tokio::task::spawn_blocking(move || bindings.confirm(&open)).await {
                tracing::error!("the answer could not be kept: {error}");
            }
            |_| false
        }
        // Whoever runs a client that cannot ask may have allowed the names; nobody has agreed to a
        // host that gets what stands in a file.
        Answer::CannotAsk => |open| !open.is_allowed || open.secret.kind == SecretKind::File,
        Answer::Chosen(_) | Answer::Dismissed => |_| true,
    };
    let of_one = |uses: Vec<OpenUse>| {
        let refused = uses.into_iter().filter(is_refused).map(|open| open.secret);
        Some(refused.collect::<Vec<_>>()).filter(|refused| !refused.is_empty())
    };
    Confirmation {
        is_declined: !matches!(answer, Answer::Chosen(SEND) | Answer::CannotAsk),
        refused: found.into_iter().map(of_one).collect(),
    }
}

async fn ask_about(client: &Client, open: &[SecretUse]) -> Answer<'static> {
    let kind = lsp::MessageType::WARNING;
    let Question { text, is_cut } = question(open, false);
    if is_cut {
        let answer =
            client.ask(kind, Message::of_lines(&text), &[DO_NOT_SEND, SEND, SHOW_LIST]).await;
        if answer != Answer::Chosen(SHOW_LIST) {
            return answer;
        }
        let all = Message::of_lines(&question(open, true).text);
        return client.ask(kind, all, &[DO_NOT_SEND, SEND]).await;
    }
    client.ask(kind, Message::of_lines(&text), &[DO_NOT_SEND, SEND]).await
}
