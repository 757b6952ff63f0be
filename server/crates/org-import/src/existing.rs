//! What is there already, where the org files go.

use std::collections::BTreeSet;

use org_ide::{Document, Field, OrgDef};
use org_schema::ApiVersion;
use org_schema::address::Address;
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretValue};

use crate::found::{FoundAuth, FoundOrg, FoundValue, default_host};

/// The project and the folder that the new files belong to.
#[derive(Debug, Default)]
pub struct Existing {
    /// The project file that governs the folder.
    pub project: Option<ExistingProject>,
    /// The org files of that project, and those of the folder.
    pub orgs: Vec<ExistingOrg>,
    /// The names of what is in the folder, in lower case.
    pub entries: BTreeSet<String>,
}

/// A project file.
#[derive(Clone, Debug, Default)]
pub struct ExistingProject {
    /// The file as people see it.
    pub label: String,
    /// Its API version, when it can be read.
    pub api_version: Option<ApiVersion>,
    /// `designStudioProject`
    pub design_studio_project: Option<String>,
}

impl ExistingProject {
    /// What matters of a project file.
    pub fn of(label: String, document: &Document) -> Self {
        let project = document.project();
        let text = |field: &Option<Field>| field.as_ref().and_then(Field::str).map(str::to_owned);
        Self {
            label,
            api_version: project
                .and_then(|it| it.api_version.as_ref()?.str())
                .and_then(ApiVersion::parse),
            design_studio_project: project.and_then(|it| text(&it.design_studio_project)),
        }
    }
}

/// An org file.
#[derive(Clone, Debug, Default)]
pub struct ExistingOrg {
    /// The file as people see it.
    pub label: String,
    /// `name`
    pub name: Option<String>,
    /// `designStudioOrg`
    pub design_studio_org: Option<String>,
    /// Whether it is a sandbox.
    pub sandbox: Option<bool>,
    /// The host that its logins go to, in lower case.
    pub host: Option<String>,
    /// The API version that it writes.
    pub own_version: Option<ApiVersion>,
    /// What tells it from other orgs.
    pub(crate) marks: BTreeSet<Mark>,
    /// The environment variables that it refers to.
    pub(crate) environment_names: Vec<String>,
}

/// What tells an org from others; two with an equal one are the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// Host and user.
    User(String, String),
    /// The user, who is in one org alone.
    UserAnywhere(String),
    /// Host and consumer key.
    Client(String, String),
    /// The host of the org itself.
    Instance(String),
    /// Its name, where there is nothing better.
    Name(String),
}

impl ExistingOrg {
    /// What matters of an org file.
    pub fn of(label: String, document: &Document) -> Self {
        let Some(org) = document.org() else { return Self { label, ..Self::default() } };
        let text = |field: &Option<Field>| field.as_ref().and_then(Field::str).map(str::to_owned);
        let references = org.auth.references().filter_map(|(_, field)| field.str());
        let name_of = |value| match secret_ref::parse(value) {
            SecretValue::Env(name) => Some(name.to_owned()),
            _ => None,
        };
        let environment_names = references.filter_map(name_of).collect();
        let host = host_of(org);
        let marks = marks(org, host.as_deref());
        Self {
            label,
            name: org.display_name().map(str::to_owned),
            design_studio_org: text(&org.design_studio_org).filter(|id| !id.is_empty()),
            sandbox: org.is_sandbox(),
            host,
            own_version: text(&org.api_version).as_deref().and_then(ApiVersion::parse),
            marks,
            environment_names,
        }
    }

    /// The environment variables that it refers to.
    pub fn environment_names(&self) -> impl Iterator<Item = &str> {
        self.environment_names.iter().map(String::as_str)
    }

    /// Whether it is the org that a source holds: the same in Design Studio, or, where one of both is
    /// not known there, with an equal mark.
    pub(crate) fn is(&self, id: Option<&str>, marks: &BTreeSet<Mark>) -> bool {
        match (&self.design_studio_org, id) {
            (Some(own), Some(id)) => own.eq_ignore_ascii_case(id),
            _ => self.marks.intersection(marks).next().is_some(),
        }
    }
}

fn host_of(org: &OrgDef) -> Option<String> {
    let host = match (org.auth_type()?, &org.server_host) {
        (AuthType::OAuth2ClientCredentials, _) => {
            let url = org.auth.instance_url.as_ref()?.str()?;
            Address::of_url(url)?.host_and_port.to_owned()
        }
        (AuthType::Basic, Some(field)) => field.str()?.to_owned(),
        (AuthType::Basic, None) => default_host(org.is_sandbox()?).to_owned(),
    };
    Some(host.to_ascii_lowercase()).filter(|host| !host.is_empty())
}

fn marks(org: &OrgDef, host: Option<&str>) -> BTreeSet<Mark> {
    let written = |field: &Option<Field>| {
        field.as_ref().and_then(Field::str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let mut marks: BTreeSet<Mark> =
        org.display_name().map(|name| Mark::Name(name.to_owned())).into_iter().collect();
    let host = host.map(str::to_owned);
    match org.auth_type() {
        Some(AuthType::Basic) => {
            let user = written(&org.auth.username).map(|user| user.to_lowercase());
            marks.extend(host.zip(user.clone()).map(|(host, user)| Mark::User(host, user)));
            marks.extend(user.filter(|user| user.contains('@')).map(Mark::UserAnywhere));
        }
        Some(AuthType::OAuth2ClientCredentials) => {
            let id = written(&org.auth.client_id);
            marks.extend(host.clone().zip(id).map(|(host, id)| Mark::Client(host, id)));
            marks.extend(host.map(Mark::Instance));
        }
        None => {}
    }
    marks
}

/// What tells an org of a source from others. `name` is the one that it would get, `text_of` gives
/// the text that a member would get.
pub(crate) fn marks_of_found(
    found: &FoundOrg,
    name: &str,
    text_of: impl Fn(&FoundValue) -> Option<String>,
) -> BTreeSet<Mark> {
    let mut marks = BTreeSet::new();
    match &found.auth {
        FoundAuth::Basic { username, .. } => {
            let user = text_of(username).map(|user| user.to_lowercase());
            marks.extend(user.map(|user| Mark::User(found.server_host().to_owned(), user)));
        }
        FoundAuth::ClientCredentials { client_id, username, .. } => {
            let host = found.host.my_domain().map(str::to_owned);
            match (host, text_of(client_id)) {
                (Some(host), Some(id)) => marks.extend([Mark::Client(host, id)]),
                (Some(host), None) => {
                    marks.extend([Mark::Instance(host)]);
                    marks.extend(username.as_ref().map(|it| Mark::UserAnywhere(it.to_lowercase())));
                }
                (None, _) => {}
            }
        }
    }
    if marks.is_empty() {
        marks.insert(Mark::Name(name.to_owned()));
    }
    marks
}
