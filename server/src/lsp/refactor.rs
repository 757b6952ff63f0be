//! What is done at a person's word besides testing: conversions, upgrades, secrets, explanations.

pub mod convert;
pub mod convert_all;
pub mod enter_secret;
pub mod enter_values;
pub mod explain;
pub mod move_secret;
pub mod project;
pub mod upgrade;
pub mod upgrade_prompt;
