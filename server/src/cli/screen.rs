//! What the person's terminal can show.

use std::io::IsTerminal;

use terminal_size::{Width, terminal_size_of};

use crate::settings;

/// Columns where nobody says how many there are.
const USUAL_WIDTH: usize = 80;
/// More columns are not used: longer lines are hard to read.
const MOST: usize = 100;
/// Fewer columns are taken for these: nothing could be laid out in them.
const LEAST: usize = 40;

/// What text for people is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether characters beyond ASCII are shown as what they are.
    pub is_unicode: bool,
    /// Whether a text can be a link (OSC 8).
    pub has_links: bool,
}

impl Screen {
    /// Standard output's.
    pub fn of_output() -> Self {
        let stdout = std::io::stdout();
        let is_terminal = stdout.is_terminal();
        Self {
            width: width(terminal_size_of(&stdout)).unwrap_or(USUAL_WIDTH),
            is_unicode: is_terminal && locale_is_unicode(),
            has_links: is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
    }

    /// The columns of standard output, as many as there are; `None` where it is no terminal.
    pub fn columns_of_output() -> Option<u16> {
        terminal_size_of(std::io::stdout()).map(|(width, _)| width.0)
    }

    /// The columns of standard error; `None` where a program or a file takes it, whose lines are not
    /// broken.
    pub fn width_of_errors() -> Option<usize> {
        width(terminal_size_of(std::io::stderr()))
            .or_else(|| std::io::stderr().is_terminal().then_some(USUAL_WIDTH))
    }

    /// The sign for what stands in front of a line.
    pub const fn sign(&self, sign: Sign) -> &'static str {
        match (sign, self.is_unicode) {
            (Sign::Good, true) => "✓",
            (Sign::Bad, true) => "✗",
            (Sign::Left, true) => "–",
            (Sign::Warning, true) => "!",
            (Sign::Good, false) => "ok",
            (Sign::Bad, false) => "FAIL",
            (Sign::Left, false) => "skip",
            (Sign::Warning, false) => "warn",
        }
    }

    /// The columns that the widest [`Screen::sign`] takes.
    pub const fn sign_width(&self) -> usize {
        if self.is_unicode { 1 } else { 4 }
    }

    /// What separates two parts of a heading.
    pub const fn separator(&self) -> &'static str {
        if self.is_unicode { " · " } else { ", " }
    }

    /// Our own words in the characters that the terminal has. Names stay as they are.
    pub fn own(&self, words: &str) -> String {
        if self.is_unicode {
            return words.to_owned();
        }
        words.replace(['–', '—'], "-").replace('…', "...").replace('’', "'")
    }
}

/// How something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It works.
    Good,
    /// It does not.
    Bad,
    /// It was not tried.
    Left,
    /// It works, but not for long.
    Warning,
}

/// `COLUMNS` is set by people and tests where there is no terminal to ask.
fn width(size: Option<(Width, terminal_size::Height)>) -> Option<usize> {
    let asked = size.map(|(Width(columns), _)| usize::from(columns));
    let set = || settings::variable("COLUMNS")?.to_str()?.trim().parse().ok();
    asked.or_else(set).map(|columns| columns.clamp(LEAST, MOST))
}

/// As POSIX decides it: the first of these that is set counts. Windows has no such variables, and its
/// terminals show all characters.
fn locale_is_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(settings::variable);
    locale.map_or(cfg!(windows), |locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
