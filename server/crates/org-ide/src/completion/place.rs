//! Where the cursor stands: which object, name or value, and what punctuation is around it.

mod word;

use org_schema::members::{self, ObjectKind, ValueKind};
use org_syntax::{Member, NodeId, NodeKind, Span, Token, TokenKind, Tree};

use super::item::Slot;
use crate::document::{Document, FileKind};
use crate::lower::key_of;
use word::{AtCursor, Word, at_cursor};

/// A place where something can be completed.
#[derive(Debug)]
pub(super) enum Place {
    /// Nothing can be said here.
    Nothing,
    /// The file is empty, or holds nothing but the word that is being typed.
    File(Slot),
    /// A member's name.
    Key(KeyPlace),
    /// A member's value.
    Value(ValuePlace),
}

/// At a member's name.
#[derive(Debug)]
pub(super) struct KeyPlace {
    pub object: NodeId,
    pub kind: ObjectKind,
    /// The name that is being typed, with its quotes.
    pub slot: Slot,
    /// What follows the name.
    pub behind: Behind,
    /// The member whose name this is.
    pub member: Option<Member>,
}

/// What stands behind a member's name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// Neither colon nor value: both are to be written.
    Nothing,
    /// A colon.
    Colon,
    /// A value without its colon.
    Value,
}

/// At a member's value.
#[derive(Debug)]
pub(super) struct ValuePlace {
    pub object_kind: ObjectKind,
    pub key: String,
    pub value: ValueKind,
    /// The value that is being typed, with its quotes.
    pub slot: Slot,
}

/// Finds the place at byte `offset`.
pub(super) fn place_at(document: &Document, offset: u32) -> Place {
    let (text, tree) = (document.text(), &document.parse().tree);
    if tree.is_in_comment(offset) {
        return Place::Nothing;
    }
    let word = match at_cursor(text, tree, offset) {
        AtCursor::Unclear => return Place::Nothing,
        AtCursor::Word(word) => Some(word),
        AtCursor::Gap => None,
    };
    let replace = word.map_or(Span::at(offset), |word| word.replace);
    let before = significant_before(tree, replace.start);
    let Some(object) = enclosing_object(tree, replace.start) else {
        let is_alone = before.is_none() && next(text, tree, replace.end, word).is_none();
        return if is_alone { Place::File(Slot::new(replace)) } else { Place::Nothing };
    };
    let key = word.and_then(|word| key_at(tree, word.token));
    let is_colon = before.is_some_and(|token| token.kind == TokenKind::Colon);
    if word.is_none() && !is_colon && is_within_something(text, tree, object, offset) {
        return Place::Nothing;
    }
    match before.map(|token| token.kind) {
        Some(TokenKind::Colon) if key.is_none() => {
            value_place(document, object, replace, word, before)
        }
        Some(TokenKind::OpenBrace | TokenKind::Comma) => {
            key_place(document, object, replace, word, key, None)
        }
        Some(_) if follows_whole_member(tree, object, before) => {
            let end = before.map(|token| token.span.end);
            key_place(document, object, replace, word, key, end)
        }
        Some(_) if key.is_some() => key_place(document, object, replace, word, key, None),
        _ => Place::Nothing,
    }
}

/// Whether a gap is between the parts of one member, or right before a bare word or number: neither
/// is a place for another member.
fn is_within_something(text: &str, tree: &Tree, object: NodeId, offset: u32) -> bool {
    let is_in_member = tree.members(object).any(|member| {
        let span = tree.span(member.id);
        span.start < offset && offset < span.end
    });
    let rest = text.get(offset as usize..).unwrap_or("");
    is_in_member || rest.starts_with(char::is_alphanumeric)
}

/// The last token before `offset` that means something.
fn significant_before(tree: &Tree, offset: u32) -> Option<Token> {
    tree.significant_token_before(offset).filter(|token| token.span.end <= offset)
}

/// The first character that follows at `offset`, blanks and comments aside: of the rest of the word
/// that is not replaced, or of the next token.
fn next(text: &str, tree: &Tree, offset: u32, word: Option<Word>) -> Option<char> {
    let rest =
        word.map_or(Span::at(offset), |word| Span::new(offset, word.token.span.end.max(offset)));
    let in_word = rest.text(text).trim_start().chars().next();
    in_word.or_else(|| {
        let token = tree.significant_token_after(rest.end)?;
        token.span.text(text).chars().next()
    })
}

/// A comma, with a blank where none follows.
fn comma_before(text: &str, offset: u32) -> &'static str {
    let rest = text.get(offset as usize..).unwrap_or("");
    if rest.starts_with(char::is_whitespace) { "," } else { ", " }
}

/// Whether the next member of `object` begins at `offset`, without a comma before it.
fn begins_member(text: &str, tree: &Tree, object: NodeId, offset: u32, word: Option<Word>) -> bool {
    let rest = word.map_or("", |word| Span::new(offset, word.token.span.end).text(text));
    let end = offset + rest.len() as u32;
    let Some(token) = tree.significant_token_after(end).filter(|_| rest.trim().is_empty()) else {
        return false;
    };
    tree.members(object).any(|member| tree.span(member.id).start == token.span.start)
}

