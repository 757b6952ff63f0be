//! Closed files, as one look at the disk tells them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use org_files::{OpenFolder, Stamp};
use org_project::{FileIdentity, FileRead, ReadError, path_of_id};

use super::Files;
use super::snapshot::Snapshot;
use crate::lsp::session::folders::{Folder, uri_of_id};

/// A closed file.
pub struct OnDisk {
    /// Its content; none when it cannot be read.
    pub snapshot: Option<Snapshot>,
    /// Which file it is; none when it cannot be read.
    pub identity: Option<FileIdentity>,
    /// What it was like before it was read; none where nothing is.
    pub stamp: Option<Stamp>,
}

/// Reads closed files. The folders of the workspace are opened once, so many files need a new one now and then.
pub struct DiskReader {
    folders: Vec<Folder>,
    paths: Vec<PathBuf>,
    /// The opened folders, those of `paths`.
    open: Vec<OnceLock<Option<OpenFolder>>>,
}

impl DiskReader {
    /// A reader for the workspace as it is now.
    pub fn new(files: &Files) -> Self {
        let folders = files.workspace_folders();
        let paths: Vec<PathBuf> = folders.iter().map(|folder| folder.path.clone()).collect();
        let open = paths.iter().map(|_| OnceLock::new()).collect();
        Self { folders, paths, open }
    }

    /// Looks at what is on the disk, be the file open in the client or not; nothing for what is on no disk.
    pub fn read(&self, id: &str) -> Option<OnDisk> {
        let path = path_of_id(id)?;
        let mut stamp = None;
        let read = self.read_path(&path).or_else(|_| {
            // Before it is read, so that a change meanwhile is seen.
            stamp = Stamp::of(&path);
            self.read_path(&path)
        });
        let read = match read {
            Ok(read) => read,
            Err(error) => {
                if !error.is_not_found() {
                    tracing::warn!("{} cannot be read: {error}", path.display());
                }
                return Some(OnDisk { snapshot: None, identity: None, stamp });
            }
        };
        let document = Arc::new(read.document.without_bom());
        let snapshot = uri_of_id(&self.folders, id).map(|uri| Snapshot::OnDisk { uri, document });
        Some(OnDisk { snapshot, identity: read.identity, stamp: Some(read.stamp) })
    }

    fn read_path(&self, path: &Path) -> Result<FileRead, ReadError> {
        let root = org_project::root_of(path, &self.paths);
        let at = self.paths.iter().position(|folder| *folder == root);
        let open = |at: usize| self.open[at].get_or_init(|| OpenFolder::open(&root).ok()).as_ref();
        match at.and_then(open) {
            Some(folder) => FileRead::of(path, folder),
            None => FileRead::of(path, &OpenFolder::open(&root)?),
        }
    }
}
