//! All orgs with their state (`sforg/orgs`), for a view of the client.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use lsp_types as lsp;
use org_ide::deadlines::{self, Deadline};
use org_ide::{
    Context, Document, EffectiveVersion, LoginOutcome, ProjectVersion, Severity, assists, rules,
};
use org_login::{Remedy, destination};
use org_project::path_of_id;
use serde::{Deserialize, Serialize};

use super::one::prepare;
use crate::logins::target::login_target;
use crate::lsp::client::outgoing;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::files::Files;
use crate::lsp::files::login_record::{LoginRecord, age};
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::logins::Logins;
use crate::settings;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrgsParams {
    /// Only these files; all without it.
    uris: Option<Vec<lsp::Url>>,
}

/// An org.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrgRow {
    uri: lsp::Url,
    name: String,
    /// The value of `name` with its quotes, as the file writes it.
    name_range: Option<lsp::Range>,
    /// The project that it belongs to.
    project: Option<Project>,
    /// The folder below its project, or below the workspace's folder, with slashes; empty when it
    /// lies in that itself.
    folder: String,
    /// `production` or `sandbox`, as the file says.
    kind: Option<&'static str>,
    auth: Option<&'static str>,
    /// The effective API version.
    api_version: Option<String>,
    host: Option<String>,
    /// How many errors the file has.
    problems: usize,
    /// `testing`, `fileError`, `failed`, `noSecret`, `warning`, `deadline`, `changed`, `ok` or
    /// `untested`: the first that fits.
    state: &'static str,
    /// That in at most 20 characters.
    short: String,
    /// That in a sentence.
    summary: String,
    cause: Option<&'static str>,
    /// When it was tested, in milliseconds since 1970.
    at: Option<u64>,
    /// The member whose secret is missing, written out or refused.
    missing_secret: Option<&'static str>,
    /// What a person most likely wants to do: `enterSecret`, `goToError`, `convert`, `allowHost`,
    /// `trust`, `testAgain`, `showSteps` or `test`.
    action: &'static str,
    deadline: Option<DeadlineRow>,
}

/// A project, as its file says.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    uri: lsp::Url,
    name: String,
    api_version: Option<String>,
}

#[derive(Debug, Serialize)]
struct DeadlineRow {
    /// `2027-06-01`; none when it is now.
    date: Option<String>,
    /// The days until then; 0 when it is now.
    days: i64,
    what: String,
}

/// The orgs, by file. Reads files that are not open.
pub fn orgs(logins: &Arc<Logins>, params: &OrgsParams) -> Vec<OrgRow> {
    let ids = match &params.uris {
        Some(uris) => uris.iter().map(id_of).collect(),
        None => logins.files.org_files(),
    };
    let mut projects = HashMap::new();
    ids.iter().filter_map(|id| row(logins, id, &mut projects)).collect()
}

/// Projects by their files: each is read once for all of its orgs.
type Projects = HashMap<String, Option<Project>>;

/// What is read of the document itself.
struct Read {
    kind: Option<&'static str>,
    auth: Option<&'static str>,
    api_version: Option<String>,
    host: Option<String>,
    first_error: Option<String>,
    problems: usize,
    missing_secret: Option<assists::SecretSlot>,
    deadline: Option<Deadline>,
}

