//! What one path tells about others: behind links, below folders that came, above what is opened.

use std::path::{Path, PathBuf};

use org_ide::FileKind;

use super::Worker;
use crate::lsp::diagnostics::listener::Listener;
use crate::lsp::files::on_disk::DiskReader;
use crate::lsp::files::place::{folder_of_project, governed_folder, is_in_workspace};
use org_project::path_of_id;

impl<L: Listener> Worker<L> {
    /// Compares what others saw on the disk with what was read.
    pub(super) fn take_looks(&mut self) {
        loop {
            self.may_panic();
            let Some(seen) = self.round.work.looked.pop() else { return };
            let changed = self.disk.changed(&seen, &self.files);
            self.round.again.extend(changed.files);
            self.diagnostics.read_design_studio(changed.design_studio);
        }
    }

    /// Something has happened on the disk, and clients tell it by the paths of their own that files
    /// have: what is known by a path with a link in it may have changed, also the project files above
    /// it and what it governs.
    pub(super) fn look_behind_links(&mut self) {
        let changed = self.disk.changed_links(&self.files);
        self.round.again.extend(changed);
        let reader = DiskReader::new(&self.files);
        let is_linked = |id: &String| path_of_id(id).is_some_and(|path| reader.is_linked(&path));
        for id in self.files.documents.ids().into_iter().filter(is_linked) {
            if let Some(folder) =
                governed_folder(&id).filter(|_| !is_in_workspace(&self.files, &id))
            {
                let changed = self.disk.changed_below(folder.as_ref(), &self.files);
                self.round.again.extend(changed);
            }
            self.round.again.push(id);
        }
    }

    /// A folder may have come: open documents below it are files again, which may have other paths, and
    /// outside of the workspace a project may govern what is in it.
    pub(super) fn look_below_new(&mut self, folder: &str) {
        let below = |id: &String| id.strip_prefix(folder).is_some_and(|id| id.starts_with('/'));
        self.round.again.extend(self.files.documents.ids().into_iter().filter(below));
        let is_governed = self.files.with_workspace(|workspace| {
            workspace.project_files().any(|file| folder.starts_with(folder_of_project(&file)))
        });
        let is_told =
            is_in_workspace(&self.files, &format!("{folder}/{}", FileKind::PROJECT_FILE_NAME));
        if let Some(path) = path_of_id(folder).filter(|_| is_governed && !is_told) {
            let changed = self.disk.changed_below(&path, &self.files);
            self.round.again.extend(changed);
        }
    }

    /// Clients may tell of a file by a path that a link leads along, and of its own path nothing.
    pub(super) fn changed_by_its_own_path(&mut self, id: &str) -> Option<String> {
        let own = self.own_path(&path_of_id(id)?)?;
        let own = org_project::id_of_path(&own);
        let is_another = own != id && is_in_workspace(&self.files, &own);
        (is_another && self.disk.is_changed(&own, &self.files)).then_some(own)
    }

    /// The path without links, of a file that may be gone. The folders of a round are followed once.
    fn own_path(&mut self, path: &Path) -> Option<PathBuf> {
        // Elsewhere the system may spell the name with other capitals.
        let is_name_its_own = cfg!(target_os = "linux") && !org_files::is_link(path);
        if !is_name_its_own && let Ok(own) = path.canonicalize() {
            return Some(own);
        }
        let (folder, name) = (path.parent()?, path.file_name()?);
        if !self.round.own_folders.contains_key(folder) {
            let own = folder.canonicalize().ok();
            self.round.own_folders.insert(folder.to_owned(), own);
        }
        Some(self.round.own_folders.get(folder)?.as_ref()?.join(name))
    }

    /// A project file above an opened file counts, also outside of the workspace's folders and
    /// before the index is complete.
    pub(super) fn load_projects_above(&mut self, id: &str) {
        for folder in self.disk.unseen_folders(id, &self.files.folders()) {
            let file = org_project::id_of_path(&folder.join(FileKind::PROJECT_FILE_NAME));
            let is_known = self.files.with_workspace(|workspace| workspace.contains(&file));
            if file == id || (is_known && !self.disk.is_changed(&file, &self.files)) {
                continue;
            }
            if is_known || self.files.snapshot(&file).is_some() {
                // First, so that it is not forgotten when looking at it panics.
                self.round.again.push(file.clone());
                self.index_file(&file);
            }
        }
    }
}
