//! `sforg login --audit`: behind each login that works, who else logs in with the same user.

use std::fmt::Write as _;
use std::sync::Arc;

use org_login::{
    Care, LoginAudit, LoginResult, LoginUse, Network, OpenSession, ProcessSecrets, RefusedLogins,
    open_session,
};
use org_schema::Date;
use org_text::Foreign;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::super::inputs::Input;
use super::super::layout::{indented, padded, width_of};
use super::super::output::text;
use super::super::screen::Screen;
use super::super::style::Style;
use super::super::tally::counted;
use super::Row;
use super::line::Columns;
use crate::logins::batch::Job;

/// So many users of a login are shown, and so many reasons of refusals.
const SHOWN: usize = 20;

/// What holds for all logins that are looked at.
pub struct Conditions<'a> {
    pub network: &'a Network,
    pub today: Date,
    pub care: Care,
    pub cancel: CancellationToken,
}

/// A login with what its history tells; as JSON the row of `sforg login` with `loginHistory` or
/// `loginHistoryMissing`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Audited<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    login_history: Option<&'a LoginAudit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    login_history_missing: Option<&'a str>,
}

/// A login that was made, and its history or why there is none; nothing when the login failed.
pub struct Looked {
    pub result: LoginResult,
    audit: Option<Result<LoginAudit, String>>,
}

impl Looked {
    /// As programs read it.
    pub fn as_row<'a>(&'a self, org: &'a Input) -> Audited<'a> {
        let audit = self.audit.as_ref();
        Audited {
            row: Row::new(org, &self.result),
            login_history: audit.and_then(|audit| audit.as_ref().ok()),
            login_history_missing: audit.and_then(|audit| audit.as_ref().err()).map(String::as_str),
        }
    }
}

/// Logs in, one after the other, and looks at each login's history; the sessions end at once. For people each
/// is shown when it is known.
pub async fn look_at_all(
    jobs: Vec<Job>,
    orgs: &[&Input],
    conditions: Conditions<'_>,
    is_shown: bool,
) -> Vec<Looked> {
    let screen = Screen::of_output();
    let columns = Columns::of(orgs, screen);
    let mut all = Vec::new();
    for (job, org) in jobs.into_iter().zip(orgs) {
        let looked = look_at(job, &conditions).await;
        if is_shown {
            text(&columns.line(org, &looked.result));
            match &looked.audit {
                Some(Ok(audit)) => text(&page(audit, &screen)),
                Some(Err(why)) => {
                    let line = format!("Who else uses this login is not known: {why}.");
                    text(&indented("  ", "  ", &line, screen.width));
                }
                None => {}
            }
        }
        all.push(looked);
    }
    all
}

async fn look_at(job: Job, conditions: &Conditions<'_>) -> Looked {
    let Conditions { network, today, care, cancel } = conditions;
    let target = match job.target {
        Ok(target) => target,
        Err(result) => return Looked { result: *result, audit: None },
    };
    let secrets = Arc::new(ProcessSecrets::new(job.env_file));
    let (result, session) =
        open_session(&target, secrets, network, *today, cancel.clone(), *care).await;
    let Some(session) = session else { return Looked { result, audit: None } };
    let audit = match (result.is_ok(), session.api_version(&target, &result)) {
        (false, _) => None,
        (true, None) => Some(Err("the org did not tell which API versions it serves".to_owned())),
        (true, Some(version)) => Some(ask(&session, network, version, &result, cancel).await),
    };
    // It was opened for this alone; if it cannot be ended, the org's timeout does.
    let _ = session.end(network).await;
    Looked { result, audit }
}

async fn ask(
    session: &OpenSession,
    network: &Network,
    version: org_schema::ApiVersion,
    result: &LoginResult,
    cancel: &CancellationToken,
) -> Result<LoginAudit, String> {
    let user = result.identity.as_ref().and_then(|identity| identity.user_id.as_deref());
    session.audit(network, version, user.unwrap_or_default(), cancel.clone()).await
}

/// What the history tells, for a person.
fn page(audit: &LoginAudit, screen: &Screen) -> String {
    let line = |words: &str| indented("  ", "  ", words, screen.width);
    if audit.logins == 0 {
        return line("Nobody has logged in with this user, as far as Salesforce keeps it.");
    }
    let first = if audit.is_cut { "the last " } else { "" };
    let days = match (&audit.from, &audit.to) {
        (Some(from), Some(to)) if from != to => format!(", {} to {}", shown(from), shown(to)),
        (Some(one), _) => format!(", {}", shown(one)),
        _ => String::new(),
    };
    let logins = counted(audit.logins, "login");
    let title = format!("Who uses this login{}{first}{logins}{days}", screen.separator());
    let mut page = format!("  {}\n", Style::Strong.paint(&title));
    page.push_str(&rows(audit.uses.iter().map(use_row), screen));
    if !audit.refused.is_empty() {
        let _ = writeln!(page, "  {}", Style::Bad.paint("Refused"));
        page.push_str(&rows(audit.refused.iter().map(refused_row), screen));
    }
    page
}

/// How many, what, and when the last was.
type Cells = (usize, String, Option<String>);

fn use_row(one: &LoginUse) -> Cells {
    let cells = [&one.application, &one.api_type, &one.api_version, &one.source_ip];
    let words = cells.into_iter().flatten().map(|cell| Foreign(cell).to_string());
    let words = words.collect::<Vec<_>>().join("  ");
    let words = if words.is_empty() { "Salesforce shows no detail".to_owned() } else { words };
    (one.count, words, one.last.clone())
}

fn refused_row(one: &RefusedLogins) -> Cells {
    let application = one.application.iter().map(|name| format!("{}: ", Foreign(name)));
    let means = one.cause.iter().map(|cause| format!(" ({})", cause.short()));
    let words: String =
        application.chain([Foreign(&one.status).to_string()]).chain(means).collect();
    (one.count, words, one.last.clone())
}

fn rows(cells: impl ExactSizeIterator<Item = Cells>, screen: &Screen) -> String {
    let left_out = cells.len().saturating_sub(SHOWN);
    let cells: Vec<Cells> = cells.take(SHOWN).collect();
    let numbers = cells.iter().map(|(count, ..)| width_of(&count.to_string())).max().unwrap_or(0);
    let mut page = String::new();
    for (count, words, last) in &cells {
        let count = count.to_string();
        let blanks = " ".repeat(numbers - width_of(&count));
        let head = format!("  {blanks}{count}  ");
        let last = last.as_ref().map_or_else(String::new, |last| format!("  last {}", shown(last)));
        let rest = padded("", width_of(&head));
        page.push_str(&indented(&head, &rest, &format!("{words}{last}"), screen.width));
    }
    if left_out > 0 {
        page.push_str(&screen.own(&format!("  … {left_out} more (--format json)\n")));
    }
    page
}

/// `24 Nov 2026`
fn shown(date: &str) -> String {
    Date::parse(date).map_or_else(|| Foreign(date).to_string(), Date::in_words)
}
