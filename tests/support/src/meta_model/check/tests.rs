//! For each kind of type values that fit, and one wrong thing after the other.

use serde_json::{Value, json};

use super::*;

/// A small model with one of each.
fn model() -> MetaModel {
    let string = json!({"kind": "base", "name": "string"});
    let number = json!({"kind": "base", "name": "uinteger"});
    let reference = |name: &str| json!({"kind": "reference", "name": name});
    let text = |value: &str| json!({"kind": "stringLiteral", "value": value});
    let of = |name: &str, kind: &Value| json!({"name": name, "type": kind});
    let maybe = |name: &str, kind: &Value| json!({"name": name, "type": kind, "optional": true});
    let model = json!({
        "requests": [
            {"method": "a/request", "messageDirection": "clientToServer", "result": string},
            {"method": "a/newRequest", "messageDirection": "clientToServer", "result": string, "proposed": true},
            {"method": "a/question", "messageDirection": "serverToClient", "result": string},
        ],
        "notifications": [],
        "structures": [
            {"name": "Named", "properties": [of("name", &string)]},
            {"name": "Aged", "properties": [maybe("age", &number)]},
            {"name": "Person", "extends": [reference("Named")], "mixins": [reference("Aged")], "properties": [
                maybe("data", &reference("LSPAny")),
                maybe("more", &reference("LSPObject")),
                maybe("kind", &reference("Kind")),
                {"name": "new", "type": string, "optional": true, "proposed": true},
            ]},
            {"name": "Future", "properties": [], "proposed": true},
        ],
        "enumerations": [
            {"name": "Kind", "type": number, "values": [
                {"name": "One", "value": 1}, {"name": "Two", "value": 2},
                {"name": "Three", "value": 3, "proposed": true},
            ]},
            {"name": "Open", "type": string, "values": [], "supportsCustomValues": true},
        ],
        "typeAliases": [
            of("Id", &json!({"kind": "or", "items": [number, string]})),
            of("Pair", &json!({"kind": "tuple", "items": [number, string]})),
            of("Both", &json!({"kind": "and", "items": [reference("Named"), reference("Aged")]})),
            of("Ages", &json!({"kind": "map", "key": {"kind": "base", "name": "DocumentUri"}, "value": number})),
            of("Report", &json!({"kind": "literal", "value": {"properties": [of("kind", &text("report"))]}})),
            of("Tagged", &json!({"kind": "or", "items": [
                reference("Report"),
                {"kind": "literal", "value": {"properties": [of("kind", &text("end")), of("age", &number)]}},
            ]})),
            of("People", &json!({"kind": "array", "element": reference("Person")})),
        ],
    });
    MetaModel::of(&model.to_string()).expect("a model")
}

fn accepts(name: &str, value: Value) {
    assert_eq!(model().check(&Type::named(name), &value, "it"), Ok(()), "{name} {value}");
}

fn refuses(name: &str, value: Value, expected: &str) {
    let problem = model().check(&Type::named(name), &value, "it").expect_err("a problem");
    assert_eq!(problem.to_string(), expected, "{name} {value}");
}

fn base_takes(name: &str, value: Value) -> bool {
    model().check(&Type::Base(name.to_owned()), &value, "it").is_ok()
}

#[test]
fn structures_have_their_own_and_what_they_extend_and_nothing_else() {
    accepts("Person", json!({"name": "Ann"}));
    accepts("Person", json!({"name": "Ann", "age": 7, "data": {"x": [null]}, "more": {"y": 1}}));
    refuses("Person", json!({"age": 7}), "it.name: it is missing");
    refuses("Person", json!({"name": "Ann", "size": 1}), "it.size: LSP has no such property");
    refuses("Person", json!({"name": null}), "it.name: null is no string");
    refuses("Person", json!({"name": "Ann", "age": null}), "it.age: null is no uinteger");
    refuses("Person", json!({"name": "Ann", "more": 1}), "it.more: 1 should be an LSPObject");
    refuses("Person", json!([]), "it: [] is no object");
}

