//! The words of the text.

use crate::Span;

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// Text in quotes: in double quotes, the only ones that JSON knows, or in others that a person
    /// took for them (an error says so). The closing quote may be missing.
    String,
    /// A number, or what was meant as one (`.5`, `0x1F`: an error says so).
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
    /// A bare word, or a character that means nothing in JSON.
    Unknown,
    /// A run of spaces, tabs and line breaks, or of other invisible characters (an error says so).
    Whitespace,
    /// `// …` or `# …` up to the line's end.
    LineComment,
    /// `/* … */`; the end may be missing.
    BlockComment,
    /// U+FEFF at the very beginning.
    ByteOrderMark,
}

impl TokenKind {
    /// Whether the token means nothing to the tree: white space, comments, the byte order mark.
    pub const fn is_trivia(self) -> bool {
        matches!(
            self,
            TokenKind::Whitespace
                | TokenKind::LineComment
                | TokenKind::BlockComment
                | TokenKind::ByteOrderMark
        )
    }

    /// Whether the token is a whole value of its own: a string, a number, `true`, `false`, `null`.
    pub const fn is_scalar(self) -> bool {
        matches!(
            self,
            TokenKind::String
                | TokenKind::Number
                | TokenKind::True
                | TokenKind::False
                | TokenKind::Null
        )
    }
}

/// A word of the text. The tokens of a tree, one after the other, are the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands; never empty.
    pub span: Span,
}
