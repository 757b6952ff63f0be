//! The logins of a run that did not work, by cause: the steps once, whoever they are for.

use std::collections::BTreeMap;

use org_ide::names_listed;
use org_ide::pointer::span_at;
use org_login::{Cause, LoginResult, Status, WarningCode};
use org_text::{Foreign, neutral};

use super::super::inputs::Input;
use super::super::layout::{at_both_ends, indented, padded, shortened, width_of};
use super::super::places::Places;
use super::super::rendered::code_stands_out;
use super::super::screen::Screen;
use super::super::style::Style;
use super::line::took;
use super::steps;

/// So many orgs are named before a step that is not for all.
const NAMED: usize = 3;

/// One org of a run.
#[derive(Clone, Copy)]
pub struct Tested<'a> {
    /// Its file.
    pub org: &'a Input,
    /// How its login went.
    pub result: &'a LoginResult,
    /// The host where it logs in, when that can be told.
    pub host: Option<&'a str>,
}

/// Logins with the same cause.
pub struct Group<'a> {
    title: String,
    is_tested: bool,
    /// Whether it is about a part of many logins, so that each takes one line.
    is_one_of_many: bool,
    members: Vec<Tested<'a>>,
}

/// How much of the groups is shown.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many steps of a group.
    pub steps: usize,
    /// So many orgs of a group.
    pub orgs: usize,
    /// Whether each org's own steps are shown, however many they are.
    pub all_steps: bool,
    /// Whether there is an empty line between two groups.
    pub is_spaced: bool,
}

impl Limits {
    /// Nothing is left out.
    pub const NONE: Self =
        Self { steps: usize::MAX, orgs: usize::MAX, all_steps: true, is_spaced: true };
}

/// The groups: the largest first, what was not tested last. What a person stopped is in none. Of many logins
/// all that were not tested are one group.
pub fn groups<'a>(tested: &[Tested<'a>], are_many: bool) -> Vec<Group<'a>> {
    let mut by_cause: BTreeMap<(bool, &'static str), (Cause, Vec<Tested<'a>>)> = BTreeMap::new();
    for one in tested {
        let Some(cause) = one.result.cause.filter(|cause| *cause != Cause::Cancelled) else {
            continue;
        };
        let is_skipped = one.result.status == Status::Skipped;
        let key = (is_skipped, if is_skipped && are_many { "" } else { cause.short() });
        by_cause.entry(key).or_insert_with(|| (cause, Vec::new())).1.push(*one);
    }
    let mut groups: Vec<Group<'a>> = by_cause
        .into_iter()
        .map(|((is_skipped, _), (cause, members))| Group {
            title: match (is_skipped, are_many) {
                (true, true) => "Not tested".to_owned(),
                (true, false) => format!("Not tested: {}", cause.short()),
                (false, _) => cause.title(),
            },
            is_tested: !is_skipped,
            is_one_of_many: are_many,
            members,
        })
        .collect();
    groups.sort_by_key(|group| (!group.is_tested, std::cmp::Reverse(group.members.len())));
    groups
}

/// Good logins that a pressing warning belongs to, by warning.
pub fn doubtful<'a>(tested: &[Tested<'a>]) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    for code in WarningCode::ALL.iter().filter(|code| code.is_pressing()) {
        let has = |one: &&Tested<'_>| one.result.warnings.iter().any(|it| it.code == *code);
        let members: Vec<_> = tested.iter().filter(has).copied().collect();
        if !members.is_empty() {
            groups.push(Group {
                title: format!("Logged in, but {}", code.but()),
                is_tested: true,
                is_one_of_many: true,
                members,
            });
        }
    }
    groups
}

