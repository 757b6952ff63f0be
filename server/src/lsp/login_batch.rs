//! *Test All Logins*: several at a time, with one progress and one summary.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream;
use lsp_types as lsp;
use org_login::{Environment, LoginResult, LoginTarget, destination, test_login};
use tokio_util::sync::CancellationToken;
use tower_lsp::Client;

use super::login_test::{Prepared, agrees, keep, prepare, refresh_lenses, short};
use super::progress::Progress;
use super::state::State;
use super::uris::id_of;
use crate::login_target::LOGINS_AT_ONCE;
use crate::world;

/// What makes two logins the same: the definition as written, and the `.env` file behind it.
type Credentials = (u64, Option<PathBuf>);

/// Tests the logins of all orgs of a project or below a folder; of all that are known without one.
pub async fn run(client: &Client, state: &State, uri: Option<lsp::Url>) {
    let ids = orgs(state, uri.as_ref().map(id_of).as_deref());
    if ids.is_empty() {
        let message = "There is no org file here whose login could be tested.";
        client.show_message(lsp::MessageType::INFO, message).await;
        return;
    }
    let mut prepared: Vec<(String, Prepared)> =
        ids.into_iter().filter_map(|id| Some((id.clone(), prepare(state, &id)?))).collect();
    for (_, org) in &mut prepared {
        if let Ok(target) = &org.target
            && let Ok(place) = destination(target, &state.settings.allowed)
            && !place.is_salesforce
            && !agrees(client, state, &place).await
        {
            org.target = Err(Box::new(LoginResult::cancelled()));
        }
    }
    let title = format!("Testing {} logins", prepared.len());
    let progress = Progress::begin(client, state, title).await;
    let results = test_all(state, prepared, &progress).await;
    let (kind, summary) = summary(&results);
    progress.end(summary.clone()).await;
    client.show_message(kind, summary).await;
    refresh_lenses(client, state).await;
}

/// The org files of the project that `id` is or belongs to, or below the folder `id`; all without
/// one.
fn orgs(state: &State, id: Option<&str>) -> Vec<String> {
    state.with_workspace(|workspace| {
        let all = workspace.org_files().map(str::to_owned);
        let Some(id) = id else { return all.collect() };
        if workspace.contains(id) {
            let project = workspace.project_of(id);
            return project
                .map(|project| project.orgs().map(|(file, _)| file.to_owned()).collect())
                .unwrap_or_default();
        }
        let folder = format!("{}/", id.trim_end_matches('/'));
        all.filter(|file| file.starts_with(&folder)).collect()
    })
}

/// Name and result of each org. Orgs with the same credentials (as written, and with the same `.env`
/// file behind them) are tested once.
async fn test_all(
    state: &State,
    orgs: Vec<(String, Prepared)>,
    progress: &Progress<'_>,
) -> Vec<(String, LoginResult)> {
    let mut groups: HashMap<Credentials, Vec<(String, Prepared)>> = HashMap::new();
    for (id, org) in orgs {
        let key = (org.fingerprint, state.env_file_of(&id));
        groups.entry(key).or_default().push((id, org));
    }
    let all: usize = groups.values().map(Vec::len).sum();
    let cancel = &progress.cancel;
    let mut tested = stream::iter(groups.into_values())
        .map(|group| async move {
            let result = match group.first() {
                Some((id, org)) => test_one(state, id, &org.target, cancel.clone()).await,
                None => LoginResult::cancelled(),
            };
            (group, result)
        })
        .buffer_unordered(LOGINS_AT_ONCE);
    let mut results = Vec::new();
    while let Some((group, result)) = tested.next().await {
        for (id, org) in group {
            keep(state, &id, org.fingerprint, &result);
            results.push((org.name, result.clone()));
        }
        progress.report(results.len(), all).await;
    }
    results.sort_by(|(a, _), (b, _)| a.cmp(b));
    results
}

async fn test_one(
    state: &State,
    id: &str,
    target: &Result<LoginTarget, Box<LoginResult>>,
    cancel: CancellationToken,
) -> LoginResult {
    let target = match target {
        _ if !state.is_trusted() => return LoginResult::untrusted_workspace(),
        Err(refused) => return (**refused).clone(),
        Ok(target) => target,
    };
    let Ok(today) = world::today() else { return LoginResult::cancelled() };
    let secrets = Arc::new(Environment::new(state.env_file_of(id)));
    test_login(target, secrets, &state.network, today, cancel).await
}

fn summary(results: &[(String, LoginResult)]) -> (lsp::MessageType, String) {
    let failed: Vec<String> = results
        .iter()
        .filter(|(_, result)| !result.is_ok())
        .map(|(name, result)| format!("{name} ({})", short(result).to_lowercase()))
        .collect();
    let (all, works) = (results.len(), results.len() - failed.len());
    if failed.is_empty() {
        let message = if all == 1 {
            "The one login works.".to_owned()
        } else {
            format!("All {all} logins work.")
        };
        return (lsp::MessageType::INFO, message);
    }
    let message = format!("{works} of {all} logins work. Not: {}.", failed.join(", "));
    (lsp::MessageType::ERROR, message)
}
