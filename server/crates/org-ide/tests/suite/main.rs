//! Tests of the crate's public answers, which read like specifications.

mod clean;
mod completion;
mod conversion;
mod documentation;
mod findings;
mod fix_all;
mod fix_texts;
mod hover;
mod matrix;
mod never_a_secret;
mod unreadable;
mod world;
