//! Proves that the server has the text that the client thinks it has.
//!
//! A text for this has members whose names begin with `x-`, which the format does not know. The
//! server reports each with its name and range, so that any difference before or in one shows.

use crate::client::Client;
use crate::messages::Published;
use crate::positions::{Encoding, Position, Range};

impl Client {
    /// Waits for the diagnostics of a version and compares what they say about the text.
    pub fn expect_text(&mut self, uri: &str, version: i64, text: &str) {
        let published = self.diagnostics(uri, version);
        if let Err(difference) = compare(&published, text, self.encoding) {
            self.fail(&format!("{uri} version {version} should be\n{text}\n{difference}"));
        }
    }
}

/// Tells where reported members differ from those of the text.
fn compare(published: &Published, text: &str, encoding: Encoding) -> Result<(), String> {
    let expected = markers(text, encoding);
    assert!(!expected.is_empty(), "no marker in {text:?}");
    let mut found: Vec<_> = published
        .all("unknown-member")
        .map(|diagnostic| (diagnostic.range, diagnostic.message.as_str()))
        .collect();
    found.sort_unstable();
    let same = expected.len() == found.len()
        && expected.iter().zip(&found).all(|(expected, found)| {
            expected.0 == found.0 && found.1.contains(&format!("\"{}\"", expected.1))
        });
    if same { Ok(()) } else { Err(format!("expected {expected:#?}\nfound {found:#?}")) }
}

/// The ranges and names of all members `x-…`, in order.
fn markers(text: &str, encoding: Encoding) -> Vec<(Range, &str)> {
    let starts = text.match_indices("\"x-").map(|(at, _)| at);
    starts
        .filter_map(|start| {
            let name_length = text[start + 1..].find('"')?;
            let end = start + 1 + name_length;
            let range = Range::new(
                Position::at(text, start, encoding),
                Position::at(text, end + 1, encoding),
            );
            Some((range, &text[start + 1..end]))
        })
        .collect()
}
