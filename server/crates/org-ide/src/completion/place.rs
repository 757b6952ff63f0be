//! Where the cursor stands: which object, name or value, and what punctuation is around it.

use org_schema::members::{self, ObjectKind, ValueKind};
use org_syntax::{Member, NodeId, NodeKind, Span, Token, TokenKind, Tree};

use crate::document::{Document, FileKind};
use crate::lower::key_of;

/// A place where something can be completed.
#[derive(Debug)]
pub(super) enum Place {
    /// Nothing can be said here.
    Nothing,
    /// The file is empty, or holds nothing but the word that is being typed.
    File {
        /// What a whole file replaces.
        replace: Span,
    },
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
    pub replace: Span,
    /// A colon follows, so only the name is replaced.
    pub has_colon: bool,
    /// The member whose name this is.
    pub member: Option<Member>,
    pub commas: Commas,
}

/// At a member's value.
#[derive(Debug)]
pub(super) struct ValuePlace {
    pub object: NodeId,
    pub object_kind: ObjectKind,
    pub key: String,
    pub value: ValueKind,
    /// The value that is being typed, with its quotes.
    pub replace: Span,
    pub commas: Commas,
}

/// The commas that are missing around what is completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Commas {
    /// Byte offset where one is missing before.
    pub before: Option<u32>,
    /// One is missing behind.
    pub after: bool,
}

/// Finds the place at byte `offset`.
pub(super) fn place_at(document: &Document, offset: u32) -> Place {
    let (text, tree) = (document.text(), &document.parse().tree);
    if tree.is_in_comment(offset) {
        return Place::Nothing;
    }
    let word = word_at(text, tree, offset);
    let replace = word.map_or(Span::at(offset), |word| replaced(text, word, offset));
    let before = before(tree, replace.start);
    let Some(object) = enclosing_object(tree, replace.start) else {
        let alone = before.is_none() && after(tree, replace.end).is_none();
        return if alone {
            Place::File { replace }
        } else {
            Place::Nothing
        };
    };
    let as_key = word.and_then(|word| key_at(tree, word));
    let follows = after(tree, replace.end);
    match before.map(|token| token.kind) {
        _ if as_key.is_some() => key_place(document, object, replace, as_key, before),
        Some(TokenKind::OpenBrace | TokenKind::Comma) => {
            key_place(document, object, replace, None, before)
        }
        Some(TokenKind::Colon) => value_place(document, object, replace, before),
        Some(_) if follows_whole_member(tree, object, before) => {
            let is_colon = follows.is_some_and(|token| token.kind == TokenKind::Colon);
            if word.is_none() && is_colon {
                return Place::Nothing;
            }
            key_place(document, object, replace, None, before)
        }
        _ => Place::Nothing,
    }
}

/// The string, number or word that the cursor stands in or at the end of.
fn word_at(text: &str, tree: &Tree, offset: u32) -> Option<Token> {
    let tokens = tree.tokens();
    let from = tokens.partition_point(|token| token.span.end < offset);
    let is_word = |token: &Token| {
        matches!(
            token.kind,
            TokenKind::String
                | TokenKind::Number
                | TokenKind::True
                | TokenKind::False
                | TokenKind::Null
                | TokenKind::Unknown
        )
    };
    tokens[from..]
        .iter()
        .take_while(|token| token.span.start <= offset)
        .copied()
        .find(|token| {
            let inside = token.span.start < offset && offset < token.span.end;
            let behind = token.span.end == offset && token.span.start < offset;
            // Behind a closed string nothing of it is being typed.
            let closed = token.kind == TokenKind::String && is_closed_string(token.span.text(text));
            is_word(token) && (inside || (behind && !closed))
        })
}

fn is_closed_string(raw: &str) -> bool {
    let inner = raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| {
        let backslashes = inner.len() - inner.trim_end_matches('\\').len();
        backslashes % 2 == 0
    })
}

