//! What changes files at a person's word: conversions, upgrades, secrets that move.

pub mod convert;
pub mod convert_all;
pub mod move_secret;
pub mod project;
pub mod upgrade;
pub mod upgrade_prompt;
