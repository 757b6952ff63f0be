//! What is offered: every part of the server's capabilities has a test.

use std::collections::BTreeSet;

use serde_json::Value;
use test_support::code;

use super::clients::clients;
use super::scene::Scene;
use super::table::{ROWS, Row};

/// What has no request of its own, and where it is tested.
const ELSEWHERE: [(&str, &str); 14] = [
    ("positionEncoding", "initialize.rs"),
    ("textDocumentSync", "documents.rs"),
    ("textDocumentSync/openClose", "documents.rs"),
    ("textDocumentSync/save", "folders.rs"),
    ("workspace", "folders.rs"),
    ("workspace/workspaceFolders", "folders.rs"),
    ("workspace/workspaceFolders/supported", "folders.rs"),
    ("workspace/workspaceFolders/changeNotifications", "folders.rs"),
    ("workspace/fileOperations", "the rows of its parts"),
    ("workspace/fileOperations/didCreate", "file_events.rs"),
    ("workspace/fileOperations/didRename", "file_events.rs"),
    ("workspace/fileOperations/didDelete", "file_events.rs"),
    ("semanticTokensProvider", "the rows of its parts"),
    // What a client makes of it is no matter of an answer.
    ("diagnosticProvider/interFileDependencies", "pull.rs"),
];

/// The places of all that capabilities offer: providers, and what is true or described in them.
fn offers(capabilities: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, value) in capabilities.as_object().into_iter().flatten() {
        if !matches!(value, Value::Null | Value::Bool(false)) {
            found.insert(name.clone());
            parts(name, value, &mut found);
        }
    }
    found
}

fn parts(above: &str, value: &Value, found: &mut BTreeSet<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let place = format!("{above}/{name}");
        // The legend and lists of characters, kinds or commands describe; they offer nothing.
        let describes = ["legend", "filters"].contains(&name.as_str());
        match value {
            Value::Bool(true) => drop(found.insert(place)),
            Value::Object(_) if !describes => {
                parts(&place, value, found);
                found.insert(place);
            }
            _ => {}
        }
    }
}

/// The requests that a session's server offers: in its capabilities, or registered since.
pub fn offered(scene: &Scene) -> Vec<&'static Row> {
    let offers = offers(&scene.capabilities);
    let registered = scene.registered();
    let rows = ROWS.iter();
    rows.filter(|row| offers.contains(row.capability) || registered.contains(row.method)).collect()
}

#[test]
fn every_offer_is_in_the_table() {
    for (client, capabilities) in clients() {
        let scene = Scene::new(&capabilities);
        for offer in offers(&scene.capabilities) {
            let is_row = ROWS.iter().any(|row| row.capability == offer);
            let is_elsewhere = ELSEWHERE.iter().any(|(place, _)| *place == offer);
            assert!(is_row || is_elsewhere, "{offer} is advertised to {client} and has no row");
        }
    }
}

#[test]
fn what_is_advertised_works() {
    for (client, capabilities) in clients() {
        let mut scene = Scene::new(&capabilities);
        let rows = offered(&scene);
        assert!(rows.len() >= 19, "{client} is offered {} requests", rows.len());
        for row in rows {
            let params = (row.params)(&mut scene);
            let answer = scene.server.ask(row.method, params.clone());
            assert!((row.is_sensible)(&answer), "{client}: {} {params} gives {answer}", row.method);
        }
    }
}

#[test]
fn requests_about_what_is_not_open_are_answered_with_nothing() {
    for (client, capabilities) in clients() {
        let mut scene = Scene::new(&capabilities);
        let params: Vec<_> =
            offered(&scene).iter().map(|row| (row.method, (row.params)(&mut scene))).collect();
        for uri in ["untitled:never-opened", "file:///nowhere/acme.sforg.json", "file:///x.txt"] {
            for (method, params) in &params {
                let params = params.to_string().replace(&scene.uri, uri);
                let params = serde_json::from_str(&params).expect("params");
                if let Err(error) = scene.server.request(method, params) {
                    // A rename says why; nothing else has a reason to fail.
                    assert_eq!(*method, "textDocument/rename", "{client}: {error}");
                    assert_ne!(error.code, code::INTERNAL_ERROR, "{client}: {error}");
                }
            }
        }
    }
}
