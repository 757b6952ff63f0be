//! Words, strings and marks of a programming language, comments apart.
//!
//! As much of each language as tells strings and comments from code. A string that is not closed ends with
//! its line, so that a mistake (or a regular expression that looks like one) does not swallow the file.

use org_syntax::Span;

use crate::logins::Language;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, also with `$` or `@` in front.
    Word,
    /// A string that is what it says.
    Text,
    /// A string in which something is put when the program runs.
    Template,
    /// Anything else, one byte.
    Mark(u8),
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in bytes; of strings without the quotes.
    pub span: Span,
    /// Whether it is the first of its line.
    pub is_first: bool,
}

/// A text in tokens.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    /// The code.
    pub code: Vec<Token>,
    /// What stands in comments, read as if it were code.
    pub comments: Vec<Token>,
    /// Where the comments stand, in order.
    ranges: Vec<Span>,
}

impl Lexed {
    /// Whether a byte stands in a comment.
    pub fn comment_at(&self, at: u32) -> bool {
        let before = self.ranges.partition_point(|range| range.start <= at);
        before > 0 && self.ranges.get(before - 1).is_some_and(|range| at < range.end)
    }
}

/// How a language writes what is no code.
struct Syntax {
    line_comments: &'static [&'static str],
    block_comments: &'static [(&'static str, &'static str)],
    /// Strings that may have more lines: what opens and closes them, and whether `\` escapes in them.
    long_strings: &'static [(&'static str, bool)],
    /// Quotes of strings that end with the line.
    quotes: &'static [u8],
    /// What puts something into a string, and in strings of which quotes (none: of all).
    template: Option<(&'static str, &'static [u8])>,
}

const SLASHES: &[&str] = &["//"];
const HASH: &[&str] = &["#"];
const STARS: &[(&str, &str)] = &[("/*", "*/")];
const BOTH: &[u8] = b"\"'";

fn syntax(language: Language) -> Syntax {
    let (line_comments, block_comments): (&[_], &[_]) = match language {
        Language::Python | Language::Shell => (HASH, &[]),
        Language::Ruby => (HASH, &[("\n=begin", "\n=end")]),
        Language::Php => (&["//", "#"], STARS),
        Language::Prose => (&[], &[("<!--", "-->")]),
        _ => (SLASHES, STARS),
    };
    let long_strings: &[_] = match language {
        Language::Python => &[("\"\"\"", true), ("'''", true)],
        Language::JavaScript => &[("`", true)],
        Language::Go => &[("`", false)],
        Language::Java | Language::CSharp => &[("\"\"\"", true)],
        _ => &[],
    };
    let template: Option<(&str, &[u8])> = match language {
        Language::JavaScript => Some(("${", b"`")),
        Language::Ruby => Some(("#{", b"\"")),
        Language::Php | Language::Shell => Some(("$", b"\"")),
        _ => None,
    };
    let quotes = if language == Language::Prose { &[][..] } else { BOTH };
    Syntax { line_comments, block_comments, long_strings, quotes, template }
}

pub(super) fn read(language: Language, text: &str) -> Lexed {
    let mut lexed = Lexed::default();
    let mut lexer = Lexer { text, language, syntax: syntax(language), at: 0, is_first: true };
    while lexer.at < text.len() {
        if let Some(comment) = lexer.comment() {
            lexed.ranges.push(comment);
        } else if let Some(token) = lexer.token(text.len()) {
            lexed.code.push(token);
        }
    }
    for range in &lexed.ranges {
        (lexer.at, lexer.is_first) = (range.start as usize, true);
        while lexer.at < range.end as usize {
            lexed.comments.extend(lexer.token(range.end as usize));
        }
    }
    lexed
}

