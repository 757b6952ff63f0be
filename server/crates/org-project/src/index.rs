//! The index: one [`ProjectFacts`] for each project, kept current file by file.

mod design_studio;
mod links;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Bound;
use std::sync::Arc;

use org_files::FileIdentity;
use org_ide::{Document, FileKind, OrgFacts, ProjectFacts};

use crate::affected::Affected;
use crate::files::design_studio_kind_of;
use design_studio::DesignStudio;

/// All projects of a session.
#[derive(Debug, Default)]
pub struct Workspace {
    roots: Vec<String>,
    /// By the folder of the project file; nameless projects by their root folder with a mark.
    projects: HashMap<Arc<str>, ProjectFacts>,
    /// Folders that hold a project file.
    project_folders: BTreeSet<String>,
    /// The project of each org file.
    homes: BTreeMap<Arc<str>, Arc<str>>,
    /// Design Studio's own projects, by what their paths are below.
    design_studio: BTreeMap<String, DesignStudio>,
    /// Why there is no Design Studio project where a project file names one.
    unreadable: BTreeMap<String, String>,
}

/// Mark of a nameless project's key: no folder is called that.
const NAMELESS: &str = "\0";

impl Workspace {
    /// Folders that have a nameless project each, for org files outside of any project. Org files
    /// outside of all roots share one.
    pub fn set_roots(&mut self, roots: impl IntoIterator<Item = String>) -> Affected {
        self.roots = roots.into_iter().map(|root| root.trim_end_matches('/').to_owned()).collect();
        self.rehome("")
    }

    /// Takes a file's new content. `identity` says which file it is on the disk: one that is known by
    /// two paths is no duplicate of itself.
    pub fn set(
        &mut self,
        file: &str,
        identity: Option<&FileIdentity>,
        document: &Document,
    ) -> Affected {
        match document.kind() {
            FileKind::Org => {
                let identity = identity.map(number_of);
                self.set_org(file, OrgFacts { identity, ..OrgFacts::of(document) })
            }
            FileKind::Project => self.set_project(file, document),
            FileKind::DesignStudioOrg => self.set_design_studio_org(file, document),
            FileKind::DesignStudioProject => self.set_design_studio_project(file, document),
            // It belongs to no project of ours.
            FileKind::OtherTool => Affected::new(),
        }
    }

    /// Forgets a file.
    pub fn remove(&mut self, file: &str) -> Affected {
        if self.design_studio_root_of(file).is_some() {
            return self.remove_design_studio_org(file);
        }
        if let Some(home) = self.homes.remove(file) {
            let Some(project) = self.projects.get_mut(&home) else {
                return Affected::new();
            };
            let before = project.remove_org(file);
            return before.map_or_else(Affected::new, |facts| touched_by(project, file, &facts));
        }
        let folder = folder_of(file);
        if is_project_file(file) && self.project_folders.remove(folder) {
            let affected = self.rehome(folder);
            self.forget_unlinked();
            return affected;
        }
        Affected::new()
    }

    /// The project that governs `file`: the nearest project file upwards (its own, for a project
    /// file), else the nameless one of its root. A file of Design Studio belongs to its project there, and
    /// to none as long as that is not known.
    pub fn project_of(&self, file: &str) -> Option<&ProjectFacts> {
        if design_studio_kind_of(file).is_some() {
            return self.design_studio_of(file);
        }
        self.projects.get(self.home_of(file).as_str())
    }

    /// All org files of the index.
    pub fn org_files(&self) -> impl Iterator<Item = &str> {
        self.homes.keys().map(|file| &**file)
    }

    /// All project files of the index.
    pub fn project_files(&self) -> impl Iterator<Item = String> {
        self.project_folders.iter().map(|folder| join(folder, FileKind::PROJECT_FILE_NAME))
    }

    /// All files of the index below a folder.
    pub fn files_below(&self, folder: &str) -> Vec<String> {
        let folder = folder.trim_end_matches('/');
        let mut files = self.orgs_below(folder);
        files.extend(self.project_files().filter(|file| is_below(file, folder)));
        files.extend(self.design_studio_files().filter(|file| is_below(file, folder)));
        files
    }

    /// All org files of the index below a folder.
    pub fn orgs_below(&self, folder: &str) -> Vec<String> {
        self.homes_below(folder.trim_end_matches('/')).map(|(file, _)| file.to_string()).collect()
    }

