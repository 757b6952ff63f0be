//! The log, on standard error.

use std::io::{self, IsTerminal, Write};

use tracing_subscriber::EnvFilter;

use super::output::safe_line;
use crate::settings;

/// Without `SFORG_LOG`. A refused certificate is told with the login's result, so the line that the
/// verifier logs about it is left out; each login that an editor tests has its line
/// ([`crate::logins::LOG_TARGET`]).
const DEFAULT_LOG: &str = "warn,sforg_logins=info,rustls_platform_verifier=off";

/// Standard output belongs to the protocol and to reports. `SFORG_LOG` sets the level
/// ([`DEFAULT_LOG`] unless it says something else).
pub fn to_standard_error() {
    let level = settings::variable("SFORG_LOG").and_then(|level| level.into_string().ok());
    let filter = level
        .and_then(|level| EnvFilter::try_new(level).ok())
        .unwrap_or_else(|| EnvFilter::new(DEFAULT_LOG));
    // At the level "trace" it would print every message, and so the secrets that a file holds.
    let filter = match "tower_lsp::codec=off".parse() {
        Ok(directive) => filter.add_directive(directive),
        Err(_) => filter,
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| Lines)
        .with_ansi(io::stderr().is_terminal())
        .init();
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
