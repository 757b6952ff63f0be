//! A file on its way to those that a command works on.

use std::path::PathBuf;
use std::sync::Arc;

use org_ide::{Document, FileKind, OrgFacts};
use org_project::{FileIdentity, FileRead, Links, OpenFolder, ReadError};

use super::input::Content;

/// A file that was found, before it is read.
pub(super) struct Place {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its path as reports show it.
    pub shown: String,
    /// The folder below which it was found; none when a person named the file itself.
    pub folder: Option<Arc<OpenFolder>>,
}

impl Place {
    /// Which file it is, and what is in it.
    pub fn read(&self) -> (Option<FileIdentity>, Result<Read, ReadError>) {
        let document = match &self.folder {
            Some(folder) => match FileRead::of(&self.path, folder) {
                Ok(file) => return (file.identity, Ok(Read::of(file.document))),
                Err(error) => Err(error),
            },
            None => org_project::read(&self.path, Links::Follow),
        };
        (FileIdentity::of(&self.path), document.map(Read::of))
    }
}

/// What is kept of a file that was read.
pub(super) struct Read {
    /// Its text, or what it means.
    pub content: Content,
    /// What an org shows to others.
    pub facts: Option<OrgFacts>,
}

impl Read {
    fn of(document: Document) -> Self {
        let facts = (document.kind() == FileKind::Org).then(|| OrgFacts::of(&document));
        Self { content: Content::of(document), facts }
    }
}
