//! Lossless, error-tolerant JSON.
