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
        return insert_behind(text, tree, object, after, &layout, written);
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

fn insert_behind(
    text: &str,
    tree: &Tree,
    object: NodeId,
    after: Member,
    layout: &Layout,
    written: &str,
) -> Vec<Edit> {
    let end = tree.span(after.id).end;
    let comma = comma_after(tree, end);
    // A comment behind the member, on its line, is about that member.
    let place = |from: u32| {
        if layout.line_break.is_empty() { from } else { end_of_comments_on_line(text, tree, from) }
    };
    match comma {
        Some(comma) => {
            let is_last = next_member_start(tree, object, after).is_none();
            let tail = if is_last { "" } else { "," };
            let written = format!("{}{written}{tail}", layout.separator());
            vec![Edit::insert(place(comma.end), written)]
        }
        None if place(end) > end => vec![
            Edit::insert(end, ","),
            Edit::insert(place(end), format!("{}{written}", layout.separator())),
        ],
        None => vec![Edit::insert(end, format!(",{}{written}", layout.separator()))],
    }
}

/// Removes a member with its comma and, where it stands alone on it, its line. Comments stay, but
/// for those between its name and its value.
pub(crate) fn remove_member(text: &str, tree: &Tree, object: NodeId, member: Member) -> Vec<Edit> {
    let span = tree.span(member.id);
    if let Some(comma) = comma_after(tree, span.end) {
        let is_adjacent = is_blank(text, span.end, comma.start);
        let all = if is_adjacent { Span::new(span.start, comma.end) } else { span };
        let mut edits = vec![Edit::delete(with_line_or_blanks(text, all))];
        if !is_adjacent {
            edits.push(Edit::delete(comma));
        }
        return edits;
    }
    let before = tree.members(object).take_while(|other| other.id != member.id).last();
    let comma = before.and_then(|before| comma_after(tree, tree.span(before.id).end));
    match comma {
        Some(comma) if is_blank(text, comma.end, span.start) => {
            vec![Edit::delete(Span::new(comma.start, span.end))]
        }
        Some(comma) => vec![Edit::delete(comma), Edit::delete(with_line_or_blanks(text, span))],
        None => vec![Edit::delete(with_line_or_blanks(text, span))],
    }
}

/// The whole line when `span` is all that is on it, else `span` with the blanks behind it.
fn with_line_or_blanks(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let start = before.trim_end_matches([' ', '\t']);
    let rest = after.trim_start_matches([' ', '\t']);
    let blanks = (after.len() - rest.len()) as u32;
    let line_break = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    if line_break > 0 && start.ends_with(['\n', '\r']) {
        Span::new(start.len() as u32, span.end + blanks + line_break)
    } else if line_break > 0 {
        span
    } else {
        Span::new(span.start, span.end + blanks)
    }
}

/// Where the last comment ends that begins on the line of `offset` with nothing but blanks between;
/// `offset` when there is none.
fn end_of_comments_on_line(text: &str, tree: &Tree, offset: u32) -> u32 {
    let tokens = tree.tokens();
    let from = tokens.partition_point(|token| token.span.start < offset);
    let mut end = offset;
    for token in &tokens[from..] {
        match token.kind {
            TokenKind::LineComment | TokenKind::BlockComment => end = token.span.end,
            TokenKind::Whitespace if !token.span.text(text).contains(['\n', '\r']) => {}
            _ => break,
        }
    }
    end
}

fn is_blank(text: &str, start: u32, end: u32) -> bool {
    Span::new(start, end).text(text).trim().is_empty()
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

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
