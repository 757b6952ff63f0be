//! What links our projects and org files to those of Design Studio.

use std::collections::BTreeSet;
use std::sync::Arc;

use org_ide::{DesignStudioLink, Related};

use super::{Workspace, folder_of};
use crate::affected::Affected;
use crate::design_studio::IN_ARCHIVE;
use crate::link::link_target;

impl Workspace {
    /// The links that nobody has followed so far: the project file, and the folder or Jitterpak that it
    /// names.
    pub fn unread_links(&self) -> Vec<(String, String)> {
        self.projects
            .values()
            .filter(|project| project.link == DesignStudioLink::Unread)
            .filter_map(|project| {
                let file = project.file.as_ref()?;
                let target = link_target(file, project.design_studio_project.as_deref()?).ok()?;
                Some((file.clone(), target))
            })
            .collect()
    }

    /// The folders and Jitterpaks that project files name.
    pub fn link_targets(&self) -> Vec<(String, String)> {
        let linked = self.projects.values().filter_map(|project| {
            let file = project.file.as_ref()?;
            let target = link_target(file, project.design_studio_project.as_deref()?).ok()?;
            Some((file.clone(), target))
        });
        linked.collect()
    }

    /// There is no Design Studio project at the end of a link, for this reason.
    pub fn set_design_studio_unreadable(&mut self, target: &str, why: &str) -> Affected {
        let mut affected = self.remove_design_studio(target);
        self.unreadable.insert(target.to_owned(), why.to_owned());
        affected.extend(self.refresh_links());
        affected
    }

    /// Forgets why there is no project where no project file leads any more: who leads there again looks
    /// again.
    pub(super) fn forget_unlinked(&mut self) {
        if self.unreadable.is_empty() {
            return;
        }
        let linked: BTreeSet<String> =
            self.link_targets().into_iter().map(|(_, target)| target).collect();
        self.unreadable.retain(|target, _| linked.contains(target));
    }

    /// The org files that are linked to an org of Design Studio, each with the place of its name.
    pub fn linked_to(&self, design_studio_org: &str) -> Vec<Related> {
        let mut found = Vec::new();
        for project in self.projects.values() {
            let DesignStudioLink::Read(linked) = &project.link else { continue };
            let Some(guid) = linked.guid_of(design_studio_org) else { continue };
            found.extend(project.linked_to(guid).filter_map(|file| {
                let (name, span) = match &project.org(file)?.name {
                    Some((name, span)) => (name.to_string(), *span),
                    None => (String::new(), project.org(file)?.design_studio_org.as_ref()?.1),
                };
                Some(Related { file: file.to_owned(), span, message: name })
            }));
        }
        found.sort_by(|a, b| a.file.cmp(&b.file));
        found
    }

    /// Looks again what each project is linked to; the files of those for which it is something else are
    /// affected.
    pub(super) fn refresh_links(&mut self) -> Affected {
        let folders: Vec<Arc<str>> = self
            .projects
            .iter()
            .filter(|(_, project)| project.design_studio_project.is_some())
            .map(|(folder, _)| Arc::clone(folder))
            .collect();
        let mut affected = Affected::new();
        for folder in folders {
            let link = self.link_of(&folder);
            let Some(project) = self.projects.get_mut(&folder) else { continue };
            if project.link != link {
                project.set_link(link);
                affected.extend(project.file.clone());
                affected.extend(project.orgs().map(|(org, _)| org.to_owned()));
            }
        }
        affected
    }

    /// What the project whose file is in a folder is linked to.
    pub(super) fn link_of(&self, folder: &str) -> DesignStudioLink {
        let written = self.projects.get(folder).and_then(|project| {
            project.file.as_deref().zip(project.design_studio_project.as_deref())
        });
        let Some((file, written)) = written else { return DesignStudioLink::None };
        let target = match link_target(file, written) {
            Ok(target) => target,
            Err(why) => return DesignStudioLink::Unreadable(why.to_owned()),
        };
        if let Some(known) = self.root_at(&target).and_then(|root| self.design_studio.get(root)) {
            return DesignStudioLink::Read(Arc::clone(&known.linked));
        }
        match self.unreadable.get(&target) {
            Some(why) => DesignStudioLink::Unreadable(why.clone()),
            None => DesignStudioLink::Unread,
        }
    }

    /// What the paths of the project in a folder or Jitterpak are below, once it is known.
    pub(super) fn root_at(&self, target: &str) -> Option<&str> {
        if let Some((root, _)) = self.design_studio.get_key_value(target) {
            return Some(root);
        }
        let in_archive = format!("{target}{IN_ARCHIVE}");
        let is_below = |root: &&String| **root == in_archive || folder_of(root) == in_archive;
        self.design_studio
            .range(in_archive.clone()..)
            .next()
            .map(|(root, _)| root)
            .filter(is_below)
            .map(String::as_str)
    }
}
