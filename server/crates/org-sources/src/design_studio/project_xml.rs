//! `project.xml`: the project's name, and what its entities are called.

use org_syntax::Span;

use crate::Located;
use crate::xml::{Xml, XmlError};

/// `project.xml` as it is written.
#[derive(Clone, Debug, Default)]
pub struct ProjectXml {
    /// The outermost element is `Project`: only then is this a Design Studio project.
    pub is_project: bool,
    /// Byte span of the name of the outermost element.
    pub root: Option<Span>,
    /// `Project@name`
    pub name: Option<Located>,
    /// `Project@projectId`
    pub id: Option<Located>,
    /// The entities that it lists, in the order of the text, whatever folder they are in.
    pub entities: Vec<EntityName>,
    /// What is wrong with the text; what is above was read all the same.
    pub errors: Vec<XmlError>,
}

/// One entity in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityName {
    /// The type that it is listed under, for example `SalesforceConnector`.
    pub kind: String,
    /// The names of the folders around it, outermost first.
    pub folders: Vec<String>,
    /// Its GUID.
    pub id: Located,
    /// Its name.
    pub name: Option<Located>,
}

impl ProjectXml {
    /// Reads `project.xml`. Never fails: see [`ProjectXml::errors`].
    pub fn read(text: &str) -> Self {
        let xml = Xml::read(text);
        let mut project = Self { errors: xml.errors().to_vec(), ..Self::default() };
        let Some(root) = xml.root() else { return project };
        project.root = Some(root.name_span);
        project.is_project = root.name == "Project";
        if !project.is_project {
            return project;
        }
        project.name = root.attribute("name").cloned();
        project.id = root.attribute("projectId").cloned();
        for element in xml.elements().iter().filter(|element| element.name == "Entity") {
            let Some(id) = element.attribute("entityId").cloned() else { continue };
            let name = element.attribute("name").cloned();
            let (kind, folders) = around(&xml, element.parent);
            project.entities.push(EntityName { kind, folders, id, name });
        }
        project
    }
}

/// The type and the folders around an entity. The way up is no longer than elements may nest.
fn around(xml: &Xml, parent: Option<usize>) -> (String, Vec<String>) {
    let (mut kind, mut folders) = (String::new(), Vec::new());
    let mut at = parent;
    while let Some(element) = at.and_then(|index| xml.elements().get(index)) {
        let name = || element.attribute("name").map_or_else(String::new, |name| name.value.clone());
        match element.name.as_str() {
            "Folder" => folders.insert(0, name()),
            "EntityType" => kind = name(),
            _ => {}
        }
        at = element.parent;
    }
    (kind, folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_found_in_folders_of_any_depth() {
        let text = "<Project name=\"Initech payroll\" projectId='p'><EntityType name='Operation'>\
            <Entity entityId='1' name='A'/><Folder name='X'><Folder name='Y'><Entity name='B' entityId='2'/>\
            </Folder></Folder><Entity name='no id'/></EntityType></Project>";
        let project = ProjectXml::read(text);
        assert!(project.is_project && project.errors.is_empty());
        assert_eq!(project.name.map(|name| name.span.text(text)), Some("Initech payroll"));
        let listed: Vec<_> = project
            .entities
            .iter()
            .map(|entity| {
                (entity.kind.as_str(), entity.id.value.as_str(), entity.folders.join("/"))
            })
            .collect();
        assert_eq!(
            listed,
            [("Operation", "1", String::new()), ("Operation", "2", "X/Y".to_owned())]
        );
    }

    #[test]
    fn another_root_is_no_project() {
        assert!(!ProjectXml::read("<project name='maven'/>").is_project);
        assert!(!ProjectXml::read("").is_project);
    }
}
