//! Formatting: the white space between tokens, and nothing else.
//!
//! On valid files the result is, byte for byte, that of the formatter in VS Code's JSON support
//! (npm `jsonc-parser`, `format`): every member and value on a line of its own, no empty lines, a
//! blank after a colon, comments where they are. In a broken file the white space around a mistake
//! stays as it is, and a file whose brackets do not match stays as a whole. Tokens and comments are
//! never changed, dropped or reordered.
//!
//! Edits are as small as they can be, so that cursors and marks stay in place.

mod comments;
mod grammar;
mod layout;
mod on_type;
mod writer;

use org_syntax::{Parse, Span, SyntaxErrorKind, Token, TokenKind};

use crate::document::{Document, MAX_FILE_BYTES};
use crate::finding::Edit;
use crate::member_edits::line_break;
use layout::{Gap, Layout, is_white_space};
use writer::Writer;

pub use on_type::{TRIGGERS, on_type};

/// Stands for a tab size of 0, as in VS Code.
const DEFAULT_TAB_SIZE: u32 = 4;
/// The widest tab that is honoured.
const MAX_TAB_SIZE: u32 = 64;
/// The longest white space that formatting inserts, in bytes. Deeply nested brackets, one a line,
/// would take memory by the square of their number.
const MAX_INSERTED: usize = 16 * MAX_FILE_BYTES;

/// How to format; the names are those of LSP's `FormattingOptions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns of one level of nesting; 0 means 4.
    pub tab_size: u32,
    /// Indent by spaces, not by tabs.
    pub insert_spaces: bool,
    /// The file ends in a line break. Without it the file ends in its last token.
    pub insert_final_newline: bool,
    /// Take the blanks off the line ends inside comments. Between tokens none are left anyway.
    pub trim_trailing_whitespace: bool,
}

impl Options {
    fn tab_size(&self) -> usize {
        let size = if self.tab_size == 0 { DEFAULT_TAB_SIZE } else { self.tab_size };
        size.min(MAX_TAB_SIZE) as usize
    }

    /// What one level of nesting adds.
    fn unit(&self) -> String {
        if self.insert_spaces { " ".repeat(self.tab_size()) } else { "\t".to_owned() }
    }
}

/// The edits that format the whole document. None when its brackets do not match, or when the
/// result would be many times as long as a file may be.
pub fn document(document: &Document, options: &Options) -> Vec<Edit> {
    let (text, parse) = (document.text(), document.parse());
    let Some(mut edits) = whole(text, parse, options) else {
        return Vec::new();
    };
    if !keeps_tokens(text, parse, &edits) {
        return Vec::new();
    }
    if options.trim_trailing_whitespace {
        comments::trim(text, parse.tree.tokens(), &mut edits);
    }
    edits
}

/// The edits that format the lines which `range` touches, and change nothing outside of them. What
/// they are indented by is told by the first of them, as in VS Code.
pub fn range(document: &Document, range: Span, options: &Options) -> Vec<Edit> {
    let (text, parse) = (document.text(), document.parse());
    let layout = Layout::of(text, &parse.tree);
    let Some(lines) = Lines::around(text, &layout, range) else {
        return Vec::new();
    };
    let mut writer = Writer::new(text, options);
    let columns = lines.columns(text, options.tab_size());
    let levels = (columns / options.tab_size()) as i64;
    writer.shift = levels - i64::from(layout.line_depth(lines.first));
    let is_well_formed = is_well_formed(parse);
    let mut edits = Vec::new();
    for index in lines.first..=lines.end {
        let whole = layout.gap_span(index);
        let (span, gap) = if index == lines.first {
            (Span::new(lines.span.start, whole.end), Gap::Indent(layout.line_depth(index)))
        } else if index == lines.end && lines.span.end < whole.end {
            (Span::new(whole.start, lines.span.end), Gap::Nothing)
        } else {
            (whole, layout.gap(index))
        };
        let is_clear = is_well_formed || layout.gap(index) != Gap::Keep;
        let is_in_range = span.start < range.end && span.end > range.start;
        if is_clear && is_in_range && is_white_space(span.text(text)) {
            edits.extend(writer.edit(span, gap));
        }
    }
    if writer.is_too_long() || !keeps_tokens(text, parse, &edits) {
        return Vec::new();
    }
    if options.trim_trailing_whitespace {
        let tokens = &layout.tokens()[lines.first..lines.end];
        comments::trim(text, tokens, &mut edits);
    }
    edits
}

/// The lines that a range touches, and the tokens that stand on them as a whole.
struct Lines {
    /// From the start of the first line to the end of the last one, its line break left aside.
    span: Span,
    /// Index of the first token.
    first: usize,
    /// Index after the last token.
    end: usize,
}

