//! What the answers become.

#[cfg(test)]
mod tests;

use org_ide::assists::{keyring_account, secret_environment_name};
use org_import::{
    Definition, Plan, PlannedOrg, PlannedProject, PlannedSecret, Standing, free_name,
};
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretStore};
use secrecy::ExposeSecret;

use crate::answers::{Answers, Place, Secrets};
use crate::check::{check, cleaned_name, file_of, host_of_org, is_sandbox};
use crate::scene::Scene;
use crate::steps::{Step, steps};

/// An answer that cannot stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The step to go back to.
    pub step: Step,
    /// Why. Harmless to show.
    pub message: String,
}

/// The files that the answers become. `sandbox` is what a person said when Salesforce contradicted.
///
/// # Errors
/// An answer is missing or cannot stay, such as a name that has been taken meanwhile.
pub fn plan(
    answers: &Answers,
    secrets: &Secrets,
    scene: &Scene,
    sandbox: Option<bool>,
) -> Result<Plan, Refused> {
    verify(answers, secrets, scene)?;
    let definition = definition(answers, secrets, scene, sandbox);
    let name = definition.name.clone();
    let project = match (&scene.existing.project, answers.api_version()) {
        (Some(there), _) => PlannedProject::There(there.clone()),
        (None, Some(api_version)) => PlannedProject::New {
            name: None,
            api_version,
            design_studio_version: None,
            design_studio_project: None,
        },
        (None, None) => PlannedProject::None,
    };
    let standing =
        Standing::New { file_name: file_of(&name, scene), definition: Box::new(definition) };
    let org = PlannedOrg { source: 0, line: None, called: name, standing, todos: Vec::new() };
    Ok(Plan { project, orgs: vec![org], left_out: Vec::new() })
}

/// The org as it is tried before there is a file: with its secrets in it. `None` of the text may be shown
/// or written anywhere.
///
/// # Errors
/// As [`plan`].
pub fn trial(answers: &Answers, secrets: &Secrets, scene: &Scene) -> Result<Definition, Refused> {
    verify(answers, secrets, scene)?;
    let mut definition = definition(answers, secrets, scene, None);
    for step in secret_steps(answers) {
        if let (Some(secret), Some(member)) = (secrets.get(*step), step.member()) {
            definition.set_reference(member, literal(secret.expose_secret()));
        }
    }
    Ok(definition)
}

/// Whatever was checked while it was entered may have changed since, and a client may check nothing.
fn verify(answers: &Answers, secrets: &Secrets, scene: &Scene) -> Result<(), Refused> {
    for step in steps(answers, scene) {
        let refused = |message: String| Refused { step, message };
        if step.is_secret() {
            if let Some(secret) = secrets.get(step) {
                let check = check(step, secret.expose_secret(), answers, scene);
                if !check.accepts() {
                    return Err(refused(check.message));
                }
            }
        } else if step != Step::Finish {
            let check = check(step, answers.get(step).unwrap_or_default(), answers, scene);
            if check.is_empty {
                return Err(refused("This has no answer yet.".to_owned()));
            }
            if !check.accepts() {
                return Err(refused(check.message));
            }
        }
    }
    Ok(())
}

fn definition(
    answers: &Answers,
    secrets: &Secrets,
    scene: &Scene,
    sandbox: Option<bool>,
) -> Definition {
    let name = cleaned_name(answers.get(Step::Name).unwrap_or_default());
    let kept = |step: Step| {
        check(step, answers.get(step).unwrap_or_default(), answers, scene)
            .becomes
            .unwrap_or_default()
    };
    let auth_type = answers.auth();
    let host = host_of_org(answers, scene);
    let mut auth = match auth_type {
        AuthType::OAuth2ClientCredentials => vec![
            ("instanceUrl", host.as_ref().map(|host| host.url.clone()).unwrap_or_default()),
            ("clientId", kept(Step::ClientId)),
        ],
        AuthType::Basic => vec![("username", kept(Step::Username))],
    };
    let is_basic = auth_type == AuthType::Basic;
    let server_host = host.filter(|_| is_basic).map(|host| host.authority);
    let at = crate::question::login_at(answers, scene);
    let mut planned = Vec::new();
    for step in secret_steps(answers) {
        let Some(member) = step.member() else { continue };
        let secret = secrets.get(*step);
        if *step == Step::SecurityToken && secret.is_none() {
            continue;
        }
        let variable = variable_name(member, answers, scene);
        let reference = match (answers.place(), secret) {
            (Some(Place::File), Some(secret)) => literal(secret.expose_secret()),
            (Some(Place::File), None) => String::new(),
            (Some(Place::Store(SecretStore::Keyring)), None) => {
                let account = format!("{}@{at}", keyring_account(&name, member));
                secret_ref::keyring_reference(&account).unwrap_or_default()
            }
            _ => secret_ref::env_reference(&variable).unwrap_or_default(),
        };
        auth.push((member, reference));
        if let (Some(Place::Store(_)), Some(secret)) = (answers.place(), secret) {
            planned.push(PlannedSecret {
                member,
                environment_name: variable,
                keyring_account: keyring_account(&name, member),
                value: secret.clone(),
            });
        }
    }
    Definition {
        name,
        sandbox: sandbox.unwrap_or_else(|| is_sandbox(answers, scene)),
        server_host,
        api_version: None,
        design_studio_org: None,
        auth_type,
        auth,
        secrets: planned,
    }
}

fn secret_steps(answers: &Answers) -> &'static [Step] {
    match answers.auth() {
        AuthType::Basic => &[Step::Password, Step::SecurityToken],
        AuthType::OAuth2ClientCredentials => &[Step::Secret],
    }
}

/// What is not such a value was refused when it was entered.
fn literal(secret: &str) -> String {
    secret_ref::literal_value(secret).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// The environment variable for a secret of the org: one that no other org refers to.
pub(crate) fn variable_name(member: &str, answers: &Answers, scene: &Scene) -> String {
    let name = cleaned_name(answers.get(Step::Name).unwrap_or_default());
    let taken = scene.taken_variables();
    free_name(&secret_environment_name(&name, member), "_", |name| taken.contains(name))
}
