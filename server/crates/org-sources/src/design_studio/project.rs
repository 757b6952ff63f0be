//! A whole project, put together from the few files of it that matter.

use super::{
    Entity, Operation, OrgFiles, ProjectFile, ProjectXml, Usage, WizardResult,
    created_with_version, saved_in_version,
};
use crate::encoding::{NotText, decode};

/// A Design Studio project. All paths are below its folder, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The text of `project.xml`.
    pub text: String,
    /// What it says.
    pub xml: ProjectXml,
    /// The version of Design Studio that saved it.
    pub version: Option<String>,
    /// Its orgs, by path, without those that are deleted.
    pub orgs: Vec<Org>,
    /// Which operations use which org.
    pub usage: Usage,
    /// Files that are no text, by path.
    pub unreadable: Vec<Unreadable>,
    /// Which files there are where orgs belong.
    pub org_files: OrgFiles,
}

/// A Salesforce org of a project.
#[derive(Clone, Debug)]
pub struct Org {
    /// Its file.
    pub path: String,
    /// The file's text.
    pub text: String,
    /// What it says.
    pub entity: Entity,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub path: String,
    /// Why.
    pub why: NotText,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Project {
    /// Puts a project together from its files: each with its path below the project's folder. Files
    /// that do not matter may be among them, in any order.
    pub fn read(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut project = Self::default();
        let (mut saved, mut created) = (None, None);
        let (mut operations, mut results) = (Vec::new(), Vec::new());
        for (path, bytes) in files {
            match ProjectFile::of_path(&path) {
                None => {}
                Some(ProjectFile::Environment) => saved = saved_in_version(&bytes),
                Some(ProjectFile::Jitterpak) => created = created_with_version(&bytes),
                Some(ProjectFile::ProjectXml) => {
                    if let Some(text) = project.text_of(&path, bytes) {
                        project.xml = ProjectXml::read(&text);
                        project.org_files.set_listed(&project.xml);
                        project.text = text;
                    }
                }
                Some(ProjectFile::Org) => {
                    project.org_files.add(&path);
                    project.add_org(path, bytes);
                }
                Some(ProjectFile::WizardResult) => {
                    let Some(text) = project.text_of(&path, bytes) else { continue };
                    results.extend(WizardResult::of(&Entity::read(&text)).map(|it| (path, it)));
                }
                Some(ProjectFile::Operation) => {
                    let Some(text) = project.text_of(&path, bytes) else { continue };
                    if text.contains(Operation::MARK) {
                        operations.extend(Operation::of(&Entity::read(&text)).map(|it| (path, it)));
                    }
                }
            }
        }
        project.version = saved.or(created);
        project.orgs.sort_by(|a, b| a.path.cmp(&b.path));
        project.usage = Usage::of(operations, results);
        project
    }

    /// As [`Project::read`], of a folder that is a project only if its `project.xml`, which comes first, says
    /// so; else the rest is not even asked for. One that is no XML at all says so by its mistakes: it
    /// counts as a project.
    pub fn read_if_one(
        project_xml: (String, Vec<u8>),
        rest: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Option<Self> {
        let says_otherwise = std::str::from_utf8(&project_xml.1).is_ok_and(|text| {
            let xml = ProjectXml::read(text);
            !xml.is_project && xml.root.is_some()
        });
        (!says_otherwise).then(|| Self::read(std::iter::once(project_xml).chain(rest)))
    }

    fn text_of(&mut self, path: &str, bytes: Vec<u8>) -> Option<String> {
        match decode(bytes) {
            Ok(text) => Some(text),
            Err((why, bytes)) => {
                self.unreadable.push(Unreadable { path: path.to_owned(), why, bytes });
                None
            }
        }
    }

    fn add_org(&mut self, path: String, bytes: Vec<u8>) {
        let Some(text) = self.text_of(&path, bytes) else { return };
        let entity = Entity::read(&text);
        if !entity.header.is_deleted {
            self.orgs.push(Org { path, text, entity });
        }
    }
}

#[cfg(test)]
mod tests;
