//! Lossless, error-tolerant JSON.
//!
//! [`parse`] turns any text into a [`Tree`] and a list of [`SyntaxError`]s. It never fails, never
//! recurses on the input and takes time linear in its length, so a server can call it on every key
//! stroke and a bomb of brackets does no harm.
//!
//! All offsets are byte offsets into the UTF-8 text that was parsed.
//!
//! A text has no errors, leaving aside [`SyntaxErrorKind::Comment`],
//! [`SyntaxErrorKind::TrailingComma`] and a leading byte order mark, exactly when it is JSON by
//! RFC 8259.
//!
//! ```
//! use org_syntax::{NodeKind, parse};
//!
//! let text = r#"{ "name": "Acme", "sandbox": }"#;
//! let parse = parse(text);
//! assert_eq!(parse.errors.len(), 1); // a value is missing, the rest is there
//! let root = parse.tree.root().expect("the text is not empty");
//! assert_eq!(parse.tree.kind(root), NodeKind::Object);
//! assert_eq!(parse.tree.members(root).count(), 2);
//! ```

mod error;
mod lexer;
mod parser;
mod recovery;
mod reparse;
mod span;
mod string;
mod token;
mod tree;

pub use error::{SyntaxError, SyntaxErrorKind};
pub use parser::{MAX_LEN, Parse, parse};
pub use reparse::reparse;
pub use span::Span;
pub use string::{decode_string, decoded_chars, quote};
pub use token::{Token, TokenKind};
pub use tree::{Member, Node, NodeId, NodeKind, Tree};
