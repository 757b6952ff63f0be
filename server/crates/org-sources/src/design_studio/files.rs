//! Which files of a project matter.

/// The files of a Design Studio project that are read; all others stay closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProjectFile {
    /// `project.xml`
    ProjectXml,
    /// `environment.properties`
    Environment,
    /// `jitterpak.properties`
    Jitterpak,
    /// `Data/SalesforceConnector/GUID.xml`: a Salesforce org.
    Org,
    /// `Data/SalesforceQuery/GUID.xml`, `…Upsert/` and so on: what a Salesforce wizard made.
    WizardResult,
    /// `Data/Operation/GUID.xml`
    Operation,
}

impl ProjectFile {
    /// The name of the file that makes a folder a project.
    pub const PROJECT_XML: &'static str = "project.xml";
    /// The file that says which version saved the project.
    pub const ENVIRONMENT: &'static str = "environment.properties";
    /// The file that says which version packed it.
    pub const JITTERPAK: &'static str = "jitterpak.properties";
    /// The folder beside it that holds the entities.
    pub const DATA: &'static str = "Data";
    /// The folder of the orgs.
    pub const ORGS: &'static str = "SalesforceConnector";
    /// The folder of the operations.
    pub const OPERATIONS: &'static str = "Operation";
    /// What the names of the folders of orgs and wizard results begin with.
    const SALESFORCE: &'static str = "Salesforce";

    /// Whether a folder, by its whole path, is that of a project's orgs.
    pub fn is_orgs_folder(path: &str) -> bool {
        let data = path.strip_suffix(Self::ORGS).and_then(|data| data.strip_suffix('/'));
        data.is_some_and(|data| data.rsplit('/').next() == Some(Self::DATA))
    }

    /// Tells by its path below the project's folder (`/` between the parts) which of them a file is.
    pub fn of_path(path: &str) -> Option<Self> {
        match path {
            Self::PROJECT_XML => return Some(Self::ProjectXml),
            Self::ENVIRONMENT => return Some(Self::Environment),
            Self::JITTERPAK => return Some(Self::Jitterpak),
            _ => {}
        }
        let (folder, file) = path.strip_prefix("Data/")?.split_once('/')?;
        let is_entity = !file.contains('/') && without_xml(file).is_some_and(|it| !it.is_empty());
        is_entity.then(|| Self::of_folder(folder)).flatten()
    }

    /// What the files of a folder directly in `Data` are.
    pub fn of_folder(folder: &str) -> Option<Self> {
        match folder {
            Self::ORGS => Some(Self::Org),
            Self::OPERATIONS => Some(Self::Operation),
            _ if folder.starts_with(Self::SALESFORCE) => Some(Self::WizardResult),
            _ => None,
        }
    }
}

/// The name of a file without `.xml`, in which upper case makes no difference where Design Studio runs.
pub(super) fn without_xml(name: &str) -> Option<&str> {
    let (start, end) = name.split_at_checked(name.len().checked_sub(".xml".len())?)?;
    end.eq_ignore_ascii_case(".xml").then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_matter() {
        use ProjectFile::*;
        for (path, expected) in [
            ("project.xml", Some(ProjectXml)),
            ("environment.properties", Some(Environment)),
            ("jitterpak.properties", Some(Jitterpak)),
            ("Data/SalesforceConnector/a.xml", Some(Org)),
            ("Data/SalesforceConnector/A.XML", Some(Org)),
            ("Data/SalesforceUpsert/a.xml", Some(WizardResult)),
            ("Data/Operation/a.xml", Some(Operation)),
            ("Data/Operation/a/b.xml", None),
            ("Data/Operation/.xml", None),
            ("Data/Operation/ü", None),
            ("Data/Operation", None),
            ("Data/Script/a.xml", None),
            ("Data/SalesforceConnector/a.bak", None),
            ("x/project.xml", None),
            ("data/Operation/a.xml", None),
        ] {
            assert_eq!(super::ProjectFile::of_path(path), expected, "{path}");
        }
    }
}
