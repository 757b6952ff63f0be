//! Formatting while typing: as little as a person expects, and never a line that comes or goes
//! under the cursor.
//!
//! | typed | what happens |
//! |---|---|
//! | line break | the new line gets its indentation, the tokens of the line before their blanks |
//! | `,` | the tokens before it on its line get their blanks |
//! | `}`, `]` | what it closes is formatted, unless that stands on one line; the closing bracket gets the indentation of the line that opened it |

use org_syntax::{Span, Token, TokenKind};

use super::layout::{Gap, Layout, is_closer};
use super::writer::Writer;
use super::{Options, is_well_formed, keeps_tokens, line_end, line_start, previous_line_end};
use crate::document::Document;
use crate::finding::Edit;
use crate::member_edits::line_indent;

/// The characters that formatting answers to.
pub const TRIGGERS: [char; 4] = ['}', ']', ',', '\n'];

/// The edits after `typed`, one of [`TRIGGERS`], was typed in front of byte `offset`. None when
/// the character is part of a string or comment.
pub fn on_type(document: &Document, offset: u32, typed: char, options: &Options) -> Vec<Edit> {
    let (text, parse) = (document.text(), document.parse());
    let layout = Layout::of(text, &parse.tree);
    let typing = Typing { text, layout: &layout, is_well_formed: is_well_formed(parse), options };
    let edits = match typed {
        '\n' => typing.line_break(offset),
        ',' => typing.comma(offset),
        '}' | ']' => typing.closer(offset),
        _ => Vec::new(),
    };
    if keeps_tokens(text, parse, &edits) { edits } else { Vec::new() }
}

struct Typing<'a> {
    text: &'a str,
    layout: &'a Layout,
    is_well_formed: bool,
    options: &'a Options,
}

impl Typing<'_> {
    fn line_break(&self, offset: u32) -> Vec<Edit> {
        let start = line_start(self.text, offset);
        if start == 0 || self.is_in_comment(start) {
            return Vec::new();
        }
        let before = previous_line_end(self.text, start);
        let mut edits = self.blanks(Span::new(line_start(self.text, before), before));
        edits.extend(self.indent_line(start));
        edits
    }

    /// Whether a comment goes on at the start of a line; one without end goes on for ever.
    fn is_in_comment(&self, start: u32) -> bool {
        let is_open = |&torn: &usize| {
            let token = self.layout.tokens()[torn];
            token.kind == TokenKind::BlockComment && token.span.start < start
        };
        self.layout.token_across(start).is_some() || self.layout.torn().iter().any(is_open)
    }

    fn comma(&self, offset: u32) -> Vec<Edit> {
        match self.typed_token(offset) {
            Some((_, token)) if token.kind == TokenKind::Comma => {
                self.blanks(Span::new(line_start(self.text, offset), offset))
            }
            _ => Vec::new(),
        }
    }

    fn closer(&self, offset: u32) -> Vec<Edit> {
        let Some((closer, token)) = self.typed_token(offset) else { return Vec::new() };
        let Some(opener) = self.layout.partner(closer).filter(|_| is_closer(token.kind)) else {
            return Vec::new();
        };
        let opened = self.layout.tokens()[opener].span;
        let inside = Span::new(opened.start, token.span.end);
        if !inside.text(self.text).contains(['\n', '\r']) {
            return self.blanks(Span::new(line_start(self.text, offset), offset));
        }
        let mut writer = Writer::new(self.text, self.options);
        writer.base = line_indent(self.text, opened.start);
        writer.shift = -i64::from(self.layout.line_depth(opener));
        let gaps = opener + 1..=closer;
        let edits = gaps
            .filter_map(|index| writer.edit(self.layout.gap_span(index), self.layout.gap(index)))
            .collect();
        if writer.is_too_long() { Vec::new() } else { edits }
    }

    /// The token that ends at `offset`.
    fn typed_token(&self, offset: u32) -> Option<(usize, Token)> {
        let tokens = self.layout.tokens();
        let index = tokens.partition_point(|token| token.span.end < offset);
        tokens.get(index).filter(|token| token.span.end == offset).map(|token| (index, *token))
    }

    /// Puts the white space between tokens right that stand on one line and should.
    fn blanks(&self, line: Span) -> Vec<Edit> {
        let (first, end) = self.layout.tokens_within(line);
        let mut writer = Writer::new(self.text, self.options);
        (first + 1..end)
            .filter_map(|index| match self.layout.gap(index) {
                gap @ (Gap::Nothing | Gap::Blank) => writer.edit(self.layout.gap_span(index), gap),
                _ => None,
            })
            .collect()
    }

    /// Indents the line that begins at `start`, if it is empty or begins with something that
    /// stands where it should.
    fn indent_line(&self, start: u32) -> Option<Edit> {
        let end = line_end(self.text, start);
        let rest = Span::new(start, end).text(self.text);
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let old = Span::new(start, start + blanks as u32);
        let next = self.layout.tokens().partition_point(|token| token.span.start < start);
        let is_empty = old.end == end;
        let is_clear = is_empty || self.is_well_formed || self.layout.gap(next) != Gap::Keep;
        if !is_clear {
            return None;
        }
        let indent = self.indent_before(next, is_empty);
        (indent != old.text(self.text)).then(|| Edit::replace(old, indent))
    }

    /// The indentation of a line that stands before the token at `next`, or begins with it: that
    /// of the member or value before it, else one level more than the line that opened the object.
    fn indent_before(&self, next: usize, is_empty: bool) -> String {
        let tokens = self.layout.tokens();
        let Some(opener) = self.layout.opener(next) else {
            return String::new();
        };
        let opening_line = line_indent(self.text, tokens[opener].span.start);
        if !is_empty && tokens.get(next).is_some_and(|token| is_closer(token.kind)) {
            return opening_line;
        }
        let mut index = next;
        while index > opener + 1 {
            index -= 1;
            if is_closer(tokens[index].kind) {
                let Some(partner) = self.layout.partner(index) else { break };
                index = partner;
            }
            let begins_item = matches!(self.layout.gap(index), Gap::Line(_));
            let span = self.layout.gap_span(index);
            if begins_item && span.text(self.text).contains(['\n', '\r']) {
                return line_indent(self.text, span.end);
            }
        }
        format!("{opening_line}{}", self.options.unit())
    }
}
