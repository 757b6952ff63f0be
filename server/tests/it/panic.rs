//! A request whose handler panics. Only builds with debug assertions have one on purpose.

use serde_json::{Value, json};
use test_support::{Client, Direction, Position, Setup, basic_org, code};

#[test]
fn a_panic_is_an_answer_and_the_server_goes_on() {
    let mut server = Setup::new().start();
    let uri = "untitled:panic";
    server.open(uri, 1, &basic_org("Acme", &[]));
    server.diagnostics(uri, 1);
    let marked = "what-the-request-said";
    let error = server.request("sforg/panic", json!({"text": marked})).expect_err("a panic");
    if !test_support::is_debug_build() {
        assert_eq!(error.code, code::METHOD_NOT_FOUND, "a release build has no such request");
        return;
    }
    server.allow_panics();
    assert_eq!(error.code, code::INTERNAL_ERROR);
    assert!(error.message.contains("sforg/panic") && error.message.contains("goes on"), "{error}");

    // In the middle of other requests, and more often than there are threads.
    let mut ids = Vec::new();
    let mut messages = Vec::new();
    for number in 0..40 {
        let (method, params) = match number % 2 {
            0 => ("sforg/panic", Value::Null),
            _ => ("textDocument/hover", Client::at(uri, Position::new(1, 4))),
        };
        let (id, message) = server.request_message(method, params);
        ids.push(id);
        messages.push(message);
    }
    server.write(&messages);
    for (number, id) in ids.iter().enumerate() {
        match server.answer(id) {
            Ok(hover) => assert!(number % 2 == 1 && hover.is_object()),
            Err(error) => assert!(number % 2 == 0 && error.code == code::INTERNAL_ERROR),
        }
    }
    server.replace(uri, 2, "{}");
    assert!(server.diagnostics(uri, 2).has("missing-member"));
    let errors = server.transcript(Direction::StandardError);
    assert!(!errors.iter().any(|line| line.contains(marked)), "{errors:#?}");
}
