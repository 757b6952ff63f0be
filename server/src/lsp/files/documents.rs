//! Open documents: the client's text is what counts, saved or not.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dashmap::DashMap;
use lsp_types::{TextDocumentContentChangeEvent, Url};
use org_ide::{Document, FileKind};
use org_text::{Encoding, IndexedText, Text};

/// One version of an open document. Immutable: a change makes a new one, and whoever holds the old
/// one goes on with it.
#[derive(Debug)]
pub struct OpenDocument {
    /// The URI as the client spells it.
    pub uri: Url,
    /// Number of its opening: a client that closes a file and opens it again begins to count its
    /// versions anew.
    pub opening: u64,
    /// The client's version number.
    pub version: i32,
    /// Org or project file.
    pub kind: FileKind,
    /// What changes are made to.
    edited: Text,
    analysis: OnceLock<Arc<Document>>,
    /// The newest version before that was analysed; gone when this one is.
    before: Mutex<Option<Arc<Document>>>,
}

impl OpenDocument {
    /// Which opening and which version it is.
    pub fn opening(&self) -> Opening {
        (self.opening, self.version)
    }

    /// The text, with positions.
    pub fn text(&self) -> &IndexedText {
        self.document().indexed_text()
    }

    /// Tree and meaning, worked out when they are first asked for.
    pub fn document(&self) -> &Arc<Document> {
        self.analysis.get_or_init(|| {
            let text = self.edited.to_string();
            Arc::new(match self.take_before() {
                Some(before) => Document::after(&before, text),
                None => Document::new(self.kind, text),
            })
        })
    }

    /// The newest analysis: of this version, else of one before.
    fn newest_analysis(&self) -> Option<Arc<Document>> {
        self.analysis.get().cloned().or_else(|| self.take_before())
    }

    fn take_before(&self) -> Option<Arc<Document>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// An opening of a document, and the client's version number.
pub type Opening = (u64, i32);

/// All open documents, by identifier.
#[derive(Debug, Default)]
pub struct Documents {
    open: DashMap<String, Arc<OpenDocument>>,
    openings: AtomicU64,
}

impl Documents {
    /// The newest version of a document. No lock is held afterwards.
    pub fn get(&self, id: &str) -> Option<Arc<OpenDocument>> {
        self.open.get(id).map(|document| Arc::clone(&document))
    }

    /// The newest version of a document, without its text.
    pub fn opening(&self, id: &str) -> Option<Opening> {
        self.open.get(id).map(|document| document.opening())
    }

    /// Takes a document that was opened; a second opening replaces the first.
    pub fn open(&self, id: String, uri: Url, version: i32, kind: FileKind, text: &str) {
        let opening = self.openings.fetch_add(1, Ordering::Relaxed);
        let (edited, analysis, before) = (Text::new(text), OnceLock::new(), Mutex::default());
        let document = OpenDocument { uri, opening, version, kind, edited, analysis, before };
        if self.open.insert(id, Arc::new(document)).is_some() {
            tracing::warn!("a document was opened twice; the second text counts");
        }
    }

    /// Applies changes in their order; without a version, to the newest one. A document that was never opened is left alone, and so is
    /// one whose version would go backwards.
    pub fn change(
        &self,
        id: &str,
        version: Option<i32>,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Result<(), ChangeError> {
        let mut entry = self.open.get_mut(id).ok_or(ChangeError::NotOpen)?;
        let version = version.unwrap_or(entry.version);
        if version < entry.version {
            return Err(ChangeError::Backwards { from: entry.version, to: version });
        }
        let mut edited = entry.edited.clone();
        for change in changes {
            let range = change.range.map(|range| {
                crate::lsp::convert::from_proto::position(range.start)
                    ..crate::lsp::convert::from_proto::position(range.end)
            });
            edited.apply(range, &change.text, encoding);
        }
        let (uri, analysis) = (entry.uri.clone(), OnceLock::new());
        let (opening, kind) = (entry.opening, entry.kind);
        let before = Mutex::new(entry.newest_analysis());
        *entry = Arc::new(OpenDocument { uri, opening, version, kind, edited, analysis, before });
        Ok(())
    }

    /// The identifiers of all open documents.
    pub fn ids(&self) -> Vec<String> {
        self.open.iter().map(|entry| entry.key().clone()).collect()
    }

    /// Forgets a document that was closed.
    pub fn close(&self, id: &str) -> Option<Arc<OpenDocument>> {
        self.open.remove(id).map(|(_, document)| document)
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
