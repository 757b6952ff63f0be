//! Who is told of diagnostics.

use std::path::PathBuf;

use lsp_types as lsp;

use crate::lsp::client::WrittenDiagnostics;

/// What the worker says, and to whom.
pub trait Listener: Send {
    /// These are the diagnostics of a file; a version belongs to an open document.
    fn publish(&mut self, uri: &lsp::Url, found: &WrittenDiagnostics, version: Option<i32>);
    /// A client that asks should ask again: for diagnostics, for inlay hints.
    fn refresh(&mut self, diagnostics: bool, hints: bool);
    /// The findings of an open document are told.
    fn looked_at_open(&mut self, id: &str);
    /// The files below a folder outside of the workspace count now.
    fn walk(&mut self, folder: PathBuf);
}
