//! Logins for the editor and the terminal: what to log in to, many at a time, what may be sent.

pub mod audit;
pub mod batch;
pub mod bindings;
pub mod confirmation;
mod key;
#[cfg(feature = "keyring")]
pub mod keyring_entries;
pub mod lockout;
pub mod results;
pub mod target;

/// The log's name for what the editor's logins sent where.
pub const LOG_TARGET: &str = "sforg_logins";
