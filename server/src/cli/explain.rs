//! `sforg explain`: the documentation of a rule.

use clap::Args;
use org_ide::rules;
use org_text::Foreign;

use super::output::text;
use super::{CannotRun, Outcome};

/// Arguments of `sforg explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The rule's name, as `check` prints it in brackets; without one all rules are listed
    rule: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &ExplainArgs) -> Result<Outcome, CannotRun> {
    let Some(name) = &arguments.rule else {
        let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in rules::ALL {
            let severity = rule.severity.as_str();
            text(&format!("{:width$}  {severity:11}  {}\n", rule.name, rule.summary));
        }
        return Ok(Outcome::Fine);
    };
    let page = rules::explain(name).ok_or_else(|| {
        let hint = match rules::nearest(name) {
            Some(rule) => format!("did you mean \"{}\"?", rule.name),
            None => "`sforg explain` without a name lists the rules".to_owned(),
        };
        CannotRun(format!("there is no rule \"{}\"; {hint}", Foreign(name)))
    })?;
    text(&format!("{}\n", page.trim_end()));
    Ok(Outcome::Fine)
}