/// What is replaced of a word: all of it, but of an unterminated string only what can belong to
/// the value, since the rest of the line may be the punctuation that follows.
fn replaced(text: &str, word: Token, offset: u32) -> Span {
    let raw = word.span.text(text);
    if word.kind != TokenKind::String || is_closed_string(raw) {
        return word.span;
    }
    let rest = text
        .get(offset as usize..word.span.end as usize)
        .unwrap_or("");
    let more = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(rest.len());
    Span::new(word.span.start, offset + more as u32)
}

fn before(tree: &Tree, offset: u32) -> Option<Token> {
    let tokens = tree.tokens();
    let until = tokens.partition_point(|token| token.span.end <= offset);
    tokens[..until]
        .iter()
        .rev()
        .find(|token| !token.kind.is_trivia())
        .copied()
}

fn after(tree: &Tree, offset: u32) -> Option<Token> {
    let tokens = tree.tokens();
    let from = tokens.partition_point(|token| token.span.start < offset);
    tokens[from..]
        .iter()
        .find(|token| !token.kind.is_trivia())
        .copied()
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
    let mut node = tree.node_at(start);
    while let Some(id) = node {
        if tree.kind(id) == NodeKind::Object && tree.span(id).start == start {
            return Some(id);
        }
        node = tree.parent(id);
    }
    tree.descendants()
        .find(|&id| tree.kind(id) == NodeKind::Object && tree.span(id).start == start)
}

/// The member whose name the word is.
fn key_at(tree: &Tree, word: Token) -> Option<Member> {
    let mut node = tree.node_at(word.span.start);
    while let Some(id) = node {
        if let Some(member) = tree.member(id) {
            return (tree.span(member.key) == word.span).then_some(member);
        }
        node = tree.parent(id);
    }
    None
}

/// Whether `token` ends a member of `object` that has its value, so that the next name may follow.
fn follows_whole_member(tree: &Tree, object: NodeId, token: Option<Token>) -> bool {
    let Some(token) = token else { return false };
    tree.members(object).any(|member| {
        member
            .value
            .is_some_and(|value| tree.span(value).end == token.span.end)
    })
}

fn key_place(
    document: &Document,
    object: NodeId,
    replace: Span,
    member: Option<Member>,
    before: Option<Token>,
) -> Place {
    let tree = &document.parse().tree;
    let Some(kind) = kind_of(document, object) else {
        return Place::Nothing;
    };
    let follows = after(tree, replace.end);
    let has_colon = follows.is_some_and(|token| token.kind == TokenKind::Colon);
    let comma_before = before.filter(|token| {
        !matches!(
            token.kind,
            TokenKind::OpenBrace | TokenKind::Comma | TokenKind::Colon
        )
    });
    let commas = Commas {
        before: comma_before.map(|token| token.span.end),
        after: !has_colon && begins_member(follows),
    };
    Place::Key(KeyPlace {
        object,
        kind,
        replace,
        has_colon,
        member,
        commas,
    })
}

fn value_place(document: &Document, object: NodeId, replace: Span, colon: Option<Token>) -> Place {
    let (text, tree) = (document.text(), &document.parse().tree);
    let Some(object_kind) = kind_of(document, object) else {
        return Place::Nothing;
    };
    let member = tree
        .members(object)
        .find(|member| member.colon.is_some() && member.colon == colon.map(|token| token.span));
    let Some(member) = member else {
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
    let follows = after(tree, replace.end);
    let commas = Commas {
        before: None,
        after: begins_member(follows),
    };
    // A value that is an object is edited inside it.
    if follows.is_some_and(|token| token.kind == TokenKind::OpenBrace) && replace.is_empty() {
        return Place::Nothing;
    }
    Place::Value(ValuePlace {
        object,
        object_kind,
        key,
        value,
        replace,
        commas,
    })
}

/// The next member begins without a comma before it.
fn begins_member(token: Option<Token>) -> bool {
    token.is_some_and(|token| matches!(token.kind, TokenKind::String | TokenKind::Unknown))
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
    let rules = project
        .rules_field
        .as_ref()
        .and_then(|field| field.object());
    (rules == Some(object) && document.kind() == FileKind::Project).then_some(ObjectKind::Rules)
}
