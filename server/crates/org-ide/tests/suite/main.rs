//! Tests of the crate's public answers, which read like specifications.

mod clean;
mod documentation;
mod findings;
mod matrix;
mod trouble;
mod world;
