//! From the white space that belongs in a gap to the least edit that makes it.

use org_syntax::Span;

use super::layout::Gap;
use super::{MAX_INSERTED, Options};
use crate::finding::Edit;
use crate::member_edits::line_break;

/// Makes edits for one text.
pub(super) struct Writer<'a> {
    text: &'a str,
    /// What lines end in; at first the first line break of the text.
    pub line_break: &'static str,
    unit: String,
    insert_final_newline: bool,
    /// What every line is indented by in front of its levels.
    pub base: String,
    /// Levels to add to those of every line; the sum counts as 0 when it is less.
    pub shift: i64,
    inserted: usize,
    buffer: String,
}

impl<'a> Writer<'a> {
    /// A writer that indents from the left edge.
    pub fn new(text: &'a str, options: &Options) -> Self {
        Self {
            text,
            line_break: line_break(text),
            unit: options.unit(),
            insert_final_newline: options.insert_final_newline,
            base: String::new(),
            shift: 0,
            inserted: 0,
            buffer: String::new(),
        }
    }

    /// Whether the edits so far insert more than formatting may. No edit is made from then on.
    pub fn is_too_long(&self) -> bool {
        self.inserted > MAX_INSERTED
    }

    /// The edit that puts what `gap` says in the place of `span`; `None` when it is there already.
    pub fn edit(&mut self, span: Span, gap: Gap) -> Option<Edit> {
        if !self.write(gap) || span.text(self.text) == self.buffer {
            return None;
        }
        self.inserted += self.buffer.len();
        Some(least_edit(span, span.text(self.text), &self.buffer))
    }

    /// Writes the new white space into the buffer. False when nothing is to be changed.
    fn write(&mut self, gap: Gap) -> bool {
        self.buffer.clear();
        match gap {
            Gap::Keep => return false,
            Gap::Nothing => {}
            Gap::Blank => self.buffer.push(' '),
            Gap::Line(depth) => {
                self.buffer.push_str(self.line_break);
                return self.indent(depth);
            }
            Gap::Indent(depth) => return self.indent(depth),
            Gap::End if self.insert_final_newline => self.buffer.push_str(self.line_break),
            Gap::End => {}
        }
        true
    }

    fn indent(&mut self, depth: u32) -> bool {
        let levels = usize::try_from(i64::from(depth) + self.shift).unwrap_or(0);
        let len = levels.saturating_mul(self.unit.len());
        if self.inserted.saturating_add(len) > MAX_INSERTED {
            self.inserted = MAX_INSERTED + 1;
            return false;
        }
        self.buffer.push_str(&self.base);
        self.buffer.extend(std::iter::repeat_n(self.unit.as_str(), levels));
        true
    }
}

/// Replaces only what differs between `old`, which stands at `span`, and `new`.
fn least_edit(span: Span, old: &str, new: &str) -> Edit {
    // White space is ASCII, so every byte is a character.
    let (old_bytes, new_bytes) = (old.as_bytes(), new.as_bytes());
    let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
    let mut head = old_bytes.iter().zip(new_bytes).take_while(same).count();
    // A position inside of `\r\n` means nothing to a client.
    if head > 0 && old_bytes[head - 1] == b'\r' {
        head -= 1;
    }
    let (old_rest, new_rest) = (&old_bytes[head..], &new_bytes[head..]);
    let mut tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let ends_pair = |bytes: &[u8]| {
        let at = bytes.len() - tail;
        bytes.get(at) == Some(&b'\n') && at > 0 && bytes[at - 1] == b'\r'
    };
    if ends_pair(old_rest) || ends_pair(new_rest) {
        tail -= 1;
    }
    let changed = Span::new(span.start + head as u32, span.end - tail as u32);
    Edit::replace(changed, &new[head..new.len() - tail])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn least(old: &str, new: &str) -> (u32, u32, String) {
        let edit = least_edit(Span::new(10, 10 + old.len() as u32), old, new);
        (edit.span.start, edit.span.end, edit.text)
    }

    #[test]
    fn only_the_difference_is_replaced() {
        assert_eq!(least("\n  ", "\n    "), (13, 13, "  ".into()));
        assert_eq!(least("\n\n\n  ", "\n  "), (11, 13, String::new()));
        assert_eq!(least("\n\t", "\n  "), (11, 12, "  ".into()));
        assert_eq!(least("", " "), (10, 10, " ".into()));
        assert_eq!(least("  \n", "\n"), (10, 12, String::new()));
    }

    #[test]
    fn a_line_break_of_two_characters_stays_whole() {
        assert_eq!(least("\n  ", "\r\n  "), (10, 11, "\r\n".into()));
        assert_eq!(least("\r\n  ", "\n  "), (10, 12, "\n".into()));
        assert_eq!(least("\r  ", "\r\n  "), (10, 11, "\r\n".into()));
        assert_eq!(least("\r\n\r\n", "\r\n"), (12, 14, String::new()));
    }
}
