//! Design Studio's own projects among the inputs: folders and Jitterpaks that were found or named.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use org_ide::{Document, FileKind};
use org_project::{
    DesignStudioError, DesignStudioPlace, DesignStudioProject, FileIdentity, Workspace,
};
use org_sources::design_studio::ProjectFile;
use org_text::Foreign;

use super::{Content, Input, Inputs, links, shown_path};
use crate::cli::CannotRun;
use crate::import::repository_or_here;
use crate::projects::FileChange;

/// A Design Studio project that was found or named, before it is read.
pub(super) struct Found {
    place: DesignStudioPlace,
    /// Its folder or Jitterpak as reports show it.
    shown: String,
    /// The folder below which it was found; none when a person named it.
    root: Option<PathBuf>,
    /// The one file of it that was named, below its folder.
    only: Option<String>,
}

impl Found {
    /// Found below a folder: `path` as reports show it, `absolute` the same.
    pub(super) fn below(root: &Path, shown: &Path, absolute: &DesignStudioPlace) -> Self {
        let shown = shown_path(shown);
        Self { place: absolute.clone(), shown, root: Some(root.to_owned()), only: None }
    }

    /// Named by a person: a Jitterpak, a `project.xml` or an org's file; `None` when it is none of them by its
    /// path.
    pub(super) fn named(shown: &Path, absolute: &Path) -> Option<Self> {
        let place = DesignStudioPlace::of_file(absolute);
        if let Some(place @ DesignStudioPlace::Jitterpak(_)) = place {
            return Some(Self { place, shown: shown_path(shown), root: None, only: None });
        }
        let depth =
            ["project.xml", "Data/SalesforceConnector/GUID.xml"].map(|it| it.matches('/').count());
        depth.into_iter().find_map(|depth| {
            let folder = absolute.ancestors().nth(depth + 1)?;
            let below = org_project::id_of_path(absolute.strip_prefix(folder).ok()?);
            FileKind::of_design_studio_path(&below)?;
            let is_project = org_files::is_there(&folder.join(ProjectFile::PROJECT_XML));
            let shown = shown.ancestors().nth(depth + 1).unwrap_or(Path::new(""));
            is_project.then(|| Self {
                place: DesignStudioPlace::Folder(folder.to_owned()),
                shown: shown_path(shown),
                root: None,
                only: Some(below),
            })
        })
    }
}

impl Inputs {
    /// Reads a project and takes its files.
    ///
    /// # Errors
    /// It was named, and cannot be read.
    pub(super) fn read_design_studio(&mut self, found: Found) -> Result<(), CannotRun> {
        let Found { place, shown, root, only } = found;
        let first = match &place {
            DesignStudioPlace::Folder(folder) => folder.join(ProjectFile::PROJECT_XML),
            DesignStudioPlace::Jitterpak(path) => path.clone(),
        };
        if FileIdentity::of(&first).is_some_and(|id| !self.found.insert(id)) && only.is_none() {
            return Ok(());
        }
        match place.read(links(root.as_deref())) {
            Ok(read) => {
                self.take_design_studio(read, &place, &shown, root.as_deref(), only.as_deref())
            }
            // Other programs have a project.xml, too.
            Err(DesignStudioError::NoProject) if root.is_some() => {}
            Err(error) => {
                let name = if shown.is_empty() { "." } else { &shown };
                let problem = format!("{} cannot be read: {error}", Foreign(name));
                if root.is_none() {
                    return Err(CannotRun(problem));
                }
                self.problems.push(problem);
            }
        }
        Ok(())
    }

    /// Reads the Design Studio projects that project files are linked to, as far as they are not read
    /// already. They are not reported on.
    pub(super) fn follow_links(&mut self) {
        for (file, target) in self.projects.read(Workspace::unread_links) {
            let file = PathBuf::from(file);
            // A folder that was named need not be the whole repository, nor in one. What `sforg import` took for
            // the workspace as it wrote the link is one, too.
            let named = org_project::root_of(&file, &self.folders);
            let around = file.parent().and_then(repository_or_here);
            let boundaries = around.into_iter().chain([named]);
            let Some(boundary) = boundaries.min_by_key(|it| it.components().count()) else {
                continue;
            };
            let _ = match org_project::read_linked(&target, &boundary, &|| ()) {
                Ok(read) => self
                    .index
                    .apply(FileChange::DesignStudio { root: &read.root, project: &read.project }),
                Err(why) => self
                    .index
                    .apply(FileChange::DesignStudioUnreadable { target: &target, why: &why }),
            };
        }
    }

    fn take_design_studio(
        &mut self,
        read: DesignStudioProject,
        place: &DesignStudioPlace,
        shown: &str,
        root: Option<&Path>,
        only: Option<&str>,
    ) {
        let DesignStudioProject { project, root: id, problems } = read;
        // What stands behind the path of an archive: `!` and the folder in it.
        let inside = id.strip_prefix(&org_project::id_of_path(place.path())).unwrap_or_default();
        let shown = format!("{shown}{inside}");
        let is_meant = |below: &str| only.is_none_or(|only| only == below);
        let change = FileChange::DesignStudio { root: &id, project: &project };
        let _ = self.index.apply(change);
        for (below, error) in problems {
            let problem = format!("{} cannot be read: {error}", Foreign(&joined(&shown, &below)));
            self.problems.push(problem);
        }
        let mut documents = vec![(
            ProjectFile::PROJECT_XML.to_owned(),
            Document::new(FileKind::DesignStudioProject, project.text),
        )];
        documents.extend(
            project
                .orgs
                .into_iter()
                .map(|org| (org.path, Document::new(FileKind::DesignStudioOrg, org.text))),
        );
        for unreadable in project.unreadable {
            match FileKind::of_design_studio_path(&unreadable.path) {
                Some(kind) => {
                    let document = Document::from_bytes(kind, unreadable.bytes);
                    documents.retain(|(path, _)| *path != unreadable.path);
                    documents.push((unreadable.path, document));
                }
                None => {
                    let name = joined(&shown, &unreadable.path);
                    let why = unreadable.why;
                    self.problems.push(format!("{} cannot be read: {why}", Foreign(&name)));
                }
            }
        }
        let root: Option<Arc<Path>> = root.map(Arc::from);
        for (below, document) in documents.into_iter().filter(|(below, _)| is_meant(below)) {
            let id = joined(&id, &below);
            self.files.push(Input {
                shown: joined(&shown, &below),
                content: Content::of(document),
                path: PathBuf::from(&id),
                root: root.clone(),
            });
        }
    }
}

fn joined(folder: &str, below: &str) -> String {
    if folder.is_empty() { below.to_owned() } else { format!("{folder}/{below}") }
}
