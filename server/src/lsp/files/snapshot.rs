//! A file as it is at one moment, open in the client or on the disk.

use std::sync::Arc;

use org_ide::Document;
use org_text::IndexedText;

use super::documents::{OpenDocument, Opening};

/// A file at one moment.
pub enum Snapshot {
    /// Open in the client.
    Open(Arc<OpenDocument>),
    /// Read from the disk.
    OnDisk {
        /// Its URI.
        uri: lsp_types::Url,
        /// Its content.
        document: Arc<Document>,
    },
}

impl Snapshot {
    /// Tree and meaning.
    pub fn document(&self) -> &Arc<Document> {
        match self {
            Self::Open(open) => open.document(),
            Self::OnDisk { document, .. } => document,
        }
    }

    /// The text, with positions.
    pub fn text(&self) -> &IndexedText {
        self.document().indexed_text()
    }

    /// The URI, as the client spells it when it knows the file.
    pub fn uri(&self) -> &lsp_types::Url {
        match self {
            Self::Open(open) => &open.uri,
            Self::OnDisk { uri, .. } => uri,
        }
    }

    /// Which opening and which version of an open document it is.
    pub fn opening(&self) -> Option<Opening> {
        match self {
            Self::Open(open) => Some(open.opening()),
            Self::OnDisk { .. } => None,
        }
    }

    /// The client's version number, of an open document.
    pub fn version(&self) -> Option<i32> {
        match self {
            Self::Open(open) => Some(open.version),
            Self::OnDisk { .. } => None,
        }
    }
}
