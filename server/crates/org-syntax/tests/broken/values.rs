//! Mistakes in values.

use crate::check;

#[test]
fn a_missing_value_before_the_next_member() {
    check!(r#"{
  "sandbox":
  "auth": {}
}"#, @r#"
    {
      "sandbox":
                | ExpectedValue
      "auth": {}
    }
    ---
    Object
      "sandbox": (no value)
      "auth": Object
    "#);
}

#[test]
fn a_missing_value_before_a_comma() {
    check!(r#"{ "sandbox": , "name": "Acme" }"#, @r#"
    { "sandbox": , "name": "Acme" }
                | ExpectedValue
    ---
    Object
      "sandbox": (no value)
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_value_at_the_end() {
    check!(r#"{ "sandbox": }"#, @r#"
    { "sandbox": }
                | ExpectedValue
    ---
    Object
      "sandbox": (no value)
    "#);
}

#[test]
fn a_missing_value_before_a_member_on_the_same_line() {
    check!(r#"{ "sandbox": "name": "Acme" }"#, @r#"
    { "sandbox": "name": "Acme" }
                | ExpectedValue
    ---
    Object
      "sandbox": (no value)
      "name": "Acme"
    "#);
}

#[test]
fn a_missing_value_at_the_end_of_the_text() {
    check!(r#"{ "sandbox": "#, @r#"
    { "sandbox": 
    ^ UnclosedObject
                | ExpectedValue
    ---
    Object (open)
      "sandbox": (no value)
    "#);
}

#[test]
fn literals_in_other_spellings() {
    check!(r#"{ "a": True, "b": NULL, "c": undefined, "d": fals }"#, @r#"
    { "a": True, "b": NULL, "c": undefined, "d": fals }
           ^^^^ BareWord
                      ^^^^ BareWord
                                 ^^^^^^^^^ BareWord
                                                 ^^^^ BareWord
    ---
    Object
      "a": Unknown True
      "b": Unknown NULL
      "c": Unknown undefined
      "d": Unknown fals
    "#);
}

#[test]
fn a_bare_word_of_several() {
    check!(r#"{ "name": Acme production, "b": 1 }"#, @r#"
    { "name": Acme production, "b": 1 }
              ^^^^^^^^^^^^^^^ BareWord
    ---
    Object
      "name": Unknown Acme production
      "b": 1
    "#);
}

#[test]
fn a_bare_address() {
    check!(r#"{
  "instanceUrl": https://acme.my.salesforce.com,
  "b": 1
}"#, @r#"
    {
      "instanceUrl": https://acme.my.salesforce.com,
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BareWord
      "b": 1
    }
    ---
    Object
      "instanceUrl": Unknown https://acme.my.salesforce.com
      "b": 1
    "#);
}

#[test]
fn a_placeholder_without_quotes() {
    check!(r#"{ "clientId": <the consumer key>, "b": 1 }"#, @r#"
    { "clientId": <the consumer key>, "b": 1 }
                  ^^^^^^^^^^^^^^^^^^ BareWord
    ---
    Object
      "clientId": Unknown <the consumer key>
      "b": 1
    "#);
}

#[test]
fn numbers_that_json_does_not_know() {
    check!("[01, 1., .5, +1, 0x1F, 1e, -, 1.2.3, 2024-01-01, 1_000]", @"
    [01, 1., .5, +1, 0x1F, 1e, -, 1.2.3, 2024-01-01, 1_000]
     ^^ InvalidNumber
         ^^ InvalidNumber
             ^^ InvalidNumber
                 ^^ InvalidNumber
                     ^^^^ InvalidNumber
                           ^^ InvalidNumber
                               ^ InvalidNumber
                                  ^^^^^ InvalidNumber
                                         ^^^^^^^^^^ InvalidNumber
                                                     ^^^^^ InvalidNumber
    ---
    Array
      01
      1.
      .5
      +1
      0x1F
      1e
      -
      1.2.3
      2024-01-01
      1_000
    ");
}

#[test]
fn numbers_that_json_knows() {
    check!("[0, -0, 10, 0.5, 1e9, 1E+9, 1.5e-3]", @"
    [0, -0, 10, 0.5, 1e9, 1E+9, 1.5e-3]
    ---
    Array
      0
      -0
      10
      0.5
      1e9
      1E+9
      1.5e-3
    ");
}

#[test]
fn missing_commas_in_an_array() {
    check!(r#"[1 "a" {} [] null]"#, @r#"
    [1 "a" {} [] null]
      | ExpectedComma
          | ExpectedComma
             | ExpectedComma
                | ExpectedComma
    ---
    Array
      1
      "a"
      Object
      Array
      null
    "#);
}

#[test]
fn commas_too_many_in_an_array() {
    check!("[, 1,, 2,]", @"
    [, 1,, 2,]
     ^ ExpectedValue
         ^ ExpectedValue
            ^ TrailingComma
    ---
    Array
      1
      2
    ");
}

#[test]
fn a_member_in_an_array() {
    check!(r#"["a": 1, 2]"#, @r#"
    ["a": 1, 2]
        ^ UnexpectedToken
    ---
    Array
      "a"
      1
      2
    "#);
}

#[test]
fn a_semicolon_in_an_array() {
    check!("[1; 2]", @"
    [1; 2]
      ^ ExpectedComma
    ---
    Array
      1
      2
    ");
}

#[test]
fn a_value_in_parentheses() {
    check!(r#"{ "a": ("x") }"#, @r#"
    { "a": ("x") }
           ^ UnexpectedToken
               ^ UnexpectedToken
    ---
    Object
      "a": "x"
    "#);
}

#[test]
fn a_comma_in_front_of_a_value() {
    check!(r#"{ "a": , 1, "b": ,"x" }"#, @r#"
    { "a": , 1, "b": ,"x" }
           ^ UnexpectedToken
                     ^ UnexpectedToken
    ---
    Object
      "a": 1
      "b": "x"
    "#);
}

#[test]
fn a_bracket_in_front_of_a_value() {
    check!(r#"{ "a": ] 1, "b": }"x" }"#, @r#"
    { "a": ] 1, "b": }"x" }
           ^ UnopenedBracket
                     ^ UnopenedBracket
    ---
    Object
      "a": 1
      "b": "x"
    "#);
}

#[test]
fn bare_words_that_begin_with_a_digit() {
    check!(r#"{ "username": 2user@example.com, "b": 1/2, "c": 1// end
}"#, @r#"
    { "username": 2user@example.com, "b": 1/2, "c": 1// end
                  ^^^^^^^^^^^^^^^^^ BareWord
                                          ^^^ BareWord
                                                     ^^^^^^ Comment
    }
    ---
    Object
      "username": Unknown 2user@example.com
      "b": Unknown 1/2
      "c": 1
    "#);
}

#[test]
fn bare_words_on_two_lines() {
    check!(r#"{ "a": x
  y
}"#, @r#"
    { "a": x
           ^ BareWord
            | ExpectedComma
      y
      ^ BareWord
    }
    ---
    Object
      "a": Unknown x
      y (no value)
    "#);
}

#[test]
fn a_bare_word_before_a_semicolon() {
    check!(r#"{ "a": x; "b": y z: 1 }"#, @r#"
    { "a": x; "b": y z: 1 }
           ^ BareWord
            ^ ExpectedComma
                   ^ BareWord
                    | ExpectedComma
                     ^ BareWord
    ---
    Object
      "a": Unknown x
      "b": Unknown y
      z: 1
    "#);
}

#[test]
fn a_member_in_an_array_in_an_object() {
    check!(r#"{ "list": ["a": 1] }"#, @r#"
    { "list": ["a": 1] }
                  ^ UnexpectedToken
    ---
    Object
      "list": Array
        "a"
        1
    "#);
}

#[test]
fn a_member_on_a_new_line_in_an_array_without_object() {
    check!(r#"["a",
  "b": 1]"#, @r#"
    ["a",
      "b": 1]
         ^ UnexpectedToken
    ---
    Array
      "a"
      "b"
      1
    "#);
}
