//! Findings for people: errors first, the same ones together, each with its source, the sum last.

use std::collections::HashMap;
use std::path::PathBuf;

use org_ide::{Context, Document, Finding, Severity, assists, rules};
use org_syntax::Span;
use org_text::Foreign;

use super::excerpt::{Beside, Lines};
use super::inputs::{Input, Inputs};
use super::layout::{at_both_ends, hanging, indented, padded, shortened, width_of};
use super::next_step::next_step;
use super::output::rule_link;
use super::places::Places;
use super::screen::Screen;
use super::style::Style;
use super::tally::Tally;

/// With more findings than this only errors are shown with their source.
const WITH_SOURCE: usize = 50;
/// So many places of one finding are shown, while there are few findings.
const PLACES: usize = 10;
/// So many places of one finding are shown when there are many.
const PLACES_OF_MANY: usize = 3;

/// For a host that is not Salesforce's.
const ALLOW: &str = "  = help: sforg login --allow-login-host";
/// What stands beside an excerpt whose finding `sforg fix` mends.
const FIXABLE: &str = "fixable: sforg fix";

/// A finding with what a person is told beside it: worked out while its document is there, of which nothing is kept.
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// The title of the fix that `sforg fix` applies.
    fix: Option<String>,
    /// The host that a user may allow.
    host: Option<String>,
}

impl Found {
    /// A finding of a document.
    pub fn new(document: &Document, context: &Context<'_>, finding: Finding) -> Self {
        let fix = assists::safe_fix(document, context, &finding).map(|fix| fix.title);
        let host = org_ide::host_to_allow(document, &finding);
        Self { finding, fix, host }
    }
}

/// Findings, collected for people.
pub struct Report<'a> {
    inputs: &'a Inputs,
    groups: Vec<Group>,
    /// By severity, rule and words.
    known: HashMap<(Severity, &'static str, String), usize>,
    fixable: usize,
}

/// The same finding at one or more places.
struct Group {
    severity: Severity,
    rule: &'static rules::Rule,
    message: String,
    places: Vec<Place>,
    /// The hosts that a user may allow, each once.
    hosts: Vec<String>,
}

struct Place {
    /// The file by its place among the inputs.
    file: usize,
    span: Span,
    /// The title of the fix that `sforg fix` applies.
    fix: Option<String>,
}

/// How a report is drawn.
pub struct Drawing {
    /// What it is drawn for.
    pub screen: Screen,
    /// Information, and each place of each finding.
    pub all: bool,
    /// What the command was asked to look at, as the person wrote it.
    pub paths: Vec<PathBuf>,
}

impl<'a> Report<'a> {
    /// A report on nothing yet.
    pub fn new(inputs: &'a Inputs) -> Self {
        Self { inputs, groups: Vec::new(), known: HashMap::new(), fixable: 0 }
    }

    /// Adds the findings of one of the inputs.
    pub fn add(&mut self, file: usize, findings: Vec<Found>) {
        for Found { finding, fix, host } in findings {
            self.fixable += usize::from(fix.is_some());
            let Finding { severity, rule, span, message, .. } = finding;
            let key = (severity, rule.name, message);
            let group = match self.known.get(&key) {
                Some(known) => *known,
                None => {
                    let message = key.2.clone();
                    let (places, hosts) = (Vec::new(), Vec::new());
                    self.groups.push(Group { severity, rule, message, places, hosts });
                    self.known.insert(key, self.groups.len() - 1);
                    self.groups.len() - 1
                }
            };
            let group = &mut self.groups[group];
            group.places.push(Place { file, span, fix });
            group.hosts.extend(host.filter(|host| !group.hosts.contains(host)));
        }
    }

    /// The findings and the sum.
    pub fn text(mut self, drawing: &Drawing, tally: &Tally) -> String {
        self.groups.sort_by_key(|group| {
            let first = group.places.first().map(|place| (place.file, place.span));
            (std::cmp::Reverse(group.severity), first)
        });
        let least = if drawing.all { Severity::Hint } else { Severity::Warning };
        let shown: usize = self.of(least).map(|group| group.places.len()).sum();
        let is_long = shown > WITH_SOURCE;
        let mut text = String::new();
        for group in self.of(least) {
            text.push_str(&self.group_text(group, drawing, is_long));
            text.push('\n');
        }
        text.push_str(&self.sum(drawing, tally));
        text
    }

