//! Lines of a `.env` file that are not understood.

use std::fmt;

/// A line that is not understood. Of what stands there only the name is kept that it was meant
/// for, where that can be told: the rest may be half a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLine {
    /// The line's number, from 1.
    pub number: usize,
    /// The name that it was meant for.
    pub name: Option<String>,
    /// What is wrong.
    pub problem: LineProblem,
}

/// What is wrong with a line. In words it completes "line 3 …" and ends with what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// No form of assignment that is known.
    NotAnAssignment,
    /// `NAME: value`, as in YAML.
    Colon,
    /// `set NAME=value`, `$env:NAME = "value"`: a command of the shell that is named.
    Command(&'static str),
    /// No quotation mark ends the value.
    NotClosed,
    /// The value's closing quotation mark is in a later line.
    SpansLines,
    /// A later line of such a value.
    PartOfValue,
    /// More than a comment stands behind the closing quotation mark.
    AfterQuote,
    /// The value begins with a quotation mark of books: other programs take it for a part of the
    /// value, and a word processor may have put it there.
    TypographicQuotes,
    /// The value is in `$'…'` or `$"…"`.
    ShellQuotes,
    /// A character without width is before the name, behind it, or at an end of the value.
    Unseen,
}

impl fmt::Display for LineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAssignment => {
                f.write_str("is not NAME=value: write it so, or put # before it")
            }
            Self::Colon => f.write_str(
                "has a colon where the equals sign belongs: write it as NAME=value",
            ),
            Self::Command(shell) => {
                write!(f, "is a command for {shell}: write it as NAME=value alone")
            }
            Self::NotClosed => f.write_str(
                "has a quotation mark that is not closed: put the value between two of the same, \
                 or, where the mark belongs to the value, between two of another kind",
            ),
            Self::SpansLines => f.write_str(
                "begins a value that goes on in the lines below: a value takes one line, and \
                 others belong into the keyring",
            ),
            Self::PartOfValue => f.write_str("belongs to the value that begins above it"),
            Self::AfterQuote => f.write_str(
                "has text behind the closing quotation mark: remove it, put a blank and # before \
                 it, or, where all of it is the value, put it between quotation marks of another kind",
            ),
            Self::TypographicQuotes => f.write_str(
                "has a typographic quotation mark before its value: write ' or \" instead, and \
                 between those the value",
            ),
            Self::ShellQuotes => f.write_str(
                "has a $ before the quotation mark of its value, which only a shell understands: \
                 remove it, or, where it belongs to the value, put all of it between quotation \
                 marks of another kind",
            ),
            Self::Unseen => f.write_str(
                "has a character that nobody sees beside its name or its value: write the line \
                 anew, or, where the character belongs to the value, put it between quotation marks",
            ),
        }
    }
}
