//! Brackets that are wrong or too many.

use crate::check;

#[test]
fn a_brace_for_a_bracket() {
    check!(r#"{ "list": [1, 2}, "b": 3 }"#, @r#"
    { "list": [1, 2}, "b": 3 }
                   ^ MismatchedBracket
    ---
    Object
      "list": Array (open)
        1
        2
      "b": 3
    "#);
}

#[test]
fn a_bracket_for_a_brace() {
    check!(r#"{ "auth": { "type": "basic" ], "b": 3 }"#, @r#"
    { "auth": { "type": "basic" ], "b": 3 }
                                ^ MismatchedBracket
    ---
    Object
      "auth": Object (open)
        "type": "basic"
      "b": 3
    "#);
}

#[test]
fn a_bracket_too_many() {
    check!(r#"{ "auth": { "type": "basic" ]}, "b": 3 }"#, @r#"
    { "auth": { "type": "basic" ]}, "b": 3 }
                                ^ UnopenedBracket
    ---
    Object
      "auth": Object
        "type": "basic"
      "b": 3
    "#);
}

#[test]
fn a_brace_too_many_in_the_middle() {
    check!(r#"{
  "auth": {
    "type": "basic"
  }},
  "name": "Acme"
}"#, @r#"
    {
      "auth": {
        "type": "basic"
      }},
       ^ UnopenedBracket
      "name": "Acme"
    }
    ---
    Object
      "auth": Object
        "type": "basic"
      "name": "Acme"
    "#);
}

#[test]
fn a_brace_too_many_in_front_of_members() {
    check!(r#"{
  "name": "Acme"},
  "auth": {}
}"#, @r#"
    {
      "name": "Acme"},
                    ^ UnopenedBracket
      "auth": {}
    }
    ---
    Object
      "name": "Acme"
      "auth": Object
    "#);
}

#[test]
fn braces_too_many_at_the_end() {
    check!(r#"{ "a": 1 }}}"#, @r#"
    { "a": 1 }}}
              ^ UnopenedBracket
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_bracket_in_the_place_of_a_value() {
    check!(r#"{ "a": ] }"#, @r#"
    { "a": ] }
          | ExpectedValue
           ^ UnopenedBracket
    ---
    Object
      "a": (no value)
    "#);
}

#[test]
fn a_bracket_in_the_place_of_a_value_and_a_brace() {
    check!(r#"[{ "a": ] 1"#, @r#"
    [{ "a": ] 1
     ^ UnclosedObject
           | ExpectedValue
              ^ ContentAfterEnd
    ---
    Array
      Object (open)
        "a": (no value)
    "#);
}

#[test]
fn a_bracket_for_a_brace_before_an_array_just_opened() {
    check!(r#"{ "a": { "x": 1 ], "b": ["#, @r#"
    { "a": { "x": 1 ], "b": [
    ^ UnclosedObject
                    ^ MismatchedBracket
                            ^ UnclosedArray
    ---
    Object (open)
      "a": Object (open)
        "x": 1
      "b": Array (open)
    "#);
}

#[test]
fn a_brace_in_the_place_of_a_value() {
    check!(r#"{ "a": } 1"#, @r#"
    { "a": } 1
          | ExpectedValue
             ^ ContentAfterEnd
    ---
    Object
      "a": (no value)
    "#);
}
