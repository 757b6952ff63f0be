//! Comments, invisible characters, and what stands around the value.

use crate::check;

#[test]
fn nothing() {
    check!("", @"
    | Empty
    ---
    nothing
    ");
}

#[test]
fn only_white_space() {
    check!(" 

", @"
     

    | Empty
    ---
    nothing
    ");
}

#[test]
fn only_a_comment() {
    check!("// nothing yet
", @"
    // nothing yet
    ^^^^^^^^^^^^^^ Comment
                  | Empty
    ---
    nothing
    ");
}

#[test]
fn comments() {
    check!(r#"{
  // which org
  "name": "Acme", /* the
  customer */ "b": 1 // end
}"#, @r#"
    {
      // which org
      ^^^^^^^^^^^^ Comment
      "name": "Acme", /* the
                      ^^^^^^… Comment
      customer */ "b": 1 // end
                         ^^^^^^ Comment
    }
    ---
    Object
      "name": "Acme"
      "b": 1
    "#);
}

#[test]
fn a_hash_comment() {
    check!(r#"{
  # which org
  "name": "Acme"
}"#, @r#"
    {
      # which org
      ^^^^^^^^^^^ HashComment
      "name": "Acme"
    }
    ---
    Object
      "name": "Acme"
    "#);
}

#[test]
fn a_comment_without_end() {
    check!(r#"{
  "name": "Acme", /* to do
  "b": 1
}"#, @r#"
    {
      "name": "Acme", /* to do
                      ^^^^^^^^… UnterminatedComment
      "b": 1
    }
    ---
    Object (open)
      "name": "Acme"
    "#);
}

#[test]
fn a_byte_order_mark() {
    check!("\u{feff}{}", @"
    ·{}
    ---
    Object
    ");
}

#[test]
fn a_no_break_space() {
    check!("{\u{a0}\"name\":\u{200b} \"Acme\" }", @r#"
    {·"name":· "Acme" }
     ^ InvalidWhitespace
             ^ InvalidWhitespace
    ---
    Object
      "name": "Acme"
    "#);
}

#[test]
fn a_second_value() {
    check!(r#"{ "a": 1 } { "b": 01 }"#, @r#"
    { "a": 1 } { "b": 01 }
               ^^^^^^^^^^^ ContentAfterEnd
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_comma_after_the_end() {
    check!(r#"{ "a": 1 },"#, @r#"
    { "a": 1 },
              ^ ContentAfterEnd
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_code_block() {
    check!(r#"```json
{ "a": 1 }
```"#, @r#"
    ```json
    ^^^^^^^ UnexpectedToken
    { "a": 1 }
    ```
    ^^^ ContentAfterEnd
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn a_word() {
    check!("hello", @"
    hello
    ^^^^^ BareWord
    ---
    Unknown hello
    ");
}

#[test]
fn a_closing_brace_alone() {
    check!("}", @"
    }
    ^ UnexpectedToken
    ---
    nothing
    ");
}

#[test]
fn a_scalar() {
    check!(r#""Acme""#, @r#"
    "Acme"
    ---
    "Acme"
    "#);
}

#[test]
fn zero_bytes() {
    check!("{ \"a\": 1 \0\0 }", @r#"
    { "a": 1 ·· }
             ^^ UnexpectedToken
    ---
    Object
      "a": 1
    "#);
}

#[test]
fn comments_that_stick_to_texts() {
    check!(r#"{ "a"/**/: "b"// "c",
}"#, @r#"
    { "a"/**/: "b"// "c",
         ^^^^ Comment
                  ^^^^^^^ Comment
    }
    ---
    Object
      "a": "b"
    "#);
}
