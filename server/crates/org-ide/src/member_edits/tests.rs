//! Members come and go, and everything else stays.

use super::*;

fn object_and_members(text: &str) -> (org_syntax::Parse, NodeId, Vec<Member>) {
    let parse = org_syntax::parse(text);
    let root = parse.tree.root().expect("an object");
    let members = parse.tree.members(root).collect();
    (parse, root, members)
}

fn removed(text: &str, index: usize) -> String {
    let (parse, root, members) = object_and_members(text);
    Edit::apply_all(text, &remove_member(text, &parse.tree, root, members[index]))
}

fn inserted(text: &str, after: Option<usize>) -> String {
    let (parse, root, members) = object_and_members(text);
    let after = after.map(|index| members[index]);
    Edit::apply_all(text, &insert_member(text, &parse.tree, root, after, "n", "1"))
}

#[test]
fn removing_takes_the_comma_and_the_line() {
    let text = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n";
    assert_eq!(removed(text, 0), "{\n  \"b\": 2,\n  \"c\": 3\n}\n");
    assert_eq!(removed(text, 1), "{\n  \"a\": 1,\n  \"c\": 3\n}\n");
    assert_eq!(removed(text, 2), "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
    assert_eq!(removed("{\"a\": 1, \"b\": 2}", 0), "{\"b\": 2}");
    assert_eq!(removed("{\"a\": 1, \"b\": 2}", 1), "{\"a\": 1}");
    assert_eq!(removed("{\"a\": 1}", 0), "{}");
}

#[test]
fn removing_keeps_comments_and_carriage_returns() {
    assert_eq!(
        removed("{\r\n\t\"a\": 1, // why\r\n\t\"b\": 2\r\n}", 1),
        "{\r\n\t\"a\": 1 // why\r\n}"
    );
}

#[test]
fn inserting_follows_the_layout() {
    let text = "{\n  \"a\": 1,\n  \"b\": 2\n}\n";
    assert_eq!(inserted(text, Some(0)), "{\n  \"a\": 1,\n  \"n\": 1,\n  \"b\": 2\n}\n");
    assert_eq!(inserted(text, Some(1)), "{\n  \"a\": 1,\n  \"b\": 2,\n  \"n\": 1\n}\n");
    assert_eq!(inserted(text, None), "{\n  \"n\": 1,\n  \"a\": 1,\n  \"b\": 2\n}\n");
    assert_eq!(inserted("{\"a\": 1}", Some(0)), "{\"a\": 1, \"n\": 1}");
    assert_eq!(inserted("{}", None), "{\n  \"n\": 1\n}");
    assert_eq!(inserted("{\n}\n", None), "{\n  \"n\": 1\n}\n");
}

#[test]
fn inserting_behind_a_trailing_comma_does_not_double_it() {
    assert_eq!(inserted("{\n\t\"a\": 1,\n}", Some(0)), "{\n\t\"a\": 1,\n\t\"n\": 1\n}");
}

#[test]
fn removing_leaves_the_rest_of_the_line_where_it_is() {
    let text = "{\n  \"a\": 1, \"b\": 2\n}";
    assert_eq!(removed(text, 0), "{\n  \"b\": 2\n}");
    assert_eq!(removed(text, 1), "{\n  \"a\": 1\n}");
    assert_eq!(removed("{\n  \"a\": 1, // why\n  \"b\": 2\n}", 0), "{\n  // why\n  \"b\": 2\n}");
}

#[test]
fn inserting_leaves_a_comment_with_its_member() {
    assert_eq!(
        inserted("{\n  \"a\": 1, // why\n  \"b\": 2\n}", Some(0)),
        "{\n  \"a\": 1, // why\n  \"n\": 1,\n  \"b\": 2\n}"
    );
    assert_eq!(
        inserted("{\n  \"a\": 1 /* why */ // so\n}", Some(0)),
        "{\n  \"a\": 1, /* why */ // so\n  \"n\": 1\n}"
    );
    assert_eq!(
        inserted("{\n  \"a\": 1,\n  // about b\n  \"b\": 2\n}", Some(0)),
        "{\n  \"a\": 1,\n  \"n\": 1,\n  // about b\n  \"b\": 2\n}"
    );
    assert_eq!(inserted("{ \"a\": 1 // why\n}", Some(0)), "{ \"a\": 1, \"n\": 1 // why\n}");
}
