//! One file that a command works on.

use std::path::{Path, PathBuf};

use org_ide::{Document, OrgDef};
use org_project::Links;
use org_text::Foreign;

use super::links;

/// One file.
pub struct Input {
    /// Its path as given, or below the folder as given.
    pub shown: String,
    /// Its content.
    pub document: Document,
    pub(super) path: PathBuf,
    pub(super) id: String,
    /// The folder below which it was found; none when a person named the file itself.
    pub(super) root: Option<PathBuf>,
}

impl Input {
    /// Its identifier in the index.
    pub fn id(&self) -> &str {
        &self.id
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
        let name = self.document.org().and_then(|org| org.display_name());
        name.map_or_else(|| self.label().to_string(), |name| Foreign(name).to_string())
    }

    /// Whether the file says that it is a production org, as far as it can be read.
    pub fn is_production(&self) -> bool {
        let is_production =
            |org: &OrgDef| org.is_sandbox() == Some(false) && org.auth_type().is_some();
        self.document.org().is_some_and(is_production)
    }

    /// Its path as people see it.
    pub fn label(&self) -> Foreign<'_> {
        Foreign(&self.shown)
    }
}
