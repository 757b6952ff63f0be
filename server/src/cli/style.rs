//! Colours of text for people. Where they are not wanted (`NO_COLOR`, no terminal) the output takes them
//! out again, so whoever lays out lines measures before painting.

use org_ide::Severity;

use super::screen::Sign;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// It does not work.
    Bad,
    /// It needs attention.
    Warning,
    /// It works.
    Good,
    /// What stands out.
    Strong,
    /// What is there for reference.
    Quiet,
}

impl Style {
    /// A text in this style.
    pub fn paint(self, text: &str) -> String {
        let code = match self {
            Self::Bad => "1;31",
            Self::Warning => "33",
            Self::Good => "32",
            Self::Strong => "1",
            Self::Quiet => "2",
        };
        if text.is_empty() { String::new() } else { format!("\u{1b}[{code}m{text}\u{1b}[0m") }
    }
}

impl From<Severity> for Style {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Bad,
            Severity::Warning => Self::Warning,
            Severity::Information | Severity::Hint => Self::Quiet,
        }
    }
}

impl From<Sign> for Style {
    fn from(sign: Sign) -> Self {
        match sign {
            Sign::Good => Self::Good,
            Sign::Bad => Self::Bad,
            Sign::Left | Sign::Warning => Self::Warning,
        }
    }
}
