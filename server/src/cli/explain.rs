//! `sforg explain`: the documentation of a rule.

use clap::Args;
use org_ide::{Group, rules};
use org_text::Foreign;

use super::layout::indented;
use super::output::text;
use super::rendered::rendered;
use super::screen::Screen;
use super::style::Style;
use super::{CannotRun, Outcome};

/// So many rules are named that may be meant.
const NAMED: usize = 5;

/// Arguments of `sforg explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg explain                        the names of all rules
  sforg explain basic-auth-retiring")]
pub struct ExplainArgs {
    /// The rule's name, as `check` prints it in brackets; without one all rules are listed
    rule: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &ExplainArgs) -> Result<Outcome, CannotRun> {
    let screen = Screen::of_output();
    let Some(name) = &arguments.rule else {
        text(&list(&screen));
        return Ok(Outcome::Fine);
    };
    let page = rules::explain(name).ok_or_else(|| {
        let hint = match meant(name).as_slice() {
            [] => "sforg explain lists all rules".to_owned(),
            [one] => format!("did you mean {one}?"),
            several => format!("did you mean one of {}?", several.join(", ")),
        };
        CannotRun(format!("no rule is called \"{}\"; {hint}", Foreign(name)))
    })?;
    text(&rendered(&page, &screen));
    Ok(Outcome::Fine)
}

/// The names by group, about as many lines as a screen has.
fn list(screen: &Screen) -> String {
    let mut page = String::new();
    for group in Group::ALL {
        let names = rules::ALL.iter().filter(|rule| rule.group == group).map(|rule| rule.name);
        let names: Vec<&str> = names.collect();
        let head = format!("{:<16}", group.title());
        let lines = indented(&head, &" ".repeat(head.len()), &names.join(" "), screen.width);
        page.push_str(&lines.replacen(group.title(), &Style::Strong.paint(group.title()), 1));
    }
    page.push_str("\nMore about one: sforg explain RULE\n");
    page
}

/// The rules that a wrong name may mean: the one that is spelled like it, else those that have it in them.
fn meant(name: &str) -> Vec<&'static str> {
    if let Some(rule) = rules::nearest(name) {
        return vec![rule.name];
    }
    let name = name.to_lowercase().replace('_', "-");
    let has_it = |rule: &&&'static rules::Rule| name.len() >= 3 && rule.name.contains(&name);
    rules::ALL.iter().filter(has_it).map(|rule| rule.name).take(NAMED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_is_told_what_has_it() {
        assert_eq!(meant("trailing-coma"), ["trailing-comma"]);
        assert_eq!(
            meant("basic"),
            ["basic-auth-removed", "basic-auth-retiring", "basic-auth-blocks-upgrade"]
        );
        assert_eq!(meant("zzzzzzz"), [] as [&str; 0]);
        assert_eq!(meant("a").len(), 0);
    }

    #[test]
    fn the_list_is_short() {
        let list = list(&Screen { width: 80, is_unicode: true, has_links: false });
        // 24 lines are a screen, and held 53 rules; each line more has to hold two more.
        assert!(
            list.lines().count() <= 24 + rules::ALL.len().saturating_sub(53).div_ceil(2),
            "{list}"
        );
        let all_there = rules::ALL.iter().all(|rule| list.contains(rule.name));
        assert!(all_there, "{list}");
    }
}
