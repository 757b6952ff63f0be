//! What rules know of the files around the one they look at.

mod design_studio;
mod file_set;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use org_schema::ApiVersion;
use org_schema::jitterbit::ProductVersion;
use org_schema::members::AuthType;
use org_schema::versions::LAST_SOAP_LOGIN;
use org_sources::design_studio::{OperationUse, OrgFiles, guid_key};
use org_syntax::Span;

use crate::design_studio_link::DesignStudioLink;
use crate::document::Document;
use crate::finding::Severity;
use crate::lower::Field;
use crate::unknown_auth::UnknownAuth;
use file_set::{FileSet, forget};

/// The API version that a project gives to orgs that write none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProjectVersion {
    /// There is no project file.
    #[default]
    NoProject,
    /// The project file is broken or has no version; that is reported there alone.
    Unreadable,
    /// The project's version.
    Known(ApiVersion),
}

/// What an org file shows to the other files of its project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgFacts {
    /// `name` and where it is written.
    pub name: Option<(Arc<str>, Span)>,
    /// Authentication type and the span of `auth.type`'s value.
    pub auth_type: Option<(AuthType, Span)>,
    /// Why the authentication type cannot be told, where it cannot.
    pub unknown_auth: Option<UnknownAuth>,
    /// The org's own API version, when it can be read; the project's counts once one that cannot is
    /// gone.
    pub own_version: Option<ApiVersion>,
    /// The same host and user, or the same host and client ID, make the same connection; with the
    /// span that names it.
    pub connection: Option<(Arc<str>, Span)>,
    /// Names of the environment variables that its secrets refer to.
    pub environment_names: Vec<String>,
    /// The GUID of the org in Design Studio that it is linked to, as
    /// [`guid_key`](org_sources::design_studio::guid_key) spells it, and where it is written.
    pub design_studio_org: Option<(String, Span)>,
    /// The operations of Design Studio that log in with it.
    pub used_by: Vec<OperationUse>,
    /// Which file it is on the disk, when somebody has looked: equal for two paths of one file.
    pub identity: Option<u64>,
}

impl OrgFacts {
    /// Collects them from a document.
    pub fn of(document: &Document) -> Self {
        let Some(org) = document.org() else {
            return Self::default();
        };
        let written = |field: &Option<Field>| {
            let string = field.as_ref()?.string()?;
            (!string.value.is_empty()).then(|| (string.value.clone(), string.span))
        };
        Self {
            name: org
                .display_name()
                .and_then(|_| written(&org.name))
                .map(|(name, span)| (name.into(), span)),
            auth_type: org.auth_type().zip(org.auth.kind.as_ref().map(Field::span)),
            unknown_auth: UnknownAuth::of(document, org),
            own_version: org.api_version.as_ref().and_then(Field::str).and_then(ApiVersion::parse),
            connection: crate::effective::connection_key(org).map(|(key, span)| (key.into(), span)),
            environment_names: org
                .auth
                .references()
                .filter_map(|(_, field)| match org_schema::secret_ref::parse(field.str()?) {
                    org_schema::secret_ref::SecretValue::Env(name) => Some(name.to_owned()),
                    _ => None,
                })
                .collect(),
            design_studio_org: written(&org.design_studio_org)
                .map(|(guid, span)| (guid_key(&guid), span)),
            used_by: Vec::new(),
            identity: None,
        }
    }
}

/// So many orgs of a group with the same name or connection are told apart; of the rest it is only
/// said that there are more. So one org more in a large group changes nothing for the others.
pub const SHOWN_OF_A_GROUP: usize = 10;

/// A project: what its file says and what its org files show.
#[derive(Clone, Debug, Default)]
pub struct ProjectFacts {
    /// The project file by the name the index knows it under; `None`: the nameless project.
    pub file: Option<String>,
    /// The version for orgs that write none.
    pub api_version: ProjectVersion,
    /// Where it is written.
    pub api_version_span: Option<Span>,
    /// `agentVersion`, when it is a version number, with its span.
    pub agent: Option<(ProductVersion, Span)>,
    /// The version of Design Studio, with the span that tells it in
    /// [`ProjectFacts::design_studio_place`]: `designStudioVersion` when it is a version number; where it is
    /// left out, the one of the Design Studio project that this one is linked to.
    pub design_studio: Option<(ProductVersion, Span)>,
    /// `designStudioProject` as it is written.
    pub design_studio_project: Option<String>,
    /// What is known of the project that it names; see [`ProjectFacts::set_link`].
    pub link: DesignStudioLink,
    writes_design_studio_version: bool,
    /// A project of Design Studio: each org has a version of its own, which accepting the wizard's
    /// upgrade prompt raises.
    pub is_design_studio: bool,
    /// Of a project of Design Studio: which files lie where its orgs belong.
    pub org_files: OrgFiles,
    /// Severities that the project overrides; `None` is `"off"`.
    pub severities: HashMap<String, Option<Severity>>,
    // In boxes: half of the room of a tree's nodes is free.
    orgs: BTreeMap<Arc<str>, Box<OrgFacts>>,
    by_name: HashMap<Arc<str>, FileSet>,
    by_connection: HashMap<Arc<str>, FileSet>,
    by_design_studio_org: HashMap<String, FileSet>,
    by_identity: HashMap<u64, FileSet>,
    /// How many files are there by another path, too.
    aliases: usize,
}

