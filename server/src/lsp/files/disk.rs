//! Files that changed on the disk without a word of the client.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use org_files::Stamp;

use super::Files;
use super::documents::Opening;
use super::on_disk::{DiskReader, OnDisk};
use super::snapshot::Snapshot;
use org_project::{DesignStudioPlace, DesignStudioStamp, FileIdentity, path_of_id};

/// What was seen on the disk.
#[derive(Debug, Default)]
pub struct Disk {
    /// Closed files as they were when they were read.
    stamps: HashMap<String, Stamp>,
    /// Open files as they were when they were read.
    openings: HashMap<String, Opening>,
    /// Closed files whose path a link is part of: clients tell of such a file by its own path.
    linked: HashSet<String>,
    /// Folders in which a project file was looked for.
    seen_folders: HashSet<PathBuf>,
    /// Folders and Jitterpaks of Design Studio as they were when they were read.
    design_studio: HashMap<String, Option<DesignStudioStamp>>,
}

/// A file as it was found.
#[derive(Default)]
pub struct Look {
    /// Its content; none when it is not there, or cannot be read.
    pub snapshot: Option<Snapshot>,
    /// Which file it is on the disk, where that can be seen.
    pub identity: Option<FileIdentity>,
    /// Whether it is one of the workspace's files, when somebody has seen that.
    pub is_in_workspace: Option<bool>,
}

/// What was on the disk when somebody looked.
#[derive(Debug, Default)]
pub struct Seen {
    /// The org and project files of the workspace.
    files: HashMap<String, Stamp>,
    /// What may be Design Studio projects.
    design_studio: BTreeMap<String, Option<DesignStudioStamp>>,
}

impl Seen {
    /// Looks below the folders, and at the Design Studio projects that are known. `give_way` waits while others go
    /// first.
    pub fn now(
        folders: &[PathBuf],
        mut projects: BTreeSet<String>,
        give_way: &(dyn Fn() + Sync),
    ) -> Self {
        let mut seen = Self::default();
        for folder in folders {
            let found = org_project::walk_giving_way(folder, give_way);
            projects.extend(found.design_studio_folders());
            for id in found.files.iter().map(|file| org_project::id_of_path(file)) {
                give_way();
                if let Some(stamp) = stamp_of(&id) {
                    seen.files.insert(id, stamp);
                }
            }
        }
        for target in projects {
            give_way();
            let stamp = design_studio_stamp(&target);
            seen.design_studio.insert(target, stamp);
        }
        seen
    }
}

/// What is not as it was read.
#[derive(Debug, Default)]
pub struct Changed {
    /// Files.
    pub files: Vec<String>,
    /// Folders and Jitterpaks that may be Design Studio projects.
    pub design_studio: Vec<String>,
}

impl Disk {
    /// The file as it is, open or on the disk. When it was read is remembered. `ahead` is what somebody has read of
    /// it already; it counts unless the file is open by now.
    pub fn read(&mut self, id: &str, files: &Files, ahead: Option<OnDisk>) -> Look {
        if let Some(open) = files.documents.get(id) {
            self.stamps.remove(id);
            self.linked.remove(id);
            self.openings.insert(id.to_owned(), open.opening());
            let identity = path_of_id(id).and_then(|path| FileIdentity::of(&path));
            return Look { snapshot: Some(Snapshot::Open(open)), identity, is_in_workspace: None };
        }
        self.openings.remove(id);
        let Some(on_disk) = ahead.or_else(|| DiskReader::new(files).read(id)) else {
            self.stamps.remove(id);
            self.linked.remove(id);
            return Look::default();
        };
        match on_disk.stamp {
            Some(stamp) => self.stamps.insert(id.to_owned(), stamp),
            None => self.stamps.remove(id),
        };
        // What a link to a file leads to may come back.
        let may_change = on_disk.snapshot.is_some()
            || path_of_id(id).is_some_and(|path| org_files::is_link(&path));
        if may_change && on_disk.is_linked {
            self.linked.insert(id.to_owned());
        } else {
            self.linked.remove(id);
        }
        let OnDisk { snapshot, identity, is_in_workspace, .. } = on_disk;
        Look { snapshot, identity, is_in_workspace: Some(is_in_workspace) }
    }

