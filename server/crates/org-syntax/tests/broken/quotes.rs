//! Texts that lack a quote.

use crate::check;

#[test]
fn a_value_half_typed() {
    check!(r#"{
  "name": "Ac
  "auth": { "type": "basic" }
}"#, @r#"
    {
      "name": "Ac
              ^^^ UnterminatedString
      "auth": { "type": "basic" }
    }
    ---
    Object
      "name": "Ac (open)
      "auth": Object
        "type": "basic"
    "#);
}

#[test]
fn a_value_without_its_closing_quote_before_a_comma() {
    check!(r#"{
  "name": "Ac,
  "auth": {}
}"#, @r#"
    {
      "name": "Ac,
              ^^^ UnterminatedString
      "auth": {}
    }
    ---
    Object
      "name": "Ac (open)
      "auth": Object
    "#);
}

#[test]
fn a_value_without_its_closing_quote_at_the_end_of_its_object() {
    check!(r#"{
  "auth": { "type": "basic },
  "name": "Acme"
}"#, @r#"
    {
      "auth": { "type": "basic },
                        ^^^^^^^ UnterminatedString
      "name": "Acme"
    }
    ---
    Object
      "auth": Object
        "type": "basic  (open)
      "name": "Acme"
    "#);
}

#[test]
fn a_value_without_its_closing_quote_in_one_line() {
    check!(r#"{"name": "Acme, "auth": {"type": "basic"}}"#, @r#"
    {"name": "Acme, "auth": {"type": "basic"}}
             ^^^^^ UnterminatedString
    ---
    Object
      "name": "Acme (open)
      "auth": Object
        "type": "basic"
    "#);
}

#[test]
fn a_value_without_its_closing_quote_at_the_very_end() {
    check!(r#"{"auth": {"type": "ba}}"#, @r#"
    {"auth": {"type": "ba}}
                      ^^^ UnterminatedString
    ---
    Object
      "auth": Object
        "type": "ba (open)
    "#);
}

#[test]
fn a_closing_brace_inside_a_half_typed_password() {
    check!(r#"{
  "password": "fake}
}"#, @r#"
    {
      "password": "fake}
                  ^^^^^^ UnterminatedString
    }
    ---
    Object
      "password": "fake} (open)
    "#);
}

#[test]
fn a_name_without_its_closing_quote() {
    check!(r#"{
  "name: "Acme",
  "b": 1
}"#, @r#"
    {
      "name: "Acme",
      ^^^^^ UnterminatedString
      "b": 1
    }
    ---
    Object
      "name (open): "Acme"
      "b": 1
    "#);
}

#[test]
fn a_name_without_its_opening_quote() {
    check!(r#"{
  name": "Acme",
  "b": 1
}"#, @r#"
    {
      name": "Acme",
      ^^^^^ BareWord
      "b": 1
    }
    ---
    Object
      name": "Acme"
      "b": 1
    "#);
}

#[test]
fn a_value_without_its_opening_quote() {
    check!(r#"{
  "name": Acme production",
  "apiVersion": 61.0",
  "b": 1
}"#, @r#"
    {
      "name": Acme production",
              ^^^^^^^^^^^^^^^^ BareWord
      "apiVersion": 61.0",
                    ^^^^^ BareWord
      "b": 1
    }
    ---
    Object
      "name": Unknown Acme production"
      "apiVersion": Unknown 61.0"
      "b": 1
    "#);
}

#[test]
fn a_lone_quote() {
    check!(r#"{
  "
}"#, @r#"
    {
      "
      ^ UnterminatedString
    }
    ---
    Object
      " (open) (no value)
    "#);
}

#[test]
fn a_lone_quote_as_value() {
    check!(r#"{
  "name": "
}"#, @r#"
    {
      "name": "
              ^ UnterminatedString
    }
    ---
    Object
      "name": " (open)
    "#);
}

#[test]
fn a_name_half_typed_in_front_of_another() {
    check!(r#"{ "na "name": "Acme" }"#, @r#"
    { "na "name": "Acme" }
      ^^^ UnterminatedString
    ---
    Object
      "na (open) (no value)
      "name": "Acme"
    "#);
}

#[test]
fn a_name_without_its_closing_quote_before_an_object() {
    check!(r#"{
  "auth: {
    "type": "basic"
  },
  "b": 1
}"#, @r#"
    {
      "auth: {
      ^^^^^ UnterminatedString
        "type": "basic"
      },
      "b": 1
    }
    ---
    Object
      "auth (open): Object
        "type": "basic"
      "b": 1
    "#);
}

#[test]
fn a_name_without_its_closing_quote_before_a_bare_value() {
    check!(r#"{ "sandbox: true,
  "b": 1 }"#, @r#"
    { "sandbox: true,
      ^^^^^^^^ UnterminatedString
      "b": 1 }
    ---
    Object
      "sandbox (open): true
      "b": 1
    "#);
}

#[test]
fn a_half_typed_value_with_a_colon_inside() {
    check!(r#"{
  "description": "Note: call
  "b": 1
}"#, @r#"
    {
      "description": "Note: call
                     ^^^^^^^^^^^ UnterminatedString
      "b": 1
    }
    ---
    Object
      "description": "Note: call (open)
      "b": 1
    "#);
}

#[test]
fn a_reference_without_quotes() {
    check!(r#"{ "clientSecret": ${env:ACME_SECRET}, "b": 1 }"#, @r#"
    { "clientSecret": ${env:ACME_SECRET}, "b": 1 }
                      ^^^^^^^^^^^^^^^^^^ BareWord
    ---
    Object
      "clientSecret": Unknown ${env:ACME_SECRET}
      "b": 1
    "#);
}

#[test]
fn texts_without_a_comma_between_them() {
    check!(r#"["a""b"]"#, @r#"
    ["a""b"]
        | ExpectedComma
    ---
    Array
      "a"
      "b"
    "#);
}

#[test]
fn names_without_their_closing_quotes_on_one_line() {
    check!(r#"{ "auth:{"type: "basic", "a":1}, "b": 1 }"#, @r#"
    { "auth:{"type: "basic", "a":1}, "b": 1 }
      ^^^^^ UnterminatedString
             ^^^^^ UnterminatedString
    ---
    Object
      "auth (open): Object
        "type (open): "basic"
        "a": 1
      "b": 1
    "#);
}

#[test]
fn a_name_without_its_opening_quote_behind_a_missing_comma() {
    check!(r#"{ "a": "x"
  b": 1, "c": "y" d": 2 }"#, @r#"
    { "a": "x"
              | ExpectedComma
      b": 1, "c": "y" d": 2 }
      ^^ BareWord
                     | ExpectedComma
                      ^^ BareWord
    ---
    Object
      "a": "x"
      b": 1
      "c": "y"
      d": 2
    "#);
}

#[test]
fn a_bracket_that_does_not_fit_behind_a_half_typed_value() {
    check!(r#"[{ "a": "x]"#, @r#"
    [{ "a": "x]
    ^ UnclosedArray
     ^ UnclosedObject
            ^^^ UnterminatedString
    ---
    Array (open)
      Object (open)
        "a": "x] (open)
    "#);
}

#[test]
fn a_half_typed_value_behind_an_object_on_the_same_line() {
    check!(r#"{ "a": {}, "b": {"c": "x}}"#, @r#"
    { "a": {}, "b": {"c": "x}}
                          ^^ UnterminatedString
    ---
    Object
      "a": Object
      "b": Object
        "c": "x (open)
    "#);
}

#[test]
fn a_text_with_a_colon_that_is_no_name() {
    check!(r#"["to all: "x", 1]"#, @r#"
    ["to all: "x", 1]
              ^ UnescapedQuote
    ---
    Array
      "to all: "x"
      1
    "#);
}

#[test]
fn more_closing_brackets_than_the_line_has_opened() {
    check!(r#"{ "a": {}, "b": "x}}"#, @r#"
    { "a": {}, "b": "x}}
                    ^^^ UnterminatedString
    ---
    Object
      "a": Object
      "b": "x} (open)
    "#);
}

#[test]
fn a_word_that_sticks_to_a_text_before_another_member() {
    check!(r#"{ "a": "x"y z, "b": 1 }"#, @r#"
    { "a": "x"y z, "b": 1 }
              ^^^ UnescapedQuote
    ---
    Object
      "a": "x"
      "b": 1
    "#);
}
