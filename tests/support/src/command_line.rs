//! `sforg COMMAND` as a person or a script runs it.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::process::{POLL, binary};
use crate::setup::clean_environment;
use crate::waiting::deadline;
use crate::workspace::Workspace;

/// A command that is put together, in a workspace's folder and with an environment of its own.
pub struct CommandLine {
    command: Command,
    home: TempDir,
}

/// What a command wrote and how it ended.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The exit code; -1 after a signal.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    ///
    /// # Panics
    /// It is something else.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl CommandLine {
    /// `sforg` with these arguments.
    pub fn new(workspace: &Workspace, arguments: &[&str]) -> Self {
        let home =
            tempfile::Builder::new().prefix("sforg-home-").tempdir().expect("a temporary folder");
        let mut command = Command::new(binary());
        command.args(arguments).current_dir(workspace.root());
        clean_environment(&mut command, home.path());
        // Nobody is there to ask, and whoever writes a test allows what it sends.
        command.env("SFORG_ALLOW_SECRETS", "*");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { command, home }
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// Runs in another folder.
    pub fn in_folder(mut self, folder: &std::path::Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets a variable of its environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// What it writes goes there instead (a terminal, say).
    pub fn writes_to(mut self, out: Stdio, err: Stdio) -> Self {
        self.command.stdout(out).stderr(err);
        self
    }

    /// What it reads from standard input.
    pub fn reads(mut self, input: Stdio) -> Self {
        self.command.stdin(input);
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Ran {
        self.start().finish()
    }

    /// Starts it.
    pub fn start(mut self) -> RunningCommand {
        let mut child = self.command.spawn().expect("sforg starts");
        fn reader(
            pipe: Option<impl std::io::Read + Send + 'static>,
        ) -> std::thread::JoinHandle<String> {
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                if let Some(mut pipe) = pipe {
                    pipe.read_to_end(&mut bytes).expect("a readable pipe");
                }
                String::from_utf8_lossy(&bytes).into_owned()
            })
        }
        let readers = [reader(child.stdout.take()), reader(child.stderr.take())];
        RunningCommand { child, readers, _home: self.home }
    }
}

/// A command that runs.
pub struct RunningCommand {
    child: Child,
    readers: [std::thread::JoinHandle<String>; 2],
    _home: TempDir,
}

impl RunningCommand {
    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// It hangs.
    pub fn finish(mut self) -> Ran {
        let until = Instant::now() + deadline();
        let code = loop {
            if let Some(status) = self.child.try_wait().expect("the state of the command") {
                break status.code().unwrap_or(-1);
            }
            if Instant::now() > until {
                // It may have ended this moment.
                let _ = self.child.kill();
                let _ = self.child.wait();
                let [out, err] = self.readers.map(|reader| reader.join().expect("a reader"));
                panic!("it did not end within {:?}: {out}{err}", deadline());
            }
            std::thread::sleep(POLL);
        };
        let [out, err] = self.readers.map(|reader| reader.join().expect("a reader"));
        Ran { code, out, err }
    }
}

/// Waits until something that nothing announces is true.
///
/// # Panics
/// It never is.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + deadline();
    while !is_so() {
        assert!(Instant::now() < until, "{what}: not within {:?}", deadline());
        std::thread::sleep(Duration::from_millis(10));
    }
}
