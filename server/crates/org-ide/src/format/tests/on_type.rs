//! The text before and after formatting while typing; `|` is the cursor behind what was typed.

use super::*;

fn typed_with(marked: &str, typed: char, options: &Options) -> String {
    let offset = marked.find('|').expect("a cursor");
    let text = marked.replace('|', "");
    Edit::apply_all(&text, &on_type(&org(&text), offset as u32, typed, options))
}

fn typed(marked: &str, character: char) -> String {
    typed_with(marked, character, &TWO_SPACES)
}

#[test]
fn a_new_line_is_indented_as_the_member_before_it() {
    assert_eq!(typed("{\n   \"a\": 1,\n|\n}", '\n'), "{\n   \"a\": 1,\n   \n}");
    assert_eq!(
        typed("{\n   \"a\": {\n    \"b\": 1\n  },\n|\n}", '\n'),
        "{\n   \"a\": {\n    \"b\": 1\n  },\n   \n}"
    );
    assert_eq!(typed("{\n\t\"a\":\n|\n}", '\n'), "{\n\t\"a\":\n\t\n}");
    assert_eq!(
        typed("{\n  \"a\":\n       1,\n|\n}", '\n'),
        "{\n  \"a\":\n       1,\n  \n}",
        "not as a value that has been put on a line of its own"
    );
    assert_eq!(typed("{\"a\": 1,\n|  \"b\": 2}", '\n'), "{\"a\": 1,\n  \"b\": 2}");
}

#[test]
fn the_first_line_of_an_object_is_one_level_deeper_than_its_own() {
    assert_eq!(typed("{\n|\n}", '\n'), "{\n  \n}");
    assert_eq!(typed("{\n    \"a\": [\n|\n    ]}", '\n'), "{\n    \"a\": [\n      \n    ]}");
    let tabs = Options { insert_spaces: false, ..TWO_SPACES };
    assert_eq!(typed_with("{\n\t\"a\": {\n|", '\n', &tabs), "{\n\t\"a\": {\n\t\t");
}

#[test]
fn a_closing_bracket_on_a_new_line_stands_below_its_object() {
    assert_eq!(typed("{\n    \"a\": {\n|}}", '\n'), "{\n    \"a\": {\n    }}");
    assert_eq!(typed("{\n    \"a\": {\n|        }}", '\n'), "{\n    \"a\": {\n    }}");
}

#[test]
fn a_line_behind_the_end_is_not_indented() {
    assert_eq!(typed("{}\n|  ", '\n'), "{}\n");
    assert_eq!(typed("  // head\n|  {}", '\n'), "  // head\n{}");
}

#[test]
fn the_line_before_a_line_break_gets_its_blanks() {
    assert_eq!(typed("{\n  \"a\" :1  ,// c\n|\n}", '\n'), "{\n  \"a\": 1, // c\n  \n}");
    assert_eq!(typed("{\"a\":1,\"b\":2,\n|", '\n'), "{\"a\": 1,\"b\": 2,\n  ");
}

#[test]
fn a_line_break_in_a_comment_or_text_changes_nothing() {
    assert_eq!(typed("{ /* a\n| */ \"b\" :1}", '\n'), "{ /* a\n */ \"b\" :1}");
    assert_eq!(typed("{\n  \"a\": \"b\n|c\"\n}", '\n'), "{\n  \"a\": \"b\nc\"\n}");
    assert_eq!(typed("{ /* open\n|", '\n'), "{ /* open\n");
    assert_eq!(
        typed("{\n\"a\" :1, /* b\n| */ \"c\" :2}", '\n'),
        "{\n\"a\" :1, /* b\n */ \"c\" :2}"
    );
    assert_eq!(typed("|  {\"a\" :1}", '\n'), "  {\"a\" :1}");
}

#[test]
fn empty_lines_stay_while_one_types() {
    assert_eq!(
        typed("{\n  \"a\": 1,\n\n|\n  \"b\": 2\n}", '\n'),
        "{\n  \"a\": 1,\n\n  \n  \"b\": 2\n}"
    );
}

#[test]
fn a_comma_ends_a_member() {
    assert_eq!(typed("{\n  \"a\" :1  ,| \"b\" :2}", ','), "{\n  \"a\": 1, \"b\" :2}");
    assert_eq!(typed("{\"a\" : \"x ,| y\"}", ','), "{\"a\" : \"x , y\"}");
    assert_eq!(typed("{\"a\" :1 // ,|\n}", ','), "{\"a\" :1 // ,\n}");
    assert_eq!(typed("{\"a\" :  ,|", ','), "{\"a\":  ,");
}

#[test]
fn a_closing_bracket_formats_what_it_closes() {
    assert_eq!(
        typed("{\n    \"a\":   {\n\"b\" :[1],\n\n  \"c\" :2\n      }|,\"d\":  1", '}'),
        "{\n    \"a\":   {\n      \"b\": [\n        1\n      ],\n      \"c\": 2\n    },\"d\":  1"
    );
    assert_eq!(typed("[\n1\n  ]|", ']'), "[\n  1\n]");
    assert_eq!(typed("{\"a\" :1  ,\"b\" :{}|", '}'), "{\"a\": 1,\"b\": {}");
    assert_eq!(typed("{\n\"a\":  ,\n\"b\" :1}|", '}'), "{\n  \"a\":  ,\n  \"b\": 1\n}");
}

#[test]
fn a_closing_bracket_that_closes_nothing_changes_nothing() {
    for text in ["[\n1 ,2}|", "{\n\"a\" :1\n}}|", "{\n\"a\" :\"${env:A}|\"}", "{\n// }|\n\"a\" :1}"]
    {
        assert_eq!(typed(text, '}'), text.replace('|', ""));
    }
}

#[test]
fn other_characters_are_left_alone() {
    assert_eq!(typed("{\"a\" :1;|}", ';'), "{\"a\" :1;}");
}
