//! One org file of what was found.

use std::collections::BTreeSet;

use org_ide::assists::{keyring_account, secret_environment_name};
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretValue};
use org_schema::versions::{self, SoapLogin};
use org_schema::{ApiVersion, invisible};
use secrecy::ExposeSecret;

use crate::definition::{Definition, PlannedSecret};
use crate::existing::Existing;
use crate::found::{
    AppState, FoundAuth, FoundHost, FoundOrg, FoundValue, FoundVersion, Hidden, default_host,
};
use crate::names;
use crate::todo::{SecretGap, ToDo};

/// Makes definitions, each with names that no other has.
pub(super) struct Definer {
    /// The names of files, in lower case.
    pub(super) files: BTreeSet<String>,
    names: BTreeSet<String>,
    variables: BTreeSet<String>,
    project_version: Option<ApiVersion>,
}

/// The text that a member gets for a value that is there to be read; nothing else tells orgs apart.
pub(super) fn text_of(value: &FoundValue) -> Option<String> {
    match value {
        FoundValue::Literal { value, .. } => {
            let text = invisible::trim(value.expose_secret());
            secret_ref::literal_value(text).map(std::borrow::Cow::into_owned)
        }
        FoundValue::Reference(reference) => Some(reference.clone()),
        FoundValue::Missing | FoundValue::Hidden(_) => None,
    }
}

impl Definer {
    pub(super) fn new(existing: &Existing, project_version: Option<ApiVersion>) -> Self {
        let orgs = || existing.orgs.iter();
        Self {
            files: existing.entries.clone(),
            names: orgs().filter_map(|org| org.name.clone()).collect(),
            variables: orgs().flat_map(|org| org.environment_names.iter().cloned()).collect(),
            project_version,
        }
    }

    /// The org file, and what is left to do. `resolves`: the variables of the source are those that the
    /// org file will refer to.
    pub(super) fn define(&mut self, org: &FoundOrg, resolves: bool) -> (Definition, Vec<ToDo>) {
        let name = names::org_name(&org.name, &self.names);
        self.names.insert(name.clone());
        let own = match &org.version {
            FoundVersion::Set(version) => Some(*version),
            _ => None,
        };
        let mut draft = Draft {
            definer: self,
            name: name.clone(),
            resolves,
            auth: Vec::new(),
            secrets: Vec::new(),
            todos: Vec::new(),
        };
        let auth_type = match &org.auth {
            FoundAuth::Basic { username, password, security_token } => {
                draft.basic([username, password, security_token]);
                AuthType::Basic
            }
            FoundAuth::ClientCredentials { client_id, client_secret, app, .. } => {
                draft.client_credentials(org, client_id, client_secret, *app);
                AuthType::OAuth2ClientCredentials
            }
        };
        let Draft { auth, secrets, mut todos, .. } = draft;
        let sandbox = org.is_sandbox();
        let is_basic = auth_type == AuthType::Basic;
        let server_host = org.host.host().filter(|host| is_basic && *host != default_host(sandbox));
        if let FoundHost::Unusable(written) = &org.host {
            todos.insert(0, ToDo::EnterHost(written.clone()));
        }
        if let FoundVersion::Unusable(written) = &org.version {
            todos.push(ToDo::SetVersion(written.clone()));
        }
        todos.extend(version_todo(is_basic, own.or(self.project_version)));
        let definition = Definition {
            name,
            sandbox,
            server_host: server_host.map(str::to_owned),
            api_version: own.filter(|own| Some(*own) != self.project_version),
            design_studio_org: org.design_studio_org.clone(),
            auth_type,
            auth,
            secrets,
        };
        (definition, todos)
    }

    /// An environment variable that no other org refers to.
    fn free_variable(&mut self, name: String) -> String {
        let name = names::free(&name, "_", |name| self.variables.contains(name));
        self.variables.insert(name.clone());
        name
    }
}

