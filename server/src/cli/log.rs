//! The log, on standard error.

use std::io::{self, IsTerminal, Write};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

use super::output::safe_line;
use crate::logins::LOG_TARGET;
use crate::settings;

/// Standard output belongs to the protocol and to reports. `SFORG_LOG` sets the level ([`unless_told`]
/// unless it says something else).
pub fn to_standard_error() {
    let level = settings::variable("SFORG_LOG").and_then(|level| level.into_string().ok());
    let filter = level.and_then(|level| level.parse().ok()).unwrap_or_else(unless_told);
    // At the level "trace" it would print every message, and so the secrets that a file holds.
    let filter = filter.with_target("tower_lsp::codec", LevelFilter::OFF);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(|| Lines)
        .with_ansi(io::stderr().is_terminal());
    tracing_subscriber::registry().with(lines).with(filter).init();
}

/// Without `SFORG_LOG`. A refused certificate is told with the login's result, so the line that the
/// verifier logs about it is left out; each login that an editor tests has its line.
fn unless_told() -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target(LOG_TARGET, LevelFilter::INFO)
        .with_target("rustls_platform_verifier", LevelFilter::OFF)
}

/// Standard error, for whole entries of the log: what is foreign in one is made harmless, and it stays
/// one line.
struct Lines;

impl Write for Lines {
    fn write(&mut self, entry: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(entry);
        let line = safe_line(text.strip_suffix('\n').unwrap_or(&text));
        io::stderr().lock().write_all(format!("{line}\n").as_bytes())?;
        Ok(entry.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}
