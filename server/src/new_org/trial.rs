//! The login of an org that has no file yet.

use std::sync::Arc;

use org_ide::{Context, Document, FileKind, ProjectFacts};
use org_login::{
    Bindings, Care, LoginResult, LoginTarget, Network, ProcessSecrets, test_login,
    test_login_anyway, unconfirmed_secrets,
};
use org_new::{Answers, Refused, Secrets, plan, trial};
use org_schema::{ApiVersion, Date};
use tokio_util::sync::CancellationToken;

use super::surroundings::Surroundings;
use crate::logins::target::login_target;

/// What a login of answers needs.
pub struct Trial<'a> {
    /// The way out.
    pub network: &'a Network,
    /// What people have confirmed.
    pub bindings: Arc<dyn Bindings>,
    /// The day.
    pub today: Date,
    /// Whether credentials are sent that were refused before.
    pub care: Care,
    /// Ends it.
    pub cancel: CancellationToken,
}

/// Logs in with answers. Whoever chooses that has said where the secrets may go, so nobody is asked.
///
/// # Errors
/// An answer cannot stay.
pub async fn log_in(
    answers: &Answers,
    secrets: &Secrets,
    surroundings: &Surroundings,
    with: Trial<'_>,
) -> Result<LoginResult, Refused> {
    let definition = trial(answers, secrets, &surroundings.scene)?;
    let version = version(answers, secrets, surroundings)?;
    let target = match target_of(&definition.text(), version, surroundings, with.today) {
        Ok(target) => target,
        Err(refused) => return Ok(*refused),
    };
    let source = Arc::new(ProcessSecrets::new(Some(surroundings.target.env_file.clone())));
    let Trial { network, bindings, today, care, cancel } = with;
    let mut open = unconfirmed_secrets(&target, source.clone(), network, cancel.clone()).await;
    // What is in the answers themselves needs no word.
    open.retain(|open| !open.is_allowed);
    if !open.is_empty() {
        let uses: Vec<_> = open.into_iter().map(|open| open.secret).collect();
        let kept = tokio::task::spawn_blocking(move || bindings.confirm(&uses));
        // Where this fails, the login says so.
        let _ = kept.await;
    }
    Ok(match care {
        Care::Careful => test_login(&target, source, network, today, cancel).await,
        Care::Anyway => test_login_anyway(&target, source, network, today, cancel).await,
    })
}

/// The version that the org will use.
fn version(
    answers: &Answers,
    secrets: &Secrets,
    surroundings: &Surroundings,
) -> Result<Option<ApiVersion>, Refused> {
    let plan = plan(answers, secrets, &surroundings.scene, None)?;
    Ok(plan.project.version())
}

/// What to log in to, judged as a file with this text would be.
pub(super) fn target_of(
    text: &str,
    version: Option<ApiVersion>,
    surroundings: &Surroundings,
    today: Date,
) -> Result<LoginTarget, Box<LoginResult>> {
    const PROJECT: &str = "/sforg-project.json";
    let mut facts = ProjectFacts::default();
    if let Some(version) = version {
        let project = format!(r#"{{"apiVersion": "{version}"}}"#);
        facts.set_file(PROJECT, &Document::new(FileKind::Project, project));
    }
    let context = Context {
        project: Some(&facts),
        allowed: &surroundings.scene.allowed,
        ..Context::alone("/new.sforg.json", today)
    };
    login_target(&Document::new(FileKind::Org, text), &context, "the new org")
}