impl Lines {
    /// `None` when there is nothing but white space, or when a bracket has the wrong partner.
    fn around(text: &str, layout: &Layout, range: Span) -> Option<Self> {
        let mut span = Span::new(line_start(text, range.start), line_end(text, range.end));
        // The lines of a comment that goes on above or below stay as they are.
        while let Some(above) = layout.token_across(span.start) {
            span.start = next_line_start(text, above.end);
        }
        while let Some(below) = layout.token_across(span.end) {
            span.end = previous_line_end(text, below.start);
        }
        let (first, end) = layout.tokens_within(span);
        let fits = first < end && layout.torn().iter().all(|torn| !(first..end).contains(torn));
        fits.then_some(Self { span, first, end })
    }

    /// Width of the white space that the first line begins with.
    fn columns(&self, text: &str, tab_size: usize) -> usize {
        let blanks = self.span.text(text).chars().take_while(|c| matches!(c, ' ' | '\t'));
        blanks.map(|blank| if blank == '\t' { tab_size } else { 1 }).sum()
    }
}

/// Start of the line of `offset`.
fn line_start(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or(text);
    before.rfind(['\n', '\r']).map_or(0, |at| at as u32 + 1)
}

/// End of the line of `offset`, before its line break.
fn line_end(text: &str, offset: u32) -> u32 {
    let after = text.get(offset as usize..).unwrap_or("");
    after.find(['\n', '\r']).map_or(text.len(), |at| offset as usize + at) as u32
}

/// Start of the line after the one of `offset`; the end of the text for the last line.
fn next_line_start(text: &str, offset: u32) -> u32 {
    let end = line_end(text, offset);
    let rest = text.get(end as usize..).unwrap_or("");
    let line_break = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
    end + line_break as u32
}

/// End of the line before the one of `offset`; 0 for the first line.
fn previous_line_end(text: &str, offset: u32) -> u32 {
    let before = text.get(..line_start(text, offset) as usize).unwrap_or("");
    let end = before.strip_suffix("\r\n").or_else(|| before.strip_suffix(['\n', '\r']));
    end.unwrap_or("").len() as u32
}

/// The edits for the whole text, comments left as they are.
fn whole(text: &str, parse: &Parse, options: &Options) -> Option<Vec<Edit>> {
    let layout = Layout::of(text, &parse.tree);
    if layout.tokens().is_empty() || !layout.torn().is_empty() {
        return None;
    }
    let mut writer = Writer::new(text, options);
    writer.line_break = line_break_of(text, &layout);
    let mut edits = Vec::new();
    for index in 0..=layout.tokens().len() {
        edits.extend(writer.edit(layout.gap_span(index), layout.gap(index)));
        if writer.is_too_long() {
            return None;
        }
    }
    Some(edits)
}

/// The line break that counts: the first one of the text. Where formatting takes that away and the
/// next one stands in a comment, it is that one; a second run would see no other.
fn line_break_of(text: &str, layout: &Layout) -> &'static str {
    let stays = |span: Span| span.text(text).contains(['\n', '\r']).then_some(span);
    for (index, token) in layout.tokens().iter().enumerate() {
        let kept = match layout.gap(index) {
            Gap::Line(_) => break,
            Gap::Keep => stays(layout.gap_span(index)),
            _ => None,
        };
        if let Some(first) = kept.or_else(|| stays(token.span)) {
            return line_break(first.text(text));
        }
    }
    line_break(text)
}

/// Whether the text is JSON but for comments and trailing commas.
fn is_well_formed(parse: &Parse) -> bool {
    parse.errors.iter().all(|error| {
        matches!(error.kind, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
    })
}

/// Whether `edits` leave every token and comment as it is. The layout sees to that; in a broken
/// text, where a token's end can depend on what is around it, nobody has to rely on it.
fn keeps_tokens(text: &str, parse: &Parse, edits: &[Edit]) -> bool {
    if edits.is_empty() || is_well_formed(parse) {
        return true;
    }
    let edited = Edit::apply_all(text, edits);
    let parse_after = org_syntax::parse(&edited);
    let before = tokens_of(parse).map(|token| (token.kind, token.span.text(text)));
    let after = tokens_of(&parse_after).map(|token| (token.kind, token.span.text(&edited)));
    before.eq(after)
}

/// All tokens but white space; comments are among them.
fn tokens_of(parse: &Parse) -> impl Iterator<Item = Token> + '_ {
    parse.tree.tokens().iter().copied().filter(|token| token.kind != TokenKind::Whitespace)
}

#[cfg(test)]
mod tests;
