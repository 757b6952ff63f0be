//! What formatting does to well-formed texts, to broken ones, and to lines of a text. That it does
//! what VS Code's formatter does is checked side by side in `tests/editors/format`.

mod on_type;
mod properties;

use super::*;
use crate::document::FileKind;

const TWO_SPACES: Options = Options {
    tab_size: 2,
    insert_spaces: true,
    insert_final_newline: false,
    trim_trailing_whitespace: false,
};

fn org(text: &str) -> Document {
    Document::new(FileKind::Org, text)
}

fn formatted_with(text: &str, options: &Options) -> String {
    Edit::apply_all(text, &document(&org(text), options))
}

fn formatted(text: &str) -> String {
    formatted_with(text, &TWO_SPACES)
}

/// Formats the range between the two `|`.
fn range_formatted(marked: &str) -> String {
    let start = marked.find('|').expect("a start");
    let end = marked.rfind('|').expect("an end") - 1;
    let text = marked.replace('|', "");
    let edits = range(&org(&text), Span::new(start as u32, end as u32), &TWO_SPACES);
    Edit::apply_all(&text, &edits)
}

#[test]
fn every_member_stands_on_a_line_of_its_own() {
    assert_eq!(
        formatted(r#" {"name" :"Acme",   "auth":{"type":"basic" , "list":[1,[ ],{ }] } }  "#),
        r#"{
  "name": "Acme",
  "auth": {
    "type": "basic",
    "list": [
      1,
      [],
      {}
    ]
  }
}"#
    );
}

#[test]
fn indentation_follows_the_options() {
    let text = "{\"a\": {\"b\": 1}}";
    let with = |tab_size, insert_spaces| {
        formatted_with(text, &Options { tab_size, insert_spaces, ..TWO_SPACES })
    };
    assert_eq!(with(3, true), "{\n   \"a\": {\n      \"b\": 1\n   }\n}");
    assert_eq!(with(3, false), "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}");
    assert_eq!(with(0, true), with(4, true), "VS Code takes 0 for 4");
    assert_eq!(with(u32::MAX, true), with(MAX_TAB_SIZE, true), "no gigabytes of blanks");
}

#[test]
fn the_line_break_is_the_first_one_of_the_file() {
    assert_eq!(formatted("{\r\n\"a\": 1,\n\"b\": 2}"), "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}");
    assert_eq!(formatted("{\r\"a\": 1}"), "{\r  \"a\": 1\r}");
    assert_eq!(formatted("\r\n{\n\"a\": 1}"), "{\r\n  \"a\": 1\r\n}");
    // The first one goes, and a second run finds the one in the comment.
    assert_eq!(formatted("\r\n/*\n*/ {\"a\": 1}"), "/*\n*/ {\n  \"a\": 1\n}");
    assert_eq!(formatted("/*\r\n*/ {\"a\": 1}"), "/*\r\n*/ {\r\n  \"a\": 1\r\n}");
}

#[test]
fn the_final_line_break_follows_the_options() {
    let with_final = Options { insert_final_newline: true, ..TWO_SPACES };
    for text in ["{}", "{}\n", "{}\n\n  \n", " {}  "] {
        assert_eq!(formatted(text), "{}", "{text:?}");
        assert_eq!(formatted_with(text, &with_final), "{}\n", "{text:?}");
    }
    assert_eq!(formatted_with("{} // c", &with_final), "{} // c\n");
}

#[test]
fn comments_stay_where_they_are() {
    assert_eq!(
        formatted(
            "// head\n{ // open\n\n\"a\": 1 , // one\n    // two\n/* three */ \"b\" /*4*/ :/*5*/2 /*6*/ }//end"
        ),
        "// head\n{ // open\n  \"a\": 1, // one\n  // two\n  /* three */ \"b\" /*4*/: /*5*/ 2 /*6*/\n} //end"
    );
    assert_eq!(formatted("{ /* nothing */ }"), "{ /* nothing */}");
    assert_eq!(formatted("/* a */\n/* b */   {}"), "/* a */\n/* b */ {}");
    assert_eq!(formatted("/* a */\n{}"), "/* a */\n{}");
    assert_eq!(formatted("[ // nothing\n ]"), "[ // nothing\n]");
}

/// VS Code's formatter does so.
#[test]
fn a_comment_below_one_behind_a_number_stays() {
    assert_eq!(formatted("[1 // a\n       // b\n,2]"), "[\n  1 // a\n       // b\n  ,\n  2\n]");
}