/// The innermost object that is open at `offset`, found by its brackets, so that it does not matter
/// whether they are closed.
fn enclosing_object(tree: &Tree, offset: u32) -> Option<NodeId> {
    let tokens = tree.tokens();
    let until = tokens.partition_point(|token| token.span.end <= offset);
    let mut depth = 0usize;
    for token in tokens[..until].iter().rev() {
        match token.kind {
            TokenKind::CloseBrace | TokenKind::CloseBracket => depth += 1,
            TokenKind::OpenBrace if depth == 0 => {
                return object_starting_at(tree, token.span.start);
            }
            TokenKind::OpenBracket if depth == 0 => return None,
            TokenKind::OpenBrace | TokenKind::OpenBracket => depth -= 1,
            _ => {}
        }
    }
    None
}

fn object_starting_at(tree: &Tree, start: u32) -> Option<NodeId> {
    let node = tree.node_at(start)?;
    std::iter::once(node)
        .chain(tree.ancestors(node))
        .find(|&id| tree.kind(id) == NodeKind::Object && tree.span(id).start == start)
}

/// The member whose name the word is.
fn key_at(tree: &Tree, word: Token) -> Option<Member> {
    let node = tree.node_at(word.span.start)?;
    std::iter::once(node)
        .chain(tree.ancestors(node))
        .find_map(|id| tree.member(id))
        .filter(|member| tree.span(member.key) == word.span)
}

/// Whether `token` ends a member of `object` that has its value, so that the next name may follow.
fn follows_whole_member(tree: &Tree, object: NodeId, token: Option<Token>) -> bool {
    let Some(token) = token else { return false };
    tree.members(object)
        .any(|member| member.value.is_some_and(|value| tree.span(value).end == token.span.end))
}

/// `end_before` is where the member before ends, when the comma behind it is missing.
fn key_place(
    document: &Document,
    object: NodeId,
    replace: Span,
    word: Option<Word>,
    member: Option<Member>,
    end_before: Option<u32>,
) -> Place {
    let (text, tree) = (document.text(), &document.parse().tree);
    let Some(kind) = kind_of(document, object) else {
        return Place::Nothing;
    };
    let next = next(text, tree, replace.end, word);
    let behind = match member {
        _ if next == Some(':') => Behind::Colon,
        Some(Member { colon: Some(_), .. }) => Behind::Colon,
        Some(Member { value: Some(_), .. }) => Behind::Value,
        // A value that lacks its name.
        None if matches!(next, Some('{' | '[')) => Behind::Value,
        _ => Behind::Nothing,
    };
    if behind == Behind::Colon && word.is_none() && end_before.is_some() {
        // `"name": "Acme" │ : …` is no name that lacks its first part.
        return Place::Nothing;
    }
    let mut slot = Slot::new(replace);
    // `"Acme,` without its closing quote holds the comma that is meant.
    let holds_comma = |end: &u32| text.get(..*end as usize).is_some_and(|t| t.ends_with(','));
    if let Some(end) = end_before.filter(|end| !holds_comma(end)) {
        if end == replace.start {
            slot.lead = ", ".to_owned();
        } else {
            slot.comma_before = Some(end);
        }
    }
    let is_last = matches!(next, None | Some(',' | '}' | ']'));
    if behind == Behind::Nothing && !is_last {
        slot.tail = comma_before(text, slot.replace.end);
    } else if text.get(replace.end as usize..).is_some_and(|rest| rest.starts_with('/')) {
        // A comment.
        slot.tail = " ";
    }
    Place::Key(KeyPlace { object, kind, slot, behind, member })
}

fn value_place(
    document: &Document,
    object: NodeId,
    replace: Span,
    word: Option<Word>,
    colon: Option<Token>,
) -> Place {
    let (text, tree) = (document.text(), &document.parse().tree);
    let colon = colon.map(|token| token.span);
    let member = tree.members(object).find(|member| member.colon == colon);
    let (Some(object_kind), Some(member)) = (kind_of(document, object), member) else {
        return Place::Nothing;
    };
    let key = key_of(text, tree, member).into_owned();
    let value = match object_kind {
        ObjectKind::Rules => Some(ValueKind::String),
        _ => members::find(object_kind, &key).map(|spec| spec.value),
    };
    let Some(value) = value else {
        return Place::Nothing;
    };
    let mut slot = Slot::new(replace);
    if let Some(there) = member.value.filter(|_| word.is_none()) {
        // The value is there already, behind the cursor: it is replaced, not preceded.
        let is_nested = matches!(tree.kind(there), NodeKind::Object | NodeKind::Array);
        let blanks = Span::new(replace.start, tree.span(there).start).text(text);
        let reach = Span::new(replace.start, tree.span(there).end);
        let is_on_line = !reach.text(text).contains(['\n', '\r']);
        if is_nested || !is_on_line || !blanks.trim().is_empty() {
            return Place::Nothing;
        }
        slot.lead = blanks.to_owned();
        slot.replace = reach;
    }
    if begins_member(text, tree, object, slot.replace.end, word) {
        slot.tail = comma_before(text, slot.replace.end);
    }
    Place::Value(ValuePlace { object_kind, key, value, slot })
}

fn kind_of(document: &Document, object: NodeId) -> Option<ObjectKind> {
    if let Some(org) = document.org() {
        if org.root == Some(object) {
            return Some(ObjectKind::Org);
        }
        if org.auth.object == Some(object) {
            let by_type = org.auth_type().map(|auth_type| auth_type.object_kind());
            return Some(by_type.unwrap_or(ObjectKind::OAuthAuth));
        }
        return None;
    }
    let project = document.project()?;
    if project.root == Some(object) {
        return Some(ObjectKind::Project);
    }
    let rules = project.rules_field.as_ref().and_then(|field| field.object());
    (rules == Some(object) && document.kind() == FileKind::Project).then_some(ObjectKind::Rules)
}
