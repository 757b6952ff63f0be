//! What makes `sforg scan` fail.

use std::str::FromStr;

use org_ide::Severity;
use org_ide::deadlines::When;
use org_scan::Row;
use org_schema::Date;

/// `--deny`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Something of this severity, or a graver one.
    Severity(Severity),
    /// Something that breaks on that day or before.
    Until(Date),
}

impl FromStr for Denied {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "error" => Self::Severity(Severity::Error),
            "warning" => Self::Severity(Severity::Warning),
            "information" => Self::Severity(Severity::Information),
            _ => Self::Until(Date::parse(text).ok_or_else(|| {
                "write a day as YYYY-MM-DD, such as 2027-06-01, or error, warning, information"
                    .to_owned()
            })?),
        })
    }
}

impl Denied {
    /// Whether a login is denied. One in a test, a comment or documentation is information, whatever it is; a
    /// possible one is a warning at most.
    pub fn denies(self, row: &Row) -> bool {
        let is_over = row.deadlines.iter().any(|deadline| deadline.when == When::Now);
        let worst = row.findings.iter().map(|finding| finding.severity).max();
        match self {
            Self::Severity(Severity::Error) => {
                let is_certain = row.counts() && !row.subject.is_possible;
                is_certain && (is_over || worst >= Some(Severity::Error))
            }
            Self::Severity(Severity::Warning) => {
                row.counts() && (!row.deadlines.is_empty() || worst >= Some(Severity::Warning))
            }
            Self::Severity(_) => !row.deadlines.is_empty() || worst.is_some(),
            Self::Until(day) => {
                let breaks = |when: When| when.date().is_none_or(|date| date <= day);
                row.counts() && row.deadlines.iter().any(|deadline| breaks(deadline.when))
            }
        }
    }
}