#[test]
fn blanks_at_the_ends_of_comment_lines_go_when_the_user_wants_it() {
    let text = "{} // a \t\n/* b \r\n c \n d\t*/  ";
    let trimming = Options { trim_trailing_whitespace: true, ..TWO_SPACES };
    assert_eq!(formatted(text), "{} // a \t\n/* b \r\n c \n d\t*/");
    assert_eq!(formatted_with(text, &trimming), "{} // a\n/* b\r\n c\n d\t*/");
}

#[test]
fn nothing_is_changed_in_a_formatted_text() {
    let text = "{\n  \"name\": \"Acme\",\n  \"sandbox\": false\n}";
    assert_eq!(document(&org(text), &TWO_SPACES), []);
}

#[test]
fn an_edit_changes_no_more_than_it_must() {
    let text = "{\n    \"a\":1,\n\n  \"b\": 2\n}";
    let edits = document(&org(text), &TWO_SPACES);
    let expected =
        [Edit::delete(Span::new(4, 6)), Edit::insert(10, " "), Edit::delete(Span::new(13, 14))];
    assert_eq!(edits, expected);
}

#[test]
fn a_byte_order_mark_and_a_text_without_tokens_stay() {
    assert_eq!(formatted("\u{feff}{\"a\":1}"), "\u{feff}{\n  \"a\": 1\n}");
    let with_final = Options { insert_final_newline: true, ..TWO_SPACES };
    for text in ["", " \n ", "\u{feff}"] {
        assert_eq!(formatted_with(text, &with_final), text);
    }
}

#[test]
fn around_a_mistake_nothing_changes() {
    // A value is missing, commas are doubled or missing, so is a colon; two texts instead of one.
    assert_eq!(
        formatted("{\"a\" :1,\"b\":  ,\"c\" :2}"),
        "{\n  \"a\": 1,\n  \"b\":  ,\n  \"c\": 2\n}"
    );
    assert_eq!(formatted("{\"a\":   }"), "{\n  \"a\":   }");
    assert_eq!(formatted("[1,  ,2]"), "[\n  1,  ,\n  2\n]");
    assert_eq!(formatted("[1   2,3]"), "[\n  1   2,\n  3\n]");
    assert_eq!(
        formatted("{\"a\":1   \"b\":2,\"c\":3}"),
        "{\n  \"a\": 1   \"b\": 2,\n  \"c\": 3\n}"
    );
    assert_eq!(formatted("{\"a\" ::  1,\"b\" :2}"), "{\n  \"a\"::  1,\n  \"b\": 2\n}");
    assert_eq!(
        formatted("{\"a\" \"b\"   /* c */ ,\"d\" :1}"),
        "{\n  \"a\" \"b\"   /* c */ ,\n  \"d\": 1\n}"
    );
    assert_eq!(formatted("[1 ]   {}  \n"), "[\n  1\n]   {}  \n");
}

#[test]
fn a_line_with_a_wrong_word_or_quote_keeps_all_but_its_indentation() {
    let with_line = |line: &str| formatted(&format!("{{\"a\" :1,\n{line}\n,\"c\" :[ ]}}"));
    for line in [
        "\"b\" :  Acme Corp , \"d\" :1",
        "\"b\" :  \"open , \"d\" :1",
        "\"b\" :  \"He said \"hi\"!\" , \"d\" :1",
        "\"b\" :  \"x\\\"",
        "\"b\" :[ 1 ], \"d\" :  'x'",
        "\"b\" :\u{a0}  word",
    ] {
        let expected = format!("{{\n  \"a\": 1,\n  {line}\n,\n  \"c\": []\n}}");
        assert_eq!(with_line(line), expected);
    }
    for text in [
        "{}\u{a0} \n",
        "[\n  word\n  // c\n     ]",
        "{}  x  \n",
        "[1 , x]  \n",
        "{\"a\":\n [1 ,'x ]}",
    ] {
        assert_eq!(formatted(text), text);
    }
    assert_eq!(formatted("{\"a\":\n [1 ,'x']\n}"), "{\n  \"a\":\n [1 ,'x']\n}");
    assert_eq!(formatted("{\"a\":\u{a0}1,\"b\":2}"), "{\n  \"a\":\u{a0}1,\n  \"b\": 2\n}");
}

#[test]
fn mistakes_in_one_object_say_nothing_about_the_others() {
    assert_eq!(
        formatted("{\"a\" \"b\"   {\"c\" :1},\"d\":{\"e\" :2}}"),
        "{\n  \"a\" \"b\"   {\n    \"c\": 1\n  },\n  \"d\": {\n    \"e\": 2\n  }\n}"
    );
}

