//! The parser alone, beside serde_json.

use std::hint::black_box;
use std::time::Instant;

use crate::corpus::{Corpus, DOCUMENTS};
use crate::figures::{Figures, median};
use crate::outcome::Outcome;

/// As a server in the figures.
pub const OURS: &str = "org-syntax";
/// The other.
pub const SERDE: &str = "serde_json::Value";

/// Parses each document, and the first half of it, nine times over: about so many bytes each time.
pub fn measure(corpus: &Corpus, bytes: usize, figures: &mut Figures) -> Outcome<()> {
    for name in DOCUMENTS {
        let text = corpus.document(name)?;
        let middle = (text.len() / 2..).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let broken = &text[..middle];
        let ours = |text: &str| {
            black_box(org_syntax::parse(black_box(text)));
        };
        let serde = |text: &str| {
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(black_box(text));
            black_box(parsed.is_ok());
        };
        figures.add(OURS, &format!("parse MB/s {name}"), speed(&text, bytes, ours));
        figures.add(OURS, &format!("broken MB/s {name}"), speed(broken, bytes, ours));
        figures.add(SERDE, &format!("parse MB/s {name}"), speed(&text, bytes, serde));
    }
    Ok(())
}

/// Megabytes (10^6) a second, the median of some runs.
fn speed(text: &str, bytes: usize, parse: impl Fn(&str)) -> f64 {
    let times = (0..9).map(|_| {
        let repeat = (bytes / text.len().max(1)).max(1);
        let since = Instant::now();
        for _ in 0..repeat {
            parse(text);
        }
        since.elapsed().as_secs_f64() / repeat as f64
    });
    let seconds = median(&times.collect::<Vec<_>>()).unwrap_or(f64::INFINITY);
    text.len() as f64 / 1e6 / seconds
}
