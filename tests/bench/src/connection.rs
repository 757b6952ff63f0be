//! A server process and the bytes to and from it.
//!
//! One thread writes and reads, so that no other has to wake up before a clock is stopped: a time is taken
//! before the write of bytes that are ready, and after the read that brought the last byte of an answer.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::outcome::Outcome;
use crate::resources::Resources;

/// How long a server may say nothing before it is given up.
const PATIENCE: Duration = Duration::from_secs(300);

/// A message, and when its last byte had been read.
#[derive(Debug)]
pub struct Message {
    pub arrived: Instant,
    pub body: Value,
}

/// A running server.
pub struct Connection {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: ChildStdout,
    received: Vec<u8>,
    /// Where what has not been taken yet begins in `received`.
    start: usize,
    last_read: Instant,
    /// Before the process was started.
    pub spawned: Instant,
    mark: String,
    watchdog: Sender<()>,
}

impl Connection {
    /// Starts the server in `folder`.
    pub fn start(command: &mut Command, folder: &Path) -> Outcome<Self> {
        let mark = Resources::new_mark();
        command.current_dir(folder).env(Resources::MARK, &mark);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let spawned = Instant::now();
        let mut child = command
            .spawn()
            .map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or("the server has no standard output")?;
        let watchdog = watch(child.id(), mark.clone());
        let received = Vec::with_capacity(1 << 16);
        let last_read = spawned;
        Ok(Self { child, stdin, stdout, received, start: 0, last_read, spawned, mark, watchdog })
    }

    /// Writes all of it.
    pub fn send(&mut self, bytes: &[u8]) -> Outcome<()> {
        let stdin = self.stdin.as_mut().ok_or("the server's standard input is closed")?;
        Ok(stdin.write_all(bytes)?)
    }

    /// Writes much in a thread of its own while messages are read, until `take` has had enough of them.
    /// Without that, both sides could wait for the other to read.
    pub fn send_while_reading(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(Message) -> Outcome<bool>,
    ) -> Outcome<()> {
        let mut stdin = self.stdin.take().ok_or("the server's standard input is closed")?;
        let result = std::thread::scope(|scope| {
            let writer = scope.spawn(|| stdin.write_all(bytes));
            let read = (|| {
                while !take(self.receive()?)? {}
                Ok(())
            })();
            match writer.join() {
                Ok(written) => read.and(written.map_err(Into::into)),
                Err(_) => Err("the writer panicked".into()),
            }
        });
        self.stdin = Some(stdin);
        result
    }

    /// The next message.
    pub fn receive(&mut self) -> Outcome<Message> {
        loop {
            if let Some(message) = self.take_message()? {
                return Ok(message);
            }
            // No more than a pipe holds: a larger buffer costs fresh memory at every read.
            let end = self.received.len();
            self.received.resize(end + (1 << 16), 0);
            let read = self.stdout.read(&mut self.received[end..])?;
            self.last_read = Instant::now();
            self.received.truncate(end + read);
            // The watchdog is gone only when the process is.
            let _ = self.watchdog.send(());
            if read == 0 {
                return Err(format!("the server has ended ({:?})", self.child.try_wait()?).into());
            }
        }
    }

    fn take_message(&mut self) -> Outcome<Option<Message>> {
        let rest = &self.received[self.start..];
        let Some(header) = rest.windows(4).position(|window| window == b"\r\n\r\n") else {
            self.received.drain(..self.start);
            self.start = 0;
            return Ok(None);
        };
        let length = content_length(&rest[..header])?;
        let body = header + 4;
        let Some(json) = rest.get(body..body + length) else { return Ok(None) };
        let message = Message { arrived: self.last_read, body: serde_json::from_slice(json)? };
        self.start += body + length;
        Ok(Some(message))
    }

    /// What the server and all that it started use.
    pub fn resources(&self) -> Resources {
        Resources::of(&self.mark)
    }

    /// Waits for the end of a server that was told to end; not for long.
    pub fn wait(&mut self) {
        drop(self.stdin.take());
        let since = Instant::now();
        while since.elapsed() < Duration::from_secs(20) && matches!(self.child.try_wait(), Ok(None))
        {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the server, whether it likes to or not.
    pub fn end(&mut self) {
        drop(self.stdin.take());
        Resources::end_all(&self.mark);
        // It may have ended before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.end();
    }
}

/// The frame of a message.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn content_length(header: &[u8]) -> Outcome<usize> {
    let header = std::str::from_utf8(header)?;
    let fields = header.split("\r\n").filter_map(|line| line.split_once(':'));
    let length = fields
        .filter(|(name, _)| name.eq_ignore_ascii_case("Content-Length"))
        .find_map(|(_, length)| length.trim().parse().ok());
    length.ok_or_else(|| format!("a message without a length: {header:?}").into())
}

/// Ends the server when nothing has come from it for too long: the read fails then, and says so.
fn watch(process: u32, mark: String) -> Sender<()> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => {
                    eprintln!("process {process} has said nothing for {PATIENCE:?}; it is ended");
                    Resources::end_all(&mark);
                    return;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    sender
}
