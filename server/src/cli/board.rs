//! `sforg check --when`: what breaks when, soonest first.

use org_ide::deadlines::{self, Board, Deadline, Entry, Group, Reason, Remedy, When};
use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;
use org_text::Foreign;
use serde::Serialize;

use super::inputs::{Input, Inputs};
use super::layout::{at_both_ends, hanging, padded, shortened, width_of};
use super::next_step;
use super::places::Places;
use super::report::Drawing;
use super::style::Style;
use super::tally::counted;

/// Where the number of orgs begins, and where what happens to them.
const COUNT_COLUMN: usize = 16;
const TEXT_COLUMN: usize = 24;
/// So many orgs of a group are named.
const NAMED: usize = 10;

/// The board of all orgs that were read.
pub fn board<'a>(inputs: &'a Inputs, allowed: &AllowedHosts) -> Board<&'a Input> {
    let orgs = inputs.files.iter().filter(|input| input.document.org().is_some());
    let orgs = orgs.map(|input| (input, inputs.analyze(input, allowed, deadlines::of_document)));
    Board::new(inputs.today(), orgs)
}

/// For people.
pub fn text(board: &Board<&Input>, drawing: &Drawing) -> String {
    let screen = &drawing.screen;
    let heading = "What breaks when";
    let today = format!("today: {}", day(board.today));
    let line = at_both_ends(heading, &today, screen.width);
    let mut text = match line {
        Some(line) => line.replacen(heading, &Style::Strong.paint(heading), 1),
        None => format!("{heading}\n{today}"),
    };
    text.push_str("\n\n");
    for group in &board.groups {
        text.push_str(&group_text(group, board.today, drawing));
    }
    if !board.without_deadline.is_empty() {
        let count = counted(board.without_deadline.len(), "org");
        let line = format!("{}{count}\n", padded("No deadline", COUNT_COLUMN));
        text.push_str(&Style::Good.paint(line.trim_end()));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&hanging("", &sum(board), screen.width));
    text
}

fn group_text(group: &Group<&Input>, today: Date, drawing: &Drawing) -> String {
    let screen = &drawing.screen;
    let when = padded(&when_shown(group.when, today), COUNT_COLUMN);
    let count = counted(group.entries.len(), "org");
    let count = padded(&count, TEXT_COLUMN - COUNT_COLUMN);
    let style = if group.when == When::Now { Style::Bad } else { Style::Warning };
    let indent = " ".repeat(TEXT_COLUMN);
    let what = hanging(&indent, &what_shown(group), screen.width);
    let what = screen.own(what.get(TEXT_COLUMN..).unwrap_or_default());
    let mut text = format!("{}{count}{what}", style.paint(&when));
    let most = if drawing.all { usize::MAX } else { NAMED };
    let shown = &group.entries[..group.entries.len().min(most)];
    let names: Vec<String> = shown.iter().map(|entry| name(entry.org)).collect();
    let widest = names.iter().map(|name| width_of(name)).max().unwrap_or(0);
    for (entry, name) in shown.iter().zip(&names) {
        let name = padded(
            &shortened(name, screen.width / 3, screen.is_unicode),
            widest.min(screen.width / 3),
        );
        let line = format!("{name}  {}", entry.org.label());
        let detail = detail(entry)
            .filter(|detail| TEXT_COLUMN + width_of(&line) + width_of(detail) + 2 <= screen.width);
        let detail = detail.map(|detail| format!("  {detail}")).unwrap_or_default();
        text.push_str(&format!("{indent}{line}{detail}\n"));
    }
    let more = group.entries.len() - shown.len();
    if more > 0 {
        text.push_str(&screen.own(&format!("{indent}… {more} more (--all)\n")));
    }
    let remedy = group.reason.remedy();
    let fix = next_step::command(remedy, &drawing.paths);
    let fix = fix.unwrap_or_else(|| remedy.sentence().to_owned());
    text.push_str(&hanging(&format!("{indent}fix: "), &fix, screen.width));
    text
}

/// What happens, with the day where it is one.
fn what_shown(group: &Group<&Input>) -> String {
    let what = group.reason.what(group.when);
    match group.when {
        When::On(date) if group.reason == Reason::SoapLoginEnds => {
            format!("{what} ({})", day(date))
        }
        _ => what,
    }
}

fn name(input: &Input) -> String {
    let org = input.document.org();
    let name = org.and_then(|org| org.display_name()).map(|name| Foreign(name).to_string());
    let name = name.unwrap_or_else(|| "(no name)".to_owned());
    if input.is_production() { format!("{name}  PROD") } else { name }
}

/// The version of one org, where the reason is about several.
fn detail(entry: &Entry<&Input>) -> Option<String> {
    let is_about_versions = entry.deadline.reason.remedy() == Remedy::Upgrade
        || entry.deadline.reason == Reason::NoSoapLogin;
    entry.deadline.version.filter(|_| is_about_versions).map(|version| format!("(API {version})"))
}

