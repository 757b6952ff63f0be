//! Design Studio's own projects in the index.
//!
//! A project comes as a whole ([`Workspace::set_design_studio`]): which operations use which org is told by
//! many files together. Its orgs and its `project.xml` are then known file by file like ours, so that the
//! text in an editor counts before it is saved.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use org_ide::{Document, FileKind, LinkedProject, OrgFacts, ProjectFacts, Severity};
use org_sources::design_studio::{Entity, Project, ProjectFile};

use super::{Workspace, folder_of, is_below, join, touched_by};
use crate::affected::Affected;
use crate::design_studio::{IN_ARCHIVE, design_studio_file, in_archive};

/// A Design Studio project.
#[derive(Debug)]
pub(super) struct DesignStudio {
    /// What its files show each other.
    facts: ProjectFacts,
    /// What our files are compared with.
    pub(super) linked: Arc<LinkedProject>,
    /// Files that have findings and are no text.
    unreadable: BTreeSet<String>,
}

impl DesignStudio {
    /// Its files that are looked at one by one: none of a Jitterpak, which is read as a whole.
    fn files(&self) -> impl Iterator<Item = String> + '_ {
        let orgs = self.facts.orgs().map(|(file, _)| file.to_owned());
        let all =
            self.facts.file.iter().cloned().chain(orgs).chain(self.unreadable.iter().cloned());
        all.filter(|file| in_archive(file).is_none())
    }

    /// There is a file of an org, be it deleted in Design Studio or not; whom that affects.
    fn org_file_came(&mut self, file: &str) -> Option<String> {
        self.facts.file.clone().filter(|_| self.facts.org_files.add(file))
    }
}

impl Workspace {
    /// Takes a Design Studio project as it was read. `root` is what its paths are below: a folder, or
    /// `orders.jpk!`. All its files are affected.
    pub fn set_design_studio(&mut self, root: &str, project: &Project) -> Affected {
        let mut affected = self.take_out(root);
        // The folder in a Jitterpak may have another name now.
        if let Some(before) = self.root_at(target_of(root)).map(str::to_owned) {
            affected.extend(self.take_out(&before));
        }
        let mut facts = ProjectFacts::of_design_studio(root, project);
        facts.severities = self.severities_at(root);
        let with_findings = |path: &&str| FileKind::of_design_studio_path(path).is_some();
        let unreadable = project.unreadable.iter().map(|file| file.path.as_str());
        let unreadable = unreadable.filter(with_findings).map(|path| join(root, path)).collect();
        let linked = Arc::new(LinkedProject::of(root, project));
        let kept = DesignStudio { facts, linked, unreadable };
        affected.extend(kept.files());
        self.design_studio.insert(root.to_owned(), kept);
        self.unreadable.remove(target_of(root));
        affected.extend(self.refresh_links());
        affected
    }

    /// Takes the text of an org, which may be another one than when its project was read. Who uses it is as it was
    /// read.
    pub(super) fn set_design_studio_org(&mut self, file: &str, document: &Document) -> Affected {
        if document.entity().is_some_and(|entity| entity.header.is_deleted) {
            let mut affected = self.remove_design_studio_org(file);
            let Some(kept) = self.kept_of(file) else { return affected };
            affected.extend(kept.org_file_came(file));
            return affected;
        }
        let mut affected = Affected::new();
        let Some(kept) = self.kept_of(file) else { return affected };
        affected.extend(kept.org_file_came(file));
        let guid = document.entity().and_then(Entity::guid);
        let used_by = guid.map(|guid| kept.linked.used_by(guid).to_vec()).unwrap_or_default();
        let facts = OrgFacts { used_by, ..OrgFacts::of(document) };
        let before = kept.facts.org(file).cloned();
        if before.as_ref() != Some(&facts) {
            affected.extend(before.iter().flat_map(|it| touched_by(&kept.facts, file, it)));
            affected.extend(touched_by(&kept.facts, file, &facts));
            kept.facts.set_org(file, facts);
        }
        affected.extend(self.set_linked_org(file, Some(document)));
        affected
    }

    /// Forgets an org: its file is gone, or Design Studio has deleted it. One in a Jitterpak is there as long as
    /// that is.
    pub(super) fn remove_design_studio_org(&mut self, file: &str) -> Affected {
        let mut affected = Affected::new();
        if in_archive(file).is_some() {
            return affected;
        }
        let Some(kept) = self.kept_of(file) else { return affected };
        kept.unreadable.remove(file);
        if kept.facts.org_files.remove(file) {
            affected.extend(kept.facts.file.clone());
        }
        if let Some(before) = kept.facts.remove_org(file) {
            affected.extend(touched_by(&kept.facts, file, &before));
        }
        if kept.facts.file.as_deref() != Some(file) {
            affected.extend(self.set_linked_org(file, None));
        }
        affected
    }

    fn set_linked_org(&mut self, file: &str, document: Option<&Document>) -> Affected {
        let Some(kept) = self.kept_of(file) else { return Affected::new() };
        let mut linked = (*kept.linked).clone();
        if !linked.set_org(file, document) {
            return Affected::new();
        }
        kept.linked = Arc::new(linked);
        self.refresh_links()
    }

