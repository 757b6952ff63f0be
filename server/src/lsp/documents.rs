//! Open documents: the client's text is what counts, saved or not.

use std::sync::{Arc, OnceLock};

use dashmap::DashMap;
use lsp_types::{TextDocumentContentChangeEvent, Url};
use org_ide::{Document, FileKind};
use org_text::{Encoding, Text};

/// One version of an open document. Immutable: a change makes a new one, and whoever holds the old
/// one goes on with it.
#[derive(Debug)]
pub struct OpenDocument {
    /// The URI as the client spells it.
    pub uri: Url,
    /// The client's version number.
    pub version: i32,
    /// Org or project file.
    pub kind: FileKind,
    /// The text, with positions.
    pub text: Text,
    analysis: OnceLock<Arc<Document>>,
}

impl OpenDocument {
    fn new(uri: Url, version: i32, kind: FileKind, text: Text) -> Self {
        Self { uri, version, kind, text, analysis: OnceLock::new() }
    }

    /// Tree and meaning, worked out when they are first asked for.
    pub fn document(&self) -> &Arc<Document> {
        self.analysis.get_or_init(|| Arc::new(Document::new(self.kind, self.text.to_string())))
    }
}

/// All open documents, by identifier.
#[derive(Debug, Default)]
pub struct Documents(DashMap<String, Arc<OpenDocument>>);

impl Documents {
    /// The newest version of a document. No lock is held afterwards.
    pub fn get(&self, id: &str) -> Option<Arc<OpenDocument>> {
        self.0.get(id).map(|document| Arc::clone(&document))
    }

    /// Takes a document that was opened; a second opening replaces the first.
    pub fn open(&self, id: String, uri: Url, version: i32, kind: FileKind, text: &str) {
        let document = OpenDocument::new(uri, version, kind, Text::new(text));
        if self.0.insert(id, Arc::new(document)).is_some() {
            tracing::warn!("a document was opened twice; the second text counts");
        }
    }

    /// Applies changes in their order. A document that was never opened is left alone, and so is
    /// one whose version would go backwards.
    pub fn change(
        &self,
        id: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Result<(), ChangeError> {
        let mut entry = self.0.get_mut(id).ok_or(ChangeError::NotOpen)?;
        if version < entry.version {
            return Err(ChangeError::Backwards { from: entry.version, to: version });
        }
        let mut text = entry.text.clone();
        for change in changes {
            let range = change.range.map(|range| {
                super::from_proto::position(range.start)..super::from_proto::position(range.end)
            });
            text.apply(range, &change.text, encoding);
        }
        let changed = OpenDocument::new(entry.uri.clone(), version, entry.kind, text);
        *entry = Arc::new(changed);
        Ok(())
    }

    /// Forgets a document that was closed.
    pub fn close(&self, id: &str) -> Option<Arc<OpenDocument>> {
        self.0.remove(id).map(|(_, document)| document)
    }
}

/// Why a change is not applied.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// `didOpen` never came.
    #[error("it was never opened")]
    NotOpen,
    /// The version is older than the one at hand.
    #[error("its version would go back from {from} to {to}")]
    Backwards {
        /// The version at hand.
        from: i32,
        /// The version of the change.
        to: i32,
    },
}
