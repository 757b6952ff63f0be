//! `sforg/enterValues`: what a person has entered on the page of an org. What is no secret goes into the file, the
//! secret goes where *Enter Secret…* puts it. Nothing is written while one of the values cannot be right.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists::{self, AuthValue};
use org_new::{Step, check};
use org_schema::secret_ref::SecretStore;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::enter_secret;
use crate::lsp::client::own::EnteredSecret;
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::logins::Logins;
use crate::lsp::logins::inputs::{CLIENT_SECRET, places};
use crate::lsp::logins::one::prepare;

/// What was entered. Without `Debug`: the secret is in it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnterParams {
    uri: lsp::Url,
    instance_url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<EnteredSecret>,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Entered {
    /// What is wrong with values; empty when all were stored.
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Problem {
    member: &'static str,
    message: String,
}

/// Stores what was entered.
pub async fn handle(logins: &Arc<Logins>, params: EnterParams) -> Entered {
    let id = id_of(&params.uri);
    let _known = super::project::find_project(&logins.diagnostics, &id).await;
    let (values, secret, problems) = checked(logins, params);
    if !problems.is_empty() {
        return Entered { problems };
    }
    let problem = |member, message| Entered { problems: vec![Problem { member, message }] };
    if let Some((first, _)) = values.first()
        && !write(logins, &id, &values).await
    {
        let message = "The file could not be changed: is it open and may it be written?".to_owned();
        return problem(first.member(), message);
    }
    match secret {
        Some((store, secret)) => match store_secret(logins, &id, store, &secret).await {
            Ok(()) => Entered::default(),
            Err(message) => problem(CLIENT_SECRET, message),
        },
        None => Entered::default(),
    }
}

type Values = Vec<(AuthValue, String)>;

/// The values as they will be kept, and what is wrong with them. Empty ones are not entered.
fn checked(
    logins: &Arc<Logins>,
    params: EnterParams,
) -> (Values, Option<(SecretStore, SecretString)>, Vec<Problem>) {
    let client_id = params.client_id.clone().unwrap_or_default();
    let allowed = &logins.user.allowed;
    let check =
        |step, value: &str| check::check_client_credentials(step, value, &client_id, allowed);
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for (value, step, entered) in [
        (AuthValue::InstanceUrl, Step::InstanceUrl, params.instance_url),
        (AuthValue::ClientId, Step::ClientId, params.client_id),
    ] {
        let checked = check(step, entered.as_deref().unwrap_or_default());
        match checked.becomes.filter(|_| !checked.is_empty) {
            Some(becomes) => values.push((value, becomes)),
            None if checked.is_empty => {}
            None => problems.push(Problem { member: value.member(), message: checked.message }),
        }
    }
    let secret = params.client_secret.map(EnteredSecret::into_parts).and_then(|(store, secret)| {
        let secret = SecretString::from(secret.expose_secret().trim());
        let is_entered = !secret.expose_secret().is_empty();
        is_entered.then_some((store, secret))
    });
    if let Some((_, secret)) = &secret {
        let checked = check(Step::Secret, secret.expose_secret());
        if checked.grade == Some(check::Grade::Error) {
            problems.push(Problem { member: CLIENT_SECRET, message: checked.message });
        }
    }
    (values, secret, problems)
}

/// Writes values into the file, as one edit that a person can undo.
async fn write(logins: &Arc<Logins>, id: &str, values: &Values) -> bool {
    let Some(snapshot) = logins.files.snapshot(id) else { return false };
    let edits = assists::write_auth_values(snapshot.document(), values);
    if edits.is_empty() {
        return false;
    }
    logins.client.apply(logins.files.workspace_edit(&snapshot, &edits)).await
}

async fn store_secret(
    logins: &Arc<Logins>,
    id: &str,
    store: SecretStore,
    secret: &SecretString,
) -> Result<(), String> {
    let slot = enter_secret::slot(logins, id, Some(CLIENT_SECRET))?;
    if slot.member != CLIENT_SECRET || !places(&slot).iter().any(|place| place.store == store) {
        return Err("The file has changed meanwhile: enter the secret again.".to_owned());
    }
    if let Some(place) = enter_secret::store_secret(logins, id, &slot, store, secret).await? {
        let name = prepare(logins, id).map_or_else(|| shown(id), |org| org.name);
        let text = format!("{name}: secret stored in {place}.");
        logins.client.good_news(logins.client.session.client.own, text).await;
    }
    Ok(())
}