impl ProjectFacts {
    /// Takes what the project file says; the orgs stay as they are.
    pub fn set_file(&mut self, file: &str, document: &Document) {
        let Some(project) = document.project() else {
            return;
        };
        let product = |field: &Option<Field>| {
            let string = field.as_ref()?.string()?;
            Some((ProductVersion::parse(&string.value)?, string.span))
        };
        let version = project.api_version.as_ref().and_then(Field::str).and_then(ApiVersion::parse);
        self.file = Some(file.to_owned());
        self.api_version = version.map_or(ProjectVersion::Unreadable, ProjectVersion::Known);
        self.api_version_span = project.api_version.as_ref().map(Field::span);
        self.agent = product(&project.agent_version);
        self.design_studio = product(&project.design_studio_version);
        self.writes_design_studio_version = project.design_studio_version.is_some();
        let linked = project.design_studio_project.as_ref().and_then(Field::str);
        self.design_studio_project =
            linked.filter(|path| !path.trim().is_empty()).map(str::to_owned);
        let link = std::mem::take(&mut self.link);
        self.set_link(link);
        self.severities = project
            .rules
            .iter()
            .filter_map(|(rule, field)| match field.str()? {
                "off" => Some((rule.clone(), None)),
                name => Some((rule.clone(), Some(Severity::parse(name)?))),
            })
            .collect();
    }

    /// Takes what is known of the Design Studio project that this one is linked to.
    pub fn set_link(&mut self, link: DesignStudioLink) {
        if !self.writes_design_studio_version {
            self.design_studio = match &link {
                DesignStudioLink::Read(linked) => linked.version.clone().zip(Some(linked.place)),
                _ => None,
            };
        }
        self.link = link;
    }

    /// The file and the place that tell the version of Design Studio.
    pub fn design_studio_place(&self) -> Option<(&str, Span)> {
        let (_, span) = self.design_studio.as_ref()?;
        let file = match &self.link {
            DesignStudioLink::Read(linked) if !self.writes_design_studio_version => &linked.file,
            _ => self.file.as_ref()?,
        };
        Some((file, *span))
    }

    /// Takes what an org file shows; returns what it showed before.
    pub fn set_org(&mut self, file: impl Into<Arc<str>>, facts: OrgFacts) -> Option<OrgFacts> {
        let file = file.into();
        let before = self.remove_org(&file);
        if let Some((name, _)) = &facts.name {
            self.by_name.entry(name.clone()).or_default().insert(&file);
        }
        if let Some((key, _)) = &facts.connection {
            self.by_connection.entry(key.clone()).or_default().insert(&file);
        }
        if let Some((guid, _)) = &facts.design_studio_org {
            self.by_design_studio_org.entry(guid.clone()).or_default().insert(&file);
        }
        if let Some(identity) = facts.identity {
            let paths = self.by_identity.entry(identity).or_default();
            paths.insert(&file);
            self.aliases += usize::from(paths.len() > 1);
        }
        self.orgs.insert(file, Box::new(facts));
        before
    }

    /// Forgets an org file; returns what it showed.
    pub fn remove_org(&mut self, file: &str) -> Option<OrgFacts> {
        let facts = self.orgs.remove(file)?;
        let name = facts.name.as_ref().map(|(name, _)| name);
        forget(&mut self.by_name, name, file);
        let connection = facts.connection.as_ref().map(|(key, _)| key);
        forget(&mut self.by_connection, connection, file);
        let guid = facts.design_studio_org.as_ref().map(|(guid, _)| guid);
        forget(&mut self.by_design_studio_org, guid, file);
        if let Some(identity) = &facts.identity {
            let paths = self.by_identity.get(identity).map_or(0, FileSet::len);
            self.aliases -= usize::from(paths > 1);
            forget(&mut self.by_identity, Some(identity), file);
        }
        Some(*facts)
    }

    /// Whether `other` is another org than the one in `file`. A file that is known by two paths is no
    /// other file.
    pub fn is_another(&self, other: &str, file: &str) -> bool {
        let identity = |file| self.org(file).and_then(|facts| facts.identity);
        other != file && (identity(other).is_none() || identity(other) != identity(file))
    }

    /// All org files, by name.
    pub fn orgs(&self) -> impl Iterator<Item = (&str, &OrgFacts)> {
        self.orgs.iter().map(|(file, facts)| (&**file, &**facts))
    }

    /// The org files on basic authentication, by name.
    pub fn basic_orgs(&self) -> impl Iterator<Item = &str> {
        let is_basic = |facts: &OrgFacts| matches!(facts.auth_type, Some((AuthType::Basic, _)));
        self.orgs().filter(move |(_, facts)| is_basic(facts)).map(|(file, _)| file)
    }

