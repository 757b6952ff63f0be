//! What is not offered: the server says that it has no such method.

use serde_json::Value;
use test_support::{code, meta_model};

use super::clients::clients;
use super::offered::offered;
use super::scene::Scene;

/// What LSP asks of every server.
const ALWAYS: [&str; 2] = ["initialize", "shutdown"];

#[test]
fn what_is_not_advertised_is_unknown() {
    let model = meta_model();
    let methods = model.requests_of_clients();
    assert!(methods.len() > 50, "{methods:?}");
    for (client, capabilities) in clients() {
        let mut scene = Scene::new(&capabilities);
        let offered: Vec<_> = offered(&scene).iter().map(|row| row.method).collect();
        for method in &methods {
            if offered.contains(method) || ALWAYS.contains(method) {
                continue;
            }
            // Params that are right: the protocol library reads them first.
            let params = model.request(method).and_then(|request| request.params.as_ref());
            let params = params.map_or(Value::Null, |kind| {
                let least = model.least(kind, &scene.uri);
                assert_eq!(model.check(kind, &least, method), Ok(()));
                least
            });
            match scene.server.request(method, params.clone()) {
                Ok(answer) => panic!("{method} is not advertised to {client} and gives {answer}"),
                Err(error) => {
                    assert_eq!(error.code, code::METHOD_NOT_FOUND, "{method} {params}: {error}");
                }
            }
        }
    }
}
