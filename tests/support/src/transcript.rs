//! Everything that went over the pipes, for the message of a test that fails and for tests that
//! search it.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the client to the server.
    ToServer,
    /// From the server to the client.
    FromServer,
    /// A line that the server wrote to standard error.
    StandardError,
    /// What happened besides.
    Note,
}

/// So many entries are shown.
const SHOWN_ENTRIES: usize = 120;
/// So many characters of each are shown.
const SHOWN_CHARACTERS: usize = 700;

/// The record. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Transcript {
    begun: Instant,
    entries: Arc<Mutex<Vec<Entry>>>,
    shown: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Entry {
    seconds: f64,
    direction: Direction,
    text: String,
}

impl Transcript {
    pub fn new() -> Self {
        Self { begun: Instant::now(), entries: Arc::default(), shown: Arc::default() }
    }

    pub fn add(&self, direction: Direction, text: impl Into<String>) {
        let seconds = self.begun.elapsed().as_secs_f64();
        let text = text.into();
        self.lock().push(Entry { seconds, direction, text });
    }

    /// All that went one way, in order.
    pub fn texts(&self, direction: Direction) -> Vec<String> {
        self.lock()
            .iter()
            .filter(|entry| entry.direction == direction)
            .map(|entry| entry.text.clone())
            .collect()
    }

    /// Whether somebody has asked for [`Transcript::shown`].
    pub fn was_shown(&self) -> bool {
        self.shown.load(Ordering::Relaxed)
    }

    /// The end of it, shortened, for people.
    pub fn shown(&self) -> String {
        self.shown.store(true, Ordering::Relaxed);
        let entries = self.lock();
        let left_out = entries.len().saturating_sub(SHOWN_ENTRIES);
        let mut shown = String::from("--- transcript ---\n");
        if left_out > 0 {
            shown.push_str(&format!("({left_out} earlier entries left out)\n"));
        }
        for entry in entries.iter().skip(left_out) {
            let sign = match entry.direction {
                Direction::ToServer => "-->",
                Direction::FromServer => "<--",
                Direction::StandardError => "err",
                Direction::Note => "   ",
            };
            let text: String = entry.text.chars().take(SHOWN_CHARACTERS).collect();
            let more = if text.len() < entry.text.len() {
                format!(" … ({} bytes)", entry.text.len())
            } else {
                String::new()
            };
            let written = writeln!(shown, "{:8.3} {sign} {text}{more}", entry.seconds);
            debug_assert!(written.is_ok(), "a String takes everything");
        }
        shown.push_str("--- end of transcript ---");
        shown
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
