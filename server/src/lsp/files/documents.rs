//! Open documents: the client's text is what counts, saved or not.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dashmap::DashMap;
use lsp_types::{TextDocumentContentChangeEvent, Url};
use org_ide::{Document, FileKind};
use org_text::{Encoding, IndexedText, Text};

use crate::lsp::convert::from_proto::position;

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
    content: Content,
    analysis: OnceLock<Arc<Document>>,
    /// The newest version before that was analysed; gone when this one is.
    before: Mutex<Option<Arc<Document>>>,
}

/// The text of a version. Most documents are never changed, and what can be changed takes more room.
#[derive(Clone, Debug)]
enum Content {
    /// As it was opened.
    Opened(Arc<str>),
    /// After changes.
    Edited(Text),
}

impl Content {
    fn text(&self) -> String {
        match self {
            Self::Opened(text) => text.to_string(),
            Self::Edited(text) => text.to_string(),
        }
    }

    /// What changes are made to; nothing is left.
    fn take_to_edit(&mut self) -> Text {
        match std::mem::replace(self, Self::Opened(Arc::default())) {
            Self::Opened(text) => Text::new(&text),
            Self::Edited(text) => text,
        }
    }
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
            let text = self.content.text();
            Arc::new(match self.take_before() {
                Some(before) => Document::after(&before, text),
                None => Document::new(self.kind, text),
            })
        })
    }

    /// The same version, to be analysed again when it is asked for.
    fn without_analysis(&self) -> Self {
        let (uri, content) = (self.uri.clone(), self.content.clone());
        let Self { opening, version, kind, .. } = *self;
        let (analysis, before) = Default::default();
        Self { uri, opening, version, kind, content, analysis, before }
    }

    /// The same version, for changes to be made to it.
    fn to_change(&self) -> Self {
        let (analysis, before) = (self.analysis.clone(), Mutex::new(self.take_before()));
        Self { analysis, before, ..self.without_analysis() }
    }

    /// Makes the next version of it.
    fn apply(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let analysis = self.analysis.take();
        let mut edited = self.content.take_to_edit();
        // Of the version that there was, places are known already; those in between only the rope knows.
        let mut known = analysis.as_ref().map(|document| document.indexed_text());
        for change in changes {
            let range = change.range.map(|range| position(range.start)..position(range.end));
            match (known.take(), range) {
                (Some(text), Some(Range { start, end })) => {
                    let place = |position| text.offset(position, encoding);
                    edited.replace(place(start)..place(end), &change.text);
                }
                (_, range) => edited.apply(range, &change.text, encoding),
            }
        }
        self.content = Content::Edited(edited);
        if analysis.is_some() {
            self.before = Mutex::new(analysis);
        }
        self.version = version;
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
    /// Those that were looked at last, the newest at the end.
    recent: Mutex<VecDeque<String>>,
}

/// So many documents keep their analysis, which takes many times the room of the text; to analyse an org of
/// usual size again takes less than a tenth of a millisecond.
const ANALYSED: usize = 64;

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
        let content = Content::Opened(text.into());
        let (analysis, before) = Default::default();
        let document = OpenDocument { uri, opening, version, kind, content, analysis, before };
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
        // Nobody misses a version that nobody has seen: most of many changes at once.
        match Arc::get_mut(&mut entry) {
            Some(document) => document.apply(version, changes, encoding),
            None => {
                let mut next = entry.to_change();
                next.apply(version, changes, encoding);
                *entry = Arc::new(next);
            }
        }
        Ok(())
    }

    /// A document has been looked at, and may be looked at again soon. One that was not for longest is only kept
    /// as a text; which one.
    pub fn looked_at(&self, id: &str) -> Option<String> {
        let oldest = {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = recent.iter().position(|known| known == id) {
                recent.remove(at);
            }
            recent.push_back(id.to_owned());
            if recent.len() > ANALYSED { recent.pop_front() } else { None }
        };
        let oldest = oldest?;
        if let Some(mut entry) = self.open.get_mut(&oldest) {
            // Another one in its place would leave a gap in the memory.
            match Arc::get_mut(&mut entry) {
                Some(document) => (document.analysis, document.before) = Default::default(),
                None => *entry = Arc::new(entry.without_analysis()),
            }
        }
        Some(oldest)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(number: usize) -> String {
        format!("{{ \"name\": \"Acme {number}\" }}")
    }

    fn insertion(character: u32, text: &str) -> Vec<TextDocumentContentChangeEvent> {
        let at = lsp_types::Position { line: 0, character };
        let range = Some(lsp_types::Range { start: at, end: at });
        vec![TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }]
    }

    #[test]
    fn what_was_not_looked_at_for_long_is_analysed_again_when_it_is_asked_for() {
        let documents = Documents::default();
        let uri = Url::parse("file:///w/acme.sforg.json").expect("a URI");
        let id = |number: usize| format!("/w/{number}.sforg.json");
        for number in 0..=ANALYSED {
            documents.open(id(number), uri.clone(), 1, FileKind::Org, &text(number));
            documents.get(&id(number)).expect("it is open").document();
            documents.looked_at(&id(number));
        }
        let is_analysed = |number| {
            documents.get(&id(number)).is_some_and(|document| document.analysis.get().is_some())
        };
        assert_eq!([is_analysed(0), is_analysed(1), is_analysed(ANALYSED)], [false, true, true]);
        let first = documents.get(&id(0)).expect("it is open");
        assert_eq!((first.opening(), &**first.text()), ((0, 1), text(0).as_str()));
        documents
            .change(&id(1), Some(2), insertion(11, "New "), Encoding::Utf16)
            .expect("a change");
        documents
            .change(&id(0), Some(2), insertion(11, "Old "), Encoding::Utf16)
            .expect("a change");
        let now = |number| documents.get(&id(number)).map(|open| open.text().to_string());
        assert_eq!(now(0).as_deref(), Some("{ \"name\": \"Old Acme 0\" }"));
        assert_eq!(now(1).as_deref(), Some("{ \"name\": \"New Acme 1\" }"));
    }
}
