//! `workspace/executeCommand`: what waits becomes a job, and the answer comes at once.

use std::sync::Arc;

use lsp_types as lsp;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};

use crate::lsp::client::{Client, jobs};
use crate::lsp::commands::Command;
use crate::lsp::logins;
use crate::lsp::refactor::{convert, convert_all, move_secret, upgrade};
use crate::lsp::state::State;

/// Starts the command.
///
/// # Errors
/// An unknown command, or an argument that is not the object that it takes.
pub fn handle(
    client: &Client,
    state: &Arc<State>,
    params: lsp::ExecuteCommandParams,
) -> Result<Option<Value>> {
    let command =
        Command::read(&params.command, params.arguments).map_err(Error::invalid_params)?;
    let (client, state) = (client.clone(), Arc::clone(state));
    match command {
        Command::TestLogin(file) => jobs::start("the login test", async move {
            logins::one::run(&client, &state, file.uri).await;
        }),
        Command::TestAllLogins(below) => jobs::start("testing all logins", async move {
            logins::many::run(&client, &state, below.uri).await;
        }),
        Command::ConvertToOAuth(conversion) => jobs::start("the conversion", async move {
            convert::run(&client, &state, conversion).await;
        }),
        Command::ConvertAll(file) => jobs::start("converting all", async move {
            convert_all::run(&client, &state, file.uri).await;
        }),
        Command::UpgradeProject(to) => jobs::start("the upgrade", async move {
            upgrade::run(&client, &state, to.uri, to.to).await;
        }),
        Command::CompleteServerHost(file) => {
            jobs::start("completing the server host", async move {
                convert::complete_server_host(&client, &state, file.uri).await;
            })
        }
        Command::MoveSecret(moved) => jobs::start("moving a secret", async move {
            move_secret::run(&client, &state, moved).await;
        }),
    }
    Ok(None)
}