fn row(logins: &Arc<Logins>, id: &str, projects: &mut Projects) -> Option<OrgRow> {
    let snapshot = logins.files.snapshot(id)?;
    let document = snapshot.document();
    document.org()?;
    let name = prepare(logins, id)?.name;
    let read =
        logins.files.analyze(id, document, |document, context| read(logins, id, document, context));
    let record = logins.files.valid_record(id, &snapshot);
    // What was not tested then is not tested now.
    let was_tested = |old: &LoginRecord| old.last.outcome != LoginOutcome::NotTested;
    let outdated = logins.files.last_logins.get(id).filter(was_tested).map(|old| old.at);
    let testing = logins.under_test.get(id).map(|test| test.since.elapsed().as_secs());
    let (state_name, short, summary) = state_of(&read, record.as_ref(), outdated, testing);
    let project_file = logins.files.project_file_of(id);
    let project = project_file.clone().and_then(|file| {
        projects.entry(file.clone()).or_insert_with(|| project(&logins.files, &file)).clone()
    });
    let today = settings::today().unwrap_or_else(|_| settings::system_date());
    let at = record.as_ref().and_then(|record| {
        u64::try_from(record.at.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_millis()).ok()
    });
    Some(OrgRow {
        uri: snapshot.uri().clone(),
        name: outgoing::line(&name),
        name_range: name_range(&logins.files, &snapshot),
        project,
        folder: outgoing::line(&folder_of(&logins.files, id, project_file.as_deref())),
        kind: read.kind,
        auth: read.auth,
        api_version: read.api_version,
        host: read.host.as_deref().map(outgoing::line),
        problems: read.problems,
        state: state_name,
        short,
        summary: outgoing::line(&summary),
        cause: record.as_ref().and_then(|record| Some(record.cause?.as_str())),
        at,
        missing_secret: read.missing_secret.as_ref().map(|slot| slot.member),
        action: action(state_name, record.as_ref()),
        deadline: read.deadline.map(|deadline| DeadlineRow {
            date: deadline.when.date().map(|date| date.to_string()),
            days: deadline.when.days_from(today),
            what: deadline.reason.what(deadline.when),
        }),
    })
}

fn name_range(files: &Files, snapshot: &Snapshot) -> Option<lsp::Range> {
    let span = snapshot.document().org()?.name.as_ref()?.string()?.span;
    Some(Converter { text: snapshot.text(), encoding: files.encoding() }.range(span))
}

fn project(files: &Files, id: &str) -> Option<Project> {
    let snapshot = files.snapshot(id)?;
    let name = snapshot.document().project().and_then(|project| {
        project.name.as_ref()?.string().map(|name| name.value.trim().to_owned())
    });
    let folder = || path_of_id(id)?.parent()?.file_name()?.to_str().map(str::to_owned);
    let version = files.with_workspace(|workspace| match workspace.project_of(id)?.api_version {
        ProjectVersion::Known(version) => Some(version.to_string()),
        ProjectVersion::NoProject | ProjectVersion::Unreadable => None,
    });
    let name = name.filter(|name| !name.is_empty()).or_else(folder).unwrap_or_else(|| shown(id));
    let (uri, name) = (snapshot.uri().clone(), outgoing::line(&name));
    Some(Project { uri, name, api_version: version })
}

/// Answers `sforg/project` on a thread that may wait for the disk: what a project file says of itself.
pub async fn answer_project(logins: Arc<Logins>, uri: lsp::Url) -> Option<Project> {
    let read = tokio::task::spawn_blocking(move || {
        let id = id_of(&uri);
        logins.files.snapshot(&id)?.document().project()?;
        project(&logins.files, &id)
    });
    read.await.unwrap_or_else(|error| {
        tracing::error!("a project was not read: {error}");
        None
    })
}

