//! `workspace/executeCommand`: what waits becomes a job, and the answer comes at once, unless it is what was
//! asked for.

use std::sync::Arc;

use lsp_types as lsp;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};

use super::design_studio;
use crate::lsp::client::jobs;
use crate::lsp::commands::Command;
use crate::lsp::logins::{Logins, many, one};
use crate::lsp::refactor::{convert, convert_all, move_secret, upgrade};

/// Starts the command.
///
/// # Errors
/// An unknown command, or an argument that is not the object that it takes.
pub async fn handle(
    logins: &Arc<Logins>,
    params: lsp::ExecuteCommandParams,
) -> Result<Option<Value>> {
    let command =
        Command::read(&params.command, params.arguments).map_err(Error::invalid_params)?;
    let logins = Arc::clone(logins);
    let (client, diagnostics) = (logins.client.clone(), Arc::clone(&logins.diagnostics));
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
        Command::ShowOAuthSteps(file) => jobs::start("the steps", async move {
            design_studio::oauth_steps(&client, &logins.files, &file.uri).await;
        }),
        Command::TestLogin(file) => jobs::start("the login test", async move {
            one::run(&logins, file.uri).await;
        }),
        Command::TestAllLogins(below) => jobs::start("testing all logins", async move {
            many::run(&logins, below.uri).await;
        }),
        Command::ConvertToOAuth(conversion) => jobs::start("the conversion", async move {
            convert::run(&client, &logins.files, conversion).await;
        }),
        Command::ConvertAll(file) => jobs::start("converting all", async move {
            convert_all::run(&client, &diagnostics, file.uri).await;
        }),
        Command::UpgradeProject(to) => jobs::start("the upgrade", async move {
            upgrade::run(&client, &diagnostics, to.uri, to.to).await;
        }),
        Command::CompleteServerHost(file) => {
            jobs::start("completing the server host", async move {
                convert::complete_server_host(&client, &logins.files, file.uri).await;
            })
        }
        Command::MoveSecret(moved) => jobs::start("moving a secret", async move {
            move_secret::run(&logins, moved).await;
        }),
    }
    Ok(None)
}