#[test]
fn what_is_proposed_is_no_part_of_lsp() {
    refuses("Person", json!({"name": "Ann", "new": "x"}), "it.new: it is only proposed");
    refuses("Future", json!({}), "it: Future is only proposed");
    refuses("Kind", json!(3), "it: 3 is no Kind");
    let model = model();
    assert!(model.request("a/request").is_some() && model.request("a/newRequest").is_none());
    assert_eq!(model.requests_of_clients(), ["a/request"]);
}

#[test]
fn enumerations_have_members() {
    accepts("Kind", json!(2));
    refuses("Kind", json!(4), "it: 4 is no Kind");
    refuses("Kind", json!("2"), "it: \"2\" is no uinteger");
    accepts("Open", json!("anything"));
    refuses("Open", json!(1), "it: 1 is no string");
}

#[test]
fn one_of_several_types_is_enough_and_the_best_one_tells_what_is_wrong() {
    accepts("Id", json!(1));
    accepts("Id", json!("one"));
    refuses("Id", json!(true), "it: true fits none of 2 types");
    accepts("Tagged", json!({"kind": "report"}));
    accepts("Tagged", json!({"kind": "end", "age": 1}));
    refuses("Tagged", json!({"kind": "begin"}), "it.kind: \"begin\" should be \"report\"");
}

#[test]
fn several_types_at_once_have_the_properties_of_all() {
    accepts("Both", json!({"name": "Ann", "age": 1}));
    refuses("Both", json!({"age": 1}), "it.name: it is missing");
    refuses("Both", json!({"name": "Ann", "size": 1}), "it.size: LSP has no such property");
}

#[test]
fn lists_tuples_and_maps_hold_what_they_say() {
    accepts("People", json!([]));
    refuses("People", json!([{"name": "Ann"}, {}]), "it[1].name: it is missing");
    refuses("People", json!({}), "it: {} is no list");
    accepts("Pair", json!([1, "x"]));
    refuses("Pair", json!([1]), "it: 1 items, not 2");
    refuses("Pair", json!(["x", "x"]), "it[0]: \"x\" is no uinteger");
    accepts("Ages", json!({"file:///x": 1}));
    refuses("Ages", json!({"file:///x": -1}), "it[\"file:///x\"]: -1 is no uinteger");
    refuses("Ages", json!({"x": 1}), "it[\"x\"]: \"x\" is no DocumentUri");
}

#[test]
fn numbers_have_their_ranges() {
    let largest = 2_147_483_647_i64;
    for (name, fits, fails) in [
        (
            "uinteger",
            vec![json!(0), json!(largest)],
            vec![json!(-1), json!(largest + 1), json!(1.5)],
        ),
        ("integer", vec![json!(-largest - 1)], vec![json!(-largest - 2), json!(1.0), json!("1")]),
        ("decimal", vec![json!(0.5), json!(1)], vec![json!("0.5"), json!(null)]),
    ] {
        assert!(fits.into_iter().all(|value| base_takes(name, value)), "{name}");
        assert!(!fails.into_iter().any(|value| base_takes(name, value)), "{name}");
    }
}

#[test]
fn other_basic_types_are_told_apart() {
    assert!(base_takes("null", json!(null)) && !base_takes("null", json!(false)));
    assert!(base_takes("boolean", json!(false)) && !base_takes("boolean", json!(0)));
    for uri in ["file:///c%3A/x", "untitled:Untitled-1", "https://example.com/a?b=(c)#d"] {
        assert!(base_takes("URI", json!(uri)), "{uri}");
    }
    for no_uri in ["", "x", ":x", "file:", "file:///a b", "file:///é", "1a:b"] {
        assert!(!base_takes("DocumentUri", json!(no_uri)), "{no_uri}");
    }
    refuses("Nothing", json!(1), "it: the meta model lacks Nothing");
}
