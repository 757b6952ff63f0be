//! Which white space belongs between any two tokens of a text.

use std::ops::Range;

use org_syntax::{Span, Token, TokenKind, Tree};

use super::grammar::{self, Container, Next, Word};

/// The white space that belongs in a gap between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// What is there: something is wrong around it, or it is not for the formatter to decide.
    Keep,
    /// None.
    Nothing,
    /// One blank.
    Blank,
    /// A line break, and the indentation of so many levels.
    Line(u32),
    /// The indentation of so many levels, at the start of a line.
    Indent(u32),
    /// What the file ends in.
    End,
}

/// The tokens of a text, comments included, and what belongs before, between and after them.
pub(super) struct Layout {
    text_len: u32,
    tokens: Vec<Token>,
    gaps: Vec<Gap>,
    /// For each gap, the bracket that is innermost open there.
    openers: Vec<Option<u32>>,
    /// For each gap, how many brackets are open.
    depths: Vec<u32>,
    /// For each bracket, the one that belongs to it.
    partners: Vec<Option<u32>>,
    torn: Vec<usize>,
}

impl Layout {
    /// Reads all of `text`, whose tree is `tree`.
    pub fn of(text: &str, tree: &Tree) -> Self {
        let is_word = |kind| !matches!(kind, TokenKind::Whitespace | TokenKind::ByteOrderMark);
        let tokens: Vec<Token> =
            tree.tokens().iter().copied().filter(|token| is_word(token.kind)).collect();
        let count = tokens.len();
        let mut reader = Reader {
            text,
            layout: Self {
                text_len: text.len() as u32,
                gaps: Vec::with_capacity(count + 1),
                openers: Vec::with_capacity(count + 1),
                depths: Vec::with_capacity(count + 1),
                partners: vec![None; count],
                torn: Vec::new(),
                tokens,
            },
            levels: vec![Level { opener: None, container: Container::Text, next: Next::Item }],
            anchor: Anchor::Start,
            behind_line_comment: false,
            is_line_odd: false,
        };
        for index in 0..count {
            reader.token(index);
        }
        reader.end();
        reader.layout
    }

    /// The tokens; white space and the byte order mark are none.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The span before the token at `index`; for the number of tokens, the one at the end.
    pub fn gap_span(&self, index: usize) -> Span {
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        let start = before.map_or(0, |token| token.span.end);
        let end = self.tokens.get(index).map_or(self.text_len, |token| token.span.start);
        Span::new(start, end)
    }

    /// What belongs before the token at `index`; for the number of tokens, at the end.
    pub fn gap(&self, index: usize) -> Gap {
        self.gaps.get(index).copied().unwrap_or(Gap::Keep)
    }

    /// The innermost bracket that is open before the token at `index`.
    pub fn opener(&self, index: usize) -> Option<usize> {
        self.openers.get(index).copied().flatten().map(|opener| opener as usize)
    }

    /// How many levels a line is indented that begins with the token at `index`.
    pub fn line_depth(&self, index: usize) -> u32 {
        let depth = self.depths.get(index).copied().unwrap_or(0);
        let closes = self.tokens.get(index).is_some_and(|token| is_closer(token.kind));
        depth.saturating_sub(u32::from(closes))
    }

    /// The closing bracket of an opening one, and the other way round.
    pub fn partner(&self, index: usize) -> Option<usize> {
        self.partners.get(index).copied().flatten().map(|partner| partner as usize)
    }

    /// The brackets, and comments, that lack the other end.
    pub fn torn(&self) -> &[usize] {
        &self.torn
    }

    /// The tokens that stand as a whole in `span`.
    pub fn tokens_within(&self, span: Span) -> (usize, usize) {
        let Range { start, end } = span.start..span.end;
        let first = self.tokens.partition_point(|token| token.span.start < start);
        let last = self.tokens.partition_point(|token| token.span.end <= end);
        (first, last)
    }

    /// The token that has bytes on both sides of `offset`.
    pub fn token_across(&self, offset: u32) -> Option<Span> {
        let before = self.tokens.partition_point(|token| token.span.start < offset);
        let token = self.tokens.get(before.checked_sub(1)?)?;
        (offset < token.span.end).then_some(token.span)
    }
}

