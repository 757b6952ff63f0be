//! Brackets that are missing.

use crate::check;

#[test]
fn an_object_just_opened() {
    check!("{", @"
    {
    ^ UnclosedObject
    ---
    Object (open)
    ");
}

#[test]
fn an_object_in_an_object_just_opened() {
    check!(r#"{ "auth": {"#, @r#"
    { "auth": {
    ^ UnclosedObject
              ^ UnclosedObject
    ---
    Object (open)
      "auth": Object (open)
    "#);
}

#[test]
fn a_missing_brace_in_the_middle() {
    check!(r#"{
  "auth": {
    "type": "basic"

  "name": "Acme"
}"#, @r#"
    {
      "auth": {
              ^ UnclosedObject
        "type": "basic"

      "name": "Acme"
    }
    ---
    Object
      "auth": Object (open)
        "type": "basic"
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_brace_before_a_comma() {
    check!(r#"{
  "auth": {
    "type": "basic",
  "name": "Acme"
}"#, @r#"
    {
      "auth": {
              ^ UnclosedObject
        "type": "basic",
      "name": "Acme"
    }
    ---
    Object
      "auth": Object (open)
        "type": "basic"
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_brace_at_the_end() {
    check!(r#"{
  "name": "Acme",
  "auth": {
    "type": "basic"
}"#, @r#"
    {
      "name": "Acme",
      "auth": {
              ^ UnclosedObject
        "type": "basic"
    }
    ---
    Object
      "name": "Acme"
      "auth": Object (open)
        "type": "basic"
    "#);
}

#[test]
fn a_missing_brace_of_the_root() {
    check!(r#"{
  "name": "Acme",
  "auth": {
    "type": "basic"
  }
"#, @r#"
    {
    ^ UnclosedObject
      "name": "Acme",
      "auth": {
        "type": "basic"
      }
    ---
    Object (open)
      "name": "Acme"
      "auth": Object
        "type": "basic"
    "#);
}

#[test]
fn a_missing_bracket_before_a_member() {
    check!(r#"{
  "list": [1, 2,
  "name": "Acme"
}"#, @r#"
    {
      "list": [1, 2,
              ^ UnclosedArray
      "name": "Acme"
    }
    ---
    Object
      "list": Array (open)
        1
        2
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_bracket_before_a_brace() {
    check!(r#"{ "list": [1, 2 }"#, @r#"
    { "list": [1, 2 }
              ^ UnclosedArray
    ---
    Object
      "list": Array (open)
        1
        2
    "#);
}

#[test]
fn a_missing_brace_before_a_bracket() {
    check!(r#"[{ "a": 1 ]"#, @r#"
    [{ "a": 1 ]
     ^ UnclosedObject
    ---
    Array
      Object (open)
        "a": 1
    "#);
}

#[test]
fn a_missing_opening_brace() {
    check!(r#""name": "Acme", "auth": {} }"#, @r#"
    "name": "Acme", "auth": {} }
    ^^^^^^ ExpectedOpenBrace
    ---
    "name"
    "#);
}

#[test]
fn a_missing_opening_brace_of_auth() {
    check!(r#"{
  "auth":
    "type": "basic"
  },
  "name": "Acme"
}"#, @r#"
    {
      "auth":
             | ExpectedValue
        "type": "basic"
      },
      ^ UnopenedBracket
      "name": "Acme"
    }
    ---
    Object
      "auth": (no value)
      "type": "basic"
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_brace_of_an_object_begun_on_one_line() {
    check!(r#"{
  "auth": { "type": "basic",
  "name": "Acme"
}"#, @r#"
    {
      "auth": { "type": "basic",
              ^ UnclosedObject
      "name": "Acme"
    }
    ---
    Object
      "auth": Object (open)
        "type": "basic"
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_brace_in_a_text_without_indentation() {
    check!(r#"{
"a": {
"x": 1,
"b": 2
}"#, @r#"
    {
    "a": {
         ^ UnclosedObject
    "x": 1,
    "b": 2
    }
    ---
    Object
      "a": Object (open)
        "x": 1
        "b": 2
    "#);
}

#[test]
fn two_missing_braces() {
    check!(r#"{
  "a": {
    "b": {
      "c": 1
  "d": 2
}"#, @r#"
    {
      "a": {
           ^ UnclosedObject
        "b": {
             ^ UnclosedObject
          "c": 1
      "d": 2
    }
    ---
    Object
      "a": Object (open)
        "b": Object (open)
          "c": 1
      "d": 2
    "#);
}

#[test]
fn a_missing_brace_and_an_indentation_that_fits_nowhere() {
    check!(r#"{
  "a": {
    "b": 1,
   "c": 2
  }"#, @r#"
    {
    ^ UnclosedObject
      "a": {
        "b": 1,
       "c": 2
      }
    ---
    Object (open)
      "a": Object
        "b": 1
        "c": 2
    "#);
}

#[test]
fn a_missing_brace_two_levels_down() {
    check!(r#"{
  "a": {
    "b": {
      "c": 1
  }
}"#, @r#"
    {
      "a": {
        "b": {
             ^ UnclosedObject
          "c": 1
      }
    }
    ---
    Object
      "a": Object
        "b": Object (open)
          "c": 1
    "#);
}
