//! Closed files, as one look at the disk tells them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use org_files::{OpenFolder, Stamp};
use org_project::{
    FileIdentity, FileRead, ReadError, folder_around, is_found, is_walked, path_of_id,
};

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
    /// Whether a link is part of its path; in the workspace, of what is below its folder.
    pub is_linked: bool,
    /// Whether it is one of the workspace's files.
    pub is_in_workspace: bool,
}

/// Reads closed files of one moment: folders are opened, and looked at whether they are links, when they are first
/// needed, and what takes their place later is not seen.
pub struct DiskReader {
    folders: Vec<Folder>,
    paths: Vec<PathBuf>,
    /// The opened folders, those of `paths`.
    open: Vec<OnceLock<Option<OpenFolder>>>,
    /// Folders that were looked at, and whether they are links.
    links: Mutex<HashMap<PathBuf, bool>>,
}

impl DiskReader {
    /// A reader for the workspace as it is now.
    pub fn new(files: &Files) -> Self {
        let folders = files.workspace_folders();
        let paths: Vec<PathBuf> = folders.iter().map(|folder| folder.path.clone()).collect();
        let open = paths.iter().map(|_| OnceLock::new()).collect();
        Self { folders, paths, open, links: Mutex::default() }
    }

    /// Looks at what is on the disk, be the file open in the client or not; nothing for what is on no disk.
    pub fn read(&self, id: &str) -> Option<OnDisk> {
        let path = path_of_id(id)?;
        let is_linked = self.is_linked(&path);
        let is_in_workspace = self.finds(&path, is_linked);
        let mut stamp = None;
        let read = self.read_path(&path).or_else(|_| {
            // Before it is read, so that a change meanwhile is seen.
            stamp = Stamp::of(&path);
            self.read_path(&path)
        });
        let (snapshot, identity) = match read {
            Ok(read) => {
                stamp = Some(read.stamp);
                let document = Arc::new(read.document.without_bom());
                let uri = uri_of_id(&self.folders, id);
                (uri.map(|uri| Snapshot::OnDisk { uri, document }), read.identity)
            }
            Err(error) => {
                if !error.is_not_found() {
                    tracing::warn!("{} cannot be read: {error}", path.display());
                }
                (None, None)
            }
        };
        Some(OnDisk { snapshot, identity, stamp, is_linked, is_in_workspace })
    }

    /// Whether a link is part of a path: in the workspace, of what is below its folder.
    pub fn is_linked(&self, path: &Path) -> bool {
        let around = folder_around(path, &self.paths);
        let mut folders = path.ancestors().skip(1).take_while(|folder| Some(*folder) != around);
        org_files::is_link(path) || folders.any(|folder| self.is_link(folder))
    }

    fn is_link(&self, folder: &Path) -> bool {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = links.get(folder) {
            return *known;
        }
        let is_link = org_files::is_link(folder);
        links.insert(folder.to_owned(), is_link);
        is_link
    }

    /// Whether a walk over the workspace finds a file; links are followed only where there are some.
    fn finds(&self, path: &Path, is_linked: bool) -> bool {
        let around = folder_around(path, &self.paths);
        (!is_linked && around.is_some_and(|folder| is_walked(folder, path)))
            || self.paths.iter().any(|folder| is_found(folder, path))
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
