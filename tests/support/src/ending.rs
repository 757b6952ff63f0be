//! Ends a session, and looks at what is left of it.

use std::time::Instant;

use serde_json::Value;

use crate::client::Client;
use crate::process::POLL;
use crate::transcript::Direction;
use crate::waiting::deadline;

/// What the server may still tell, after `shutdown`, of work that ends there: that it ends, with
/// which result, and that what is shown of it has to be asked for again. Whether that comes before
/// `exit` is up to the machine.
const ENDS: [&str; 3] = ["$/progress", "window/showMessage", "window/logMessage"];

/// A request or notification of the server.
pub(crate) struct Received {
    pub message: Value,
    /// It came after `shutdown` was sent.
    pub is_ending: bool,
}

impl Received {
    /// Whether it may be left because it is about work that `shutdown` ends.
    fn may_be_left(&self) -> bool {
        let method = self.message["method"].as_str().unwrap_or_default();
        let tells_of_an_end =
            ENDS.contains(&method) || method.ends_with("/refresh") || method.starts_with("sforg/");
        self.is_ending && tells_of_an_end
    }
}

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
            match self.process.events.recv_timeout(deadline()) {
                Ok(event) => self.take_in(event),
                Err(_) => self.output_ended = true,
            }
        }
        self.process.drain_errors();
        self.finished = true;
        self.look_at_what_is_left();
    }

    fn wait_for_exit(&mut self) -> i32 {
        let until = Instant::now() + deadline();
        loop {
            if let Some(code) = self.process.exit_code() {
                return code;
            }
            if Instant::now() > until {
                self.fail(&format!("the server did not end within {:?}", deadline()));
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
            .filter(|received| !received.may_be_left())
            .map(|received| &received.message)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_tells_of_an_end_and_comes_at_the_end_may_be_left() {
        let may_be_left = |method: &str, is_ending| {
            Received { message: json!({ "method": method }), is_ending }.may_be_left()
        };
        for method in ["$/progress", "window/showMessage", "workspace/codeLens/refresh"] {
            assert!(may_be_left(method, true), "{method}");
            assert!(!may_be_left(method, false), "{method}");
        }
        for method in ["textDocument/publishDiagnostics", "workspace/applyEdit", ""] {
            assert!(!may_be_left(method, true), "{method}");
        }
    }
}
