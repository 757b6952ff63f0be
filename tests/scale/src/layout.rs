//! How a file is laid out: everything that JSON allows between its tokens.

use crate::draft::{Draft, Member, Value};
use crate::random::Random;

/// A layout.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    indent: Indent,
    line_break: &'static str,
    byte_order_mark: bool,
    blank_lines: bool,
    ends_with_line_break: bool,
    escapes_in_names: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Indent {
    Blanks(usize),
    Tab,
    /// One line, a blank behind each comma and colon.
    OneLine,
    /// No blank at all.
    None,
}

impl Layout {
    /// What most people write.
    pub const USUAL: Layout = Layout {
        indent: Indent::Blanks(2),
        line_break: "\n",
        byte_order_mark: false,
        blank_lines: false,
        ends_with_line_break: true,
        escapes_in_names: false,
    };

    /// The usual one more often than not, else anything.
    pub fn any(random: &mut Random) -> Self {
        let mut layout = Self::with_lines(random);
        if random.percent(10) {
            layout.indent = *random.pick(&[Indent::OneLine, Indent::None]);
            layout.blank_lines = false;
        }
        layout.byte_order_mark = random.percent(3);
        layout
    }

    /// One in which each member has a line, as comments of one line need.
    pub fn with_lines(random: &mut Random) -> Self {
        if random.percent(60) {
            return Self::USUAL;
        }
        let indents = [Indent::Blanks(2), Indent::Blanks(4), Indent::Tab, Indent::Blanks(0)];
        Self {
            indent: *random.pick(&indents),
            line_break: *random.pick(&["\n", "\n", "\r\n", "\r\n", "\r"]),
            byte_order_mark: false,
            blank_lines: random.percent(10),
            ends_with_line_break: !random.percent(15),
            escapes_in_names: random.percent(5),
        }
    }

    /// The text, its marks still in it.
    pub fn render(self, draft: &Draft) -> String {
        let mut text = String::new();
        if self.byte_order_mark {
            text.push('\u{feff}');
        }
        self.object(draft, 1, &mut text);
        if self.ends_with_line_break && !matches!(self.indent, Indent::None) {
            text.push_str(self.line_break);
        }
        text
    }

    fn object(self, draft: &Draft, depth: usize, text: &mut String) {
        text.push_str(&draft.open);
        for (number, member) in draft.members.iter().enumerate() {
            if self.blank_lines {
                text.push_str(self.line_break);
            }
            for line in &member.lead {
                self.begin_member(depth, number, text);
                text.push_str(line);
            }
            self.begin_member(depth, number, text);
            self.member(member, depth, text);
            if number + 1 < draft.members.len() {
                text.push_str(&member.comma);
            }
        }
        text.push_str(&draft.tail);
        if !draft.members.is_empty() && !draft.close.is_empty() {
            self.new_line(depth - 1, text);
        }
        text.push_str(&draft.close);
    }

    fn begin_member(self, depth: usize, number: usize, text: &mut String) {
        match self.indent {
            Indent::OneLine if number > 0 => text.push(' '),
            _ => self.new_line(depth, text),
        }
    }

    fn new_line(self, depth: usize, text: &mut String) {
        let indent = match self.indent {
            Indent::Blanks(blanks) => " ".repeat(blanks * depth),
            Indent::Tab => "\t".repeat(depth),
            Indent::OneLine | Indent::None => return,
        };
        text.push_str(self.line_break);
        text.push_str(&indent);
    }

    fn member(self, member: &Member, depth: usize, text: &mut String) {
        if self.escapes_in_names {
            text.push_str(&member.key.replacen('e', "\\u0065", 1));
        } else {
            text.push_str(&member.key);
        }
        text.push_str(if self.indent == Indent::None { ":" } else { ": " });
        match &member.value {
            Value::Raw(raw) => text.push_str(raw),
            Value::Object(draft) => self.object(draft, depth + 1, text),
        }
    }
}
