//! What a run of logins came to: what does not work by cause, the sum last.

use org_login::WarningCode;

use super::super::layout::{at_both_ends, hanging};
use super::super::screen::Screen;
use super::super::style::Style;
use super::super::tally::counted;
use super::groups::{Group, Limits, Tested, doubtful, groups};
use crate::logins::batch::Counts;

/// A report on many logins has no more lines than this, with those that came while they were tested.
const LINES: usize = 60;
/// So much of the groups is shown, the most that fits.
const LIMITS: [Limits; 7] = [
    Limits { steps: usize::MAX, orgs: 10, all_steps: false, is_spaced: true },
    Limits { steps: 3, orgs: 5, all_steps: false, is_spaced: true },
    Limits { steps: 2, orgs: 3, all_steps: false, is_spaced: true },
    Limits { steps: 1, orgs: 3, all_steps: false, is_spaced: true },
    Limits { steps: 1, orgs: 2, all_steps: false, is_spaced: false },
    Limits { steps: 0, orgs: 2, all_steps: false, is_spaced: true },
    Limits { steps: 0, orgs: 2, all_steps: false, is_spaced: false },
];

/// A run that has ended, as it is told.
pub struct Report<'a> {
    /// The orgs with their results.
    pub tested: &'a [Tested<'a>],
    /// What it is drawn for.
    pub screen: Screen,
    /// Whether nothing is left out.
    pub all: bool,
    /// Whether there are so many that good logins were not shown one by one.
    pub is_short: bool,
    /// How long it took, in words.
    pub took: &'a str,
    /// So many lines were printed already.
    pub lines: usize,
}

impl Report<'_> {
    /// The report.
    pub fn text(&self) -> String {
        let counts = Counts::of(self.tested.iter().map(|one| one.result));
        let sum = self.sum(counts);
        let mut groups = groups(self.tested, self.is_short);
        if self.is_short {
            groups.extend(doubtful(self.tested));
        }
        if groups.is_empty() {
            return sum;
        }
        let mut head = String::from("\n");
        if self.is_short && !counts.is_stopped && !counts.all_in() {
            let (not_in, all) = (counts.failed + counts.not_tested, counts.all());
            let title = format!("{not_in} of {all} logins do not work");
            head = format!("\n{}\n\n", Style::Strong.paint(&title));
        }
        if self.all || !self.is_short {
            let limits = Limits { all_steps: self.all, ..Limits::NONE };
            return format!("{head}{}{sum}", self.drawn(&groups, limits));
        }
        let room = LINES.saturating_sub(self.lines + head.lines().count() + sum.lines().count());
        let mut texts = LIMITS.iter().map(|limits| self.drawn(&groups, *limits));
        let fits = texts.find(|text| text.lines().count() <= room);
        // The last of them is what it is, however much does not work.
        let text = fits.unwrap_or_else(|| self.drawn(&groups, LIMITS[LIMITS.len() - 1]));
        format!("{head}{text}{sum}")
    }

    fn drawn(&self, groups: &[Group<'_>], limits: Limits) -> String {
        let mut text: String =
            groups.iter().map(|group| group.text(&self.screen, limits)).collect();
        if !limits.is_spaced {
            text.push('\n');
        }
        if groups.iter().any(|group| group.is_cut(limits)) {
            let hint = "All steps for one org: sforg login FILE";
            text.push_str(&hanging("", hint, self.screen.width));
        }
        text
    }

    /// The counts, and what stops working when.
    fn sum(&self, counts: Counts) -> String {
        let width = self.screen.width;
        let sentence = counts.report();
        let line = at_both_ends(&sentence, self.took, width);
        let line = line.map_or_else(|| hanging("", &sentence, width), |line| format!("{line}\n"));
        let ending = self.tested.iter().filter(|one| {
            one.result.warnings.iter().any(|warning| warning.code == WarningCode::BasicEnds)
        });
        match ending.count() {
            0 => line,
            ending => {
                let verb = if ending == 1 { "stops" } else { "stop" };
                let ending = counted(ending, "login");
                let text = format!("{ending} {verb} working in June 2027: sforg check --when");
                format!("{line}{}", hanging("", &text, width))
            }
        }
    }
}
