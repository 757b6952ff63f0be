//! Ends a session, and looks at what is left of it.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::Client;
use crate::process::POLL;
use crate::transcript::Direction;

/// A guard against hanging.
const DEADLINE: Duration = Duration::from_secs(60);

impl Client {
    /// Closes the server's standard input when all that was sent is written.
    pub fn close_input(&mut self) {
        self.process.close_input();
    }

    /// The server's process id.
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Says `shutdown` and `exit` and looks at what is left. Dropping the client does the same.
    pub fn finish(mut self) {
        self.shut_down();
    }

    fn shut_down(&mut self) {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.expect_exit(0);
    }

    /// Waits until the server has ended by itself, with this exit code, and looks at what is left.
    pub fn expect_exit(&mut self, expected: i32) {
        let code = self.wait_for_exit();
        if code != expected {
            self.fail(&format!("the exit code is {code}, not {expected}"));
        }
        while !self.output_ended {
            match self.process.events.recv_timeout(DEADLINE) {
                Ok(event) => self.take_in(event),
                Err(_) => self.output_ended = true,
            }
        }
        self.process.drain_errors();
        self.finished = true;
        self.look_at_what_is_left();
    }

    fn wait_for_exit(&mut self) -> i32 {
        let until = Instant::now() + DEADLINE;
        loop {
            if let Some(code) = self.process.exit_code() {
                return code;
            }
            if Instant::now() > until {
                self.fail(&format!("the server did not end within {DEADLINE:?}"));
            }
            std::thread::sleep(POLL);
        }
    }

    fn look_at_what_is_left(&self) {
        let null = Value::Null.to_string();
        let answers = self
            .answers
            .iter()
            .filter(|(id, _)| **id != null || !self.errors_about_nothing_allowed)
            .flat_map(|(_, answers)| answers);
        let left: Vec<String> = self
            .inbox
            .iter()
            .filter(|message| {
                let method = message["method"].as_str().unwrap_or_default();
                !self.allowed.contains(method)
            })
            .chain(answers)
            .map(Value::to_string)
            .collect();
        if !left.is_empty() {
            self.fail(&format!(
                "the test did not look at {} messages:\n{}",
                left.len(),
                left.join("\n")
            ));
        }
        let errors = self.transcript.texts(Direction::StandardError);
        if !self.panics_allowed && errors.iter().any(|line| line.contains("panicked")) {
            self.fail("the server panicked");
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if std::thread::panicking() {
            if !self.transcript.was_shown() {
                eprintln!("{}", self.transcript.shown());
            }
            self.process.kill();
            return;
        }
        if !self.finished {
            self.shut_down();
        }
    }
}
