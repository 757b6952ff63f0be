//! The server's process with its pipes, each served by a thread, so that neither side ever waits
//! for the other to read.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

use crate::frames::{Next, read_frame};
use crate::transcript::{Direction, Transcript};

/// The binary under test: `SFORG_BINARY`, else the `sforg` that cargo built for the tests of its
/// package, which run beside it.
///
/// # Panics
/// There is none.
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("SFORG_BINARY") {
        let path = PathBuf::from(path);
        assert!(path.is_file(), "SFORG_BINARY is {}, and there is no such file", path.display());
        return path;
    }
    // target/debug/deps/it-0123456789abcdef
    let test = std::env::current_exe().expect("the path of this test");
    let folder =
        test.parent().and_then(|deps| deps.parent()).expect("a target folder around this test");
    let path = folder.join(format!("sforg{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is missing: only tests of the package sforg have it",
        path.display()
    );
    path
}

/// Whether the binary under test is a debug build, which can be told to panic. One that
/// `SFORG_BINARY` names is a release build.
pub fn is_debug_build() -> bool {
    cfg!(debug_assertions) && std::env::var_os("SFORG_BINARY").is_none()
}

/// What came from the server.
pub(crate) enum Event {
    Message(Value),
    /// Standard output carried something else.
    Garbage(String),
    /// Standard output was closed.
    End,
}

pub(crate) struct Process {
    child: Child,
    /// To the thread that writes; `None` once standard input is closed.
    input: Option<Sender<Vec<u8>>>,
    pub events: Receiver<Event>,
    error_reader: Option<JoinHandle<()>>,
}

impl Process {
    pub fn spawn(command: &mut Command, transcript: &Transcript) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = write_on_a_thread(child.stdin.take().expect("a pipe"), transcript.clone());
        let events = read_on_a_thread(child.stdout.take().expect("a pipe"), transcript.clone());
        let errors = child.stderr.take().expect("a pipe");
        let transcript = transcript.clone();
        let error_reader = std::thread::spawn(move || record_errors(errors, &transcript));
        Self { child, input: Some(input), events, error_reader: Some(error_reader) }
    }

    /// Queues bytes for standard input. A server that is gone does not take them.
    pub fn write(&self, bytes: Vec<u8>) {
        if let Some(input) = &self.input {
            // The thread ends when the server closes its end; the test sees that elsewhere.
            let _ = input.send(bytes);
        }
    }

    /// Closes standard input when everything queued is written.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// The exit code (-1 after a signal) when the process has ended.
    pub fn exit_code(&mut self) -> Option<i32> {
        let status = self.child.try_wait().expect("the state of the server")?;
        Some(status.code().unwrap_or(-1))
    }

    /// Waits until all that it wrote to standard error is in the transcript. It must have ended.
    pub fn drain_errors(&mut self) {
        if let Some(reader) = self.error_reader.take() {
            reader.join().expect("the reader of standard error");
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write_on_a_thread(mut pipe: ChildStdin, transcript: Transcript) -> Sender<Vec<u8>> {
    let (sender, receiver) = mpsc::channel::<Vec<u8>>();
    std::thread::spawn(move || {
        for bytes in receiver {
            if let Err(error) = pipe.write_all(&bytes).and_then(|()| pipe.flush()) {
                transcript.add(Direction::Note, format!("standard input is gone: {error}"));
                return;
            }
        }
    });
    sender
}

fn read_on_a_thread(pipe: ChildStdout, transcript: Transcript) -> Receiver<Event> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        loop {
            let event = match read_frame(&mut pipe) {
                Ok(Next::Message(message)) => {
                    transcript.add(Direction::FromServer, message.to_string());
                    Event::Message(message)
                }
                Ok(Next::Garbage(text)) => Event::Garbage(text),
                Ok(Next::End) => Event::End,
                Err(error) => Event::Garbage(format!("a cut message ({error})")),
            };
            let goes_on = matches!(event, Event::Message(_));
            if sender.send(event).is_err() || !goes_on {
                return;
            }
        }
    });
    receiver
}

fn record_errors(pipe: ChildStderr, transcript: &Transcript) {
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        transcript.add(Direction::StandardError, text.trim_end());
        line.clear();
    }
}

/// How often a condition that nothing announces is looked at.
pub(crate) const POLL: Duration = Duration::from_millis(10);