fn folder_of(files: &Files, id: &str, project_file: Option<&str>) -> String {
    let Some(path) = path_of_id(id) else { return String::new() };
    let root = project_file
        .and_then(|file| Some(path_of_id(file)?.parent()?.to_owned()))
        .unwrap_or_else(|| org_project::root_of(&path, &files.folders()));
    let below = path.parent().and_then(|folder| folder.strip_prefix(root).ok());
    let parts = below.into_iter().flat_map(|below| below.components());
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn read(logins: &Arc<Logins>, id: &str, document: &Document, context: &Context<'_>) -> Read {
    let findings = rules::check(document, context);
    let is_error = |finding: &&org_ide::Finding| {
        finding.severity == Severity::Error && finding.rule.name != "login-failed"
    };
    let target = login_target(document, context, &shown(id));
    let host = target
        .as_ref()
        .ok()
        .and_then(|target| destination(target, &logins.user.allowed).ok())
        .map(|destination| destination.authority().to_owned());
    let org = document.org();
    Read {
        kind: org
            .and_then(|org| org.is_sandbox())
            .map(|is_sandbox| if is_sandbox { "sandbox" } else { "production" }),
        auth: org.and_then(|org| org.auth_type()).map(|auth| auth.as_str()),
        api_version: org
            .and_then(|org| EffectiveVersion::of(org, context.project))
            .map(|effective| effective.version.to_string()),
        host,
        first_error: rules::refuses_login(document, context)
            .map(|refusal| refusal.finding().message.clone()),
        problems: findings.iter().filter(is_error).count(),
        missing_secret: assists::secret_slots(document, context)
            .into_iter()
            .find(|slot| slot.is_wanted),
        deadline: deadlines::of_document(document, context).into_iter().min_by_key(|d| d.when),
    }
}

/// Name, short words and a sentence of the first state that fits. `outdated` is when an org was tested that
/// has changed since.
fn state_of(
    read: &Read,
    record: Option<&LoginRecord>,
    outdated: Option<SystemTime>,
    testing: Option<u64>,
) -> (&'static str, String, String) {
    if let Some(seconds) = testing {
        return ("testing", "testing…".to_owned(), format!("Testing since {seconds} s"));
    }
    if let Some(error) = &read.first_error {
        let problems = if read.problems == 1 { "problem" } else { "problems" };
        let count = read.problems.max(1);
        let summary = format!("Not tested: the file has an error. {error}");
        return ("fileError", format!("{count} {problems}"), summary);
    }
    let tested = |record: &LoginRecord| {
        let words = record.list_words().to_owned();
        (words, format!("{} ({})", record.last.short, age(record.at)))
    };
    let outcome = record.map(|record| record.last.outcome);
    if let Some(record) = record.filter(|record| record.last.outcome == LoginOutcome::Failed) {
        let (short, summary) = tested(record);
        return ("failed", short, summary);
    }
    if let Some(slot) = read.missing_secret.as_ref().filter(|slot| is_missing(slot, record)) {
        let summary = match &slot.home {
            assists::SecretHome::Env(name) => format!("Not tested: {name} is not set."),
            _ => format!("Not tested: no {}.", slot.title),
        };
        return ("noSecret", "no secret".to_owned(), summary);
    }
    match (record, outcome) {
        // What else keeps a login from being tried has its place above.
        (Some(record), Some(LoginOutcome::NotTested)) => {
            let (short, summary) = tested(record);
            ("noSecret", short, summary)
        }
        (Some(record), Some(LoginOutcome::Doubtful)) => {
            let (short, summary) = tested(record);
            ("warning", short, summary)
        }
        _ if read.deadline.is_some() => deadline_words(read),
        (Some(record), _) => {
            let (_, summary) = tested(record);
            ("ok", String::new(), summary)
        }
        (None, _) => match outdated {
            Some(at) => {
                let summary = format!("Changed since the last test ({})", age(at));
                ("changed", "changed".to_owned(), summary)
            }
            None => ("untested", String::new(), "Not tested yet".to_owned()),
        },
    }
}

/// A secret that stands in the file is no missing one.
fn is_missing(slot: &assists::SecretSlot, record: Option<&LoginRecord>) -> bool {
    let is_in = record.is_some_and(|record| record.last.outcome.is_in());
    !is_in && (slot.span.is_none() || slot.home != assists::SecretHome::Nowhere)
}

fn deadline_words(read: &Read) -> (&'static str, String, String) {
    let Some(deadline) = &read.deadline else { return ("ok", String::new(), String::new()) };
    let short = match deadline.when.date() {
        Some(date) => format!("ends {}", date.month_and_year()),
        None => deadline.reason.short().to_owned(),
    };
    ("deadline", short, deadline.reason.what(deadline.when))
}

fn action(state: &str, record: Option<&LoginRecord>) -> &'static str {
    match state {
        "noSecret" => return "enterSecret",
        "fileError" => return "goToError",
        _ => {}
    }
    match record.and_then(|record| record.cause).map(org_login::Cause::remedy) {
        Some(Remedy::EnterSecret) => "enterSecret",
        Some(Remedy::GoToError) => "goToError",
        Some(Remedy::Convert) => "convert",
        Some(Remedy::AllowHost) => "allowHost",
        Some(Remedy::TrustWorkspace) => "trust",
        Some(Remedy::TestAgain) => "testAgain",
        Some(Remedy::ShowSteps) => "showSteps",
        None => "test",
    }
}

/// Answers `sforg/orgs` on a thread that may wait for the disk.
pub async fn answer(logins: Arc<Logins>, params: OrgsParams) -> Vec<OrgRow> {
    let rows = tokio::task::spawn_blocking(move || orgs(&logins, &params));
    rows.await.unwrap_or_else(|error| {
        tracing::error!("the list of orgs was not made: {error}");
        Vec::new()
    })
}
