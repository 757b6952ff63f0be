//! What can be wrong with a text.

use crate::Span;

/// The most errors that one parse reports.
pub(crate) const MAX_ERRORS: usize = 100;

/// One mistake in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where a person would point: the text that is wrong, or, where something is missing, the
    /// empty span at the place where it belongs.
    pub span: Span,
}

/// The distinct mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SyntaxErrorKind {
    /// `// …` or `/* … */`.
    Comment,
    /// A comma after the last member or value; the span is the comma.
    TrailingComma,
    /// `# …`.
    HashComment,
    /// `/*` without `*/`.
    UnterminatedComment,
    /// No closing quote on the string's line.
    UnterminatedString,
    /// A control character (below U+0020) in a string.
    ControlCharacter,
    /// A backslash in a string that begins no escape of JSON.
    InvalidEscape,
    /// A number that JSON doesn't write this way.
    InvalidNumber,
    /// Text without quotes, also `True`, `NULL`, `undefined`.
    BareWord,
    /// `'text'`.
    SingleQuotedString,
    /// `“text”`, as word processors write it.
    TypographicQuotes,
    /// A double quote inside a string that is not escaped and so ends it.
    UnescapedQuote,
    /// An invisible character other than space, tab and line break between tokens.
    InvalidWhitespace,
    /// No value where one belongs, for example after a colon.
    ExpectedValue,
    /// No name where one belongs, for example after a comma in an object.
    ExpectedMemberName,
    /// No colon between a member's name and its value.
    ExpectedColon,
    /// No comma between two members or values.
    ExpectedComma,
    /// No `{` before the first member of the text.
    ExpectedOpenBrace,
    /// Something that has no place here.
    UnexpectedToken,
    /// `{` without `}`; the span is the opening brace.
    UnclosedObject,
    /// `[` without `]`; the span is the opening bracket.
    UnclosedArray,
    /// `]` in the place of `}` or the other way round.
    MismatchedBracket,
    /// A closing bracket too many.
    UnopenedBracket,
    /// Something after the end of the value that is the whole text.
    ContentAfterEnd,
    /// There is nothing in the text, or nothing but white space and comments.
    Empty,
    /// The text is longer than [`MAX_LEN`](crate::MAX_LEN).
    TooLarge,
}

impl SyntaxErrorKind {
    /// What is wrong, in the first words; then what to do, where that is not the same. Plain text for every
    /// destination.
    pub const fn message(self) -> &'static str {
        match self {
            SyntaxErrorKind::Comment | SyntaxErrorKind::HashComment => {
                "JSON has no comments. Remove this one."
            }
            SyntaxErrorKind::TrailingComma => "Nothing follows this comma. Remove it.",
            SyntaxErrorKind::UnterminatedComment => {
                "Missing \"*/\" for this comment. JSON has no comments: remove it."
            }
            SyntaxErrorKind::UnterminatedString => "Missing double quote at the end of this text.",
            SyntaxErrorKind::ControlCharacter => {
                "A control character in a text. Write its escape, such as \\t for a tab."
            }
            SyntaxErrorKind::InvalidEscape => {
                "Unknown escape. Write \\\\ for a backslash, or one of \
                 \\\" \\/ \\b \\f \\n \\r \\t \\uXXXX."
            }
            SyntaxErrorKind::InvalidNumber => {
                "Not a number in JSON. Write it like 0.5 or -12, or put it in double quotes."
            }
            SyntaxErrorKind::BareWord => {
                "Missing double quotes. Only numbers, true, false and null (in lower case) have none."
            }
            SyntaxErrorKind::SingleQuotedString => "Single quotes. Use double quotes.",
            SyntaxErrorKind::TypographicQuotes => {
                "Typographic quotes. Use straight double quotes (\")."
            }
            SyntaxErrorKind::UnescapedQuote => {
                "This double quote ends the text. Inside a text, write it as \\\"."
            }
            SyntaxErrorKind::InvalidWhitespace => {
                "An invisible character. Replace it with a plain space, or remove it."
            }
            SyntaxErrorKind::ExpectedValue => "Missing value.",
            SyntaxErrorKind::ExpectedMemberName => {
                "Missing member name. Add it in double quotes, followed by a colon."
            }
            SyntaxErrorKind::ExpectedColon => "Missing colon between name and value.",
            SyntaxErrorKind::ExpectedComma => "Missing comma.",
            SyntaxErrorKind::ExpectedOpenBrace => "Missing \"{\" before the first member.",
            SyntaxErrorKind::UnexpectedToken => "This does not belong here. Remove it.",
            SyntaxErrorKind::UnclosedObject => "Missing \"}\" for this \"{\".",
            SyntaxErrorKind::UnclosedArray => "Missing \"]\" for this \"[\".",
            SyntaxErrorKind::MismatchedBracket => {
                "Not the bracket that was opened. Use \"}\" for \"{\" and \"]\" for \"[\"."
            }
            SyntaxErrorKind::UnopenedBracket => {
                "Nothing is open for this bracket to close. Remove it."
            }
            SyntaxErrorKind::ContentAfterEnd => "Text after the end of the JSON value. Remove it.",
            SyntaxErrorKind::Empty => "There is no JSON object here. Begin with \"{\".",
            SyntaxErrorKind::TooLarge => "Larger than 1 GiB. Use a smaller file.",
        }
    }

    /// Whether a reader that knows comments and trailing commas gets the same value from the text.
    pub(crate) const fn is_tolerable(self) -> bool {
        matches!(self, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
    }
}

