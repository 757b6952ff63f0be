//! What lies where a project keeps its orgs, and what its `project.xml` says of it.

use std::collections::BTreeSet;

use super::files::without_xml;
use super::{EntityName, ProjectFile, ProjectXml, guid_key};

/// The files in `Data/SalesforceConnector`, be they read or not, beside the orgs that `project.xml` lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgFiles {
    /// The GUIDs that the files are named by, as keys; those of deleted orgs among them.
    named: BTreeSet<String>,
    /// Those of files that could not be opened.
    unread: BTreeSet<String>,
    /// The names of the folders there. Design Studio keeps each org directly in `SalesforceConnector`, and what
    /// is in a folder is not read.
    folders: BTreeSet<String>,
    /// The GUIDs that `project.xml` lists, as keys.
    listed: BTreeSet<String>,
}

impl OrgFiles {
    /// There is a file at this path; whether that is new.
    pub fn add(&mut self, path: &str) -> bool {
        self.named.insert(guid_of_file(path))
    }

    /// There is a file at this path, and it cannot be opened.
    pub fn add_unread(&mut self, path: &str) {
        self.add(path);
        self.unread.insert(guid_of_file(path));
    }

    /// What the names of the files say that could not be opened: each may be any org.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.unread.iter().map(String::as_str)
    }

    /// There is none any more; whether that is new.
    pub fn remove(&mut self, path: &str) -> bool {
        self.named.remove(&guid_of_file(path))
    }

    /// Something lies at a path below the project's folder: it counts when it is in a folder of the orgs' folder.
    /// A name that begins with a dot is no person's.
    pub fn add_nested(&mut self, path: &str) {
        let orgs = [ProjectFile::DATA, "/", ProjectFile::ORGS, "/"].concat();
        let below = path.strip_prefix(&orgs).and_then(|below| below.split_once('/'));
        if let Some((folder, _)) = below.filter(|(folder, _)| !folder.starts_with('.')) {
            self.folders.insert(folder.to_owned());
        }
    }

    /// Takes what `project.xml` lists; whether that is other than before.
    pub fn set_listed(&mut self, xml: &ProjectXml) -> bool {
        let listed = orgs_of(xml).map(|entity| guid_key(&entity.id.value)).collect();
        let is_new = self.listed != listed;
        self.listed = listed;
        is_new
    }

    /// The orgs that `project.xml` lists and that have no file.
    pub fn missing<'a>(&'a self, xml: &'a ProjectXml) -> impl Iterator<Item = &'a EntityName> {
        orgs_of(xml).filter(|entity| !self.named.contains(&guid_key(&entity.id.value)))
    }

    /// Whether `project.xml` lists orgs, and not this one.
    pub fn is_unlisted(&self, guid: &str) -> bool {
        !self.listed.is_empty() && !self.listed.contains(&guid_key(guid))
    }

    /// The folders beside the orgs, by name.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(String::as_str)
    }
}

/// The orgs in the list. An entity without an ID is none that a file could be named by.
fn orgs_of(xml: &ProjectXml) -> impl Iterator<Item = &EntityName> {
    let orgs = xml.entities.iter().filter(|entity| entity.kind == ProjectFile::ORGS);
    orgs.filter(|entity| !entity.id.value.trim().is_empty())
}

/// What the name of an org's file says: its GUID, as a key.
pub fn guid_of_file(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    guid_key(without_xml(name).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_compared_with_what_is_there() {
        let xml = ProjectXml::read(
            "<Project name='P'><EntityType name='SalesforceConnector'><Entity entityId='A1' name='one'/>\
             <Folder name='F'><Entity entityId='b2' name='two'/></Folder><Entity entityId='' name='x'/></EntityType>\
             <EntityType name='Operation'><Entity entityId='c3'/></EntityType></Project>",
        );
        let mut files = OrgFiles::default();
        assert!(!files.is_unlisted("d4"), "nothing is listed");
        assert!(files.set_listed(&xml) && !files.set_listed(&xml));
        assert!(files.add("Data/SalesforceConnector/a1.xml"));
        let missing = |files: &OrgFiles| {
            files.missing(&xml).map(|entity| entity.id.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(missing(&files), ["b2"]);
        assert!(files.remove("Data/SalesforceConnector/a1.xml"));
        assert_eq!(missing(&files), ["A1", "b2"]);
        assert!(files.is_unlisted("d4") && !files.is_unlisted("B2"));
    }

    #[test]
    fn folders_count_where_orgs_belong() {
        let mut files = OrgFiles::default();
        for path in [
            "Data/SalesforceConnector/old/a.xml",
            "Data/SalesforceConnector/.svn/entries",
            "Data/SalesforceConnector/a.xml",
            "Data/Operation/old/a.xml",
            "x/Data/SalesforceConnector/y/a.xml",
        ] {
            files.add_nested(path);
        }
        assert_eq!(files.folders().collect::<Vec<_>>(), ["old"]);
    }
}
