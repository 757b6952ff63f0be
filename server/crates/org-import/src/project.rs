//! The project file that an import makes where there is none.

use std::collections::BTreeMap;

use org_schema::jitterbit::ProductVersion;
use org_schema::{ApiVersion, versions};

use crate::definition::project_text;
use crate::existing::ExistingProject;
use crate::found::{DesignStudio, FoundAuth, FoundOrg, FoundVersion, Source};

/// The project file of an import.
#[derive(Clone, Debug)]
pub enum PlannedProject {
    /// It is made.
    New {
        /// `name`
        name: Option<String>,
        /// `apiVersion`: the most common one of the orgs.
        api_version: ApiVersion,
        /// `designStudioVersion`
        design_studio_version: Option<String>,
        /// `designStudioProject`
        design_studio_project: Option<String>,
    },
    /// It is there, and stays as it is.
    There(ExistingProject),
    /// There is none, and nothing that needs one.
    None,
}

impl PlannedProject {
    /// What the import of `orgs` needs.
    pub(crate) fn of(
        existing: Option<&ExistingProject>,
        orgs: &[&FoundOrg],
        sources: &[Source],
    ) -> Self {
        if let Some(existing) = existing {
            return Self::There(existing.clone());
        }
        if orgs.is_empty() {
            return Self::None;
        }
        let design_studio = the_one(sources);
        Self::New {
            name: design_studio.and_then(|it| it.name.clone()),
            api_version: common_version(orgs),
            design_studio_version: design_studio
                .and_then(|it| it.version.as_deref())
                .and_then(release_of),
            design_studio_project: design_studio.and_then(|it| it.link.clone()),
        }
    }

    /// The text of the file, when it is made.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::New { name, api_version, design_studio_version, design_studio_project } => {
                Some(project_text(
                    name.as_deref(),
                    *api_version,
                    design_studio_version.as_deref(),
                    design_studio_project.as_deref(),
                ))
            }
            Self::There(_) | Self::None => None,
        }
    }

    /// The version of the orgs that write none.
    pub fn version(&self) -> Option<ApiVersion> {
        match self {
            Self::New { api_version, .. } => Some(*api_version),
            Self::There(project) => project.api_version,
            Self::None => None,
        }
    }
}

/// The Design Studio project of an import, when there is one alone.
pub(crate) fn the_one(sources: &[Source]) -> Option<&DesignStudio> {
    let mut all = sources.iter().filter_map(|source| source.design_studio.as_ref());
    all.next().filter(|_| all.next().is_none())
}

/// The version that most orgs are set to; of several that are as common, the newest at which every org can
/// log in, else the oldest. Where no org is set to one, the newest that all of them offer and at which
/// every org can log in.
fn common_version(orgs: &[&FoundOrg]) -> ApiVersion {
    let mut counts: BTreeMap<ApiVersion, usize> = BTreeMap::new();
    for org in orgs {
        if let FoundVersion::Set(version) = org.version {
            *counts.entry(version).or_default() += 1;
        }
    }
    let has_basic = orgs.iter().any(|org| matches!(org.auth, FoundAuth::Basic { .. }));
    let safe = if has_basic { versions::LAST_SOAP_LOGIN } else { versions::NEWEST };
    let most = counts.values().max().copied();
    let common = || counts.iter().filter(|(_, count)| Some(**count) == most).map(|(it, _)| *it);
    let working = common().rfind(|it| *it > versions::LAST_RETIRED && *it <= safe);
    if let Some(version) = working.or_else(|| common().next()) {
        return version;
    }
    let offered = orgs.iter().filter_map(|org| org.version.known()).min();
    offered.map_or(safe, |offered| offered.min(safe))
}

/// `11.63` for `11.63.0.12`.
fn release_of(version: &str) -> Option<String> {
    let version = ProductVersion::parse(version.trim())?.to_string();
    let parts: Vec<&str> = version.split('.').take(2).collect();
    Some(parts.join("."))
}