/// What the version means for the login.
fn version_todo(is_basic: bool, version: Option<ApiVersion>) -> Option<ToDo> {
    let retired = version.filter(|version| *version <= versions::LAST_RETIRED);
    if let Some(version) = retired {
        return Some(ToDo::Retired(version));
    }
    if !is_basic {
        return None;
    }
    let not_available = version.filter(|it| versions::soap_login(*it) == SoapLogin::NotAvailable);
    Some(not_available.map_or(ToDo::ConvertBefore, ToDo::Convert))
}

/// The `auth` of an org file in the making.
struct Draft<'a> {
    definer: &'a mut Definer,
    name: String,
    resolves: bool,
    auth: Vec<(&'static str, String)>,
    secrets: Vec<PlannedSecret>,
    todos: Vec<ToDo>,
}

impl Draft<'_> {
    fn basic(&mut self, [username, password, security_token]: [&FoundValue; 3]) {
        self.value("username", username);
        self.value("password", password);
        if !security_token.is_missing() {
            self.value("securityToken", security_token);
        }
    }

    fn client_credentials(
        &mut self,
        org: &FoundOrg,
        client_id: &FoundValue,
        client_secret: &FoundValue,
        app: AppState,
    ) {
        let url = org.host.my_domain().map(|host| format!("https://{host}"));
        if url.is_none() && !matches!(org.host, FoundHost::Unusable(_)) {
            self.todos.push(ToDo::EnterInstanceUrl);
        }
        self.auth.push(("instanceUrl", url.unwrap_or_default()));
        if app == AppState::Missing {
            self.todos.push(ToDo::MakeApp);
        } else if app == AppState::OtherFlow {
            self.todos.push(ToDo::AllowFlow);
        }
        if client_id.is_missing() {
            self.auth.push(("clientId", String::new()));
            if app != AppState::Missing {
                self.todos.push(ToDo::EnterClientId);
            }
        } else {
            self.value("clientId", client_id);
        }
        self.value("clientSecret", client_secret);
    }

    /// A member of `auth` that may be a reference.
    fn value(&mut self, member: &'static str, value: &FoundValue) {
        let is_secret = !matches!(member, "username" | "clientId");
        let text = match value {
            FoundValue::Literal { value: secret, variable } => {
                if let Some(text) = text_of(value).filter(|_| !is_secret) {
                    text
                } else if let (true, Some(variable)) = (self.resolves, variable) {
                    reference(variable)
                } else {
                    self.secret(member, secret.clone(), variable.clone())
                }
            }
            FoundValue::Reference(written) => {
                if let SecretValue::Env(name) = secret_ref::parse(written) {
                    self.missing(member, name.to_owned(), SecretGap::Variable);
                }
                written.clone()
            }
            FoundValue::Hidden(hidden) => {
                let gap = match hidden {
                    Hidden::Encrypted => SecretGap::Encrypted,
                    Hidden::Masked => SecretGap::Masked,
                    Hidden::Composed => SecretGap::Composed,
                };
                self.made_up(member, gap)
            }
            FoundValue::Missing => self.made_up(member, SecretGap::Missing),
        };
        self.auth.push((member, text));
    }

    /// A secret that the source writes out: stored elsewhere, the file refers to it.
    fn secret(
        &mut self,
        member: &'static str,
        value: secrecy::SecretString,
        variable: Option<String>,
    ) -> String {
        let wanted = variable.unwrap_or_else(|| secret_environment_name(&self.name, member));
        let environment_name = self.definer.free_variable(wanted);
        let text = reference(&environment_name);
        let keyring_account = keyring_account(&self.name, member);
        self.secrets.push(PlannedSecret { member, environment_name, keyring_account, value });
        text
    }

    /// A reference to what somebody has to set.
    fn made_up(&mut self, member: &'static str, gap: SecretGap) -> String {
        let name = self.definer.free_variable(secret_environment_name(&self.name, member));
        let text = reference(&name);
        self.missing(member, name, gap);
        text
    }

    fn missing(&mut self, member: &'static str, name: String, gap: SecretGap) {
        self.todos.push(ToDo::SetValue { member, name, gap });
    }
}

fn reference(name: &str) -> String {
    secret_ref::env_reference(name).unwrap_or_default()
}
