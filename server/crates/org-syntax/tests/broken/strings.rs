//! Other quotes, quotes and escapes inside of texts, control characters.

use crate::check;

#[test]
fn single_quotes() {
    check!(r#"{ 'name': 'it\'s Acme', "b": 1 }"#, @r#"
    { 'name': 'it\'s Acme', "b": 1 }
      ^^^^^^ SingleQuotedString
              ^^^^^^^^^^^^ SingleQuotedString
    ---
    Object
      'name': 'it\'s Acme'
      "b": 1
    "#);
}

#[test]
fn a_single_quote_alone() {
    check!(r#"{
  'name: 1,
  "b": 1
}"#, @r#"
    {
      'name: 1,
      ^^^^^^^^ SingleQuotedString
      "b": 1
    }
    ---
    Object
      'name: 1 (open) (no value)
      "b": 1
    "#);
}

#[test]
fn typographic_quotes() {
    check!(r#"{ “name”: “Acme”, "b": ‘c’ }"#, @r#"
    { “name”: “Acme”, "b": ‘c’ }
      ^^^^^^ TypographicQuotes
              ^^^^^^ TypographicQuotes
                           ^^^ TypographicQuotes
    ---
    Object
      “name”: “Acme”
      "b": ‘c’
    "#);
}

#[test]
fn a_quote_that_is_not_escaped() {
    check!(r#"{ "description": "He said "hi" to me", "b": 1 }"#, @r#"
    { "description": "He said "hi" to me", "b": 1 }
                              ^^^^ UnescapedQuote
    ---
    Object
      "description": "He said "hi" to me"
      "b": 1
    "#);
}

#[test]
fn invalid_escapes() {
    check!(r#"{ "path": "C:\dir\new", "u": "\u12", "é": "\é" }"#, @r#"
    { "path": "C:\dir\new", "u": "\u12", "é": "\é" }
                 ^^ InvalidEscape
                                  ^^^^ InvalidEscape
                                               ^^ InvalidEscape
    ---
    Object
      "path": "C:\dir\new"
      "u": "\u12"
      "é": "\é"
    "#);
}

#[test]
fn a_backslash_before_the_closing_quote() {
    check!(r#"{
  "path": "C:\\dir\",
  "b": 1
}"#, @r#"
    {
      "path": "C:\\dir\",
              ^^^^^^^^^^ UnterminatedString
      "b": 1
    }
    ---
    Object
      "path": "C:\\dir\" (open)
      "b": 1
    "#);
}

#[test]
fn a_tab_in_a_string() {
    check!("{ \"a\\t\": \"x\ty\" }", @r#"
    { "a\t": "x·y" }
               ^ ControlCharacter
    ---
    Object
      "a\t": "x·y"
    "#);
}

#[test]
fn a_string_over_two_lines() {
    check!(r#"{
  "description": "first
  second",
  "b": 1
}"#, @r#"
    {
      "description": "first
                     ^^^^^^ UnterminatedString
      second",
      "b": 1
    }
    ---
    Object
      "description": "first (open)
      "b": 1
    "#);
}

#[test]
fn a_quote_inside_a_password() {
    check!(r#"{ "password": "fake"{:,"word", "b": 1 }"#, @r#"
    { "password": "fake"{:,"word", "b": 1 }
                       ^^^^^ UnescapedQuote
    ---
    Object
      "password": "fake"{:,"word"
      "b": 1
    "#);
}

#[test]
fn a_quote_inside_a_name() {
    check!(r#"{ "na"me": 1, "b": 1 }"#, @r#"
    { "na"me": 1, "b": 1 }
         ^ UnescapedQuote
    ---
    Object
      "na"me": 1
      "b": 1
    "#);
}

#[test]
fn a_quote_before_a_space_in_a_text() {
    check!(r#"{ "name": "Acme" production", "b": 1 }"#, @r#"
    { "name": "Acme" production", "b": 1 }
                     ^^^^^^^^^^^ UnescapedQuote
    ---
    Object
      "name": "Acme"
      "b": 1
    "#);
}

#[test]
fn doubled_quotes() {
    check!(r#"{ "name"": "Acme"", "b": ""c" }"#, @r#"
    { "name"": "Acme"", "b": ""c" }
            ^ UnexpectedToken
                     ^ UnexpectedToken
                              ^ UnescapedQuote
    ---
    Object
      "name": "Acme"
      "b": ""c"
    "#);
}

#[test]
fn words_behind_a_text_and_a_quote_on_the_next_line() {
    check!(r#"{ "a": "x" y
  z",
  "b": 1 }"#, @r#"
    { "a": "x" y
              | ExpectedComma
               ^ BareWord
      z",
      ^^ BareWord
      "b": 1 }
    ---
    Object
      "a": "x"
      y (no value)
      z" (no value)
      "b": 1
    "#);
}

#[test]
fn a_word_with_a_quote_on_a_line_of_its_own() {
    check!(r#"{ "a": "x"
  b"
}"#, @r#"
    { "a": "x"
              | ExpectedComma
      b"
      ^^ BareWord
    }
    ---
    Object
      "a": "x"
      b" (no value)
    "#);
}

#[test]
fn a_word_with_a_quote_behind_a_number() {
    check!(r#"[1 a", 2]"#, @r#"
    [1 a", 2]
      | ExpectedComma
       ^^ BareWord
    ---
    Array
      1
      Unknown a"
      2
    "#);
}

#[test]
fn a_quote_inside_a_text_beside_an_escaped_one() {
    check!(r#"{ "password": "fake"x\", y", "b": 1 }"#, @r#"
    { "password": "fake"x\", y", "b": 1 }
                       ^ UnescapedQuote
    ---
    Object
      "password": "fake"x\", y"
      "b": 1
    "#);
}
