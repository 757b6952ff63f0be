//! Tests of the crate's public answers, which read like specifications.

mod clean;
mod completion;
mod documentation;
mod findings;
mod hover;
mod matrix;
mod never_a_secret;
mod trouble;
mod world;
