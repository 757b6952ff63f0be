//! *Test All Logins*: several at a time, with one progress and one summary.

use std::path::Path;
use std::sync::Arc;

use lsp_types as lsp;
use org_login::{LoginResult, Status, declined, not_confirmed};
use org_schema::Date;
use tokio_util::sync::CancellationToken;

use super::changes::{count_seconds, refresh_lenses};
use super::confirm::{Confirmation, confirm_secrets};
use super::one::{LoginTest, Prepared, keep, prepare, write_results};
use crate::logins::batch::{Conditions, Counts, Finished, Job, LoginRun, summary};
use crate::lsp::client::own::Page;
use crate::lsp::client::progress::Progress;
use crate::lsp::convert::uris::id_of;
use crate::lsp::diagnostics::indexed::{Indexed, index_below, index_project_file_of};
use crate::lsp::logins::Logins;
use crate::settings;
use org_project::path_of_id;

/// So many logins are tested before anybody wants to count.
const FEW: usize = 3;

/// Tests the logins of all orgs of a project or below a folder; of all that are known without one.
pub async fn run(logins: &Arc<Logins>, uri: Option<lsp::Url>) {
    let _known = index_all(logins, uri.as_ref()).await;
    let ids = orgs(logins, uri.as_ref().map(id_of).as_deref());
    if ids.is_empty() {
        let message = "There are no org files in this folder.";
        logins.client.show(lsp::MessageType::INFO, message).await;
        return;
    }
    let mut prepared: Vec<(String, Prepared)> =
        ids.into_iter().filter_map(|id| Some((id.clone(), prepare(logins, &id)?))).collect();
    // Without trust nothing is sent, so there is nothing to ask.
    if logins.is_trusted() {
        confirm(logins, &mut prepared).await;
    }
    let today = match settings::today() {
        Ok(today) => today,
        Err(error) => {
            return logins.client.show(lsp::MessageType::ERROR, format!("{error}.")).await;
        }
    };
    let title = format!("Testing {} logins", prepared.len());
    let cancel = CancellationToken::new();
    for (id, _) in &prepared {
        logins.under_test.entry(id.clone()).or_insert_with(|| LoginTest::now(cancel.clone()));
    }
    tell_how_far(logins, Some(format!("{title}…")));
    count_seconds(logins);
    // A client may show what counts where nobody overlooks it.
    let progress = match prepared.len() {
        ..=FEW => Progress::begin(&logins.client, &title, None, cancel).await,
        _ => Progress::begin_counting(&logins.client, &title, cancel).await,
    };
    let results = test_all(logins, prepared, today, &progress).await;
    tell_how_far(logins, None);
    write_results(logins);
    tell(logins, &results, progress).await;
}

/// For clients with a list of orgs.
fn tell_how_far(logins: &Arc<Logins>, testing: Option<String>) {
    if let Ok(mut run) = logins.run.lock() {
        *run = testing;
    }
    logins.files.orgs_changed.notify_one();
}

/// Sums up.
async fn tell(logins: &Arc<Logins>, results: &[(String, LoginResult)], progress: Progress<'_>) {
    let counts = Counts::of(results.iter().map(|(_, result)| result));
    let sentence = counts.sentence();
    progress.end(&sentence).await;
    // Whoever reads the message need not wait for the client's lenses.
    refresh_lenses(logins);
    let own = logins.client.session.client.own;
    if counts.all_in() {
        return logins.client.good_news(own, sentence).await;
    }
    let kind = match counts.failed {
        0 => lsp::MessageType::WARNING,
        _ => lsp::MessageType::ERROR,
    };
    const SHOW_RESULTS: &str = "Show Results";
    if own.buttons && own.pages {
        if logins.client.offer(kind, sentence, &[SHOW_RESULTS]).await == Some(SHOW_RESULTS) {
            logins.client.show_page(Page::Results, None).await;
        }
        return;
    }
    let named = results.iter().map(|(name, result)| (name.as_str(), result));
    logins.client.show(kind, summary(named)).await;
}

/// Reads what the index has not come to yet, so that no org is left out.
async fn index_all(logins: &Arc<Logins>, uri: Option<&lsp::Url>) -> Vec<Indexed> {
    let mut known = Vec::new();
    let folders = match uri {
        None => logins.files.folders(),
        Some(uri) => {
            let id = id_of(uri);
            known.push(index_project_file_of(&logins.diagnostics, &id).await);
            let project_file = logins.files.project_file_of(&id).and_then(|file| path_of_id(&file));
            let project = project_file.and_then(|file| file.parent().map(Path::to_owned));
            project.or_else(|| path_of_id(&id)).into_iter().collect()
        }
    };
    for folder in folders {
        known.push(index_below(&logins.diagnostics, folder).await);
    }
    known
}

/// Asks once about the secrets of all, and takes out the logins that must not send theirs.
async fn confirm(logins: &Arc<Logins>, orgs: &mut [(String, Prepared)]) {
    let wanted = |org: &(String, Prepared)| org.1.target.is_ok();
    let targets: Vec<_> = orgs
        .iter()
        .filter_map(|(id, org)| Some((org.target.as_ref().ok()?, logins.files.env_file_of(id))))
        .collect();
    let Confirmation { is_declined, refused } = confirm_secrets(logins, &targets).await;
    for ((_, org), refused) in orgs.iter_mut().filter(|org| wanted(org)).zip(refused) {
        if let (Ok(target), Some(secrets)) = (&org.target, refused) {
            let result =
                if is_declined { declined(&secrets) } else { not_confirmed(target, secrets) };
            org.target = Err(Box::new(result));
        }
    }
}

/// The org files of the project that `id` is or belongs to, or below the folder `id`; all without
/// one.
fn orgs(logins: &Arc<Logins>, id: Option<&str>) -> Vec<String> {
    logins.files.with_workspace(|workspace| {
        let Some(id) = id else { return workspace.org_files().map(str::to_owned).collect() };
        if workspace.contains(id) {
            let project = workspace.project_of(id);
            return project
                .map(|project| project.orgs().map(|(file, _)| file.to_owned()).collect())
                .unwrap_or_default();
        }
        workspace.orgs_below(id)
    })
}

/// Tests them and keeps the results; name and result of each org, by name.
async fn test_all(
    logins: &Arc<Logins>,
    orgs: Vec<(String, Prepared)>,
    today: Date,
    progress: &Progress<'_>,
) -> Vec<(String, LoginResult)> {
    let jobs: Vec<Job> = orgs
        .iter()
        .map(|(id, org)| Job { target: org.target.clone(), env_file: logins.files.env_file_of(id) })
        .collect();
    let untrusted = || (!logins.is_trusted()).then(LoginResult::untrusted_workspace);
    let conditions = Conditions {
        network: &logins.network,
        today,
        anyway: false,
        instead: &untrusted,
        cancel: progress.cancel.clone(),
    };
    let mut run = LoginRun::new(jobs, conditions);
    let mut counts = Counts::default();
    let mut results = Vec::with_capacity(orgs.len());
    while let Some(Finished { index, result, done }) = run.next().await {
        let (id, org) = &orgs[index];
        logins.under_test.remove(id);
        keep(logins, id, &org.name, org.fingerprint.clone(), &result);
        counts.failed += usize::from(result.status == Status::Failed);
        results.push((org.name.clone(), result));
        progress.report(done, orgs.len(), counts.failed).await;
        let failed = match counts.failed {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        tell_how_far(logins, Some(format!("Testing {} logins: {done} done{failed}", orgs.len())));
    }
    results.sort_by(|(a, _), (b, _)| a.cmp(b));
    results
}
