//! Between standard input and output and the server: frames, and what tower-lsp does not do.

pub mod guard;
pub mod input;