struct Lexer<'text> {
    text: &'text str,
    language: Language,
    syntax: Syntax,
    at: usize,
    is_first: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Passes over a comment that begins here.
    fn comment(&mut self) -> Option<Span> {
        let rest = self.rest();
        let is_word_before = self.at > 0 && !self.byte(self.at - 1).is_ascii_whitespace();
        let line = self.syntax.line_comments.iter().find(|mark| rest.starts_with(**mark));
        let length = match line {
            // In a shell it begins a comment only in front of a word.
            Some(_) if self.language == Language::Shell && is_word_before => None,
            Some(_) => Some(rest.find('\n').unwrap_or(rest.len())),
            None => {
                let mut blocks = self.syntax.block_comments.iter();
                blocks.find(|(open, _)| rest.starts_with(open)).map(|(open, close)| {
                    let inside = &rest[open.len()..];
                    inside.find(close).map_or(rest.len(), |at| open.len() + at + close.len())
                })
            }
        }?;
        let span = Span::new(self.at as u32, (self.at + length) as u32);
        self.at += length;
        Some(span)
    }

    /// What begins here and ends before `limit`; nothing for blanks.
    fn token(&mut self, limit: usize) -> Option<Token> {
        let byte = self.byte(self.at);
        if byte == b'\n' {
            self.is_first = true;
        }
        if byte.is_ascii_whitespace() {
            self.at += 1;
            return None;
        }
        let is_first = std::mem::take(&mut self.is_first);
        let is_word =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 128..);
        let long = self.syntax.long_strings.iter().find(|(mark, _)| self.rest().starts_with(*mark));
        let (kind, span) = if let Some((mark, escapes)) = long {
            self.string(mark, *escapes, true, limit)
        } else if self.syntax.quotes.contains(&byte) {
            let mark = if byte == b'"' { "\"" } else { "'" };
            let is_verbatim = self.is_verbatim();
            self.string(mark, !is_verbatim, is_verbatim, limit)
        } else if is_word(byte) || (byte == b'@' && is_word(self.byte(self.at + 1))) {
            let start = self.at;
            let bytes = self.text.as_bytes()[start + 1..limit.max(start + 1)].iter();
            self.at += 1 + bytes.take_while(|byte| is_word(**byte)).count();
            (Kind::Word, Span::new(start as u32, self.at as u32))
        } else {
            self.at += 1;
            (Kind::Mark(byte), Span::new(self.at as u32 - 1, self.at as u32))
        };
        Some(Token { kind, span, is_first })
    }

    /// Whether the string that begins here is taken as it stands: `@"…"` of C#.
    fn is_verbatim(&self) -> bool {
        let before = |count: usize| self.at.checked_sub(count).map(|at| self.byte(at));
        let is_at = before(1) == Some(b'@') || (before(1) == Some(b'$') && before(2) == Some(b'@'));
        self.language == Language::CSharp && is_at
    }

    fn string(&mut self, mark: &str, escapes: bool, is_long: bool, limit: usize) -> (Kind, Span) {
        let start = self.at + mark.len();
        let mut end = start.min(limit);
        let bytes = self.text.as_bytes();
        while end < limit && !bytes[end..].starts_with(mark.as_bytes()) {
            match bytes[end] {
                b'\\' if escapes => end += 2,
                b'\n' if !is_long => break,
                _ => end += 1,
            }
        }
        let mut end = end.min(limit);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let end = end.max(start.min(limit));
        let is_closed = bytes[end..].starts_with(mark.as_bytes());
        let inside = self.text.get(start..end).unwrap_or_default();
        let kind = if self.is_template(mark, start, inside) { Kind::Template } else { Kind::Text };
        let span = Span::new(start.min(end) as u32, end as u32);
        self.at = if is_closed { end + mark.len() } else { end.max(self.at + 1) };
        (kind, span)
    }

    fn is_template(&self, mark: &str, start: usize, inside: &str) -> bool {
        let before = self.byte(start.saturating_sub(mark.len() + 1));
        let before = if start > mark.len() { before } else { 0 };
        match self.language {
            Language::Python => matches!(before, b'f' | b'F') && inside.contains('{'),
            Language::CSharp => before == b'$' && inside.contains('{'),
            _ => self.syntax.template.is_some_and(|(put, quotes)| {
                quotes.contains(&mark.as_bytes()[0]) && inside.contains(put)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(language: Language, text: &str) -> String {
        let lexed = read(language, text);
        let of = |tokens: &[Token]| {
            let words = tokens.iter().map(|token| match token.kind {
                Kind::Text => format!("'{}'", token.span.text(text)),
                Kind::Template => format!("~{}~", token.span.text(text)),
                _ => token.span.text(text).to_owned(),
            });
            words.collect::<Vec<_>>().join(" ")
        };
        format!("{} | {}", of(&lexed.code), of(&lexed.comments))
    }

    #[test]
    fn strings_and_comments_are_told_from_code() {
        for (language, text, told) in [
            (Language::Python, "a = 'x' # b('y')", "a = 'x' | # b ( 'y' )"),
            (Language::Python, "f'{a}' \"\"\"a\nb\"\"\" c", "f ~{a}~ 'a\nb' c | "),
            (Language::JavaScript, "a(`x${y}`, `z`) // c", "a ( ~x${y}~ , 'z' ) | / / c"),
            (Language::Java, "a(\"x\\\"y\"); /* b\n */ c", "a ( 'x\\\"y' ) ; c | / * b * /"),
            (Language::Php, "$a->b('x', \"$y\");", "$a - > b ( 'x' , ~$y~ ) ; | "),
            (Language::Shell, "a#b \"$X\" 'y' # z", "a # b ~$X~ 'y' | # z"),
            (Language::CSharp, "a(@\"x\\\", b)", "a ( @ 'x\\' , b ) | "),
            (Language::Go, "a(`x\\`, b)", "a ( 'x\\' , b ) | "),
            (Language::Ruby, "a :b => \"#{c}\"", "a : b = > ~#{c}~ | "),
            (Language::JavaScript, "/it's/; a\nb", "/ it 's/; a' b | "),
        ] {
            assert_eq!(shown(language, text), told, "{text}");
        }
    }

    #[test]
    fn no_text_is_too_odd() {
        for language in [Language::Python, Language::Shell, Language::Prose, Language::CSharp] {
            for text in ["\"", "'\\", "\"\"\"", "# ü'", "ü\"\\ü", "\0", "/*", "@", "'''é\\"] {
                read(language, text);
            }
        }
    }
}
