//! Completion, tried out: what the whole text is after an item was accepted.

mod accept;
mod json_prefix;
mod properties;
mod table;
