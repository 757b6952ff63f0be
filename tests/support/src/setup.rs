//! How the server is started and what the client says about itself.

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::client::Client;
use crate::positions::Encoding;
use crate::process::{Process, binary};
use crate::transcript::Transcript;
use crate::workspace::Workspace;

/// The day that every test takes for today.
const TODAY: &str = "2026-11-24";

/// Builds a client. By default it has no workspace folder, no capability and no options.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    capabilities: Map<String, Value>,
    params: Map<String, Value>,
    folders: Option<Vec<Value>>,
    encoding: Encoding,
    user_configuration: Option<String>,
}

impl Setup {
    /// The least that a client can be.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a workspace folder.
    pub fn folder(self, workspace: &Workspace) -> Self {
        self.folder_uri(&workspace.root_uri())
    }

    /// The same by its URI.
    pub fn folder_uri(mut self, uri: &str) -> Self {
        let folder = json!({"uri": uri, "name": "test"});
        self.folders.get_or_insert_default().push(folder);
        self
    }

    /// Sets one of the client's capabilities, such as `window/showDocument/support`.
    pub fn capability(mut self, path: &str, value: impl Into<Value>) -> Self {
        let mut names: Vec<_> = path.split('/').collect();
        let last = names.pop().unwrap_or_default();
        let mut place = &mut self.capabilities;
        for name in names {
            let inner = place.entry(name).or_insert_with(|| json!({}));
            let Value::Object(inner) = inner else {
                panic!("{name} of {path} is set to something else already");
            };
            place = inner;
        }
        place.insert(last.to_owned(), value.into());
        self
    }

    /// Everything that the server makes use of.
    pub fn capable(self) -> Self {
        [
            "workspace/applyEdit",
            "workspace/workspaceEdit/documentChanges",
            "workspace/codeLens/refreshSupport",
            "textDocument/codeAction/disabledSupport",
            "textDocument/codeAction/isPreferredSupport",
            "textDocument/publishDiagnostics/relatedInformation",
            "textDocument/rename/prepareSupport",
            "window/showDocument/support",
            "window/workDoneProgress",
        ]
        .into_iter()
        .fold(self, |setup, capability| setup.capability(capability, true))
        .capability(
            "textDocument/codeAction/codeActionLiteralSupport/codeActionKind/valueSet",
            json!(["", "quickfix", "refactor", "source"]),
        )
    }

    /// Offers only this position encoding.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self.capability("general/positionEncodings", json!([encoding.name()]))
    }

    /// Sets a member of the params of `initialize`, such as `initializationOptions`.
    pub fn param(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Allows logins at a host besides Salesforce's.
    pub fn allow_login_host(self, host: &str) -> Self {
        self.argument("--allow-login-host").argument(host)
    }

    /// Adds an argument behind `sforg lsp`.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets a variable of the server's environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What stands in the user's configuration file.
    pub fn user_configuration(mut self, text: &str) -> Self {
        self.user_configuration = Some(text.to_owned());
        self
    }

    /// Starts the server and says nothing yet.
    pub fn spawn(self) -> Client {
        let home =
            tempfile::Builder::new().prefix("sforg-home-").tempdir().expect("a temporary folder");
        if let Some(text) = &self.user_configuration {
            let folder = home.path().join("config/sforg");
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join("config.json"), text).expect("a file");
        }
        let transcript = Transcript::new();
        let process = Process::spawn(&mut self.command(&home), &transcript);
        let params = self.initialize_params();
        Client::new(process, transcript, home, params, self.encoding)
    }

    /// Starts the server and begins the session.
    pub fn start(self) -> Client {
        let mut client = self.spawn();
        client.begin();
        client
    }

    /// Nothing of the machine's user reaches the server: no settings, proxies or secrets.
    fn command(&self, home: &TempDir) -> Command {
        let mut command = Command::new(binary());
        command.arg("lsp").args(&self.arguments);
        command.current_dir(home.path());
        clean_environment(&mut command, home.path());
        command.env("SFORG_UPGRADE_PROMPT", "off");
        command.env("SFORG_QUESTION_REMINDER", "off");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn initialize_params(&self) -> Value {
        let mut params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": self.capabilities,
            "workspaceFolders": self.folders,
        });
        if let Value::Object(own) = &mut params {
            own.extend(self.params.clone());
        }
        params
    }
}

/// Nothing of the machine's user reaches the program: no settings, proxies or secrets. `home` is
/// where it finds its own.
pub(crate) fn clean_environment(command: &mut Command, home: &Path) {
    command.env_clear();
    for kept in ["PATH", "SystemRoot", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    for (name, folder) in [
        ("HOME", "."),
        ("USERPROFILE", "."),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("APPDATA", "config"),
        ("LOCALAPPDATA", "state"),
    ] {
        command.env(name, home.join(folder));
    }
    command.env("SFORG_TODAY", TODAY).env("RUST_BACKTRACE", "1");
}
