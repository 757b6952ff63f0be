//! Messages that are huge, broken or no messages at all: an error or a log line, the server lives,
//! and the next request is answered right.

use serde_json::{Value, json};
use test_support::{Client, Position, Range, RpcError, Setup, Workspace, basic_org, code, frame};

const URI: &str = "untitled:robust";

fn session() -> Client {
    let mut server = Setup::new().start();
    server.open(URI, 1, &basic_org("Acme", &[]));
    server.diagnostics(URI, 1);
    server
}

fn check_alive(server: &mut Client) {
    let text = basic_org("Acme", &[]);
    let version = Range::of_text(&text, "\"61.0\"", server.encoding());
    let (range, _) = server.hover(URI, version.start).expect("a hover");
    assert_eq!(range, version);
}

/// Waits for the error that answers something without an id.
fn error_about_nothing(server: &mut Client) -> RpcError {
    server.answer(&Value::Null).expect_err("an error")
}

#[test]
fn a_body_that_is_no_json_is_answered_with_a_parse_error() {
    for body in ["{", "{\"jsonrpc\": \"2.0\", \"method\": }", "nonsense", "{} {}", "\u{feff}{}"] {
        let mut server = session();
        server.write_body(body);
        assert_eq!(error_about_nothing(&mut server).code, code::PARSE_ERROR, "{body}");
        check_alive(&mut server);
    }
}

#[test]
fn json_that_is_no_message_is_answered_with_an_error() {
    for body in [
        "[]",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]",
        "7",
        "null",
        "\"text\"",
        "{}",
        "{\"jsonrpc\": \"1.0\", \"method\": \"exit\"}",
        "{\"method\": \"exit\"}",
        "{\"jsonrpc\": \"2.0\", \"method\": 7}",
        "{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"textDocument/hover\"}",
    ] {
        let mut server = session();
        server.write_body(body);
        let error = error_about_nothing(&mut server);
        assert_eq!(error.code, code::INVALID_REQUEST, "{body}");
        check_alive(&mut server);
    }
}

#[test]
fn a_body_that_is_not_utf_8_is_answered_with_a_parse_error() {
    let mut server = session();
    server.write_bytes(b"Content-Length: 4\r\n\r\n\"\xff\xfe\"".to_vec());
    assert_eq!(error_about_nothing(&mut server).code, code::PARSE_ERROR);
    check_alive(&mut server);
}

/// JavaScript's strings can hold one, and `JSON.stringify` escapes it.
#[test]
fn half_a_surrogate_pair_does_not_cost_a_change() {
    let mut server = session();
    let text = "{\"name\": \"LONE\", \"x-behind\": 1}";
    let message = Client::change_message(URI, 2, json!([{"text": text}]));
    server.write_body(&message.to_string().replace("LONE", "\\ud83c"));
    server.expect_text(URI, 2, &text.replace("LONE", "\u{fffd}"));
}

#[test]
fn many_broken_messages_in_one_write_are_all_answered() {
    let mut server = session();
    let at = Client::at(URI, Position::new(1, 4));
    let mut bytes = Vec::new();
    let mut ids = Vec::new();
    for _ in 0..20 {
        bytes.extend(b"Content-Length: 3\r\n\r\n{]}");
        let (id, message) = server.request_message("textDocument/hover", at.clone());
        bytes.extend(frame(&message));
        ids.push(id);
    }
    server.write_bytes(bytes);
    for id in ids {
        assert!(server.answer(&id).expect("an answer").is_object());
        error_about_nothing(&mut server);
    }
    check_alive(&mut server);
}

#[test]
fn a_broken_header_is_skipped() {
    for header in [
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        "Content-Length: many\r\n\r\n",
        "Content-Length: -5\r\n\r\n",
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "Content-Length:\r\n\r\n",
        "hello\r\n\r\n",
        "\r\n\r\n",
        "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}\r\n\r\n",
        "Content-Type: x\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}",
    ] {
        let mut server = session();
        server.write_bytes(header);
        // It is up to the server whether it says something.
        check_alive(&mut server);
        server.allow_errors_about_nothing();
    }
}

#[test]
fn headers_come_in_other_ways_too() {
    let body = |id: &Value| {
        json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": Client::at(URI, Position::new(1, 4))})
            .to_string()
    };
    let headers: [fn(usize) -> String; 5] = [
        |length| format!("content-length: {length}\r\n\r\n"),
        |length| format!("Content-Length:{length}\r\n\r\n"),
        |length| {
            format!(
                "Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n"
            )
        },
        |length| {
            format!(
                "Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: {length}\r\n\r\n"
            )
        },
        |length| {
            format!("Content-Length: {length}\r\nX-Other: 1\r\nX-More: 2\r\nX-Most: 3\r\n\r\n")
        },
    ];
    for header in headers {
        let mut server = session();
        let id = server.expect_answer_to(json!("headers"));
        let body = body(&id);
        server.write_bytes(header(body.len()) + &body);
        assert!(server.answer(&id).expect("an answer").is_object(), "{}", header(1));
    }
}

