//! The index, and the only way to write to it.

use std::sync::{Arc, RwLock};

use org_ide::{Document, OrgFacts};
use org_project::{Affected, FileIdentity, Workspace};
use org_sources::design_studio::Project;

/// What has become of a file, or of the workspace.
pub enum FileChange<'a> {
    /// A file has this content.
    Content {
        /// Its identifier.
        id: &'a str,
        /// What is in it.
        document: &'a Document,
        /// Which file it is on the disk.
        identity: Option<&'a FileIdentity>,
    },
    /// An org of ours shows this to others.
    Org {
        /// Its file's identifier.
        id: &'a str,
        /// What it shows.
        facts: OrgFacts,
    },
    /// A file is gone, or counts no longer.
    Gone {
        /// Its identifier.
        id: &'a str,
    },
    /// A Design Studio project is as it was read.
    DesignStudio {
        /// What its paths are below.
        root: &'a str,
        /// What is in it.
        project: &'a Project,
    },
    /// There is no Design Studio project any more.
    DesignStudioGone {
        /// The folder or Jitterpak.
        target: &'a str,
    },
    /// There is no Design Studio project where a project file names one.
    DesignStudioUnreadable {
        /// The folder or Jitterpak.
        target: &'a str,
        /// Why, in words that end a sentence.
        why: &'a str,
    },
    /// The workspace has these folders.
    Folders(Vec<String>),
}

/// The index for reading.
#[derive(Debug, Default)]
pub struct Index(Arc<RwLock<Workspace>>);

/// The index for writing. There is one, and the diagnostics thread has it: whoever else wants a file in
/// the index asks that thread. So two changes never meet, and whatever a change affects is looked at
/// again.
#[derive(Debug)]
pub struct IndexWriter(Arc<RwLock<Workspace>>);

impl Index {
    /// An empty index.
    pub fn new() -> (Self, IndexWriter) {
        let workspace = Arc::default();
        (Self(Arc::clone(&workspace)), IndexWriter(workspace))
    }

    /// Looks at the index.
    pub fn read<T>(&self, ask: impl FnOnce(&Workspace) -> T) -> T {
        match self.0.read() {
            Ok(workspace) => ask(&workspace),
            Err(poisoned) => ask(&poisoned.into_inner()),
        }
    }
}

impl IndexWriter {
    /// Takes a change. The files whose findings may be others now have to be looked at again.
    pub fn apply(&self, change: FileChange<'_>) -> Affected {
        let mut workspace = self.0.write().unwrap_or_else(|poisoned| {
            self.0.clear_poison();
            poisoned.into_inner()
        });
        match change {
            FileChange::Content { id, document, identity } => workspace.set(id, identity, document),
            FileChange::Org { id, facts } => workspace.set_org(id, facts),
            FileChange::Gone { id } => workspace.remove(id),
            FileChange::DesignStudio { root, project } => {
                workspace.set_design_studio(root, project)
            }
            FileChange::DesignStudioGone { target } => workspace.remove_design_studio(target),
            FileChange::DesignStudioUnreadable { target, why } => {
                workspace.set_design_studio_unreadable(target, why)
            }
            FileChange::Folders(folders) => workspace.set_roots(folders),
        }
    }

    /// Whether a change panicked, and so may have left something out.
    pub fn is_broken(&self) -> bool {
        self.0.is_poisoned()
    }
}
