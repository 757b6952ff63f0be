//! `sforg login --audit`: behind each login that works, who else logs in with the same user.

use std::fmt::Write as _;
use std::sync::Arc;

use org_login::{LoginAudit, ProcessSecrets};
use serde::Serialize;

use super::super::inputs::Input;
use super::super::layout::{indented, padded, width_of};
use super::super::output::text;
use super::super::screen::Screen;
use super::super::style::Style;
use super::Row;
use super::line::Columns;
use crate::logins::audit::{self, Conditions, Looked};
use crate::logins::batch::Job;

/// So many users of a login are shown, and so many reasons of refusals.
const SHOWN: usize = 20;

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

/// As programs read it.
pub fn as_row<'a>(looked: &'a Looked, org: &'a Input) -> Audited<'a> {
    let audit = looked.audit.as_ref();
    Audited {
        row: Row::new(org, &looked.result),
        login_history: audit.and_then(|audit| audit.as_ref().ok()),
        login_history_missing: audit.and_then(|audit| audit.as_ref().err()).map(String::as_str),
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
                    let line = format!("sforg could not find out who else uses this login: {why}.");
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
    match job.target {
        Ok(target) => {
            let secrets = Arc::new(ProcessSecrets::new(job.env_file));
            audit::look(&target, secrets, conditions).await
        }
        Err(result) => Looked::refused(*result),
    }
}

/// What the history tells, for a person.
fn page(audit: &LoginAudit, screen: &Screen) -> String {
    let line = |words: &str| indented("  ", "  ", words, screen.width);
    if audit.logins == 0 {
        return line(audit::NOBODY);
    }
    let title = format!("Who uses this login{}{}", screen.separator(), audit::span(audit));
    let mut page = format!("  {}\n", Style::Strong.paint(&title));
    page.push_str(&rows(
        audit.uses.iter().map(|one| (one.count, audit::who(one, "  "), one.last.clone())),
        screen,
    ));
    if !audit.refused.is_empty() {
        let _ = writeln!(page, "  {}", Style::Bad.paint("Refused"));
        page.push_str(&rows(
            audit.refused.iter().map(|one| (one.count, audit::why(one), one.last.clone())),
            screen,
        ));
    }
    page
}

/// How many, what, and when the last was.
type Cells = (usize, String, Option<String>);

fn rows(cells: impl ExactSizeIterator<Item = Cells>, screen: &Screen) -> String {
    let left_out = cells.len().saturating_sub(SHOWN);
    let cells: Vec<Cells> = cells.take(SHOWN).collect();
    let numbers = cells.iter().map(|(count, ..)| width_of(&count.to_string())).max().unwrap_or(0);
    let mut page = String::new();
    for (count, words, last) in &cells {
        let count = count.to_string();
        let blanks = " ".repeat(numbers - width_of(&count));
        let head = format!("  {blanks}{count}  ");
        let last =
            last.as_ref().map_or_else(String::new, |last| format!("  last {}", audit::day(last)));
        let rest = padded("", width_of(&head));
        page.push_str(&indented(&head, &rest, &format!("{words}{last}"), screen.width));
    }
    if left_out > 0 {
        page.push_str(&screen.own(&format!("  … {left_out} more (--format json)\n")));
    }
    page
}
