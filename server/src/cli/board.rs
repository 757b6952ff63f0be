//! `sforg check --when` and `sforg scan`: what breaks when, soonest first.

use std::path::PathBuf;

use org_ide::deadlines::{self, Board, Deadline, Entry, Group, Migration, Reason, When};
use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;
use org_text::Foreign;
use serde::Serialize;

use super::inputs::{Input, Inputs};
use super::layout::{
    NARROW_INDENT, at_both_ends, hanging, is_too_far_right, padded, shortened, width_of,
};
use super::next_step;
use super::places::Places;
use super::report::Drawing;
use super::style::Style;
use super::tally::counted;

/// Where the number of orgs begins.
const COUNT_COLUMN: usize = 16;
/// So many orgs of a group are named.
const NAMED: usize = 10;

/// What is on a board: an org, or any other login.
pub trait Listed {
    /// What one is called.
    const ONE: &'static str;
    /// The same, above a column.
    const TITLE: &'static str;
    /// Where what happens to them begins.
    const TEXT_COLUMN: usize;

    /// What people call it.
    fn name(&self) -> Option<&str>;
    /// Its file as reports show it.
    fn file(&self) -> &str;
    /// Its file, and where in it, when that tells more; the names in front of it.
    fn shown(&self) -> (String, String);
    /// Whether it is a production org.
    fn is_production(&self) -> bool;
    /// Where a deadline stands, 0-based in UTF-16.
    fn position(&self, deadline: &Deadline) -> org_text::Position;
    /// The command that keeps those of a group working.
    fn command(migration: Migration, group: &[&Self], paths: &[PathBuf]) -> Option<String>;
}

impl Listed for Input {
    const ONE: &'static str = "org";
    const TITLE: &'static str = "Org";
    const TEXT_COLUMN: usize = 24;

    fn name(&self) -> Option<&str> {
        self.document().org().and_then(|org| org.display_name())
    }

    fn file(&self) -> &str {
        &self.shown
    }

    fn shown(&self) -> (String, String) {
        let name = Listed::name(self).map(|name| Foreign(name).to_string());
        let name = name.unwrap_or_else(|| "(no name)".to_owned());
        let name = if Listed::is_production(self) { format!("{name}  PROD") } else { name };
        (name, self.label().to_string())
    }

    fn is_production(&self) -> bool {
        Self::is_production(self)
    }

    fn position(&self, deadline: &Deadline) -> org_text::Position {
        Places::of_text(self.text()).range(deadline.span).0
    }

    fn command(migration: Migration, group: &[&Self], paths: &[PathBuf]) -> Option<String> {
        next_step::of_deadline(migration, group, paths)
    }
}

/// The board of all orgs that were read.
pub fn board<'a>(inputs: &'a Inputs, allowed: &AllowedHosts) -> Board<&'a Input> {
    let orgs = inputs.files.iter().filter(|input| input.document().org().is_some());
    let orgs = orgs.map(|input| (input, inputs.analyze(input, allowed, deadlines::of_document)));
    Board::new(inputs.today(), orgs)
}

/// For people.
pub fn text<T: Listed>(board: &Board<&T>, drawing: &Drawing) -> String {
    let screen = &drawing.screen;
    let heading = "What breaks when";
    let today = format!("today: {}", board.today.in_words());
    let line = at_both_ends(heading, &today, screen.width);
    let mut text = match line {
        Some(line) => line.replacen(heading, &Style::Strong.paint(heading), 1),
        None => format!("{heading}\n{today}"),
    };
    text.push('\n');
    if board.orgs > 0 {
        text.push('\n');
    }
    for group in &board.groups {
        text.push_str(&group_text(group, board.today, drawing));
    }
    if !board.without_deadline.is_empty() {
        let count = counted(board.without_deadline.len(), T::ONE);
        let line = format!("{}{count}\n", padded("No deadline", COUNT_COLUMN));
        text.push_str(&Style::Good.paint(line.trim_end()));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&hanging("", &sum(board), screen.width));
    text
}

fn group_text<T: Listed>(group: &Group<&T>, today: Date, drawing: &Drawing) -> String {
    let screen = &drawing.screen;
    let when = padded(&when_shown(group.when, today), COUNT_COLUMN);
    let count = counted(group.entries.len(), T::ONE);
    let count = padded(&count, T::TEXT_COLUMN - COUNT_COLUMN);
    let style = if group.when == When::Now { Style::Bad } else { Style::Warning };
    // On a narrow screen what happens stands below.
    let is_narrow = is_too_far_right(T::TEXT_COLUMN, screen.width);
    let column = if is_narrow { NARROW_INDENT } else { T::TEXT_COLUMN };
    let indent = " ".repeat(column);
    let what = screen.own(&hanging(&indent, &what_shown(group), screen.width));
    let mut text = match is_narrow {
        true => format!("{}{}\n{what}", style.paint(&when), count.trim_end()),
        false => {
            format!("{}{count}{}", style.paint(&when), what.get(column..).unwrap_or_default())
        }
    };
    let most = if drawing.all { usize::MAX } else { NAMED };
    let shown = &group.entries[..group.entries.len().min(most)];
    let names: Vec<(String, String)> = shown.iter().map(|entry| entry.org.shown()).collect();
    let widest = names.iter().map(|(name, _)| width_of(name)).max().unwrap_or(0);
    for (entry, (name, file)) in shown.iter().zip(&names) {
        let third = screen.width / 3;
        let short = padded(&shortened(name, third, screen.is_unicode), widest.min(third));
        text.push_str(&row(&indent, (&short, name), file, detail(entry), screen.width));
    }
    let more = group.entries.len() - shown.len();
    if more > 0 {
        text.push_str(&screen.own(&format!("{indent}… {more} more (--all)\n")));
    }
    let migration = group.reason.migration();
    let all: Vec<&T> = group.entries.iter().map(|entry| entry.org).collect();
    let fix = T::command(migration, &all, &drawing.paths);
    let fix = fix.unwrap_or_else(|| migration.sentence().to_owned());
    text.push_str(&hanging(&format!("{indent}fix: "), &fix, screen.width));
    text
}

