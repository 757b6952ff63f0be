//! What is advertised works, and nothing else is offered: with a client that says nothing of
//! itself, one like VS Code, and one that can everything.
//!
//! That every message of the server is one of LSP is looked at in all tests (see
//! `tests/support/src/conformance.rs`).

mod clients;
mod commands;
mod offered;
mod rest;
mod scene;
mod table;
