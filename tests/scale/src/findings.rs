//! What is said, or should be said, about a file.

use serde::{Deserialize, Serialize};

/// A place in a file: 0-based, UTF-16, as `sforg check` and LSP count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// UTF-16 code units from the beginning of the line.
    pub character: u32,
}

/// A range; its end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Range {
    /// The first place.
    pub start: Place,
    /// The place after the last.
    pub end: Place,
}

/// A finding that has to come: which rule speaks about which place of which file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// Path below the project's folder, with `/`.
    pub file: String,
    /// Name of the rule.
    pub rule: String,
    /// Where.
    pub range: Range,
}

/// A finding as it came, from `sforg check` or from the server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reported {
    /// Path below the folder, with `/`.
    pub file: String,
    /// Where.
    pub range: Range,
    /// `error`, `warning`, `information` or `hint`.
    pub severity: String,
    /// Name of the rule.
    #[serde(rename = "code")]
    pub rule: String,
    /// What, in words.
    pub message: String,
}

impl Reported {
    /// What a manifest knows of it.
    pub fn finding(&self) -> Finding {
        Finding { file: self.file.clone(), rule: self.rule.clone(), range: self.range }
    }
}