/// A name (in its column, and whole), its file and, where there is room, a detail. A file that does not fit has
/// a line of its own, as far to the right as it can be whole, and so has the whole name.
pub fn row(
    indent: &str,
    (name, whole): (&str, &str),
    file: &str,
    detail: Option<String>,
    width: usize,
) -> String {
    let mut row = format!("{indent}{name}  {file}");
    let mut last = width_of(&row);
    if last > width {
        let blanks = width.saturating_sub(width_of(file)).min(width_of(indent) + 2);
        row = format!("{indent}{whole}\n{}{file}", " ".repeat(blanks));
        last = blanks + width_of(file);
    }
    let detail = detail.filter(|detail| last + 2 + width_of(detail) <= width);
    let detail = detail.map(|detail| format!("  {detail}")).unwrap_or_default();
    format!("{row}{detail}\n")
}

/// What happens, with the day where it is one.
fn what_shown<T>(group: &Group<&T>) -> String {
    let what = group.reason.what(group.when);
    match group.when {
        When::On(date)
            if matches!(group.reason, Reason::SoapLoginEnds | Reason::PasswordFlowEnds) =>
        {
            format!("{what} ({})", date.in_words())
        }
        _ => what,
    }
}

/// The version of one org, where the reason is about several.
fn detail<T>(entry: &Entry<&T>) -> Option<String> {
    let is_about_versions = entry.deadline.reason.migration() == Migration::Upgrade
        || entry.deadline.reason == Reason::NoSoapLogin;
    entry.deadline.version.filter(|_| is_about_versions).map(|version| format!("(API {version})"))
}

/// `Now`, `in 189 days` within a year, else `Jun 2028`.
fn when_shown(when: When, today: Date) -> String {
    match (when, when.days_from(today)) {
        (When::Now, _) => "Now".to_owned(),
        (When::On(_), 1) => "tomorrow".to_owned(),
        (When::On(_), days @ ..=365) => format!("in {days} days"),
        (When::On(date), _) => format!("{} {}", date.month_in_words(), date.year),
    }
}

fn sum<T: Listed>(board: &Board<&T>) -> String {
    let (all, one) = (board.orgs, T::ONE);
    match (all, board.within_a_year) {
        (0, _) => format!("There are no {one} files here."),
        (1, 0) => format!("The {one} does not stop working within a year."),
        (_, 0) => format!("None of {all} {one}s stops working within a year."),
        (1, _) => format!("The {one} stops working within a year."),
        (_, 1) => format!("1 of {all} {one}s stops working within a year."),
        (_, some) => format!("{some} of {all} {one}s stop working within a year."),
    }
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
    pub fn of<T: Listed>(board: &'a Board<&'a T>) -> Self {
        let deadlines = board.groups.iter().map(|group| DeadlineData {
            date: group.when.date().map(|date| date.to_string()),
            days: group.when.days_from(board.today),
            reason: group.reason.short(),
            what: group.reason.what(group.when),
            remedy: group.reason.migration().sentence(),
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

fn org_data<'a, T: Listed>(org: &'a T, deadline: &Deadline) -> OrgData<'a> {
    let start = org.position(deadline);
    OrgData {
        file: org.file(),
        org: org.name(),
        production: org.is_production(),
        api_version: deadline.version.map(|version| version.to_string()),
        line: start.line,
        character: start.character,
    }
}

/// For a page, an issue or a wiki.
pub fn markdown<T: Listed>(board: &Board<&T>) -> String {
    let mut text = format!(
        "# What breaks when\n\nAs of {}. {}\n\n| When | What | {} | File |\n|---|---|---|---|\n",
        board.today.in_words(),
        sum(board),
        T::TITLE
    );
    for group in &board.groups {
        for entry in &group.entries {
            let when = group.when.date().map_or_else(|| "**now**".to_owned(), Date::in_words);
            let name = entry.org.name().unwrap_or("(no name)");
            let cells = [when, what_shown_plain(entry), cell(name), cell(&entry.org.shown().1)];
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    let clear = board.without_deadline.len();
    if clear > 0 {
        text.push_str(&format!("\nNo deadline: {}.\n", counted(clear, T::ONE)));
    }
    text
}

fn what_shown_plain<T>(entry: &Entry<&T>) -> String {
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
pub fn is_broken_now<T>(board: &Board<&T>) -> bool {
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

    #[test]
    fn a_file_that_does_not_fit_has_a_line_of_its_own() {
        let of = |file: &str, detail: Option<&str>| {
            row("    ", ("Acme  ", "Acme"), file, detail.map(ToOwned::to_owned), 20)
        };
        assert_eq!(of("a.json", None), "    Acme    a.json\n");
        assert_eq!(of("a.json", Some("(API 28.0)")), "    Acme    a.json\n", "no room for more");
        assert_eq!(of("ab/acme.json", None), "    Acme\n      ab/acme.json\n");
        assert_eq!(of("/abc/de/acme.json", None), "    Acme\n   /abc/de/acme.json\n");
        assert_eq!(of("/a/b", Some("(1)")), "    Acme    /a/b\n");
        let long = "/a/path/that/nobody/breaks.json";
        assert_eq!(of(long, None), format!("    Acme\n{long}\n"));
    }
}
