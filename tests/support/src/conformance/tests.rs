//! A right conversation, and messages that do not belong into it. None of these is about the form of messages.

use serde_json::{Value, json};

use super::Conformance;

/// A session that has begun, with these capabilities of the client.
fn session(capabilities: Value) -> Conformance {
    let mut session = Conformance { model: None, ..Conformance::new() };
    ask(&mut session, 1, "initialize", json!({"capabilities": capabilities}));
    assert_eq!(answer(&mut session, 1, json!({"capabilities": {}})), Ok(()));
    session
}

fn ask(session: &mut Conformance, id: i64, method: &str, params: Value) {
    session.sent(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
}

fn answer(session: &mut Conformance, id: i64, result: Value) -> Result<(), String> {
    session.received(&json!({"jsonrpc": "2.0", "id": id, "result": result}))
}

fn request(session: &mut Conformance, id: i64, method: &str, params: Value) -> Result<(), String> {
    session.received(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
}

fn tell(session: &mut Conformance, method: &str, params: Value) -> Result<(), String> {
    session.received(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
}

/// The result of a request must not go to a client with these capabilities, and may go to one
/// with those.
fn depends(method: &str, result: Value, without: Value, with: Value) {
    for (capabilities, fits) in [(without, false), (with, true)] {
        let mut session = session(capabilities);
        ask(&mut session, 2, method, json!({"context": {"only": null}}));
        let checked = answer(&mut session, 2, result.clone());
        assert_eq!(checked.is_ok(), fits, "{method} {result}: {checked:?}");
    }
}

#[test]
fn nothing_comes_before_the_answer_to_initialize() {
    let mut session = Conformance { model: None, ..Conformance::new() };
    assert!(tell(&mut session, "textDocument/publishDiagnostics", json!({})).is_err());
    assert!(request(&mut session, 1, "client/registerCapability", json!({})).is_err());
    assert_eq!(tell(&mut session, "window/showMessage", json!({})), Ok(()));
}

#[test]
fn messages_have_the_members_of_json_rpc_alone() {
    let mut session = session(json!({}));
    let error = |error: Value| json!({"jsonrpc": "2.0", "id": 2, "error": error});
    assert_eq!(session.received(&error(json!({"code": -32601, "message": "no"}))), Ok(()));
    for wrong in [
        error(json!({"code": "x", "message": "no"})),
        error(json!({"code": 1.5, "message": "no"})),
        error(json!({"code": 1})),
        error(json!({"code": 1, "message": "no", "stack": "…"})),
        error(json!("no")),
        json!({"jsonrpc": "2.0", "id": 2, "result": null, "time": 1}),
        json!({"jsonrpc": "2.0", "id": null, "method": "window/showMessageRequest"}),
    ] {
        assert!(session.received(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_id_is_used_once_until_it_is_answered() {
    let mut session = session(json!({}));
    let ask = |session: &mut Conformance| {
        request(session, 7, "window/showMessageRequest", json!({"type": 1, "message": "?"}))
    };
    assert_eq!(ask(&mut session), Ok(()));
    assert!(ask(&mut session).is_err());
    session.sent(&json!({"jsonrpc": "2.0", "id": 7, "result": null}));
    assert_eq!(ask(&mut session), Ok(()));
}

#[test]
fn an_answer_has_more_than_a_title_only_where_the_client_sends_it_back() {
    let question = json!({"type": 3, "message": "?", "actions": [{"title": "Yes", "more": true}]});
    let ask = |capabilities| {
        request(&mut session(capabilities), 7, "window/showMessageRequest", question.clone())
    };
    assert!(ask(json!({})).is_err());
    let item = json!({"messageActionItem": {"additionalPropertiesSupport": true}});
    assert_eq!(ask(json!({"window": {"showMessage": item}})), Ok(()));
}

#[test]
fn the_client_is_asked_for_what_it_can_do() {
    for (method, capabilities) in [
        ("workspace/applyEdit", json!({"workspace": {"applyEdit": true}})),
        (
            "workspace/codeLens/refresh",
            json!({"workspace": {"codeLens": {"refreshSupport": true}}}),
        ),
        (
            "workspace/diagnostic/refresh",
            json!({"workspace": {"diagnostics": {"refreshSupport": true}}}),
        ),
        ("workspace/configuration", json!({"workspace": {"configuration": true}})),
        ("window/showDocument", json!({"window": {"showDocument": {"support": true}}})),
        ("window/workDoneProgress/create", json!({"window": {"workDoneProgress": true}})),
    ] {
        let params = json!({"token": "t"});
        assert_eq!(request(&mut session(capabilities), 2, method, params.clone()), Ok(()));
        assert!(request(&mut session(json!({})), 2, method, params).is_err(), "{method}");
    }
}

#[test]
fn what_can_be_registered_is_registered() {
    for (method, capabilities) in [
        (
            "workspace/didChangeWatchedFiles",
            json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}),
        ),
        (
            "textDocument/didOpen",
            json!({"textDocument": {"synchronization": {"dynamicRegistration": true}}}),
        ),
        ("textDocument/hover", json!({"textDocument": {"hover": {"dynamicRegistration": true}}})),
    ] {
        let params = json!({"registrations": [{"id": "1", "method": method}]});
        let register = |capabilities: Value| {
            request(&mut session(capabilities), 2, "client/registerCapability", params.clone())
        };
        assert_eq!(register(capabilities), Ok(()));
        assert!(register(json!({})).is_err(), "{method}");
    }
}

#[test]
fn progress_is_created_begun_reported_and_ended() {
    let mut session = session(json!({"window": {"workDoneProgress": true}}));
    let progress = |session: &mut Conformance, kind: &str| {
        tell(session, "$/progress", json!({"token": "t", "value": {"kind": kind}}))
    };
    assert!(progress(&mut session, "begin").is_err());
    assert_eq!(
        request(&mut session, 2, "window/workDoneProgress/create", json!({"token": "t"})),
        Ok(())
    );
    assert!(progress(&mut session, "begin").is_err(), "the client has not agreed");
    session.sent(&json!({"jsonrpc": "2.0", "id": 2, "result": null}));
    assert!(progress(&mut session, "report").is_err());
    assert_eq!(progress(&mut session, "begin"), Ok(()));
    assert!(progress(&mut session, "begin").is_err());
    assert_eq!(progress(&mut session, "report"), Ok(()));
    assert_eq!(progress(&mut session, "end"), Ok(()));
    assert!(progress(&mut session, "end").is_err());
}

#[test]
fn a_progress_that_the_client_refused_is_not_used() {
    let mut session = session(json!({"window": {"workDoneProgress": true}}));
    assert_eq!(
        request(&mut session, 2, "window/workDoneProgress/create", json!({"token": 5})),
        Ok(())
    );
    session.sent(&json!({"jsonrpc": "2.0", "id": 2, "error": {"code": 1, "message": "no"}}));
    assert!(
        tell(&mut session, "$/progress", json!({"token": 5, "value": {"kind": "begin"}})).is_err()
    );
}

#[test]
fn what_is_offered_fits_the_client() {
    let offer = |server: Value, client: Value| {
        let mut session = Conformance { model: None, ..Conformance::new() };
        ask(&mut session, 1, "initialize", json!({"capabilities": client}));
        answer(&mut session, 1, json!({"capabilities": server}))
    };
    let utf_8 = json!({"positionEncoding": "utf-8"});
    assert!(offer(utf_8.clone(), json!({})).is_err());
    assert_eq!(offer(utf_8, json!({"general": {"positionEncodings": ["utf-8"]}})), Ok(()));
    let rename = json!({"renameProvider": {"prepareProvider": true}});
    assert!(offer(rename.clone(), json!({})).is_err());
    let can_prepare = json!({"textDocument": {"rename": {"prepareSupport": true}}});
    assert_eq!(offer(rename, can_prepare), Ok(()));
    let kinds = json!({"codeActionProvider": {"codeActionKinds": ["quickfix"]}});
    assert!(offer(kinds, json!({"textDocument": {"codeAction": {}}})).is_err());
}

#[test]
fn hovers_and_completion_items_fit_the_client() {
    let of = |inner: Value| json!({"textDocument": inner});
    depends(
        "textDocument/hover",
        json!({"contents": {"kind": "markdown", "value": "x"}}),
        of(json!({"hover": {"contentFormat": ["plaintext"]}})),
        of(json!({"hover": {"contentFormat": ["markdown"]}})),
    );
    let items = |item: Value| of(json!({"completion": {"completionItem": item}}));
    for (item, with) in [
        (json!({"insertTextFormat": 2}), json!({"snippetSupport": true})),
        (json!({"tags": [1]}), json!({"tagSupport": {"valueSet": [1]}})),
        (json!({"insertTextMode": 1}), json!({"insertTextModeSupport": {"valueSet": [1]}})),
        (json!({"textEdit": {"insert": 1}}), json!({"insertReplaceSupport": true})),
        (json!({"labelDetails": {}}), json!({"labelDetailsSupport": true})),
        (
            json!({"documentation": {"kind": "markdown"}}),
            json!({"documentationFormat": ["markdown"]}),
        ),
    ] {
        depends("textDocument/completion", json!([item]), items(json!({})), items(with.clone()));
        depends("textDocument/completion", json!({"items": [item]}), items(json!({})), items(with));
    }
}

#[test]
fn code_actions_and_edits_fit_the_client() {
    let literal = json!({"codeActionKind": {"valueSet": []}});
    let actions = |more: Value| {
        let mut actions = json!({"codeActionLiteralSupport": literal});
        if let (Some(actions), Some(more)) = (actions.as_object_mut(), more.as_object()) {
            actions.extend(more.clone());
        }
        json!({"textDocument": {"codeAction": actions}})
    };
    let commands = json!({"textDocument": {"codeAction": {}}});
    depends("textDocument/codeAction", json!([{"title": "x"}]), commands, actions(json!({})));
    for (member, value) in
        [("disabled", json!({})), ("isPreferred", json!(true)), ("data", json!(1))]
    {
        let can = actions(json!({format!("{member}Support"): true}));
        let action = json!([{"title": "x", member: value}]);
        depends("textDocument/codeAction", action, actions(json!({})), can);
    }
    let edits = |can: Value| json!({"workspace": {"workspaceEdit": can}});
    let versions = json!({"documentChanges": true});
    depends(
        "textDocument/rename",
        json!({"documentChanges": []}),
        edits(json!({})),
        edits(versions.clone()),
    );
    let create = json!({"documentChanges": [{"kind": "create", "uri": "x:y"}]});
    let can = edits(json!({"documentChanges": true, "resourceOperations": ["create"]}));
    depends("textDocument/rename", create, edits(versions.clone()), can);
    let annotated = json!({"documentChanges": [{"edits": [{"annotationId": "a"}]}], "changeAnnotations": {"a": {}}});
    let can = edits(json!({"documentChanges": true, "changeAnnotationSupport": {}}));
    depends("textDocument/rename", annotated, edits(versions), can.clone());
    let nameless = json!({"documentChanges": [{"edits": [{"annotationId": "a"}]}]});
    let mut session = session(can);
    ask(&mut session, 2, "textDocument/rename", json!({}));
    assert!(answer(&mut session, 2, nameless).is_err());
}

#[test]
fn only_the_kinds_that_the_client_asks_for_are_sent() {
    let capabilities = json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}});
    for (only, fits) in
        [("refactor", true), ("", true), ("refactor.rewrite.x", false), ("ref", false)]
    {
        let mut session = session(capabilities.clone());
        ask(&mut session, 2, "textDocument/codeAction", json!({"context": {"only": [only]}}));
        let action = json!([{"title": "x", "kind": "refactor.rewrite"}]);
        assert_eq!(answer(&mut session, 2, action).is_ok(), fits, "{only}");
    }
}

#[test]
fn symbols_folds_links_and_places_fit_the_client() {
    let of = |inner: Value| json!({"textDocument": inner});
    depends(
        "textDocument/documentSymbol",
        json!([{"selectionRange": {}}]),
        of(json!({})),
        of(json!({"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}})),
    );
    depends(
        "textDocument/foldingRange",
        json!([{}, {}]),
        of(json!({"foldingRange": {"rangeLimit": 1}})),
        of(json!({"foldingRange": {"rangeLimit": 2}})),
    );
    depends(
        "textDocument/documentLink",
        json!([{"tooltip": "x"}]),
        of(json!({})),
        of(json!({"documentLink": {"tooltipSupport": true}})),
    );
    depends(
        "textDocument/definition",
        json!([{"targetUri": "x:y"}]),
        of(json!({})),
        of(json!({"definition": {"linkSupport": true}})),
    );
}

#[test]
fn related_places_go_to_clients_that_show_them() {
    let published = json!({"diagnostics": [{"relatedInformation": []}]});
    let method = "textDocument/publishDiagnostics";
    assert!(tell(&mut session(json!({})), method, published.clone()).is_err());
    let can = json!({"textDocument": {"publishDiagnostics": {"relatedInformation": true}}});
    assert_eq!(tell(&mut session(can), method, published), Ok(()));
}