    /// The org files below a folder with their projects; all for the empty one.
    fn homes_below(&self, folder: &str) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        let first = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from_first = (Bound::Included(first.as_str()), Bound::Unbounded);
        self.homes.range::<str, _>(from_first).take_while(move |(file, _)| is_below(file, folder))
    }

    /// Whether the index has the file.
    pub fn contains(&self, file: &str) -> bool {
        self.homes.contains_key(file)
            || (is_project_file(file) && self.project_folders.contains(folder_of(file)))
            || self.design_studio_of(file).is_some_and(|project| project.org(file).is_some())
    }

    /// Takes what an org file of ours shows.
    pub fn set_org(&mut self, file: &str, facts: OrgFacts) -> Affected {
        let (file, home): (Arc<str>, _) = (file.into(), self.shared_home_of(file));
        let project = self.projects.entry(Arc::clone(&home)).or_default();
        if project.org(&file) == Some(&facts) {
            return Affected::new();
        }
        let mut affected = touched_by(project, &file, &facts);
        if let Some(before) = project.set_org(Arc::clone(&file), facts) {
            affected.extend(touched_by(project, &file, &before));
        }
        self.homes.insert(file, home);
        affected
    }

    fn set_project(&mut self, file: &str, document: &Document) -> Affected {
        let folder = folder_of(file).to_owned();
        let is_new = self.project_folders.insert(folder.clone());
        let project = self.projects.entry(folder.as_str().into()).or_default();
        let before = what_orgs_depend_on(project);
        project.set_file(file, document);
        self.forget_unlinked();
        let link = self.link_of(&folder);
        let Some(project) = self.projects.get_mut(folder.as_str()) else { return Affected::new() };
        project.set_link(link);
        if !is_new && what_orgs_depend_on(project) == before {
            return Affected::new();
        }
        let mut affected = if is_new { self.rehome(&folder) } else { Affected::new() };
        if let Some(project) = self.projects.get(folder.as_str()) {
            affected.extend(project.orgs().map(|(org, _)| org.to_owned()));
        }
        affected.extend(self.refresh_design_studio_severities());
        affected.remove(file);
        affected
    }

    /// Gives every org file below a folder to the project that governs it now; the ones that moved
    /// are affected, and so are their old and new projects' files.
    fn rehome(&mut self, folder: &str) -> Affected {
        let mut affected = Affected::new();
        let moves: Vec<(Arc<str>, Arc<str>, Arc<str>)> = self
            .homes_below(folder)
            .map(|(file, old)| (Arc::clone(file), Arc::clone(old), self.shared_home_of(file)))
            .filter(|(_, old, new)| old != new)
            .collect();
        // Whoever shares a name or connection with one that moved: each group is looked at once, for
        // thousands of one name may move together.
        let (mut homes, mut names, mut connections) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (file, old, new) in moves {
            let facts = self.projects.get_mut(&old).and_then(|project| project.remove_org(&file));
            if let Some(facts) = facts {
                for home in [&old, &new] {
                    let at_home = |(key, _): &(Arc<str>, _)| (Arc::clone(home), Arc::clone(key));
                    homes.insert(Arc::clone(home));
                    names.extend(facts.name.as_ref().map(at_home));
                    connections.extend(facts.connection.as_ref().map(at_home));
                }
                self.projects
                    .entry(Arc::clone(&new))
                    .or_default()
                    .set_org(Arc::clone(&file), facts);
            }
            affected.extend([file.to_string()]);
            self.homes.insert(file, new);
        }
        let folders = &self.project_folders;
        self.projects.retain(|key, project| {
            folders.contains(&**key)
                || (key.starts_with(NAMELESS) && project.orgs().next().is_some())
        });
        let project = |home: &Arc<str>| self.projects.get(home);
        affected.extend(homes.iter().filter_map(project).filter_map(|it| it.file.clone()));
        for (home, name) in &names {
            let named = project(home).into_iter().flat_map(|project| project.named(name));
            affected.extend(named.map(str::to_owned));
        }
        for (home, key) in &connections {
            let connecting = project(home).into_iter().flat_map(|it| it.connecting(key));
            affected.extend(connecting.map(str::to_owned));
        }
        affected.extend(self.refresh_design_studio_severities());
        affected
    }

    /// As [`Workspace::home_of`], the same text for all files of a project.
    fn shared_home_of(&self, file: &str) -> Arc<str> {
        let home = self.home_of(file);
        let known = self.projects.get_key_value(home.as_str());
        known.map_or_else(|| home.as_str().into(), |(known, _)| Arc::clone(known))
    }

    fn home_of(&self, file: &str) -> String {
        let mut folder = folder_of(file);
        loop {
            if self.project_folders.contains(folder) {
                return folder.to_owned();
            }
            match folder.rfind('/') {
                Some(at) => folder = &folder[..at],
                None if folder.is_empty() => break,
                None => folder = "",
            }
        }
        let root =
            self.roots.iter().filter(|root| is_below(file, root)).max_by_key(|root| root.len());
        format!("{NAMELESS}{}", root.map_or("", String::as_str))
    }
}

/// A number instead of the identity, which the crates above need not know.
fn number_of(identity: &FileIdentity) -> u64 {
    let mut hasher = DefaultHasher::new();
    identity.hash(&mut hasher);
    hasher.finish()
}

/// What a project file says to the findings of its orgs.
fn what_orgs_depend_on(project: &ProjectFacts) -> impl PartialEq + use<> {
    let products = (project.agent.clone(), project.design_studio.clone());
    let written = (project.api_version, project.api_version_span, project.severities.clone());
    (written, products, project.link.clone())
}

/// The project file, and the org files whose findings depend on the name or the connection.
fn touched_by(project: &ProjectFacts, file: &str, facts: &OrgFacts) -> Affected {
    let mut affected = Affected::new();
    affected.extend(project.file.clone());
    affected.extend(project.depending_on(file, facts));
    affected.remove(file);
    affected
}

fn folder_of(file: &str) -> &str {
    file.rfind('/').map_or("", |at| &file[..at])
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn is_project_file(file: &str) -> bool {
    file.rsplit('/').next() == Some(FileKind::PROJECT_FILE_NAME)
}

fn is_below(file: &str, root: &str) -> bool {
    root.is_empty() || file.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests;
