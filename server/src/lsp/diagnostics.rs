//! Diagnostics: which files have to be looked at again, the thread that looks at them, and what a
//! client is told, asked or unasked.

#[cfg(debug_assertions)]
pub mod fault;
pub mod findings;
pub mod listener;
pub mod published;
pub mod pull;
pub mod queue;
pub mod reports;
pub mod worker;

#[cfg(test)]
mod tests;
