//! One file that a command works on.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use org_ide::{Document, FileKind, OrgDef};
use org_project::Links;
use org_text::Foreign;

use super::{Inputs, links};
use crate::cli::output::note;

/// One file.
pub struct Input {
    /// Its path as given, or below the folder as given.
    pub shown: String,
    pub(super) content: Content,
    pub(super) path: PathBuf,
    /// The folder below which it was found; none when a person named the file itself.
    pub(super) root: Option<Arc<Path>>,
}

/// What is in a file. Of ours the text is enough, which takes a tenth of the room of what it means: most of
/// many files are looked at once.
pub(super) struct Content {
    kind: FileKind,
    /// The text where `document` can be made of it again.
    text: Option<Box<str>>,
    document: OnceLock<Box<Document>>,
}

impl Content {
    pub(super) fn of(document: Document) -> Self {
        let kind = document.kind();
        if kind.is_json() && document.unreadable().is_none() {
            let text = Some(document.into_text());
            return Self { kind, text, document: OnceLock::new() };
        }
        Self { kind, text: None, document: Box::new(document).into() }
    }

    fn parse(&self) -> Document {
        Document::new(self.kind, self.text.clone().unwrap_or_default())
    }

    /// Looks at it once.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Document) -> T) -> T {
        match self.document.get() {
            Some(document) => look(document),
            None => look(&self.parse()),
        }
    }
}

impl Inputs {
    /// The orgs among the files. Says so on standard error when there are none, and what makes some.
    pub fn orgs(&self) -> Vec<&Input> {
        let orgs: Vec<&Input> =
            self.files.iter().filter(|input| input.kind() == FileKind::Org).collect();
        if orgs.is_empty() && self.problems.is_empty() {
            note(if self.has_design_studio {
                "there are no org files here, but a Design Studio project: sforg import FOLDER makes \
                 org files of its orgs"
            } else {
                "there are no org files here: the name of one ends in .sforg.json"
            });
        }
        orgs
    }
}

impl Input {
    /// Which kind of file it is.
    pub fn kind(&self) -> FileKind {
        self.content.kind
    }

    /// Its content, which is kept from then on.
    pub fn document(&self) -> &Document {
        self.content.document.get_or_init(|| Box::new(self.content.parse()))
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.content.text.as_deref().unwrap_or_else(|| self.document().text())
    }

    /// Looks at its content once.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Document) -> T) -> T {
        self.content.look(look)
    }

    /// Its identifier in the index.
    pub fn id(&self) -> String {
        org_project::id_of_path(&self.path)
    }

    /// Its absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What links may do when it is read and written: a person may name one, and it may be one to
    /// another file of the folder.
    pub fn links(&self) -> Links<'_> {
        links(self.root.as_deref())
    }

    /// The org's name, else the path: as people call it.
    pub fn org_shown(&self) -> String {
        let name = self.document().org().and_then(|org| org.display_name());
        name.map_or_else(|| self.label().to_string(), |name| Foreign(name).to_string())
    }

    /// Whether the file says that it is a production org, as far as it can be read.
    pub fn is_production(&self) -> bool {
        let is_production =
            |org: &OrgDef| org.is_sandbox() == Some(false) && org.auth_type().is_some();
        self.document().org().is_some_and(is_production)
    }

    /// Its path as people see it.
    pub fn label(&self) -> Foreign<'_> {
        Foreign(&self.shown)
    }
}