    /// One org file's facts.
    pub fn org(&self, file: &str) -> Option<&OrgFacts> {
        self.orgs.get(file).map(Box::as_ref)
    }

    /// The org files that are named `name` (upper and lower case differ).
    pub fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.by_name.get(name).into_iter().flat_map(FileSet::iter)
    }

    /// The org files that are linked to the org of this GUID in Design Studio; the GUID as
    /// [`OrgFacts::design_studio_org`] spells it.
    pub fn linked_to<'a>(&'a self, guid: &str) -> impl Iterator<Item = &'a str> {
        self.by_design_studio_org.get(guid).into_iter().flat_map(FileSet::iter)
    }

    /// The org files that make the same connection.
    pub fn connecting<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.by_connection.get(key).into_iter().flat_map(FileSet::iter)
    }

    /// How many org files are named `name`.
    pub fn count_named(&self, name: &str) -> usize {
        self.by_name.get(name).map_or(0, FileSet::len)
    }

    /// The files of the group by name or connection whose findings depend on `file`: all, or none
    /// when it is one of the many that are not told apart.
    fn who_depends_on(&self, group: Option<&FileSet>, file: &str) -> Vec<String> {
        let Some(group) = group else { return Vec::new() };
        // Each org shows the first ones besides itself, and whether there are more.
        let told_apart = SHOWN_OF_A_GROUP + 2;
        if group.iter().take(told_apart).any(|shown| file <= shown)
            || group.len() < told_apart
            // Whoever leaves out another path of itself looks further.
            || self.aliases > 0
        {
            return group.iter().filter(|other| *other != file).map(str::to_owned).collect();
        }
        Vec::new()
    }

    /// The other org files whose findings depend on what `file` shows: those with its name or its
    /// connection, as far as they are told apart.
    pub fn depending_on(&self, file: &str, facts: &OrgFacts) -> Vec<String> {
        let by_name = facts.name.as_ref().and_then(|(name, _)| self.by_name.get(name));
        let by_connection =
            facts.connection.as_ref().and_then(|(key, _)| self.by_connection.get(key));
        let mut files = self.who_depends_on(by_name, file);
        files.extend(self.who_depends_on(by_connection, file));
        // Two orgs of Design Studio have no GUID in common; two of our files may be linked to one org.
        let guid = facts.design_studio_org.as_ref().filter(|_| self.is_design_studio);
        let by_guid = guid.and_then(|(guid, _)| self.by_design_studio_org.get(guid));
        files.extend(self.who_depends_on(by_guid, file));
        files
    }

    /// The project's version, when it is known.
    pub fn version(&self) -> Option<ApiVersion> {
        match self.api_version {
            ProjectVersion::Known(version) => Some(version),
            _ => None,
        }
    }

    /// The org files on basic authentication that an upgrade of the project takes along: those that use
    /// its version; in Design Studio all that still have a version that they can log in with.
    pub fn upgrading_basic_orgs(&self) -> impl Iterator<Item = (&str, &OrgFacts)> {
        self.orgs().filter(|(_, org)| {
            let is_upgraded = match org.own_version {
                None => true,
                Some(own) => self.is_design_studio && own <= LAST_SOAP_LOGIN,
            };
            is_upgraded && matches!(org.auth_type, Some((AuthType::Basic, _)))
        })
    }

    /// The org files on basic authentication that would use the project's version.
    pub fn inheriting_basic_orgs(&self) -> impl Iterator<Item = (&str, &OrgFacts)> {
        self.orgs().filter(|(_, org)| {
            org.own_version.is_none() && matches!(org.auth_type, Some((AuthType::Basic, _)))
        })
    }

    /// The org files that would use the project's version and whose authentication cannot be told,
    /// with the reason: any of them may be on basic authentication.
    pub fn inheriting_unclear_orgs(&self) -> impl Iterator<Item = (&str, &OrgFacts, UnknownAuth)> {
        self.orgs()
            .filter(|(_, org)| org.own_version.is_none())
            .filter_map(|(file, org)| Some((file, org, org.unknown_auth?)))
    }

    /// Whether a version without basic authentication would break an org, or could.
    pub fn has_org_that_could_break(&self) -> bool {
        self.inheriting_basic_orgs().next().is_some()
            || self.inheriting_unclear_orgs().next().is_some()
    }

    /// How messages call a file: by its path from the project file, or from where it parts from
    /// `seen_from` in the nameless project.
    pub fn path_shown<'a>(&self, file: &'a str, seen_from: &str) -> &'a str {
        let folder = |file: &str| file.rfind('/').map_or(0, |at| at + 1);
        let start = match &self.file {
            Some(project) => {
                let start = folder(project);
                if file.get(..start) == project.get(..start) { start } else { folder(file) }
            }
            None => {
                let same = file.bytes().zip(seen_from.bytes()).take_while(|(a, b)| a == b).count();
                file.bytes().take(same).rposition(|byte| byte == b'/').map_or(0, |at| at + 1)
            }
        };
        file.get(start..).unwrap_or(file)
    }
}

#[cfg(test)]
mod tests;
