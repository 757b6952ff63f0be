//! `workspace/executeCommand`: what waits becomes a job, and the answer comes at once.

use std::sync::Arc;

use lsp_types as lsp;
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};

use crate::lsp::capabilities::{
    COMPLETE_SERVER_HOST, CONVERT_ALL, CONVERT_TO_OAUTH, TEST_LOGIN, UPGRADE_PROJECT,
};
use crate::lsp::state::State;
use crate::lsp::{conversion, jobs, login_test, project_work};

/// The one argument of the commands about one file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileArgument {
    uri: lsp::Url,
    /// The client has applied the edit of a code action already.
    #[serde(default)]
    applied: bool,
    /// Where the cursor goes then.
    selection: Option<lsp::Range>,
    /// The variable that holds the client secret.
    secret_name: Option<String>,
    /// The API version to upgrade to.
    to: Option<String>,
}

/// Starts the command.
///
/// # Errors
/// An unknown command, or an argument that is not the object that it takes.
pub fn handle(
    client: &Client,
    state: &Arc<State>,
    params: lsp::ExecuteCommandParams,
) -> Result<Option<Value>> {
    let argument = params.arguments.into_iter().next().unwrap_or(Value::Null);
    let argument: FileArgument = serde_json::from_value(argument).map_err(|error| {
        Error::invalid_params(format!(
            "{} takes one object with \"uri\", the address of an org file: {error}",
            params.command
        ))
    })?;
    let (client, state) = (client.clone(), Arc::clone(state));
    match params.command.as_str() {
        TEST_LOGIN => jobs::start("the login test", async move {
            login_test::run(&client, &state, argument.uri).await;
        }),
        CONVERT_TO_OAUTH => jobs::start("the conversion", async move {
            match (argument.applied, argument.selection, argument.secret_name) {
                (true, Some(selection), Some(secret)) => {
                    conversion::finish(&client, &state, argument.uri, selection, &secret).await;
                }
                _ => conversion::convert(&client, &state, argument.uri).await,
            }
        }),
        CONVERT_ALL => jobs::start("converting all", async move {
            project_work::run_convert_all(&client, &state, argument.uri).await;
        }),
        UPGRADE_PROJECT => jobs::start("the upgrade", async move {
            project_work::run_upgrade(&client, &state, argument.uri, argument.to).await;
        }),
        COMPLETE_SERVER_HOST => jobs::start("completing the server host", async move {
            conversion::complete_server_host(&client, &state, argument.uri).await;
        }),
        unknown => {
            return Err(Error::invalid_params(format!("sforg has no command {unknown:?}")));
        }
    }
    Ok(None)
}
