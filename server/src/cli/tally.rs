//! How much a check has found.

use std::collections::BTreeMap;

use org_ide::Severity;

/// Findings, counted.
#[derive(Debug, Default)]
pub struct Tally {
    /// Files that were checked.
    files: usize,
    found: BTreeMap<Severity, usize>,
}

impl Tally {
    /// Counts the findings of a file.
    pub fn add(&mut self, found: impl IntoIterator<Item = Severity>) {
        self.files += 1;
        for severity in found {
            *self.found.entry(severity).or_default() += 1;
        }
    }

    /// Whether there is a finding of that severity or a graver one.
    pub fn has(&self, least: Severity) -> bool {
        self.found.range(least..).next().is_some()
    }

    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.found.is_empty()
    }

    /// The number of files.
    pub fn files(&self) -> usize {
        self.files
    }

    /// `7 files: 5 errors, 6 warnings, 3 notes (--all shows them)`, the last part where notes are not
    /// shown.
    pub fn sentence(&self, shows_notes: bool) -> String {
        let files = counted(self.files, "file");
        if self.is_clean() {
            return format!("{files} checked, nothing found");
        }
        let count = |severity| self.found.get(&severity).copied().unwrap_or(0);
        let notes = count(Severity::Information) + count(Severity::Hint);
        let parts = [
            (count(Severity::Error), "error"),
            (count(Severity::Warning), "warning"),
            (notes, "note"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| counted(count, what))
            .collect();
        let hint = match notes {
            _ if shows_notes => "",
            0 => "",
            1 => " (--all shows it)",
            _ => " (--all shows them)",
        };
        format!("{files}: {}{hint}", parts.join(", "))
    }
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
