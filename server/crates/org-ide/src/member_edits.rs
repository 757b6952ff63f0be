//! Edits that add or remove whole members, computed from spans: comments, order, spacing and line
//! ends of everything else stay as they are.

use org_syntax::{Member, NodeId, Span, TokenKind, Tree};

use crate::finding::Edit;

/// How the text around an object is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The line break that the text uses; empty when the object stands on one line.
    pub line_break: &'static str,
    /// White space before a member of the object.
    pub member_indent: String,
    /// What one level of nesting adds.
    pub unit: String,
}

impl Layout {
    /// Reads the layout of `object` off its first member, its brackets, or the text.
    pub fn of(text: &str, tree: &Tree, object: NodeId) -> Self {
        let span = tree.span(object);
        let unit = indent_unit(text);
        let own_line_indent = line_indent(text, span.start);
        let inside = span.text(text);
        let first = tree.members(object).next();
        let one_line = match first {
            Some(member) => {
                let start = tree.span(member.id).start;
                !Span::new(span.start, start).text(text).contains(['\n', '\r'])
            }
            None => {
                !inside.contains(['\n', '\r']) && text.contains(['\n', '\r']) && inside.len() > 2
            }
        };
        if one_line {
            return Self { line_break: "", member_indent: String::new(), unit };
        }
        let member_indent = match first {
            Some(member) => line_indent(text, tree.span(member.id).start),
            None => format!("{own_line_indent}{unit}"),
        };
        Self { line_break: line_break(text), member_indent, unit }
    }

    /// What stands between two members, after the comma.
    pub fn separator(&self) -> String {
        if self.line_break.is_empty() {
            " ".to_owned()
        } else {
            format!("{}{}", self.line_break, self.member_indent)
        }
    }
}

/// The line break that `text` uses first; `\n` when it has none.
pub(crate) fn line_break(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// White space at the beginning of the line of `offset`, up to the offset at most.
pub(crate) fn line_indent(text: &str, offset: u32) -> String {
    let before = text.get(..offset as usize).unwrap_or(text);
    let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

/// What one level of nesting adds in `text`: the white space of the first indented line.
pub(crate) fn indent_unit(text: &str) -> String {
    text.split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .find_map(|line| {
            let indent: String = line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
            match indent.chars().next()? {
                '\t' => Some("\t".to_owned()),
                _ => Some(indent),
            }
        })
        .unwrap_or_else(|| "  ".to_owned())
}

/// Adds `"key": value` to `object`, behind the member `after` or, without one, as the first.
///
/// `value` is JSON text. Nothing is returned for an object whose closing bracket is missing and
/// that has no member to stand behind.
pub(crate) fn insert_member(
    text: &str,
    tree: &Tree,
    object: NodeId,
    after: Option<Member>,
    key: &str,
    value: &str,
) -> Vec<Edit> {
    insert_written(text, tree, object, after, &format!("{}: {value}", org_syntax::quote(key)))
}

/// As [`insert_member`], for one or more members that are written out already.
pub(crate) fn insert_written(
    text: &str,
    tree: &Tree,
    object: NodeId,
    after: Option<Member>,
    written: &str,
) -> Vec<Edit> {
    let layout = Layout::of(text, tree, object);
    let span = tree.span(object);
    if let Some(after) = after {
        let end = tree.span(after.id).end;
        return match comma_after(tree, end) {
            Some(comma) => {
                let is_last = next_member_start(tree, object, after).is_none();
                let tail = if is_last { "" } else { "," };
                vec![Edit::insert(comma.end, format!("{}{written}{tail}", layout.separator()))]
            }
            None => vec![Edit::insert(end, format!(",{}{written}", layout.separator()))],
        };
    }
    let open_end = span.start + 1;
    let Some(first) = tree.members(object).next() else {
        let (before, behind) = if layout.line_break.is_empty() {
            (String::new(), String::new())
        } else {
            let close_indent = line_indent(text, span.start);
            (layout.separator(), format!("{}{close_indent}", layout.line_break))
        };
        let inner_end = if tree.is_closed(object) { span.end - 1 } else { open_end };
        let inner = Span::new(open_end, inner_end);
        return if inner.text(text).trim().is_empty() {
            vec![Edit::replace(inner, format!("{before}{written}{behind}"))]
        } else {
            vec![Edit::insert(open_end, format!("{before}{written}"))]
        };
    };
    let first_start = tree.span(first.id).start;
    vec![Edit::insert(first_start, format!("{written},{}", layout.separator()))]
}

/// Removes a member with its comma and, where it stands alone on it, its line.
pub(crate) fn remove_member(text: &str, tree: &Tree, object: NodeId, member: Member) -> Vec<Edit> {
    let span = tree.span(member.id);
    let before = tree.members(object).take_while(|other| other.id != member.id).last();
    let start = gap_start(text, span.start);
    if let Some(comma) = comma_after(tree, span.end) {
        let on_own_line = start < span.start || starts_line(text, span.start);
        let span = if on_own_line {
            Span::new(start, comma.end)
        } else {
            Span::new(span.start, skip_blanks(text, comma.end))
        };
        return vec![Edit::delete(span)];
    }
    let mut edits = vec![Edit::delete(Span::new(start, span.end))];
    let previous_comma = before.and_then(|before| comma_after(tree, tree.span(before.id).end));
    if let Some(comma) = previous_comma {
        let between = Span::new(comma.end, span.start).text(text);
        if between.trim().is_empty() {
            edits = vec![Edit::delete(Span::new(comma.start, span.end))];
        } else {
            edits.insert(0, Edit::delete(comma));
        }
    }
    edits
}

/// The comma that follows a value, with nothing but trivia between.
pub(crate) fn comma_after(tree: &Tree, end: u32) -> Option<Span> {
    let tokens = tree.tokens();
    let from = tokens.partition_point(|token| token.span.start < end);
    tokens[from..]
        .iter()
        .find(|token| !token.kind.is_trivia())
        .filter(|token| token.kind == TokenKind::Comma)
        .map(|token| token.span)
}

fn next_member_start(tree: &Tree, object: NodeId, member: Member) -> Option<u32> {
    tree.members(object)
        .skip_while(|other| other.id != member.id)
        .nth(1)
        .map(|next| tree.span(next.id).start)
}

/// Start of the white space (with at most one line break) before `offset`.
fn gap_start(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or("");
    let blanks = before.trim_end_matches([' ', '\t']);
    let without_break = blanks
        .strip_suffix("\r\n")
        .or_else(|| blanks.strip_suffix('\n'))
        .or_else(|| blanks.strip_suffix('\r'));
    match without_break {
        Some(rest) => rest.len() as u32,
        None => offset,
    }
}

fn starts_line(text: &str, offset: u32) -> bool {
    let before = text.get(..offset as usize).unwrap_or("");
    before.trim_end_matches([' ', '\t']).ends_with(['\n', '\r'])
}

fn skip_blanks(text: &str, offset: u32) -> u32 {
    let after = text.get(offset as usize..).unwrap_or("");
    offset + (after.len() - after.trim_start_matches([' ', '\t']).len()) as u32
}

#[cfg(test)]
mod tests {
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
}