    /// Takes the text of a `project.xml`: where the project is named there.
    pub(super) fn set_design_studio_project(
        &mut self,
        file: &str,
        document: &Document,
    ) -> Affected {
        let mut affected = Affected::new();
        let Some(xml) = document.project_xml() else { return affected };
        let place = xml.name.as_ref().map(|name| name.span).or(xml.root).unwrap_or_default();
        let Some(kept) = self.kept_of(file) else { return affected };
        let lists_others = kept.facts.org_files.set_listed(xml);
        if lists_others {
            affected.extend(kept.files());
            affected.remove(file);
        }
        if kept.linked.place == place {
            return affected;
        }
        let mut linked = (*kept.linked).clone();
        linked.place = place;
        kept.linked = Arc::new(linked);
        if let Some((_, span)) = &mut kept.facts.design_studio {
            *span = place;
        }
        affected.extend(kept.files());
        affected.extend(self.refresh_links());
        affected.remove(file);
        affected
    }

    /// There is no Design Studio project (any more) in a folder or Jitterpak.
    pub fn remove_design_studio(&mut self, target: &str) -> Affected {
        let Some(root) = self.root_at(target).map(str::to_owned) else { return Affected::new() };
        let mut affected = self.take_out(&root);
        affected.extend(self.refresh_links());
        affected
    }

    fn take_out(&mut self, root: &str) -> Affected {
        let mut affected = Affected::new();
        let gone = self.design_studio.remove(root);
        affected.extend(gone.iter().flat_map(DesignStudio::files));
        affected
    }

    fn kept_of(&mut self, file: &str) -> Option<&mut DesignStudio> {
        let (root, _) = design_studio_file(file)?;
        self.design_studio.get_mut(root)
    }

    /// The Design Studio project that a file is in, when it is one of its XML files that have findings.
    pub fn design_studio_of(&self, file: &str) -> Option<&ProjectFacts> {
        let root = self.design_studio_root_of(file)?;
        self.design_studio.get(root).map(|kept| &kept.facts)
    }

    /// What the paths of that project are below.
    pub fn design_studio_root_of(&self, file: &str) -> Option<&str> {
        let (root, part) = design_studio_file(file)?;
        FileKind::of_design_studio(part)?;
        self.design_studio.get_key_value(root).map(|(root, _)| root.as_str())
    }

    /// All Design Studio projects, by what their paths are below.
    pub fn design_studio_projects(&self) -> impl Iterator<Item = (&str, &ProjectFacts)> {
        self.design_studio.iter().map(|(root, kept)| (root.as_str(), &kept.facts))
    }

    /// The folders and Jitterpaks of all Design Studio projects.
    pub fn design_studio_targets(&self) -> impl Iterator<Item = String> + '_ {
        self.design_studio.keys().map(|root| target_of(root).to_owned())
    }

    /// All files of Design Studio that have findings.
    pub fn design_studio_files(&self) -> impl Iterator<Item = String> + '_ {
        self.design_studio.values().flat_map(DesignStudio::files)
    }

    /// The folders and Jitterpaks that have to be read again when something at this path came or went:
    /// a project that is known or linked is there or below, or this is one of its folders that matter.
    pub fn design_studio_touched_by(&self, path: &str) -> Vec<String> {
        let is_there = |target: &str| target == path || is_below(target, path);
        let known = self.design_studio.keys().map(|root| target_of(root));
        let mut touched: BTreeSet<&str> = known.filter(|target| is_there(target)).collect();
        let links = self.link_targets();
        touched.extend(links.iter().map(|(_, target)| target.as_str()).filter(|it| is_there(it)));
        let (above, name) = (folder_of(path), path.rsplit('/').next().unwrap_or(path));
        let root = match ProjectFile::of_folder(name) {
            Some(_) if above.ends_with("/Data") => folder_of(above),
            _ if name == ProjectFile::DATA => above,
            // What comes there and is no org's file may be a folder.
            _ if ProjectFile::is_orgs_folder(above) => folder_of(folder_of(above)),
            _ => "",
        };
        touched.extend(self.design_studio.get_key_value(root).map(|(root, _)| root.as_str()));
        touched.into_iter().map(str::to_owned).collect()
    }

    /// What the rules of the project file around a place say.
    fn severities_at(&self, root: &str) -> HashMap<String, Option<Severity>> {
        let around = self.projects.get(self.home_of(root).as_str());
        around.map(|project| project.severities.clone()).unwrap_or_default()
    }

    /// Looks again which rules count where; the files of projects for which others do are affected.
    pub(super) fn refresh_design_studio_severities(&mut self) -> Affected {
        let mut affected = Affected::new();
        let roots: Vec<String> = self.design_studio.keys().cloned().collect();
        for root in roots {
            let severities = self.severities_at(&root);
            let Some(kept) = self.design_studio.get_mut(&root) else { continue };
            if kept.facts.severities != severities {
                kept.facts.severities = severities;
                affected.extend(kept.files());
            }
        }
        affected
    }
}

/// The folder or Jitterpak of the project whose paths are below `root`.
fn target_of(root: &str) -> &str {
    let suffix = [org_sources::jitterpak::SUFFIX, IN_ARCHIVE].concat();
    let end = root.to_ascii_lowercase().rfind(&suffix).map(|at| at + suffix.len() - 1);
    end.and_then(|end| root.get(..end)).unwrap_or(root)
}

#[cfg(test)]
mod tests;
