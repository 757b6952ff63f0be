//! What is there already where the new files go.

use std::collections::BTreeSet;

use org_import::{Existing, ExistingOrg};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::{ApiVersion, jitterbit};

use crate::answers::{Answers, Place};

/// The surroundings of a new org.
#[derive(Debug)]
pub struct Scene {
    /// The folder of the new org file as people see it; empty for the folder that they are in.
    pub folder: String,
    /// The project, the orgs and the files that are there.
    pub existing: Existing,
    /// Login hosts that the user allows besides Salesforce's.
    pub allowed: AllowedHosts,
    /// The newest API version that the user says can be used, whatever the tables say.
    pub newest_version: Option<ApiVersion>,
    /// Whether this computer has a keyring.
    pub has_keyring: bool,
    /// Where secrets of the last new org went.
    pub last_place: Option<Place>,
}

impl Scene {
    /// The API version of the new org; `None` where a project has none that can be read.
    pub(crate) fn version(&self, answers: &Answers) -> Option<ApiVersion> {
        match &self.existing.project {
            Some(project) => project.api_version,
            None => answers.api_version(),
        }
    }

    /// The newest version that agents are known to support.
    pub(crate) fn newest_supported(&self) -> ApiVersion {
        self.newest_version.unwrap_or_else(jitterbit::newest_supported)
    }

    /// A file of the folder as people see it.
    pub(crate) fn shown(&self, file: &str) -> String {
        match self.folder.as_str() {
            "" | "." => file.to_owned(),
            folder => format!("{}/{file}", folder.trim_end_matches('/')),
        }
    }

    /// The org of that name.
    pub(crate) fn org_named(&self, is_it: impl Fn(&str) -> bool) -> Option<&ExistingOrg> {
        let mut orgs = self.existing.orgs.iter();
        orgs.find(|org| org.name.as_deref().is_some_and(&is_it))
    }

    /// The environment variables that other orgs refer to: their values are not the new org's.
    pub(crate) fn taken_variables(&self) -> BTreeSet<&str> {
        self.existing.orgs.iter().flat_map(ExistingOrg::environment_names).collect()
    }
}
