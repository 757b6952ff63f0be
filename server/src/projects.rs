//! Orgs and their projects, as the server and the command line judge them: the index, the names in
//! `.env` files, and what the user set.

mod env_names;
mod index;

use std::path::{Path, PathBuf};

use org_ide::{Context, Document, ProjectFacts};
use org_project::{Workspace, path_of_id};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::{ApiVersion, Date};

use env_names::{EnvFiles, EnvNameIndex};
use index::Index;
pub use index::{FileChange, IndexWriter};

/// All files that are known, each in the context of its project.
#[derive(Debug)]
pub struct Projects {
    index: Index,
    env_files: EnvFiles,
}

/// What a file is judged by besides the other files.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The folders of the workspace.
    pub folders: &'a [PathBuf],
    /// Login hosts besides Salesforce's.
    pub allowed: &'a AllowedHosts,
    /// The newest API version that can be used, where somebody knows better than the tables.
    pub newest_version: Option<ApiVersion>,
    /// The day.
    pub today: Date,
}

impl Projects {
    /// No files, with the only way to add some.
    pub fn new() -> (Self, IndexWriter) {
        let (index, writer) = Index::new();
        (Self { index, env_files: EnvFiles::default() }, writer)
    }

    /// Looks at the index.
    pub fn read<T>(&self, look: impl FnOnce(&Workspace) -> T) -> T {
        self.index.read(look)
    }

    /// Works something out about a file in its context. The index is locked for reading meanwhile.
    pub fn analyze<T>(
        &self,
        id: &str,
        document: &Document,
        given: Given<'_>,
        analysis: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        self.read(|workspace| {
            let project = workspace.project_of(id);
            let env_file = env_file_of(project, id, given.folders);
            let names = EnvNameIndex::new(&self.env_files, env_file);
            let context = Context {
                file: id,
                today: given.today,
                project,
                allowed: given.allowed,
                environment: &names,
                login: None,
                known_host: None,
                newest_version: given.newest_version,
            };
            analysis(document, &context)
        })
    }

    /// The `.env` file that counts for a file, be it there or not.
    pub fn env_file_of(&self, id: &str, folders: &[PathBuf]) -> Option<PathBuf> {
        self.read(|workspace| env_file_of(workspace.project_of(id), id, folders))
    }

    /// Whether a `.env` file has changed since this was asked last, be it known here or not.
    pub fn take_env_changes(&self) -> bool {
        self.env_files.take_changed()
    }
}

/// Beside the project file that governs an org file, else in the folder of the workspace around it,
/// else beside it.
fn env_file_of(project: Option<&ProjectFacts>, id: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let file = path_of_id(id)?;
    let project = project.and_then(|project| project.file.as_deref());
    let project = project.map(Path::new).and_then(Path::parent);
    let around = || org_project::folder_around(&file, folders);
    project.or_else(around).or(file.parent()).map(|folder| folder.join(".env"))
}