#[test]
fn a_file_whose_brackets_do_not_match_stays() {
    for text in [
        "{\"a\" :1",
        "{\"a\" :[1}",
        "{\"a\" :1}}",
        "]{\"a\" :1}",
        "{\"a\" :1} /* open",
        "{\"a\" :1} /*/",
    ] {
        assert_eq!(formatted(text), text);
    }
}

#[test]
fn edits_that_change_a_token_are_seen() {
    let text = "{\"a\": \"open }";
    let parse = org_syntax::parse(text);
    assert!(keeps_tokens(text, &parse, &[Edit::insert(5, " ")]));
    // With its partner on the line before, the brace at the end becomes part of the text.
    assert!(!keeps_tokens(text, &parse, &[Edit::insert(1, "\n")]));
}

#[test]
fn a_file_that_would_explode_stays() {
    let bomb = "[".repeat(20_000) + &"]".repeat(20_000);
    assert_eq!(document(&org(&bomb), &TWO_SPACES), []);
    let nested = "[".repeat(500) + &"]".repeat(500);
    assert_eq!(formatted(&nested).lines().count(), 999);
}

#[test]
fn an_unreadable_file_stays() {
    let too_large = format!("[ {} ]", "1 , ".repeat(MAX_FILE_BYTES / 4) + "1");
    assert_eq!(document(&org(&too_large), &TWO_SPACES), []);
    let not_utf8 = Document::from_bytes(FileKind::Org, b"{ \"a\" : \"\xff\" }".to_vec());
    assert_eq!(document(&not_utf8, &TWO_SPACES), []);
}

#[test]
fn a_range_is_indented_as_its_first_line_is() {
    assert_eq!(
        range_formatted("{\n      \"a\" :1,\n|\"b\" :{\"c\":2},|\n  \"d\" :3\n}"),
        "{\n      \"a\" :1,\n\"b\": {\n  \"c\": 2\n},\n  \"d\" :3\n}"
    );
    assert_eq!(
        range_formatted("{\n    |\"b\" :{\"c\":2},   |\n  \"d\" :3\n}"),
        "{\n    \"b\": {\n      \"c\": 2\n    },\n  \"d\" :3\n}"
    );
    assert_eq!(
        range_formatted("{\n|\t\"b\" :{\"c\":2}|\n}"),
        "{\n  \"b\": {\n    \"c\": 2\n  }\n}",
        "a tab is as wide as one level"
    );
}

#[test]
fn what_is_outside_of_a_range_on_its_lines_stays() {
    assert_eq!(
        range_formatted("{\n  \"a\" :1, |\"b\" :2|,  \"c\" :3\n}"),
        "{\n  \"a\" :1, \"b\": 2,  \"c\" :3\n}"
    );
}

#[test]
fn a_range_can_begin_with_a_closing_bracket() {
    assert_eq!(range_formatted("{\"a\": {\n|  } ,\"b\":1|\n}"), "{\"a\": {\n  },\n  \"b\": 1\n}");
}

#[test]
fn the_lines_of_a_comment_that_sticks_out_of_a_range_stay() {
    let text = "{ \"a\" :1, /*\n | */ \"b\" :2,\n \"c\" :3,\n \"d\" :4, /* |\n */ \"e\" :5}";
    assert_eq!(
        range_formatted(text),
        "{ \"a\" :1, /*\n  */ \"b\" :2,\n\"c\": 3,\n \"d\" :4, /* \n */ \"e\" :5}"
    );
    assert_eq!(
        range_formatted("/* | a\n b */ {\"a\" :1} /* c | \n d */"),
        "/*  a\n b */ {\"a\" :1} /* c  \n d */"
    );
}

#[test]
fn a_range_of_a_broken_file_is_formatted_where_it_is_clear() {
    assert_eq!(range_formatted("{\n|\"a\" :1,\n\"b\":  ,\n|"), "{\n\"a\": 1,\n\"b\":  ,");
    assert_eq!(range_formatted("{\"a\":\n|   Acme   |\n}"), "{\"a\":\n   Acme   \n}");
    assert_eq!(range_formatted("{\n|\"a\" :1]\n|"), "{\n\"a\" :1]\n");
    assert_eq!(range_formatted("|\u{feff}  {\"a\" :1}|"), "\u{feff}  {\n  \"a\": 1\n}");
}
