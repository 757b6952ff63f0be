//! Generated objects in every layout: any member can come and go.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{insert_member, remove_member};
use crate::finding::Edit;
use org_syntax::{Member, NodeId, SyntaxErrorKind, Tree};

/// What can stand between two tokens: blanks, line breaks, comments. Each `#` becomes a number, so
/// that a comment that gets lost is missed.
const GAPS: &[&str] = &[
    "",
    "",
    "",
    " ",
    " ",
    "\n",
    "\n  ",
    "\r\n\t",
    "\r",
    " \n\n    ",
    " /* # */ ",
    " // #\n  ",
    "/*#*/",
    "\n  // #\n  ",
    " // #\r\n",
];

const VALUES: &[&str] =
    &["1", "\"x, }\"", "true", "null", "[1, { \"a\": 2 }]", "{ }", "{\n\"b\": \"//\"\n}"];

/// One object, as the outermost one or inside another.
fn objects() -> impl Strategy<Value = String> {
    let gap = || select(GAPS);
    let member = (gap(), gap(), gap(), select(VALUES), gap());
    (vec(member, 0..6), gap(), any::<bool>(), any::<bool>()).prop_map(
        |(members, last_gap, trailing_comma, nested)| {
            let count = members.len();
            let mut text = String::from("{");
            for (index, (before, behind_name, before_value, value, behind)) in
                members.into_iter().enumerate()
            {
                let comma = if index + 1 < count || trailing_comma { "," } else { "" };
                text.push_str(&format!(
                    "{before}\"m{index}\"{behind_name}:{before_value}{value}{behind}{comma}"
                ));
            }
            text.push_str(&format!("{last_gap}}}"));
            if nested {
                text = format!("{{\n  \"outer\": {text}, \"last\": 0 }}\n");
            }
            numbered(&text)
        },
    )
}

fn numbered(text: &str) -> String {
    let mut parts = text.split('#');
    let mut numbered = parts.next().unwrap_or("").to_owned();
    for (number, part) in parts.enumerate() {
        numbered.push_str(&format!("c{number}c{part}"));
    }
    numbered
}

/// The generated object of a text.
fn object_of(text: &str, tree: &Tree) -> NodeId {
    let root = tree.root().expect("an object");
    let outer = tree.members(root).find(|member| tree.name(*member, text) == "outer");
    outer.and_then(|outer| outer.value).unwrap_or(root)
}

/// Names and values of the object's members.
fn members_of(text: &str) -> Vec<(String, String)> {
    let parse = org_syntax::parse(text);
    let tree = &parse.tree;
    tree.members(object_of(text, tree))
        .map(|member| {
            let value = member.value.map_or("", |value| tree.span(value).text(text));
            (tree.name(member, text).into_owned(), value.to_owned())
        })
        .collect()
}

fn comments_of(text: &str, beside: Option<org_syntax::Span>) -> Vec<String> {
    let parse = org_syntax::parse(text);
    let comments = parse.errors.iter().filter(|error| error.kind == SyntaxErrorKind::Comment);
    comments
        .map(|error| error.span)
        .filter(|span| beside.is_none_or(|beside| !beside.contains(span.start)))
        .map(|span| span.text(text).trim_end().to_owned())
        .collect()
}

/// Mistakes other than comments; trailing commas count.
fn mistakes(text: &str) -> usize {
    let errors = org_syntax::parse(text).errors;
    errors.iter().filter(|error| error.kind != SyntaxErrorKind::Comment).count()
}

fn nth(text: &str, index: Index) -> Option<(NodeId, usize, Member)> {
    let tree = org_syntax::parse(text).tree;
    let object = object_of(text, &tree);
    let members: Vec<Member> = tree.members(object).collect();
    let at = (!members.is_empty()).then(|| index.index(members.len()))?;
    Some((object, at, members[at]))
}

proptest! {
    #[test]
    fn removing_takes_one_member_and_no_comment(text in objects(), index: Index) {
        let Some((object, at, member)) = nth(&text, index) else { return Ok(()) };
        let tree = org_syntax::parse(&text).tree;
        let edits = remove_member(&text, &tree, object, member);
        let after = Edit::apply_all(&text, &edits);
        let mut expected = members_of(&text);
        expected.remove(at);
        prop_assert_eq!(members_of(&after), expected, "\n{}\n→\n{}", text, after);
        prop_assert!(mistakes(&after) <= mistakes(&text), "\n{}\n→\n{}", text, after);
        let beside = comments_of(&text, Some(tree.span(member.id)));
        prop_assert_eq!(comments_of(&after, None), beside, "\n{}\n→\n{}", text, after);
    }

    #[test]
    fn inserting_adds_one_member_behind_another(text in objects(), index: Index) {
        let tree = org_syntax::parse(&text).tree;
        let place = nth(&text, index);
        let object = object_of(&text, &tree);
        let after = place.map(|(_, _, member)| member);
        let edits = insert_member(&text, &tree, object, after, "new", "[ 0 ]");
        let result = Edit::apply_all(&text, &edits);
        let mut expected = members_of(&text);
        let at = place.map_or(0, |(_, at, _)| at + 1);
        expected.insert(at, ("new".to_owned(), "[ 0 ]".to_owned()));
        prop_assert_eq!(members_of(&result), expected, "\n{}\n→\n{}", text, result);
        prop_assert!(mistakes(&result) <= mistakes(&text), "\n{}\n→\n{}", text, result);
        prop_assert_eq!(comments_of(&result, None), comments_of(&text, None));
    }

    #[test]
    fn inserting_as_the_first(text in objects()) {
        let tree = org_syntax::parse(&text).tree;
        let edits = insert_member(&text, &tree, object_of(&text, &tree), None, "new", "1");
        let result = Edit::apply_all(&text, &edits);
        let mut expected = members_of(&text);
        expected.insert(0, ("new".to_owned(), "1".to_owned()));
        prop_assert_eq!(members_of(&result), expected, "\n{}\n→\n{}", text, result);
        prop_assert!(mistakes(&result) <= mistakes(&text), "\n{}\n→\n{}", text, result);
        prop_assert_eq!(comments_of(&result, None), comments_of(&text, None));
    }

    #[test]
    fn what_was_inserted_can_be_removed(text in objects(), index: Index) {
        let tree = org_syntax::parse(&text).tree;
        let after = nth(&text, index).map(|(_, _, member)| member);
        let edits = insert_member(&text, &tree, object_of(&text, &tree), after, "new", "1");
        let with = Edit::apply_all(&text, &edits);
        let tree = org_syntax::parse(&with).tree;
        let object = object_of(&with, &tree);
        let new = tree.members(object).find(|member| tree.name(*member, &with) == "new");
        let edits = remove_member(&with, &tree, object, new.expect("the new one"));
        let without = Edit::apply_all(&with, &edits);
        prop_assert_eq!(members_of(&without), members_of(&text));
        prop_assert_eq!(comments_of(&without, None), comments_of(&text, None));
    }
}
