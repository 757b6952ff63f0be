//! A Jitterbit Design Studio project: a folder with `project.xml` and `Data/`, or a Jitterpak, which is
//! that folder zipped.
//!
//! | file | what it holds |
//! |---|---|
//! | `project.xml` | [`ProjectXml`]: the project's name and its entities |
//! | `Data/SalesforceConnector/GUID.xml` | [`Entity`]: one Salesforce org |
//! | `Data/SalesforceQuery/GUID.xml` and its like | [`WizardResult`]: what a wizard made, and for which org |
//! | `Data/Operation/GUID.xml` | [`Operation`]: what runs it |
//! | `environment.properties`, `jitterpak.properties` | the version of Design Studio ([`saved_in_version`]) |
//!
//! [`ProjectFile::of_path`] tells which of a project's files are those; [`Project::read`] puts them
//! together.

mod entity;
mod files;
mod operation;
mod org_files;
mod project;
mod project_xml;
mod properties;
mod usage;
mod version;
mod wizard_result;

pub use entity::{Entity, Header, Item};
pub use files::ProjectFile;
pub use operation::Operation;
pub use org_files::{OrgFiles, guid_of_file};
pub use project::{Org, Project, Unreadable};
pub use project_xml::{EntityName, ProjectXml};
pub use usage::{OperationUse, Usage};
pub use version::{created_with_version, saved_in_version};
pub use wizard_result::WizardResult;

/// A GUID as it is compared: Design Studio writes lower case, other tools need not.
pub fn same_guid(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

/// As [`same_guid`], as the key of a map.
pub fn guid_key(guid: &str) -> String {
    guid.trim().to_ascii_lowercase()
}
