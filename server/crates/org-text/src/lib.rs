//! Text with positions, a document as the Language Server Protocol sees it; and [`Foreign`], text that
//! others wrote as a person may see it.
//!
//! [`IndexedText`] converts between byte offsets and [`Position`]s in the three encodings that LSP 3.17
//! knows; [`Text`] takes edits. No input makes them panic: offsets and positions come from other programs
//! and are clamped to the text.
//!
//! ```
//! use org_text::{Encoding, Position, Text};
//!
//! let mut text = Text::new("{\n  \"name\": \"🏢\"\n}");
//! assert_eq!(text.offset(Position::new(1, 13), Encoding::Utf16), 17);
//! text.apply(Some(Position::new(1, 11)..Position::new(1, 13)), "Acme", Encoding::Utf16);
//! assert_eq!(text.to_string(), "{\n  \"name\": \"Acme\"\n}");
//! ```

mod difference;
mod foreign;
mod indexed;
mod position;
mod text;

pub use difference::Difference;
pub use foreign::{Foreign, does_something, is_invisible, neutral, neutral_lines};
pub use indexed::IndexedText;
pub use position::{Encoding, Position};
pub use text::Text;