impl Group<'_> {
    /// The group as text.
    pub fn text(&self, screen: &Screen, limits: Limits) -> String {
        let mut text = self.heading(screen);
        let shown = &self.members[..self.members.len().min(limits.orgs)];
        let names: Vec<String> = shown.iter().map(|one| name_and_mark(one, screen)).collect();
        let widest = names.iter().map(|name| width_of(name)).max().unwrap_or(0);
        for (one, name) in shown.iter().zip(&names) {
            text.push_str(&self.org_lines(one, &format!("  {}  ", padded(name, widest)), screen));
        }
        let more = self.members.len() - shown.len();
        if more > 0 {
            text.push_str(&screen.own(&format!("  … {more} more (--all)\n")));
        }
        text.push_str(&self.steps(screen, limits));
        if limits.is_spaced {
            text.push('\n');
        }
        text
    }

    /// Whether steps are left out with these limits.
    pub fn is_cut(&self, limits: Limits) -> bool {
        steps::are_cut(&self.lists(), limits.steps, limits.all_steps)
    }

    fn heading(&self, screen: &Screen) -> String {
        let count = self.members.len();
        let title = format!("{}{}{count}", self.title, screen.separator());
        let codes = self.members.iter().map(|one| one.result.salesforce.code.as_deref());
        let mut codes: Vec<&str> = codes.flatten().collect();
        codes.dedup();
        let said = match codes.as_slice() {
            [code] => format!("Salesforce: {}", Foreign(code)),
            _ => String::new(),
        };
        let line = at_both_ends(&title, &said, screen.width).unwrap_or_else(|| title.clone());
        let style = if self.is_tested { Style::Bad } else { Style::Warning };
        let rest = line.strip_prefix(title.as_str()).unwrap_or_default().trim_end();
        format!("{}{}\n", style.paint(&title), Style::Quiet.paint(rest))
    }

    /// The org, and behind it what is its own: the place in the file, the host that did not answer, or why
    /// nothing was sent. Of many, that is one line.
    fn org_lines(&self, one: &Tested<'_>, head: &str, screen: &Screen) -> String {
        let reason = self.reason(one);
        if let Some(reason) = reason.as_ref().filter(|_| self.is_one_of_many) {
            let is_about_file = one.result.cause == Some(Cause::InvalidDefinition);
            let place = if is_about_file { format!("{}: ", place(one)) } else { String::new() };
            let line = format!("{head}{place}{}", reason.replace('`', ""));
            return format!("{}\n", shortened(&line, screen.width, screen.is_unicode));
        }
        let detail = match one.result.cause {
            Some(Cause::Network | Cause::Tls | Cause::Proxy) => host_and_time(one),
            _ => place(one),
        };
        let mut text = format!("{}\n", format!("{head}{detail}").trim_end());
        if let Some(reason) = reason {
            text.push_str(&indented("    ", "    ", &code_stands_out(&reason), screen.width));
        }
        text
    }

    /// In a sentence what the heading does not say: of what was not tested, of an org that is alone, and
    /// of words that nobody knows.
    fn reason(&self, one: &Tested<'_>) -> Option<String> {
        let summary = neutral(&one.result.summary).into_owned();
        match one.result.cause? {
            Cause::Other | Cause::UnexpectedResponse => {
                let said = one.result.salesforce.message.as_deref();
                Some(said.map_or(summary, |said| format!("Salesforce said: {}", Foreign(said))))
            }
            _ if !self.is_tested => {
                let reason = summary.strip_prefix("Not tested: ").unwrap_or(&summary);
                Some(upper_first(reason.strip_prefix("the file has an error. ").unwrap_or(reason)))
            }
            _ => (self.members.len() == 1 && !self.is_one_of_many).then_some(summary),
        }
    }

    fn lists(&self) -> Vec<&[String]> {
        self.members.iter().map(|one| one.result.instructions.as_slice()).collect()
    }

    /// The steps once, for whoever they are.
    fn steps(&self, screen: &Screen, limits: Limits) -> String {
        if !self.is_tested && self.is_one_of_many {
            return String::new();
        }
        let lists = self.lists();
        let mut text = String::new();
        let steps = steps::merged(&lists, limits.all_steps);
        for (index, step) in steps.iter().take(limits.steps).enumerate() {
            let head = format!("  {}. ", index + 1);
            let rest = " ".repeat(width_of(&head));
            let names = step.of.iter().map(|org| self.members[*org].org.org_shown());
            let whom = match step.of.len() {
                0 => String::new(),
                _ => format!("{}: ", names_listed(names, NAMED)),
            };
            let step = format!("{whom}{}", code_stands_out(&neutral(step.text)));
            text.push_str(&indented(&head, &rest, &step, screen.width));
        }
        text
    }
}

fn name_and_mark(one: &Tested<'_>, screen: &Screen) -> String {
    let mark = if one.org.is_production() { "  PROD" } else { "" };
    let room = screen.width / 2 - width_of(mark);
    format!("{}{mark}", shortened(&one.org.org_shown(), room, screen.is_unicode))
}

fn place(one: &Tested<'_>) -> String {
    let file = one.org.label();
    let span = one.result.member.as_deref();
    let span = span.and_then(|member| span_at(one.org.document(), Some(member)));
    match span {
        Some(span) => {
            let (start, _) = Places::of_text(one.org.text()).range(span);
            format!("{file}:{}:{}", start.line + 1, start.character + 1)
        }
        None => file.to_string(),
    }
}

fn host_and_time(one: &Tested<'_>) -> String {
    let Some(host) = one.host else { return place(one) };
    let time = took(one.result.duration);
    let host = Foreign(host);
    if time.is_empty() { host.to_string() } else { format!("{host}, {time}") }
}

fn upper_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
