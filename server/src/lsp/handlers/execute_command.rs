//! `workspace/executeCommand`: what waits becomes a job, and the answer comes at once.

use std::sync::Arc;

use lsp_types as lsp;
use org_text::Foreign;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};

use crate::lsp::capabilities::{
    COMPLETE_SERVER_HOST, CONVERT_ALL, CONVERT_TO_OAUTH, MOVE_SECRET, TEST_ALL_LOGINS, TEST_LOGIN,
    UPGRADE_PROJECT,
};
use crate::lsp::client::{Client, jobs};
use crate::lsp::logins;
use crate::lsp::refactor::{convert, convert_all, move_secret, upgrade};
use crate::lsp::state::State;

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
    /// The conversion filled `instanceUrl` in.
    #[serde(default)]
    has_instance_url: bool,
    /// The API version to upgrade to.
    to: Option<String>,
}

/// The argument of `sforg.moveSecret`.
#[derive(Debug, Deserialize)]
struct MoveSecretArgument {
    uri: lsp::Url,
    /// The member; all secrets of the file without it.
    member: Option<String>,
    to: move_secret::Target,
}

/// The argument of `sforg.testAllLogins`.
#[derive(Debug, Deserialize)]
struct FolderArgument {
    uri: Option<lsp::Url>,
}

fn argument<T: DeserializeOwned>(command: &str, takes: &str, argument: Value) -> Result<T> {
    // What serde says repeats the value, which may be a secret in the wrong place.
    serde_json::from_value(argument).map_err(|_| {
        Error::invalid_params(format!("The command {command} takes one object with {takes}."))
    })
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
    let given = params.arguments.into_iter().next().unwrap_or(Value::Null);
    let name = params.command.as_str();
    if name == MOVE_SECRET {
        let takes = r#""uri", "member" and "to" ("keyring" or "env")"#;
        let given: MoveSecretArgument = argument(name, takes, given)?;
        let (client, state) = (client.clone(), Arc::clone(state));
        jobs::start("moving a secret", async move {
            move_secret::run(&client, &state, given.uri, given.member, given.to).await;
        });
        return Ok(None);
    }
    if name == TEST_ALL_LOGINS {
        let given = if given.is_null() { Value::Object(serde_json::Map::new()) } else { given };
        let takes = r#"at most "uri", a folder or project file"#;
        let given: FolderArgument = argument(name, takes, given)?;
        let (client, state) = (client.clone(), Arc::clone(state));
        jobs::start("testing all logins", async move {
            logins::many::run(&client, &state, given.uri).await;
        });
        return Ok(None);
    }
    let argument: FileArgument =
        argument(name, r#""uri", the address of an org or project file"#, given)?;
    let (client, state) = (client.clone(), Arc::clone(state));
    match name {
        TEST_LOGIN => jobs::start("the login test", async move {
            logins::one::run(&client, &state, argument.uri).await;
        }),
        CONVERT_TO_OAUTH => jobs::start("the conversion", async move {
            match (argument.applied, argument.selection, argument.secret_name) {
                (true, Some(selection), Some(secret)) => {
                    let has_url = argument.has_instance_url;
                    convert::finish(&client, &state, argument.uri, selection, &secret, has_url)
                        .await;
                }
                _ => convert::convert(&client, &state, argument.uri).await,
            }
        }),
        CONVERT_ALL => jobs::start("converting all", async move {
            convert_all::run(&client, &state, argument.uri).await;
        }),
        UPGRADE_PROJECT => jobs::start("the upgrade", async move {
            upgrade::run(&client, &state, argument.uri, argument.to).await;
        }),
        COMPLETE_SERVER_HOST => jobs::start("completing the server host", async move {
            convert::complete_server_host(&client, &state, argument.uri).await;
        }),
        unknown => {
            return Err(Error::invalid_params(format!(
                "There is no command \"{}\" in sforg.",
                Foreign(unknown)
            )));
        }
    }
    Ok(None)
}