/// Collects errors up to the limit. Those that a lenient reader tolerates are counted apart, so
/// that a hundred comments never hide a real mistake.
#[derive(Default)]
pub(crate) struct Errors {
    faults: Vec<SyntaxError>,
    tolerable: Vec<SyntaxError>,
}

impl Errors {
    /// Whether there is nothing that a lenient reader would not tolerate.
    pub(crate) fn has_no_faults(&self) -> bool {
        self.faults.is_empty()
    }

    pub(crate) fn push(&mut self, kind: SyntaxErrorKind, span: Span) {
        let list = if kind.is_tolerable() { &mut self.tolerable } else { &mut self.faults };
        if list.len() < MAX_ERRORS {
            list.push(SyntaxError { kind, span });
        }
    }

    /// Forgets the faults that begin inside `span`, because one error speaks for all of it.
    pub(crate) fn forget_faults_in(&mut self, span: Span) {
        // A full list has dropped some already and must not become an empty one.
        if self.faults.len() < MAX_ERRORS {
            self.faults.retain(|error| !span.contains(error.span.start));
        }
    }

    /// All errors of both in document order, one for each start, at most [`MAX_ERRORS`]. Where two
    /// begin at the same place, the one in `self` stays.
    pub(crate) fn merge(self, other: Errors) -> Vec<SyntaxError> {
        let mut errors = in_order(self.faults, other.faults);
        let mut tolerable = in_order(self.tolerable, other.tolerable);
        tolerable.truncate(MAX_ERRORS - errors.len());
        errors = in_order(errors, tolerable);
        errors.shrink_to_fit();
        errors
    }
}

fn in_order(mut first: Vec<SyntaxError>, second: Vec<SyntaxError>) -> Vec<SyntaxError> {
    first.extend(second);
    first.sort_by_key(|error| error.span.start);
    first.dedup_by_key(|error| error.span.start);
    first.truncate(MAX_ERRORS);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMENT: SyntaxErrorKind = SyntaxErrorKind::Comment;
    const NUMBER: SyntaxErrorKind = SyntaxErrorKind::InvalidNumber;
    const VALUE: SyntaxErrorKind = SyntaxErrorKind::ExpectedValue;

    fn merged(
        own: &[(SyntaxErrorKind, u32)],
        other: &[(SyntaxErrorKind, u32)],
    ) -> Vec<(SyntaxErrorKind, u32)> {
        let collect = |list: &[(SyntaxErrorKind, u32)]| {
            let mut errors = Errors::default();
            for &(kind, start) in list {
                errors.push(kind, Span::new(start, start + 1));
            }
            errors
        };
        let all = collect(own).merge(collect(other));
        all.into_iter().map(|error| (error.kind, error.span.start)).collect()
    }

    #[test]
    fn errors_come_in_document_order() {
        let all = merged(&[(VALUE, 9), (VALUE, 1)], &[(COMMENT, 0), (NUMBER, 5)]);
        assert_eq!(all, [(COMMENT, 0), (VALUE, 1), (NUMBER, 5), (VALUE, 9)]);
    }

    #[test]
    fn one_error_speaks_for_a_place() {
        assert_eq!(merged(&[(VALUE, 1)], &[(NUMBER, 1), (COMMENT, 1)]), [(VALUE, 1)]);
    }

    #[test]
    fn tolerable_errors_give_way() {
        let comments: Vec<_> = (0..150).map(|start| (COMMENT, start)).collect();
        let numbers: Vec<_> = (200..298).map(|start| (NUMBER, start)).collect();
        let all = merged(&comments, &numbers);
        assert_eq!(all.len(), MAX_ERRORS);
        assert_eq!(all[..3], [(COMMENT, 0), (COMMENT, 1), (NUMBER, 200)]);
    }

    #[test]
    fn a_full_list_is_never_emptied() {
        let mut errors = Errors::default();
        for start in 0..200 {
            errors.push(NUMBER, Span::new(start, start + 1));
        }
        errors.forget_faults_in(Span::new(0, 500));
        assert_eq!(errors.merge(Errors::default()).len(), MAX_ERRORS);
    }

    #[test]
    fn faults_inside_a_span_are_forgotten() {
        let mut errors = Errors::default();
        for start in [1, 2, 4, 5] {
            errors.push(NUMBER, Span::new(start, start + 1));
        }
        errors.push(COMMENT, Span::new(3, 4));
        errors.forget_faults_in(Span::new(2, 5));
        let starts: Vec<u32> =
            errors.merge(Errors::default()).iter().map(|error| error.span.start).collect();
        assert_eq!(starts, [1, 3, 5]);
    }
}
