//! Tests of the crate's public answers, which read like specifications.

mod clean;
mod completion;
mod documentation;
mod findings;
mod matrix;
mod trouble;
mod world;
