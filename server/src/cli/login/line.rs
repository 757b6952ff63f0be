//! One line for one login.

use std::time::Duration;

use org_login::{LoginResult, Status, Warning, WarningCode};
use org_text::{Foreign, neutral};

use super::super::inputs::Input;
use super::super::layout::{at_both_ends, indented, padded, shortened, width_of};
use super::super::rendered::code_stands_out;
use super::super::screen::{Screen, Sign};
use super::super::style::Style;

/// Names of orgs take no more columns than this.
const LONGEST_NAME: usize = 28;
/// Blanks between two columns.
const GAP: usize = 3;

/// How the lines of a run are laid out.
pub struct Columns {
    screen: Screen,
    name: usize,
    /// Whether an org of the run is a production org, so that there is a column for it.
    has_production: bool,
    /// Whether what was sent is told below each line.
    pub tells_sent: bool,
}

impl Columns {
    /// For these orgs.
    pub fn of(orgs: &[&Input], screen: Screen) -> Self {
        let names = orgs.iter().map(|org| width_of(&org.org_shown()));
        Self {
            screen,
            name: names.max().unwrap_or(0).min(LONGEST_NAME),
            has_production: orgs.iter().any(|org| org.is_production()),
            tells_sent: false,
        }
    }

    /// An org and its result, with the warnings below.
    pub fn line(&self, org: &Input, result: &LoginResult) -> String {
        let sign = sign_of(result);
        let name = self.name(org);
        let production = if self.has_production {
            let word = if org.is_production() { "PROD" } else { "" };
            format!("{}{}", padded(word, 4), " ".repeat(GAP))
        } else {
            String::new()
        };
        let sign_shown = self.screen.sign(sign);
        let head = format!(
            "{} {name}{}{production}",
            padded(sign_shown, self.screen.sign_width()),
            " ".repeat(GAP)
        );
        let indent = " ".repeat(width_of(&head));
        let words = words(result);
        let time = took(result.duration);
        let line = format!("{head}{words}");
        let whole = at_both_ends(&line, &time, self.screen.width)
            .map(|line| format!("{}\n", line.trim_end()))
            .unwrap_or_else(|| indented(&head, &indent, &words, self.screen.width));
        let mut text = whole.replacen(sign_shown, &Style::from(sign).paint(sign_shown), 1);
        let indent = if width_of(&indent) * 2 > self.screen.width { "  " } else { &indent };
        for warning in &result.warnings {
            text.push_str(&indented(indent, indent, &warned(warning), self.screen.width));
        }
        if let Some(sent) = result.sent.as_ref().filter(|_| self.tells_sent) {
            let sent = format!("Sent {}.", neutral(sent));
            text.push_str(&indented(indent, indent, &sent, self.screen.width));
        }
        text
    }

    /// A name as its column shows it.
    pub fn name(&self, org: &Input) -> String {
        padded(&shortened(&org.org_shown(), self.name, self.screen.is_unicode), self.name)
    }
}

fn sign_of(result: &LoginResult) -> Sign {
    match result.status {
        Status::Ok if result.warnings.is_empty() => Sign::Good,
        Status::Ok => Sign::Warning,
        Status::Failed => Sign::Bad,
        Status::Skipped => Sign::Left,
    }
}

fn words(result: &LoginResult) -> String {
    let user = result.identity.as_ref().and_then(|identity| identity.username.as_deref());
    match (result.cause, user) {
        (None, Some(user)) => Foreign(user).to_string(),
        (None, None) => "logged in".to_owned(),
        (Some(cause), _) if result.status == Status::Skipped => {
            format!("not tested: {}", cause.short())
        }
        (Some(cause), _) => cause.short().to_owned(),
    }
}

/// What ends for all in the same way is told in few words; the rest as it is.
fn warned(warning: &Warning) -> String {
    match warning.code {
        WarningCode::BasicEnds => warning.code.but().to_owned(),
        _ => code_stands_out(&neutral(&warning.text)),
    }
}

/// `0.4 s`, `1 min 9 s`; nothing for what took no time.
pub fn took(duration: Duration) -> String {
    let tenths = (duration.as_millis() + 50) / 100;
    match tenths {
        0 => String::new(),
        1..100 => format!("{}.{} s", tenths / 10, tenths % 10),
        100..600 => format!("{} s", tenths / 10),
        _ => format!("{} min {} s", tenths / 600, tenths % 600 / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        for (milliseconds, shown) in [
            (0, ""),
            (49, ""),
            (50, "0.1 s"),
            (9_940, "9.9 s"),
            (31_400, "31 s"),
            (69_000, "1 min 9 s"),
        ] {
            assert_eq!(took(Duration::from_millis(milliseconds)), shown);
        }
    }
}