#[test]
fn a_message_of_one_byte_a_write_is_read() {
    let mut server = session();
    let (id, message) =
        server.request_message("textDocument/hover", Client::at(URI, Position::new(1, 4)));
    for byte in frame(&message) {
        server.write_bytes([byte]);
    }
    assert!(server.answer(&id).expect("an answer").is_object());
}

#[test]
fn an_empty_body_is_skipped() {
    let mut server = session();
    server.write_body("");
    check_alive(&mut server);
    server.allow_errors_about_nothing();
}

#[test]
fn a_message_of_50_megabytes_is_read() {
    let mut server = session();
    let big = "x".repeat(50_000_000);
    let uri = "untitled:big";
    server.open(uri, 1, &format!("{{\"name\": \"{big}\"}}"));
    assert_eq!(server.diagnostics(uri, 1).codes(), ["file-too-large"]);
    assert_eq!(server.hover(uri, Position::new(0, 3)), None);
    server.replace(uri, 2, "{}");
    assert!(server.diagnostics(uri, 2).has("missing-member"));
    check_alive(&mut server);
}

#[test]
fn a_message_that_is_nested_deeply_does_not_end_the_server() {
    let mut server = session();
    let depth = 100_000;
    let nested = "[".repeat(depth) + &"]".repeat(depth);
    let (id, message) = server.request_message("textDocument/hover", json!("nested"));
    server.write_body(&message.to_string().replace("\"nested\"", &nested));
    // Either the request is refused, or the body as a whole.
    server.answer_or_error_about_nothing(&id).expect_err("refused");
    check_alive(&mut server);
}

#[test]
fn a_text_that_is_nested_deeply_does_not_end_the_server() {
    let mut server = session();
    for (version, text) in [
        (2, "[".repeat(200_000)),
        (3, "{\"a\":".repeat(100_000)),
        (4, "}".repeat(200_000)),
        (5, "\"".repeat(200_000)),
        (6, "\0".repeat(200_000)),
    ] {
        server.replace(URI, version, &text);
        let published = server.diagnostics(URI, version);
        assert!(published.diagnostics.len() <= 200, "{}", published.diagnostics.len());
        assert!(published.has("syntax-error"));
        server.hover(URI, Position::new(0, 100));
        server.code_actions(URI, Range::empty(Position::new(0, 100)));
        server.code_lens_titles(URI);
    }
    server.replace(URI, 7, &basic_org("Acme", &[]));
    server.diagnostics(URI, 7);
    check_alive(&mut server);
}

#[test]
fn a_file_over_one_megabyte_has_one_finding() {
    let limit = 1024 * 1024;
    let text_of = |length: usize| {
        let frame = "{\"x-big\": \"\"}";
        frame.replace("\"\"", &format!("\"{}\"", "a".repeat(length - frame.len())))
    };
    let workspace = Workspace::new();
    let uri = workspace.write("big.sforg.json", text_of(limit + 1));
    let mut server = Setup::new().folder(&workspace).start();
    assert_eq!(server.published(&uri).codes(), ["file-too-large"]);
    server.open(&uri, 1, &text_of(limit + 1));
    let published = server.diagnostics(&uri, 1);
    assert_eq!(published.codes(), ["file-too-large"]);
    assert_eq!(published.only("file-too-large").severity, 3);
    assert_eq!(server.hover(&uri, Position::new(0, 3)), None);
    server.replace(&uri, 2, &text_of(limit));
    let published = server.diagnostics(&uri, 2);
    assert!(published.has("unknown-member") && !published.has("file-too-large"));
}

#[test]
fn a_file_that_is_not_utf_8_has_one_finding() {
    let workspace = Workspace::new();
    let uri = workspace.write("latin.sforg.json", b"{\"name\": \"Z\xfcrich\"}");
    let mut server = Setup::new().folder(&workspace).start();
    assert_eq!(server.published(&uri).codes(), ["invalid-encoding"]);
    // What the editor makes of it is another thing.
    server.open(&uri, 1, "{\"name\": \"Z\u{fffd}rich\"}");
    assert!(!server.diagnostics(&uri, 1).has("invalid-encoding"));
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let workspace = Workspace::new();
    let text = format!("\u{feff}{}", basic_org("Acme", &[]));
    let uri = workspace.write("mark.sforg.json", &text);
    let mut server = Setup::new().folder(&workspace).start();
    let on_disk = server.published(&uri);
    assert!(!on_disk.has("invalid-encoding") && !on_disk.has("syntax-error"), "{on_disk:#?}");
    server.open(&uri, 1, &text);
    let open = server.diagnostics(&uri, 1);
    assert_eq!(open.diagnostics, on_disk.diagnostics);
}
