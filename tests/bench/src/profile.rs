//! The servers that are compared: how each is started and set up.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::outcome::Outcome;

/// Who the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What is measured.
    Sforg,
    /// The server that does nothing.
    Floor,
    /// A server of others.
    Peer,
}

/// How a server is started, and what its client tells it. `{BIN}` is the folder of the built programs,
/// `{PEERS}` where peers are installed, `{WSURI}` the workspace's address.
#[derive(Debug, Clone, Deserialize)]
pub struct Profile {
    /// As the table names it.
    pub name: String,
    pub kind: Kind,
    pub command: Vec<String>,
    /// Whether the client asks for diagnostics, instead of being told.
    pub pull: bool,
    pub language: String,
    /// What the documents' names end with.
    #[serde(default = "our_extension")]
    pub extension: String,
    #[serde(default)]
    pub options: Value,
    #[serde(default)]
    pub settings: Value,
    /// Method and params.
    #[serde(default)]
    pub notifications: Vec<(String, Value)>,
    /// Files of the workspace, by name.
    #[serde(default)]
    pub files: Map<String, Value>,
    /// Many files and many edits take it minutes, so it gets none.
    #[serde(default)]
    pub slow_with_many: bool,
    /// How long nothing comes when it has come to rest, in milliseconds.
    #[serde(default = "soon")]
    pub rest_ms: u64,
}

fn our_extension() -> String {
    "sforg.json".to_owned()
}

fn soon() -> u64 {
    250
}

/// Where programs are.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The server that is measured.
    pub sforg: PathBuf,
    /// The server that does nothing.
    pub floor: PathBuf,
    /// Where peers are installed, if they are measured.
    pub peers: Option<PathBuf>,
}

const OURS: [&str; 4] = [
    include_str!("../profiles/floor-push.json"),
    include_str!("../profiles/floor-pull.json"),
    include_str!("../profiles/sforg-push.json"),
    include_str!("../profiles/sforg-pull.json"),
];
const PEERS: [&str; 3] = [
    include_str!("../profiles/vscode-json.json"),
    include_str!("../profiles/biome.json"),
    include_str!("../profiles/yaml.json"),
];

/// All profiles, those of peers only when wanted.
pub fn profiles(with_peers: bool) -> Outcome<Vec<Profile>> {
    let peers = PEERS.iter().filter(|_| with_peers);
    OURS.iter().chain(peers).map(|text| Ok(serde_json::from_str(text)?)).collect()
}

impl Profile {
    /// The command that starts it in a workspace.
    pub fn command(&self, programs: &Programs, workspace: &Path) -> Outcome<Command> {
        let place = |text: &String| {
            let program = |path: &Path| path.to_string_lossy().into_owned();
            text.replace("{SFORG}", &program(&programs.sforg))
                .replace("{FLOOR}", &program(&programs.floor))
                .replace("{PEERS}", &programs.peers.as_deref().map(program).unwrap_or_default())
        };
        let mut words = self.command.iter().map(place);
        let mut command = Command::new(words.next().ok_or("a profile without a command")?);
        command.args(words);
        // Nothing of the person who measures: neither what is remembered nor a question.
        command.env("SFORG_STATE_DIR", workspace.join(".state"));
        command.env("SFORG_UPGRADE_PROMPT", "off");
        command.env("TMPDIR", workspace);
        Ok(command)
    }

    /// A part of the profile with the workspace's address in it.
    pub fn placed(&self, value: &Value, workspace_uri: &str) -> Value {
        match value {
            Value::String(text) => text.replace("{WSURI}", workspace_uri).into(),
            Value::Array(items) => {
                items.iter().map(|item| self.placed(item, workspace_uri)).collect()
            }
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| {
                    let name = name.replace("{WSURI}", workspace_uri);
                    (name, self.placed(value, workspace_uri))
                })
                .collect::<Map<_, _>>()
                .into(),
            other => other.clone(),
        }
    }
}
