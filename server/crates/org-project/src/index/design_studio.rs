//! Design Studio's own projects in the index.

use std::sync::Arc;

use org_ide::{Document, LinkedProject, OrgFacts, ProjectFacts};
use org_sources::design_studio::Project;

use super::{DesignStudio, Workspace, folder_of, touched_by};
use crate::affected::Affected;
use crate::design_studio::IN_ARCHIVE;

impl Workspace {
    /// Takes a Design Studio project as it was read. `root` is what its paths are below: a folder, or
    /// `orders.jpk!`.
    pub fn set_design_studio(&mut self, root: &str, project: &Project) -> Affected {
        let mut affected = self.take_out(root);
        let mut facts = ProjectFacts::of_design_studio(root, project);
        facts.severities = self.severities_at(root);
        affected.extend(files_of(&facts));
        let linked = Arc::new(LinkedProject::of(root, project));
        self.design_studio.insert(root.to_owned(), DesignStudio { facts, linked });
        self.unreadable.remove(root.split_once(IN_ARCHIVE).map_or(root, |(path, _)| path));
        affected.extend(self.refresh_links());
        affected
    }

    /// Takes the text of an org that is open in an editor, which need not be the one on the disk. Who uses it
    /// is as it was read.
    pub(super) fn set_design_studio_org(&mut self, file: &str, document: &Document) -> Affected {
        let mut affected = Affected::new();
        let root = self.design_studio_root_of(file).map(str::to_owned);
        let Some(kept) = root.and_then(|root| self.design_studio.get_mut(&root)) else {
            return affected;
        };
        let Some(before) = kept.facts.org(file).cloned() else { return affected };
        let facts = OrgFacts { used_by: before.used_by.clone(), ..OrgFacts::of(document) };
        if facts != before {
            affected.extend(touched_by(&kept.facts, file, &before));
            affected.extend(touched_by(&kept.facts, file, &facts));
            kept.facts.set_org(file, facts);
        }
        let mut linked = (*kept.linked).clone();
        if linked.set_org(file, document) {
            kept.linked = Arc::new(linked);
            affected.extend(self.refresh_links());
        }
        affected
    }

    /// Forgets a Design Studio project.
    pub fn remove_design_studio(&mut self, root: &str) -> Affected {
        let mut affected = self.take_out(root);
        affected.extend(self.refresh_links());
        affected
    }

    fn take_out(&mut self, root: &str) -> Affected {
        let mut affected = Affected::new();
        let gone = self.design_studio.remove(root);
        affected.extend(gone.iter().flat_map(|kept| files_of(&kept.facts)));
        affected
    }

    /// The Design Studio project that a file is in, when it is one of its XML files.
    pub fn design_studio_of(&self, file: &str) -> Option<&ProjectFacts> {
        let root = self.design_studio_root_of(file)?;
        self.design_studio.get(root).map(|kept| &kept.facts)
    }

    /// What the paths of that project are below.
    pub fn design_studio_root_of(&self, file: &str) -> Option<&str> {
        let suffix = file.rsplit('/').next()?.rsplit('.').next()?;
        if suffix != "xml" {
            return None;
        }
        let mut folder = folder_of(file);
        while !folder.is_empty() {
            if let Some((root, _)) = self.design_studio.get_key_value(folder) {
                return Some(root);
            }
            folder = folder_of(folder);
        }
        None
    }

    /// All Design Studio projects, by what their paths are below.
    pub fn design_studio_projects(&self) -> impl Iterator<Item = (&str, &ProjectFacts)> {
        self.design_studio.iter().map(|(root, kept)| (root.as_str(), &kept.facts))
    }

    /// What the rules of the project file around a place say.
    fn severities_at(
        &self,
        root: &str,
    ) -> std::collections::HashMap<String, Option<org_ide::Severity>> {
        let around = self.projects.get(&self.home_of(root));
        around.map(|project| project.severities.clone()).unwrap_or_default()
    }

    /// Looks again which rules count where; the files of projects for which others do are affected.
    pub(super) fn refresh_design_studio_severities(&mut self) -> Affected {
        let mut affected = Affected::new();
        let roots: Vec<String> = self.design_studio.keys().cloned().collect();
        for root in roots {
            let severities = self.severities_at(&root);
            let Some(kept) = self.design_studio.get_mut(&root) else { continue };
            let facts = &mut kept.facts;
            if facts.severities != severities {
                facts.severities = severities;
                affected.extend(files_of(facts));
            }
        }
        affected
    }
}

fn files_of(facts: &ProjectFacts) -> Vec<String> {
    facts.file.iter().cloned().chain(facts.orgs().map(|(file, _)| file.to_owned())).collect()
}
