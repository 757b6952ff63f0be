//! Diagnostics: which files have to be looked at again, the thread that looks at them, and what a
//! client that asks is told.

pub mod pull;
pub mod queue;
pub mod reports;
pub mod worker;
