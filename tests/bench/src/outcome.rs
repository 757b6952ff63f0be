//! What can go wrong while measuring.

/// What a step of the benchmark gives.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