    /// Folders that had no project file may have one now.
    pub fn forget_folders(&mut self) {
        self.seen_folders.clear();
    }

    /// The folders above a file in which no project file was looked for so far, the nearest first;
    /// as far as [`org_project::folders_above`] goes.
    pub fn unseen_folders(&mut self, id: &str, workspace: &[PathBuf]) -> Vec<PathBuf> {
        let path = path_of_id(id);
        let Some(folder) = path.as_deref().and_then(Path::parent) else { return Vec::new() };
        if self.seen_folders.contains(folder) {
            return Vec::new();
        }
        let above = org_project::folders_above(folder, workspace).into_iter();
        above.take_while(|folder| self.seen_folders.insert(folder.clone())).collect()
    }

    /// A Design Studio project looked so when it was read.
    pub fn design_studio_read(&mut self, target: &str, stamp: Option<DesignStudioStamp>) {
        self.design_studio.insert(target.to_owned(), stamp);
    }

    /// The folders and Jitterpaks of Design Studio that were read.
    pub fn design_studio_projects(&self) -> BTreeSet<String> {
        self.design_studio.keys().cloned().collect()
    }

    /// The closed files that are not as they were read, or are new, as somebody has seen and as they still are; all orgs
    /// when a `.env` file has changed; of Design Studio's projects what a look without reading tells.
    pub fn changed(&self, seen: &Seen, files: &Files) -> Changed {
        let known: BTreeSet<&String> = self.stamps.keys().chain(seen.files.keys()).collect();
        let is_other = |id: &&String| self.stamps.get(*id) != seen.files.get(*id);
        let known = known.into_iter().filter(is_other);
        let mut changed: Vec<String> =
            known.filter(|id| self.is_changed(id, files)).cloned().collect();
        if files.projects.take_env_changes() {
            changed.extend(files.org_files());
        }
        let is_other = |(target, seen): &(&String, &Option<DesignStudioStamp>)| {
            let read = self.design_studio.get(*target);
            read != Some(*seen) && read != Some(&design_studio_stamp(target))
        };
        let projects = seen.design_studio.iter().filter(is_other);
        Changed { files: changed, design_studio: projects.map(|(it, _)| it.clone()).collect() }
    }

    /// The closed files below a folder that are not as they were read, or are new.
    pub fn changed_below(&self, folder: &Path, files: &Files) -> Vec<String> {
        let found = org_project::walk(folder).files;
        let ids = found.iter().map(|file| org_project::id_of_path(file));
        ids.filter(|id| self.is_changed(id, files)).collect()
    }

    /// The closed files that are known by a path with a link in it, and are not as they were read.
    pub fn changed_links(&self, files: &Files) -> Vec<String> {
        self.linked.iter().filter(|id| self.is_changed(id, files)).cloned().collect()
    }

    /// Whether a file, open or closed, is as it was read.
    pub fn is_as_read(&self, id: &str, files: &Files) -> bool {
        let opening = files.documents.opening(id);
        self.openings.get(id) == opening.as_ref() && !self.is_changed(id, files)
    }

    /// Whether a closed file is not as it was read, or is there and was not read.
    pub fn is_changed(&self, id: &str, files: &Files) -> bool {
        files.documents.get(id).is_none() && self.stamps.get(id) != stamp_of(id).as_ref()
    }
}

fn stamp_of(id: &str) -> Option<Stamp> {
    Stamp::of(&path_of_id(id)?)
}

fn design_studio_stamp(target: &str) -> Option<DesignStudioStamp> {
    path_of_id(target).map(|path| DesignStudioPlace::at(path).stamp())
}
