//! *Explain Rule…*: a rule's page, from the program itself, so that it can be read offline.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::rules;
use org_text::Foreign;

use crate::lsp::client::Message;
use crate::lsp::logins::Logins;

/// Shows the page of a rule.
pub async fn run(logins: &Arc<Logins>, name: &str) {
    let Some(page) = rules::explain(name) else {
        let message = format!("No rule is called \"{}\".", Foreign(name));
        return logins.client.show(lsp::MessageType::WARNING, message).await;
    };
    if logins.client.session.client.own.pages {
        return logins.client.show_rule(name, &page).await;
    }
    logins.client.show(lsp::MessageType::INFO, Message::of_lines(page.trim_end())).await;
}