/// A level of nesting.
struct Level {
    opener: Option<u32>,
    container: Container,
    next: Next,
}

/// What decides about the white space after it: the last token, comments that stand behind it on
/// its line left aside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// The beginning of the text.
    Start,
    /// `{` or `[`
    Opener,
    /// `}`, `]`, a number or a word.
    Value,
    /// A string.
    String,
    Colon,
    Comma,
    /// A comment that begins its line.
    LineComment,
    BlockComment,
}

struct Reader<'a> {
    text: &'a str,
    layout: Layout,
    /// Never empty: the text itself is the outermost level.
    levels: Vec<Level>,
    anchor: Anchor,
    /// A line comment stands between the anchor and here.
    behind_line_comment: bool,
    /// Something that JSON does not know stands before here on the same line. A quote too many or
    /// too few turns round what is text and what is not, and what the parser makes of it depends on
    /// the rest of the line.
    is_line_odd: bool,
}

impl Reader<'_> {
    fn token(&mut self, index: usize) {
        let token = self.layout.tokens[index];
        let gap_text = self.layout.gap_span(index).text(self.text);
        let on_new_line = gap_text.contains(['\n', '\r']);
        let is_clear = !self.is_line_odd && is_white_space(gap_text);
        let was_line_odd = self.is_line_odd && !on_new_line;
        self.is_line_odd = was_line_odd;
        self.layout.depths.push(self.depth());
        self.layout.openers.push(self.levels.last().and_then(|level| level.opener));
        let gap = match token.kind {
            TokenKind::LineComment | TokenKind::BlockComment => {
                self.comment(index, token, on_new_line)
            }
            TokenKind::CloseBrace => self.closer(index, Container::Object),
            TokenKind::CloseBracket => self.closer(index, Container::Array),
            _ => self.word(index, token, on_new_line),
        };
        self.layout.gaps.push(if is_clear { gap } else { Gap::Keep });
        if self.is_line_odd && !was_line_odd {
            self.keep_line(index);
        }
    }

    /// Something odd has come: nothing changes before it on its line either, but the indentation.
    fn keep_line(&mut self, odd: usize) {
        for index in (0..=odd).rev() {
            let before = self.layout.gap_span(index).text(self.text);
            let begins_line = before.contains(['\n', '\r']);
            if !begins_line || !matches!(self.layout.gaps[index], Gap::Line(_)) {
                self.layout.gaps[index] = Gap::Keep;
            }
            if begins_line {
                break;
            }
        }
    }

    fn end(&mut self) {
        let rest = self.layout.gap_span(self.layout.tokens.len()).text(self.text);
        let is_clear = !self.is_unclear() && !self.is_line_odd && is_white_space(rest);
        let gap = if is_clear { Gap::End } else { Gap::Keep };
        self.layout.gaps.push(gap);
        self.layout.depths.push(self.depth());
        self.layout.openers.push(self.levels.last().and_then(|level| level.opener));
        let unclosed = self.levels.iter().filter_map(|level| level.opener);
        self.layout.torn.extend(unclosed.map(|opener| opener as usize));
    }

    fn depth(&self) -> u32 {
        self.levels.len() as u32 - 1
    }

    fn comment(&mut self, index: usize, token: Token, on_new_line: bool) -> Gap {
        if !grammar::is_whole_comment(token, self.text) {
            self.layout.torn.push(index);
        }
        let is_line_comment = token.kind == TokenKind::LineComment;
        let stands_behind = !on_new_line && self.anchor != Anchor::Start;
        let gap = if self.is_unclear() {
            Gap::Keep
        } else if self.anchor == Anchor::Start {
            Gap::Nothing
        } else if stands_behind {
            Gap::Blank
        } else if self.behind_line_comment && self.anchor == Anchor::Value {
            // VS Code's formatter is at a loss here, and so it stays.
            Gap::Keep
        } else {
            Gap::Line(self.depth())
        };
        if stands_behind {
            self.behind_line_comment = is_line_comment;
        } else {
            let anchor = if is_line_comment { Anchor::LineComment } else { Anchor::BlockComment };
            self.stand_at(anchor);
        }
        gap
    }

    fn word(&mut self, index: usize, token: Token, on_new_line: bool) -> Gap {
        let word = self.classify(index, token);
        let between = self.between(on_new_line);
        let depth = self.depth();
        let Some(level) = self.levels.last_mut() else { return Gap::Keep };
        let (fits, next) = grammar::step(level.container, level.next, word);
        level.next = next;
        self.is_line_odd |= word == Word::Foreign;
        let container = match token.kind {
            TokenKind::OpenBrace => Some(Container::Object),
            TokenKind::OpenBracket => Some(Container::Array),
            _ => None,
        };
        if let Some(container) = container {
            let opener = Some(index as u32);
            self.levels.push(Level { opener, container, next: Next::Item });
        }
        self.stand_at(match word {
            Word::Name | Word::String => Anchor::String,
            Word::Colon => Anchor::Colon,
            Word::Comma => Anchor::Comma,
            Word::Value | Word::Foreign if container.is_none() => Anchor::Value,
            Word::Value | Word::Foreign => Anchor::Opener,
        });
        match between {
            Gap::Line(_) if fits => Gap::Line(depth),
            gap if fits => gap,
            _ => Gap::Keep,
        }
    }

    /// What belongs after the anchor, before a token that is no comment and no closing bracket and
    /// that stands where it should.
    fn between(&self, on_new_line: bool) -> Gap {
        let (line, behind) = (Gap::Line(self.depth()), self.behind_line_comment);
        match self.anchor {
            Anchor::Start => Gap::Nothing,
            Anchor::Opener | Anchor::Comma | Anchor::LineComment => line,
            _ if behind => line,
            Anchor::BlockComment if on_new_line => line,
            Anchor::BlockComment | Anchor::Colon => Gap::Blank,
            Anchor::String | Anchor::Value => Gap::Nothing,
        }
    }

    fn closer(&mut self, index: usize, container: Container) -> Gap {
        let Some(level) = self.levels.last().filter(|level| level.container == container) else {
            self.layout.torn.push(index);
            self.stand_at(Anchor::Value);
            return Gap::Keep;
        };
        let fits = matches!(level.next, Next::Item | Next::Comma);
        if let Some(opener) = level.opener {
            self.layout.partners[index] = Some(opener);
            self.layout.partners[opener as usize] = Some(index as u32);
        }
        let is_empty = self.anchor == Anchor::Opener && !self.behind_line_comment;
        self.levels.pop();
        self.stand_at(Anchor::Value);
        match fits {
            true if is_empty => Gap::Nothing,
            true => Gap::Line(self.depth()),
            false => Gap::Keep,
        }
    }

    fn classify(&self, index: usize, token: Token) -> Word {
        match token.kind {
            TokenKind::Comma => Word::Comma,
            TokenKind::Colon => Word::Colon,
            TokenKind::String if !grammar::is_whole_string(token, self.text) => Word::Foreign,
            TokenKind::String if self.has_colon_behind(index) => Word::Name,
            TokenKind::String => Word::String,
            TokenKind::Unknown => Word::Foreign,
            _ => Word::Value,
        }
    }

    fn has_colon_behind(&self, index: usize) -> bool {
        let mut behind = self.layout.tokens[index + 1..].iter();
        behind
            .find(|token| !token.kind.is_trivia())
            .is_some_and(|token| token.kind == TokenKind::Colon)
    }

    fn is_unclear(&self) -> bool {
        self.levels.last().is_some_and(|level| level.next == Next::Unclear)
    }

    fn stand_at(&mut self, anchor: Anchor) {
        self.anchor = anchor;
        self.behind_line_comment = false;
    }
}

/// Whether the token is `}` or `]`.
pub(super) fn is_closer(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::CloseBrace | TokenKind::CloseBracket)
}

/// Whether `gap` is white space by JSON; the lexer takes other invisible characters for it too.
pub(super) fn is_white_space(gap: &str) -> bool {
    gap.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}
