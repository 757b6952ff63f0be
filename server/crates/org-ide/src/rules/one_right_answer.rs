//! Syntax errors that only one edit can mend, so that it may be made unasked: a missing comma between two
//! members, a missing bracket at the end.

use org_schema::members::{self, ObjectKind};
use org_syntax::{NodeId, NodeKind, SyntaxError, SyntaxErrorKind, Token, TokenKind};

use super::RuleContext;
use crate::lower::key_of;
use crate::member_edits::line_indent;

/// Whether an error is one of these.
pub(super) fn has_one(cx: &RuleContext<'_>, error: &SyntaxError) -> bool {
    match error.kind {
        SyntaxErrorKind::ExpectedComma => stands_before_a_member(cx, error),
        SyntaxErrorKind::UnclosedObject => ends_where_it_should(cx),
        _ => false,
    }
}

/// Whether a whole value stands before the comma's place and a name with its colon behind it. Anything else
/// can be a missing quote.
fn stands_before_a_member(cx: &RuleContext<'_>, error: &SyntaxError) -> bool {
    let tokens = cx.tree().tokens();
    let at = tokens.partition_point(|token| token.span.end <= error.span.start);
    let is_meant = |token: &&Token| !token.kind.is_trivia();
    let before = tokens[..at].iter().rev().find(is_meant).map(|token| token.kind);
    let mut behind = tokens[at..].iter().filter(is_meant).map(|token| token.kind);
    let is_value = matches!(
        before,
        Some(
            TokenKind::String
                | TokenKind::Number
                | TokenKind::True
                | TokenKind::False
                | TokenKind::Null
                | TokenKind::CloseBrace
                | TokenKind::CloseBracket
        )
    );
    is_value && behind.next() == Some(TokenKind::String) && behind.next() == Some(TokenKind::Colon)
}

/// Whether the bracket belongs to the end of the text: no object that is open there has swallowed a member
/// of another one, and a bracket that closes the last object stands where that object begins.
fn ends_where_it_should(cx: &RuleContext<'_>) -> bool {
    let (text, tree) = (cx.text(), cx.tree());
    let Some(last) = tree.tokens().iter().rev().find(|token| !token.kind.is_trivia()) else {
        return false;
    };
    let is_open = |id: &NodeId| {
        tree.kind(*id) == NodeKind::Object
            && !tree.is_closed(*id)
            && tree.span(*id).end >= last.span.end
    };
    let has_foreign_member = |object: NodeId| {
        let is_root = Some(object) == tree.root();
        tree.members(object).any(|member| {
            let name = key_of(text, tree, member);
            !is_root && members::find(ObjectKind::Org, &name).is_some()
        })
    };
    if tree.descendants().filter(is_open).any(has_foreign_member) {
        return false;
    }
    if last.kind != TokenKind::CloseBrace {
        return true;
    }
    let closed = tree.descendants().filter(|id| tree.kind(*id) == NodeKind::Object);
    let closed = closed.filter(|id| tree.span(*id).end == last.span.end && tree.is_closed(*id));
    // The innermost comes last.
    closed.last().is_some_and(|id| {
        let start = tree.span(id).start;
        let is_one_line = !text[start as usize..last.span.end as usize].contains(['\n', '\r']);
        is_one_line || line_indent(text, start) == line_indent(text, last.span.start)
    })
}
