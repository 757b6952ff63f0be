//! Mistakes around member names, colons and commas.

use crate::check;

#[test]
fn a_key_half_typed_on_its_own_line() {
    check!(r#"{
  "nam
  "auth": {}
}"#, @r#"
    {
      "nam
      ^^^^ UnterminatedString
      "auth": {}
    }
    ---
    Object
      "nam (open) (no value)
      "auth": Object
    "#);
}

#[test]
fn a_key_without_colon_before_the_next_member() {
    check!(r#"{
  "name"
  "auth": {}
}"#, @r#"
    {
      "name"
            | ExpectedColon
      "auth": {}
    }
    ---
    Object
      "name" (no value)
      "auth": Object
    "#);
}

#[test]
fn a_key_alone() {
    check!(r#"{ "name" }"#, @r#"
    { "name" }
            | ExpectedColon
    ---
    Object
      "name" (no value)
    "#);
}

#[test]
fn a_key_without_colon_and_comma() {
    check!(r#"{ "name", "sandbox": true }"#, @r#"
    { "name", "sandbox": true }
            | ExpectedColon
    ---
    Object
      "name" (no value)
      "sandbox": true
    "#);
}

#[test]
fn a_missing_colon() {
    check!(r#"{ "name" "Acme", "auth" {} }"#, @r#"
    { "name" "Acme", "auth" {} }
            | ExpectedColon
                           | ExpectedColon
    ---
    Object
      "name" "Acme"
      "auth" Object
    "#);
}

#[test]
fn an_equals_sign_for_the_colon() {
    check!(r#"{ "name" = "Acme" }"#, @r#"
    { "name" = "Acme" }
             ^ ExpectedColon
    ---
    Object
      "name" "Acme"
    "#);
}

#[test]
fn a_doubled_colon() {
    check!(r#"{ "name":: "Acme" }"#, @r#"
    { "name":: "Acme" }
             ^ UnexpectedToken
    ---
    Object
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_comma_between_lines() {
    check!(r#"{
  "name": "Acme"
  "sandbox": true
}"#, @r#"
    {
      "name": "Acme"
                    | ExpectedComma
      "sandbox": true
    }
    ---
    Object
      "name": "Acme"
      "sandbox": true
    "#);
}

#[test]
fn missing_commas_on_one_line() {
    check!(r#"{ "a": 1 "b": 2 "c": {} "d": 3 }"#, @r#"
    { "a": 1 "b": 2 "c": {} "d": 3 }
            | ExpectedComma
                   | ExpectedComma
                           | ExpectedComma
    ---
    Object
      "a": 1
      "b": 2
      "c": Object
      "d": 3
    "#);
}

#[test]
fn a_semicolon_for_the_comma() {
    check!(r#"{ "a": 1; "b": 2 }"#, @r#"
    { "a": 1; "b": 2 }
            ^ ExpectedComma
    ---
    Object
      "a": 1
      "b": 2
    "#);
}

#[test]
fn a_trailing_comma() {
    check!(r#"{ "a": 1, }"#, @r#"
    { "a": 1, }
            ^ TrailingComma
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_doubled_comma() {
    check!(r#"{ "a": 1,, "b": 2,,, }"#, @r#"
    { "a": 1,, "b": 2,,, }
             ^ ExpectedMemberName
                      ^ ExpectedMemberName
    ---
    Object
      "a": 1
      "b": 2
    "#);
}

#[test]
fn a_leading_comma() {
    check!(r#"{ , "a": 1 }"#, @r#"
    { , "a": 1 }
      ^ ExpectedMemberName
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_lone_comma() {
    check!("{ , }", @"
    { , }
      ^ ExpectedMemberName
    ---
    Object
    ");
}

#[test]
fn unquoted_keys() {
    check!(r#"{ name: "Acme", auth: { type: "basic" } }"#, @r#"
    { name: "Acme", auth: { type: "basic" } }
      ^^^^ BareWord
                    ^^^^ BareWord
                            ^^^^ BareWord
    ---
    Object
      name: "Acme"
      auth: Object
        type: "basic"
    "#);
}

#[test]
fn an_unquoted_key_half_typed() {
    check!(r#"{
  na
  "auth": {}
}"#, @r#"
    {
      na
      ^^ BareWord
      "auth": {}
    }
    ---
    Object
      na (no value)
      "auth": Object
    "#);
}

#[test]
fn a_number_as_name() {
    check!(r#"{ 1: "one" }"#, @r#"
    { 1: "one" }
      ^ ExpectedMemberName
    ---
    Object
      1: "one"
    "#);
}

#[test]
fn a_missing_name() {
    check!(r#"{ : "Acme", "b": 1 }"#, @r#"
    { : "Acme", "b": 1 }
      ^ ExpectedMemberName
    ---
    Object
      : "Acme"
      "b": 1
    "#);
}

#[test]
fn an_object_where_a_member_belongs() {
    check!(r#"{ "a": 1, { "b": 2 } }"#, @r#"
    { "a": 1, { "b": 2 } }
              ^ ExpectedMemberName
    ---
    Object
      "a": 1
       Object
        "b": 2
    "#);
}

#[test]
fn a_value_too_many() {
    check!(r#"{ "a": 1 2, "b": "x" "y" }"#, @r#"
    { "a": 1 2, "b": "x" "y" }
             ^ UnexpectedToken
                        | ExpectedComma
                            | ExpectedColon
    ---
    Object
      "a": 1
      "b": "x"
      "y" (no value)
    "#);
}

#[test]
fn a_colon_too_many() {
    check!(r#"{ "a": 1: 2, "b": 3 }"#, @r#"
    { "a": 1: 2, "b": 3 }
            ^^^ UnexpectedToken
    ---
    Object
      "a": 1
      "b": 3
    "#);
}

#[test]
fn a_comma_for_the_colon() {
    check!(r#"{ "name", "Acme" }"#, @r#"
    { "name", "Acme" }
            ^ ExpectedColon
    ---
    Object
      "name" "Acme"
    "#);
}

#[test]
fn a_comma_in_front_of_the_colon() {
    check!(r#"{ "a",: 1 }"#, @r#"
    { "a",: 1 }
         ^ UnexpectedToken
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_comma_and_a_value_too_many() {
    check!(r#"{ "a": 1, 2 }"#, @r#"
    { "a": 1, 2 }
              ^ UnexpectedToken
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn signs_in_the_place_of_colons_without_blanks() {
    check!(r#"{ "name"="Acme", "sandbox"=true, "auth"={"type";"basic"} }"#, @r#"
    { "name"="Acme", "sandbox"=true, "auth"={"type";"basic"} }
            ^ ExpectedColon
                              ^ ExpectedColon
                                           ^ ExpectedColon
                                                   ^ ExpectedColon
    ---
    Object
      "name" "Acme"
      "sandbox" true
      "auth" Object
        "type" "basic"
    "#);
}
