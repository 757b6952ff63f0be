//! `workspace/executeCommand`: what waits becomes a job, and the answer comes at once, unless it is what was
//! asked for.

use std::future::Future;
use std::sync::Arc;

use lsp_types as lsp;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;

use super::design_studio;
use crate::lsp::client::jobs;
use crate::lsp::client::own::Page;
use crate::lsp::commands::Command;
use crate::lsp::convert::uris::id_of;
use crate::lsp::logins::{FollowUps, Logins, audit, many, one, page};
use crate::lsp::refactor::{
    convert, convert_all, enter_secret, explain, move_secret, upgrade, upgrade_prompt,
};

/// Carries out what follows from buttons of messages.
pub async fn follow(logins: Arc<Logins>, mut follow_ups: FollowUps) {
    while let Some(command) = follow_ups.recv().await {
        if let Err(error) = carry_out(&logins, command).await {
            tracing::warn!("what follows from a button: {error}");
        }
    }
}

/// Starts a command, or answers what it asks for.
///
/// # Errors
/// What was asked for cannot be told.
pub async fn carry_out(logins: &Arc<Logins>, command: Command) -> Result<Option<Value>> {
    let logins = Arc::clone(logins);
    let client = logins.client.clone();
    let command = match design_studio::instead(&logins.files, command) {
        Ok(command) => command,
        Err(why) => {
            jobs::start("a message", async move {
                client.show(lsp::MessageType::WARNING, why).await;
            });
            return Ok(None);
        }
    };
    match command {
        Command::ImportOrg(file) => {
            return Ok(design_studio::import(&client, &logins.files, &file.uri).await);
        }
        Command::ShowOperations(file) => {
            return Ok(design_studio::operations(&client, &logins.files, file.uri).await);
        }
        Command::ShowOAuthSteps(file) => start(async move {
            design_studio::oauth_steps(&client, &logins.files, &file.uri).await;
        }),
        Command::TestLogin(of) => {
            start(async move { one::run(&logins, of.uri).await });
        }
        Command::TestAllLogins(below) => {
            start(async move { many::run(&logins, below.uri).await });
        }
        Command::CancelLogin(of) => {
            if let Some(test) = logins.under_test.get(&id_of(&of.uri)) {
                test.cancel.cancel();
            }
        }
        Command::ShowLastResult(of) => {
            start(async move { page::show(&logins, &of.uri).await });
        }
        Command::AuditLogin(of) => {
            start(async move { audit::run(&logins, of.uri).await });
        }
        Command::EnterSecret(of) => {
            start(async move { enter_secret::run(&logins, of.uri, of.member).await });
        }
        Command::ShowAllowedHosts(_) => start(async move {
            logins.client.show_page(Page::AllowedHosts, None).await;
        }),
        Command::ExplainRule(of) => {
            start(async move { explain::run(&logins, &of.rule).await });
        }
        other => return changes_files(logins, other),
    }
    Ok(None)
}

fn changes_files(logins: Arc<Logins>, command: Command) -> Result<Option<Value>> {
    match command {
        Command::ConvertToOAuth(of) => {
            start(async move { convert::run(&logins, of).await });
        }
        Command::ConvertAll(of) => {
            start(async move { convert_all::run(&logins, of).await });
        }
        Command::UpgradeProject(to) => {
            start(async move { upgrade::run(&logins, to.uri, to.to).await });
        }
        Command::NeverAskUpgrade(of) => {
            start(async move { upgrade_prompt::never_ask(&logins, &of.uri).await });
        }
        Command::CompleteServerHost(of) => {
            start(async move { convert::complete_server_host(&logins, of.uri).await });
        }
        Command::MoveSecret(moved) => {
            start(async move { move_secret::run(&logins, moved).await });
        }
        _ => {}
    }
    Ok(None)
}

fn start(job: impl Future<Output = ()> + Send + 'static) {
    jobs::start_after_answer("a command", job);
}
