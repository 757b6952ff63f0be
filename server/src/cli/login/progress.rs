//! Results as they appear, with one line of progress below them.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use org_login::{Cause, LoginResult};

use super::super::inputs::Input;
use super::super::layout::shortened;
use super::super::output;
use super::super::screen::Screen;
use super::line::{Columns, took};
use crate::logins::batch::Counts;

/// Whom a run waits for is told after this time.
const PATIENCE: Duration = Duration::from_secs(5);

/// Of this many orgs, each is shown; of more only those that do not work.
pub const EACH_SHOWN: usize = 20;

/// What is printed while the logins are tested.
pub struct Progress<'a> {
    bar: ProgressBar,
    orgs: &'a [&'a Input],
    columns: Columns,
    width: usize,
    begun: Instant,
    longest: Duration,
    /// On a terminal a result appears when it is known; everywhere else in the order of the files,
    /// so that two runs can be compared.
    as_they_come: bool,
    /// Whether good ones appear, too.
    shows_good: bool,
    /// The results before this one are printed, when they are printed in order.
    next: usize,
    /// So many lines were printed.
    pub lines: usize,
}

impl<'a> Progress<'a> {
    /// Of a run whose logins take at most `longest` each.
    pub fn new(orgs: &'a [&'a Input], screen: Screen, all: bool, longest: Duration) -> Self {
        // Draws nothing where standard error is no terminal.
        let bar = ProgressBar::new_spinner();
        let is_calm = crate::settings::variable("NO_COLOR").is_some();
        let template = if is_calm { "{msg}" } else { "{spinner} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            let ticks =
                if screen.is_unicode { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ " } else { "|/-\\ " };
            bar.set_style(style.tick_chars(ticks));
        }
        if !is_calm {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        let as_they_come = std::io::stdout().is_terminal();
        let mut columns = Columns::of(orgs, screen);
        columns.tells_sent = all || orgs.len() == 1;
        Self {
            bar,
            orgs,
            columns,
            width: Screen::width_of_errors().unwrap_or(80),
            begun: Instant::now(),
            longest,
            as_they_come,
            shows_good: all || !as_they_come || orgs.len() <= EACH_SHOWN,
            next: 0,
            lines: 0,
        }
    }

    /// Takes in a result that has come.
    pub fn add(&mut self, index: usize, results: &[Option<LoginResult>]) {
        if self.as_they_come {
            if let Some(result) = &results[index] {
                self.print(index, result);
            }
            return;
        }
        while let Some(Some(result)) = results.get(self.next) {
            self.print(self.next, result);
            self.next += 1;
        }
    }

    fn print(&mut self, index: usize, result: &LoginResult) {
        // What a person stopped is counted, and nothing else.
        let is_shown =
            if result.is_ok() { self.shows_good } else { result.cause != Some(Cause::Cancelled) };
        if is_shown {
            let text = self.columns.line(self.orgs[index], result);
            self.lines += text.lines().count();
            self.bar.suspend(|| output::text(&text));
        }
    }

    /// Says how far it is, and whom it waits for (the org's place, and since when).
    pub fn tell(&self, results: &[Option<LoginResult>], waits_for: Option<(usize, Instant)>) {
        let counts = Counts::of(results.iter().flatten());
        let mut parts = vec![format!("{} of {}", counts.all(), results.len())];
        for (count, what) in
            [(counts.ok, "in"), (counts.failed, "failed"), (counts.not_tested, "not tested")]
        {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        parts.push(format!("{} s", self.begun.elapsed().as_secs()));
        if let Some((index, since)) = waits_for.filter(|(_, since)| since.elapsed() >= PATIENCE) {
            let left = self.longest.saturating_sub(since.elapsed()).as_secs();
            parts.push(format!("waiting for {} ({left} s left)", self.orgs[index].org_shown()));
        }
        let line = shortened(&parts.join("  "), self.width.saturating_sub(3), false);
        self.bar.set_message(output::safe_line(&line));
        self.bar.tick();
    }

    /// Takes the progress off the screen; how long it took, in words.
    pub fn end(&self) -> String {
        self.bar.finish_and_clear();
        took(self.begun.elapsed())
    }
}
