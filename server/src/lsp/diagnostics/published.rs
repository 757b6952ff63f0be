//! What the client was told unasked.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use lsp_types as lsp;

use super::listener::Listener;
use crate::lsp::client::WrittenDiagnostics;
use crate::lsp::files::snapshot::Snapshot;

/// What the client was told last, by file; only of files with findings, and of open ones.
#[derive(Debug, Default)]
pub struct Published {
    reported: HashMap<String, Reported>,
    hasher: RandomState,
}

#[derive(Debug)]
struct Reported {
    /// Hash of what was told.
    hash: u64,
    /// The spelling of the file's URI that it was told under. There are many, and a parsed one takes twice the room.
    uri: Box<str>,
}

impl Published {
    /// Tells what was found in a file, if that is news.
    pub fn publish(
        &mut self,
        id: &str,
        snapshot: &Snapshot,
        diagnostics: &WrittenDiagnostics,
        listener: &mut impl Listener,
    ) {
        let hash = self.hasher.hash_one((snapshot.opening(), diagnostics));
        if diagnostics.is_empty() && snapshot.version().is_none() {
            self.clear(id, listener);
            return;
        }
        match self.reported.get(id) {
            // Under the other spelling of the URI the findings would stay for ever.
            Some(before) if *before.uri != *snapshot.uri().as_str() => self.clear(id, listener),
            Some(before) if before.hash == hash => return,
            _ => {}
        }
        let uri = snapshot.uri();
        listener.publish(uri, diagnostics, snapshot.version());
        self.reported.insert(id.to_owned(), Reported { hash, uri: uri.as_str().into() });
    }

    /// Takes back what the client was told about a file.
    pub fn clear(&mut self, id: &str, listener: &mut impl Listener) {
        let Some(reported) = self.reported.get(id) else { return };
        if let Ok(uri) = lsp::Url::parse(&reported.uri) {
            listener.publish(&uri, &WrittenDiagnostics::none(), None);
        }
        self.reported.remove(id);
    }

    /// Takes back everything.
    pub fn clear_all(&mut self, listener: &mut impl Listener) {
        for id in self.reported.keys().cloned().collect::<Vec<_>>() {
            self.clear(&id, listener);
        }
    }

    /// The files of which the client knows something.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.reported.keys().map(String::as_str)
    }
}