/// `Now`, `in 189 days` within a year, else `Jun 2028`.
fn when_shown(when: When, today: Date) -> String {
    match (when, when.days_from(today)) {
        (When::Now, _) => "Now".to_owned(),
        (When::On(_), 1) => "tomorrow".to_owned(),
        (When::On(_), days @ ..=365) => format!("in {days} days"),
        (When::On(date), _) => format!("{} {}", month(date), date.year),
    }
}

fn sum(board: &Board<&Input>) -> String {
    let all = board.orgs;
    match (all, board.within_a_year) {
        (0, _) => "There are no org files here.".to_owned(),
        (1, 0) => "The org does not stop working within a year.".to_owned(),
        (_, 0) => format!("None of {all} orgs stops working within a year."),
        (1, _) => "The org stops working within a year.".to_owned(),
        (_, 1) => format!("1 of {all} orgs stops working within a year."),
        (_, some) => format!("{some} of {all} orgs stop working within a year."),
    }
}

/// `1 Jun 2027`
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day, month(date), date.year)
}

fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS.get(usize::from(date.month).wrapping_sub(1)).copied().unwrap_or("")
}

/// For programs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Data<'a> {
    today: String,
    orgs: usize,
    within_a_year: usize,
    without_deadline: usize,
    deadlines: Vec<DeadlineData<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DeadlineData<'a> {
    /// `None`: now.
    date: Option<String>,
    days: i64,
    reason: &'static str,
    what: String,
    remedy: &'static str,
    source: &'static str,
    orgs: Vec<OrgData<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OrgData<'a> {
    file: &'a str,
    org: Option<&'a str>,
    production: bool,
    api_version: Option<String>,
    /// 0-based, UTF-16.
    line: u32,
    character: u32,
}

impl<'a> Data<'a> {
    /// Of a board.
    pub fn of(board: &'a Board<&'a Input>) -> Self {
        let deadlines = board.groups.iter().map(|group| DeadlineData {
            date: group.when.date().map(|date| date.to_string()),
            days: group.when.days_from(board.today),
            reason: group.reason.short(),
            what: group.reason.what(group.when),
            remedy: group.reason.remedy().sentence(),
            source: group.reason.source(),
            orgs: group.entries.iter().map(|entry| org_data(entry.org, &entry.deadline)).collect(),
        });
        Self {
            today: board.today.to_string(),
            orgs: board.orgs,
            within_a_year: board.within_a_year,
            without_deadline: board.without_deadline.len(),
            deadlines: deadlines.collect(),
        }
    }
}

fn org_data<'a>(input: &'a Input, deadline: &Deadline) -> OrgData<'a> {
    let (start, _) = Places::of(&input.document).range(deadline.span);
    OrgData {
        file: &input.shown,
        org: input.document.org().and_then(|org| org.display_name()),
        production: input.is_production(),
        api_version: deadline.version.map(|version| version.to_string()),
        line: start.line,
        character: start.character,
    }
}

/// For a page, an issue or a wiki.
pub fn markdown(board: &Board<&Input>) -> String {
    let mut text = format!(
        "# What breaks when\n\nAs of {}. {}\n\n| When | What | Org | File |\n|---|---|---|---|\n",
        day(board.today),
        sum(board)
    );
    for group in &board.groups {
        for entry in &group.entries {
            let when = group.when.date().map_or_else(|| "**now**".to_owned(), day);
            let name = entry.org.document.org().and_then(|org| org.display_name());
            let cells = [
                when,
                what_shown_plain(entry),
                cell(name.unwrap_or("(no name)")),
                cell(&entry.org.shown),
            ];
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    let clear = board.without_deadline.len();
    if clear > 0 {
        text.push_str(&format!("\nNo deadline: {}.\n", counted(clear, "org")));
    }
    text
}

fn what_shown_plain(entry: &Entry<&Input>) -> String {
    let what = entry.deadline.reason.what(entry.deadline.when);
    match detail(entry) {
        Some(detail) => format!("{what} {detail}"),
        None => what,
    }
}

/// Foreign text in a cell of a table: it neither ends the cell nor is markup.
fn cell(text: &str) -> String {
    org_ide::Markdown::default().text(&Foreign(text).to_string()).to_string()
}

/// Whether something does not work today.
pub fn is_broken_now(board: &Board<&Input>) -> bool {
    board.groups.iter().any(|group| group.when == When::Now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_as_people_say_it() {
        let today = Date { year: 2026, month: 11, day: 24 };
        let on = |text: &str| When::On(Date::parse(text).expect("a date"));
        for (when, shown) in [
            (When::Now, "Now"),
            (on("2026-11-25"), "tomorrow"),
            (on("2027-06-01"), "in 189 days"),
            (on("2027-11-24"), "in 365 days"),
            (on("2028-06-01"), "Jun 2028"),
        ] {
            assert_eq!(when_shown(when, today), shown);
        }
    }
}
