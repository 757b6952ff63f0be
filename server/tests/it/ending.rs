//! How a session ends.

use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use test_support::{Client, FileEvent, Position, Setup, Workspace, basic_org, code, notification};

#[test]
fn after_shutdown_exit_ends_with_0_while_stdin_stays_open() {
    let mut server = Setup::new().start();
    server.ask("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    server.expect_exit(0);
}

#[test]
fn exit_alone_ends_with_1_while_stdin_stays_open() {
    let mut server = Setup::new().start();
    server.notify("exit", Value::Null);
    server.expect_exit(1);
}

#[test]
fn exit_before_initialize_ends_with_1() {
    let mut server = Setup::new().spawn();
    server.notify("exit", Value::Null);
    server.expect_exit(1);
}

#[test]
fn a_shutdown_that_was_refused_does_not_count() {
    let mut server = Setup::new().spawn();
    let refused = server.request("shutdown", Value::Null).expect_err("too early");
    assert_eq!(refused.code, code::SERVER_NOT_INITIALIZED);
    server.notify("exit", Value::Null);
    server.expect_exit(1);
}

#[test]
fn the_end_of_stdin_ends_with_1() {
    let mut server = Setup::new().spawn();
    server.close_input();
    server.expect_exit(1);

    let mut server = Setup::new().start();
    server.open("untitled:x", 1, "{}");
    server.diagnostics("untitled:x", 1);
    server.close_input();
    server.expect_exit(1);
}

#[test]
fn the_end_of_stdin_inside_a_message_ends_with_1() {
    for cut in ["Content-Length: 20\r\n\r\n{\"jsonrpc\"", "Content-Len"] {
        let mut server = Setup::new().start();
        server.write_bytes(cut);
        server.close_input();
        server.expect_exit(1);
    }
}

#[test]
fn the_end_of_stdin_after_shutdown_and_exit_changes_nothing() {
    let mut server = Setup::new().start();
    let (shutdown, message) = server.request_message("shutdown", Value::Null);
    server.write(&[message, notification("exit", Value::Null)]);
    server.close_input();
    assert_eq!(server.answer(&shutdown), Ok(Value::Null));
    server.expect_exit(0);
}

#[test]
fn requests_after_shutdown_are_refused() {
    let mut server = Setup::new().start();
    server.ask("shutdown", Value::Null);
    for (method, params) in [
        ("textDocument/hover", Client::at("untitled:x", Position::new(0, 0))),
        ("initialize", server.initialize_params().clone()),
        ("shutdown", Value::Null),
    ] {
        let refused = server.request(method, params).expect_err(method);
        assert_eq!(refused.code, code::INVALID_REQUEST, "{method}");
    }
    server.notify("textDocument/didClose", json!({"textDocument": {"uri": "untitled:x"}}));
    server.file_event("file:///x.sforg.json", FileEvent::Changed);
    server.notify("exit", Value::Null);
    server.expect_exit(0);
}

#[test]
fn everything_before_exit_is_answered() {
    let text = basic_org("Acme", &[]);
    let uri = "untitled:last";
    let mut server = Setup::new().start();
    server.open(uri, 1, &text);
    server.diagnostics(uri, 1);
    let mut messages = Vec::new();
    let mut ids = Vec::new();
    for _ in 0..100 {
        let place = json!({
            "textDocument": {"uri": uri},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 5, "character": 0}},
            "context": {"diagnostics": []},
        });
        let (id, message) = server.request_message("textDocument/codeAction", place);
        ids.push(id);
        messages.push(message);
    }
    let (shutdown, message) = server.request_message("shutdown", Value::Null);
    messages.push(message);
    messages.push(notification("exit", Value::Null));
    server.write(&messages);
    for id in ids {
        assert!(server.answer(&id).expect("an answer").is_array());
    }
    assert_eq!(server.answer(&shutdown), Ok(Value::Null));
    server.expect_exit(0);
}

#[test]
fn a_whole_session_in_one_write_is_answered() {
    let mut server = Setup::new().spawn();
    let params = server.initialize_params().clone();
    let (initialize, first) = server.request_message("initialize", params);
    let (shutdown, last) = server.request_message("shutdown", Value::Null);
    server.write(&[
        first,
        notification("initialized", json!({})),
        last,
        notification("exit", Value::Null),
    ]);
    assert!(server.answer(&initialize).is_ok());
    assert_eq!(server.answer(&shutdown), Ok(Value::Null));
    server.expect_exit(0);
}

/// A process that plays the editor; ended when the test is over.
struct Editor(Child);

impl Editor {
    fn start() -> Self {
        let mut command = Command::new("sleep");
        command.arg("600").stdin(Stdio::null());
        Self(command.spawn().expect("sleep"))
    }

    fn end(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.end();
    }
}

#[test]
#[cfg(unix)]
fn the_server_ends_with_the_editor() {
    let mut editor = Editor::start();
    let workspace = Workspace::new();
    let mut server = Setup::new().folder(&workspace).param("processId", editor.0.id()).start();
    server.open("untitled:x", 1, "{}");
    server.diagnostics("untitled:x", 1);
    editor.end();
    server.expect_exit(1);
}

#[test]
#[cfg(unix)]
fn the_server_does_not_outlive_an_editor_that_is_gone_at_the_beginning() {
    let mut editor = Editor::start();
    editor.end();
    let mut server = Setup::new().param("processId", editor.0.id()).start();
    server.expect_exit(1);
}

#[test]
fn the_server_lives_while_the_editor_does() {
    let editor = Editor::start();
    let mut server = Setup::new().param("processId", editor.0.id()).start();
    // Longer than the server waits before it looks again.
    let until = std::time::Instant::now() + std::time::Duration::from_secs(5);
    server.wait_until("time passes", || std::time::Instant::now() > until);
    server.open("untitled:x", 1, "{}");
    server.diagnostics("untitled:x", 1);
}