    fn of(&self, least: Severity) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.severity >= least)
    }

    fn group_text(&self, group: &Group, drawing: &Drawing, is_long: bool) -> String {
        let screen = &drawing.screen;
        let (first, rest) = sentences(&group.message);
        let mut text = title(group.severity, &first, group.rule, screen);
        let is_error = group.severity == Severity::Error;
        if let [place] = group.places.as_slice() {
            text.push_str(&self.place_line(place, 0, drawing));
            if is_error || !is_long || drawing.all {
                text.push_str(&self.excerpt(place, group.severity, screen));
            }
        } else {
            let most = match (drawing.all, is_long) {
                (true, _) => usize::MAX,
                (false, true) => PLACES_OF_MANY,
                (false, false) => PLACES,
            };
            let shown = &group.places[..group.places.len().min(most)];
            let widest = shown.iter().map(|place| width_of(&self.address(place))).max();
            for place in shown {
                text.push_str(&self.place_line(place, widest.unwrap_or(0), drawing));
            }
            let more = group.places.len() - shown.len();
            if more > 0 {
                text.push_str(&screen.own(&format!("  … {more} more (--all)\n")));
            }
        }
        for note in rest {
            text.push_str(&indented("  = ", "    ", &note, screen.width));
        }
        let files: Vec<&Input> =
            group.places.iter().map(|place| &self.inputs.files[place.file]).collect();
        if let Some(command) = next_step(group.rule, &files, &drawing.paths) {
            text.push_str(&format!("  = help: {command}\n"));
        }
        match group.hosts.as_slice() {
            [] => {}
            [host] => text.push_str(&format!("{ALLOW} {}\n", Foreign(host))),
            _ => text.push_str(&format!("{ALLOW} HOST\n")),
        }
        text
    }

    /// ` --> file:line:column    Name  PROD`; a name for which there is no room has a line of its own.
    fn place_line(&self, place: &Place, columns: usize, drawing: &Drawing) -> String {
        let screen = &drawing.screen;
        let input = &self.inputs.files[place.file];
        let head = format!(" --> {}", padded(&self.address(place), columns));
        let room = screen.width.saturating_sub(width_of(&head) + 2);
        let org = input.document().org();
        let name = org.and_then(|org| org.display_name()).map(|name| Foreign(name).to_string());
        let Some(name) = name else {
            return format!("{}\n", head.trim_end());
        };
        let mark = if input.is_production() { "  PROD" } else { "" };
        let mut name = format!("{name}{mark}");
        if width_of(&name) > room {
            const INDENT: &str = "     ";
            name = shortened(&name, screen.width - INDENT.len(), screen.is_unicode);
            return format!("{}\n{INDENT}{name}\n", head.trim_end());
        }
        // One alone has a column of its own, where it fits.
        let head = if columns == 0 && width_of(&name) + PLACE_COLUMN <= screen.width {
            padded(&head, PLACE_COLUMN - 2)
        } else {
            head
        };
        format!("{head}  {name}\n")
    }

    fn address(&self, place: &Place) -> String {
        let input = &self.inputs.files[place.file];
        let (start, _) = Places::of_text(input.text()).range(place.span);
        format!("{}:{}:{}", input.label(), start.line + 1, start.character + 1)
    }

    fn excerpt(&self, place: &Place, severity: Severity, screen: &Screen) -> String {
        let document = self.inputs.files[place.file].document();
        let (start, _) = Places::of(document).range(place.span);
        let label = place.fix.as_deref().map(lower_first);
        let note = place.fix.as_ref().map(|_| FIXABLE);
        let beside = Beside { label: label.as_deref(), note };
        let at = (start.line + 1, place.span);
        Lines::of(document).excerpt(at, severity.into(), &beside, screen)
    }

    fn sum(&self, drawing: &Drawing, tally: &Tally) -> String {
        let screen = &drawing.screen;
        let mut text = hanging("", &format!("{}.", tally.sentence(drawing.all)), screen.width);
        if tally.is_clean() {
            return text;
        }
        let more = "More about a rule: sforg explain RULE";
        let advice = match self.fixable {
            0 => format!("{more}."),
            fixable => format!("{fixable} can be fixed by `sforg fix`. {more}"),
        };
        text.push_str(&hanging("", &advice, screen.width));
        text
    }
}

/// Where the name stands behind a place that is alone.
const PLACE_COLUMN: usize = 37;

/// `error: what is wrong                    [rule]`
fn title(severity: Severity, message: &str, rule: &rules::Rule, screen: &Screen) -> String {
    let label = format!("{}: ", severity.as_str());
    let tag = format!("[{}]", rule.name);
    let room = screen.width.saturating_sub(width_of(&tag) + 2 + width_of(&label));
    let lines = super::layout::wrapped(message, room.max(20), screen.width - 4);
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push_str(&format!("    {}\n", Style::Strong.paint(line)));
            continue;
        }
        let plain = format!("{label}{line}");
        let linked = rule_link(rule, &tag, screen);
        let (painted, strong) = (Style::from(severity).paint(&label), Style::Strong.paint(line));
        match at_both_ends(&plain, &tag, screen.width) {
            Some(whole) => {
                let blanks = " ".repeat(width_of(&whole) - width_of(&plain) - width_of(&tag));
                text.push_str(&format!("{painted}{strong}{blanks}{linked}\n"));
            }
            None => text.push_str(&format!("{painted}{strong} {linked}\n")),
        }
    }
    text
}

/// The first sentence without its full stop, and the others; steps on lines of their own are others, too.
fn sentences(message: &str) -> (String, Vec<String>) {
    let mut lines = message.lines();
    let first_line = lines.next().unwrap_or_default();
    let (first, rest) = match first_line.split_once(". ") {
        Some((first, rest)) => (first, Some(rest.to_owned())),
        None => (first_line.strip_suffix('.').unwrap_or(first_line), None),
    };
    (first.to_owned(), rest.into_iter().chain(lines.map(str::to_owned)).collect())
}

fn lower_first(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fact_is_the_title() {
        assert_eq!(
            sentences("It ends with Summer '27. Convert it.\n1. First.\n2. Second."),
            (
                "It ends with Summer '27".to_owned(),
                vec!["Convert it.".to_owned(), "1. First.".to_owned(), "2. Second.".to_owned()]
            )
        );
        assert_eq!(sentences("Missing comma."), ("Missing comma".to_owned(), vec![]));
        assert_eq!(sentences("API 62.0 is old"), ("API 62.0 is old".to_owned(), vec![]));
    }

    #[test]
    fn a_long_title_leaves_room_for_the_rule() {
        let screen = Screen { width: 60, is_unicode: true, has_links: false };
        let rule = rules::find("trailing-comma").expect("a rule");
        let text = title(
            Severity::Warning,
            "Remove the comma: JSON allows none after the last member or value",
            rule,
            &screen,
        );
        let plain = anstream::adapter::strip_str(&text).to_string();
        insta::assert_snapshot!(plain, @r"
        warning: Remove the comma: JSON allows      [trailing-comma]
            none after the last member or value
        ");
    }
}
