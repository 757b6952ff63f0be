//! The Design Studio project that a project of ours is linked to (`designStudioProject`), as far as its
//! org files are compared with it (`designStudioOrg`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use org_schema::ApiVersion;
use org_schema::jitterbit::ProductVersion;
use org_schema::members::AuthType;
use org_sources::design_studio::{
    OperationUse, Project, ProjectFile, Usage, guid_key, guid_of_file,
};
use org_syntax::Span;

use crate::document::{Document, FileKind};
use crate::lower::Field;

/// What is known of the Design Studio project that a project file names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DesignStudioLink {
    /// It names none.
    #[default]
    None,
    /// Nobody has looked yet.
    Unread,
    /// It cannot be read; why, in words that end a sentence, without a full stop.
    Unreadable(String),
    /// It is known.
    Read(Arc<LinkedProject>),
}

/// What our files are compared with in a Design Studio project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedProject {
    /// What its paths are below: a folder, or `orders.jpk!`.
    pub root: String,
    /// Its `project.xml`, by the name the index knows it under.
    pub file: String,
    /// Where the project is named there.
    pub place: Span,
    /// The version of Design Studio that saved it.
    pub version: Option<ProductVersion>,
    /// By their files.
    orgs: BTreeMap<String, LinkedOrg>,
    /// The files of each GUID.
    files: BTreeMap<String, BTreeSet<String>>,
    /// What the names of org files say of which the GUID cannot be read: they may be any org.
    unclear: BTreeSet<String>,
    usage: Arc<Usage>,
}

/// An org as Design Studio has it, each value with the byte span in its XML. What is encrypted, a
/// variable or no value of its kind is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedOrg {
    /// Its GUID, as a key.
    guid: String,
    /// Its file, by the name the index knows it under.
    pub file: String,
    /// Where the org is named, else where its file begins.
    pub place: Span,
    /// `Header@Name`
    pub name: Option<String>,
    /// `api_version`
    pub api_version: Option<(ApiVersion, Span)>,
    /// `sandbox`
    pub sandbox: Option<(bool, Span)>,
    /// `server_host`, as a host.
    pub server_host: Option<(String, Span)>,
    /// How it logs in, where that can be told.
    pub auth_type: Option<AuthType>,
}

impl LinkedProject {
    /// Takes what matters of a project; `root` is what its paths are below.
    pub fn of(root: &str, project: &Project) -> Self {
        let named = project.xml.name.as_ref().map(|name| name.span);
        let mut linked = Self {
            root: root.to_owned(),
            file: format!("{root}/{}", ProjectFile::PROJECT_XML),
            place: named.or(project.xml.root).unwrap_or_default(),
            version: project.version.as_deref().and_then(ProductVersion::parse),
            usage: Arc::new(project.usage.clone()),
            ..Self::default()
        };
        for org in &project.orgs {
            let document = Document::new(FileKind::DesignStudioOrg, org.text.as_str());
            linked.set_org(&format!("{root}/{}", org.path), Some(&document));
        }
        for unreadable in &project.unreadable {
            if ProjectFile::of_path(&unreadable.path) == Some(ProjectFile::Org) {
                linked.unclear.insert(guid_of_file(&unreadable.path));
            }
        }
        linked.unclear.extend(project.org_files.unread().map(str::to_owned));
        linked
    }

    /// Takes an org's file, or that there is none any more; whether anything is other than before.
    pub fn set_org(&mut self, file: &str, document: Option<&Document>) -> bool {
        let before = self.orgs.remove(file);
        if let Some(files) = before.as_ref().and_then(|org| self.files.get_mut(&org.guid)) {
            files.remove(file);
        }
        let now = document.and_then(|document| LinkedOrg::of(file, document));
        let is_same = before == now;
        let entity = document.and_then(Document::entity);
        let is_unclear = now.is_none() && entity.is_some_and(|entity| !entity.header.is_deleted);
        let name = guid_of_file(file);
        let is_as_clear =
            if is_unclear { !self.unclear.insert(name) } else { !self.unclear.remove(&name) };
        if let Some(org) = now {
            self.files.entry(org.guid.clone()).or_default().insert(file.to_owned());
            self.orgs.insert(file.to_owned(), org);
        }
        !(is_same && is_as_clear)
    }

    /// Whether the org of a GUID may be there all the same: its file cannot be read, or several have the GUID.
    pub fn is_unclear(&self, guid: &str) -> bool {
        let key = guid_key(guid);
        self.unclear.contains(&key) || self.files.get(&key).is_some_and(|files| files.len() > 1)
    }

    /// The operations that use the org of a GUID, however that is spelled.
    pub fn used_by(&self, guid: &str) -> &[OperationUse] {
        self.usage.of_org(guid)
    }

    /// The org of a GUID, however that is spelled. Of several with one GUID nobody can tell which is meant.
    pub fn org(&self, guid: &str) -> Option<&LinkedOrg> {
        let mut files = self.files.get(&guid_key(guid))?.iter();
        let file = files.next().filter(|_| files.next().is_none())?;
        self.orgs.get(file)
    }

    /// The GUID of the org in a file, as [`OrgFacts::design_studio_org`](crate::OrgFacts) has it.
    pub fn guid_of(&self, file: &str) -> Option<&str> {
        Some(&self.orgs.get(file)?.guid)
    }
}

impl LinkedOrg {
    /// `None` for a file without a GUID, or that Design Studio has deleted.
    fn of(file: &str, document: &Document) -> Option<Self> {
        let (org, entity) = (document.org()?, document.entity()?);
        let guid = guid_key(entity.guid().filter(|_| !entity.header.is_deleted)?);
        let host = org.server_host.as_ref().and_then(Field::string);
        let version = org.api_version.as_ref().and_then(Field::string);
        let sandbox = org.sandbox.as_ref();
        Some(Self {
            guid,
            file: file.to_owned(),
            place: org.name.as_ref().map(Field::span).or(entity.root).unwrap_or_default(),
            name: org.display_name().map(str::to_owned),
            api_version: version.and_then(|it| Some((ApiVersion::parse(&it.value)?, it.span))),
            sandbox: sandbox.and_then(|field| Some((field.boolean()?, field.span()))),
            server_host: host
                .filter(|host| !host.value.trim().is_empty())
                .map(|host| (host.value.trim().to_owned(), host.span)),
            auth_type: org.auth_type(),
        })
    }
}
