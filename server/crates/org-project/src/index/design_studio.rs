//! Design Studio's own projects in the index.

use org_ide::ProjectFacts;
use org_sources::design_studio::Project;

use super::{Workspace, folder_of};
use crate::affected::Affected;

impl Workspace {
    /// Takes a Design Studio project as it was read. `root` is what its paths are below: a folder, or
    /// `orders.jpk!`.
    pub fn set_design_studio(&mut self, root: &str, project: &Project) -> Affected {
        let mut affected = self.remove_design_studio(root);
        let mut facts = ProjectFacts::of_design_studio(root, project);
        facts.severities = self.severities_at(root);
        affected.extend(files_of(&facts));
        self.design_studio.insert(root.to_owned(), facts);
        affected
    }

    /// Forgets a Design Studio project.
    pub fn remove_design_studio(&mut self, root: &str) -> Affected {
        let mut affected = Affected::new();
        affected.extend(self.design_studio.remove(root).iter().flat_map(files_of));
        affected
    }

    /// The Design Studio project that a file is in, when it is one of its XML files.
    pub fn design_studio_of(&self, file: &str) -> Option<&ProjectFacts> {
        let suffix = file.rsplit('/').next()?.rsplit('.').next()?;
        if suffix != "xml" {
            return None;
        }
        let mut folder = folder_of(file);
        while !folder.is_empty() {
            if let Some(project) = self.design_studio.get(folder) {
                return Some(project);
            }
            folder = folder_of(folder);
        }
        None
    }

    /// All Design Studio projects, by what their paths are below.
    pub fn design_studio_projects(&self) -> impl Iterator<Item = (&str, &ProjectFacts)> {
        self.design_studio.iter().map(|(root, facts)| (root.as_str(), facts))
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
            let Some(facts) = self.design_studio.get_mut(&root) else { continue };
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
