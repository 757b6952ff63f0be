//! The form of messages, with a small model.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::Conformance;
use crate::meta_model::MetaModel;

fn model() -> &'static MetaModel {
    static MODEL: OnceLock<MetaModel> = OnceLock::new();
    MODEL.get_or_init(|| {
        let string = json!({"kind": "base", "name": "string"});
        let strings = json!({"kind": "array", "element": string});
        let any = json!({"kind": "reference", "name": "LSPAny"});
        let kind = |kind: &str| json!({"name": "kind", "type": {"kind": "stringLiteral", "value": kind}});
        let model = json!({
            "requests": [
                {"method": "initialize", "messageDirection": "clientToServer", "params": any, "result": any},
                {"method": "a/list", "messageDirection": "clientToServer", "params": any, "result": strings, "partialResult": strings},
                {"method": "a/one", "messageDirection": "clientToServer", "params": any, "result": string},
                {"method": "a/question", "messageDirection": "serverToClient", "params": string, "result": string},
            ],
            "notifications": [
                {"method": "a/note", "messageDirection": "serverToClient", "params": string},
                {"method": "a/bare", "messageDirection": "serverToClient"},
                {"method": "a/change", "messageDirection": "clientToServer", "params": string},
                {"method": "a/new", "messageDirection": "serverToClient", "params": string, "proposed": true},
                {"method": "$/progress", "messageDirection": "both", "params": any},
            ],
            "structures": [{"name": "WorkDoneProgressBegin", "properties": [kind("begin")]}],
            "enumerations": [],
            "typeAliases": [],
        });
        MetaModel::of(&model.to_string()).expect("a model")
    })
}

fn session() -> Conformance {
    let mut session = Conformance { model: Some(model()), ..Conformance::new() };
    let params = json!({"capabilities": {}});
    session.sent(&json!({"id": 1, "method": "initialize", "params": params}));
    assert_eq!(session.received(&json!({"id": 1, "result": {}})), Ok(()));
    session
}

fn fits(message: Value) -> bool {
    session().received(&message).is_ok()
}

#[test]
fn notifications_have_the_params_of_their_method() {
    assert!(fits(json!({"method": "a/note", "params": "x"})));
    assert!(!fits(json!({"method": "a/note", "params": 1})));
    assert!(!fits(json!({"method": "a/note"})));
    assert!(fits(json!({"method": "a/bare"})));
    assert!(!fits(json!({"method": "a/bare", "params": "x"})));
}

#[test]
fn methods_are_those_of_lsp_that_a_server_sends_and_our_own() {
    assert!(!fits(json!({"method": "a/other", "params": "x"})));
    assert!(!fits(json!({"method": "a/change", "params": "x"})), "it goes the other way");
    assert!(!fits(json!({"method": "a/new", "params": "x"})), "it is proposed");
    assert!(!fits(json!({"method": "a/question", "params": "x"})), "it is a request");
    assert!(!fits(json!({"id": 2, "method": "a/note", "params": "x"})), "it is a notification");
    assert!(!fits(json!({"id": 2, "method": "a/one", "params": "x"})), "it is the client's");
    for own in ["sforg/anything", "$/anything"] {
        assert!(fits(json!({"method": own, "params": 1})), "{own}");
    }
}

#[test]
fn requests_have_the_params_of_their_method() {
    assert!(fits(json!({"id": 2, "method": "a/question", "params": "x"})));
    assert!(!fits(json!({"id": 2, "method": "a/question", "params": {}})));
}

#[test]
fn results_are_those_of_the_method_that_was_asked() {
    for (method, result, expected) in [
        ("a/list", json!(["x"]), true),
        ("a/list", json!([1]), false),
        ("a/list", Value::Null, false),
        ("a/one", json!("x"), true),
        ("a/one", json!(["x"]), false),
        ("a/other", json!("x"), false),
        ("a/question", json!("x"), false),
        ("sforg/anything", json!(1), true),
    ] {
        let mut session = session();
        session.sent(&json!({"id": 2, "method": method, "params": {}}));
        let checked = session.received(&json!({"id": 2, "result": result}));
        assert_eq!(checked.is_ok(), expected, "{method} {result}: {checked:?}");
    }
}

#[test]
fn parts_of_results_are_those_of_the_method_that_was_asked() {
    for (method, value, expected) in [
        ("a/list", json!(["x"]), true),
        ("a/list", json!("x"), false),
        ("a/one", json!("x"), false),
    ] {
        let mut session = session();
        let params = json!({"partialResultToken": "p"});
        session.sent(&json!({"id": 2, "method": method, "params": params}));
        let part = json!({"method": "$/progress", "params": {"token": "p", "value": value}});
        let checked = session.received(&part);
        assert_eq!(checked.is_ok(), expected, "{method} {value}: {checked:?}");
        session.received(&json!({"id": 2, "error": {"code": 1, "message": "x"}})).expect("an end");
        assert!(session.received(&part).is_err(), "the request is answered");
    }
}

#[test]
fn progress_has_the_form_of_its_kind() {
    for (value, expected) in
        [(json!({"kind": "begin"}), true), (json!({"kind": "begin", "x": 1}), false)]
    {
        let mut session = session();
        let params = json!({"workDoneToken": 7});
        session.sent(&json!({"id": 2, "method": "a/one", "params": params}));
        let told = json!({"method": "$/progress", "params": {"token": 7, "value": value}});
        assert_eq!(session.received(&told).is_ok(), expected, "{value}");
    }
}
