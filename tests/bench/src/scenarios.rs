//! What is measured, one file each. Every scenario starts a server of its own in a fresh workspace.

pub mod burst;
pub mod keys;
pub mod on_disk;
pub mod opened;
pub mod requests;
pub mod soak;
pub mod startup;

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::client::Client;
use crate::corpus::{Corpus, DOCUMENTS, FAULTS};
use crate::document::Document;
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::profile::{Profile, Programs};

/// How much is done.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// Starts of a server.
    pub starts: usize,
    /// Keys in the small document; fewer in larger ones.
    pub keys: usize,
    /// Changes in one write.
    pub burst: usize,
    /// Files that are opened, or lie on the disk.
    pub files: usize,
    /// Random edits.
    pub edits: usize,
    /// Notes in the large document.
    pub large: usize,
    /// Bytes that the parser gets for one figure.
    pub parsed: usize,
}

impl Amount {
    /// What the table needs.
    pub const FULL: Self = Self {
        starts: 10,
        keys: 400,
        burst: 1000,
        files: 10_000,
        edits: 50_000,
        large: crate::corpus::LARGE,
        parsed: 4_000_000,
    };
    /// Enough to see that it runs.
    pub const QUICK: Self =
        Self { starts: 1, keys: 10, burst: 100, files: 100, edits: 200, large: 800, parsed: 1 };

    /// Keys in a document: those of the large one take long for other servers.
    fn keys_in(self, document: &str) -> usize {
        match document {
            "small" => self.keys,
            "medium" => self.keys.div_ceil(2),
            _ => self.keys.div_ceil(10),
        }
    }
}

/// What every scenario gets.
pub struct Setting<'a> {
    pub profile: &'a Profile,
    pub programs: &'a Programs,
    pub corpus: &'a Corpus,
    pub amount: Amount,
}

impl Setting<'_> {
    /// A fresh workspace with the documents.
    fn workspace(&self) -> Outcome<TempDir> {
        let folder = tempfile::Builder::new().prefix("sforg-bench-").tempdir()?;
        for name in ["docs", "schema"] {
            fs::create_dir(folder.path().join(name))?;
        }
        fs::copy(self.corpus.schema(), folder.path().join("schema/org.schema.json"))?;
        for (name, content) in &self.profile.files {
            fs::write(folder.path().join(name), content.to_string())?;
        }
        for name in DOCUMENTS {
            let to = format!("docs/{name}.{}", self.profile.extension);
            fs::write(folder.path().join(to), self.corpus.document(name)?)?;
        }
        Ok(folder)
    }

    /// A server in a workspace.
    fn start(&self, workspace: &Path) -> Outcome<Client<'_>> {
        Client::start(self.profile, self.programs, workspace)
    }

    /// A document of the corpus, as a client opens it.
    fn document(&self, client: &Client, name: &str) -> Outcome<Document> {
        let text = self.corpus.document(name)?;
        Ok(Document::new(client.uri(&format!("docs/{name}")), &text))
    }

    /// Whether this server has to be right.
    fn must_prove(&self) -> bool {
        self.profile.kind == crate::profile::Kind::Sforg
    }
}

/// A server that takes seconds for an answer is asked for so long: fewer answers have a median, too.
const PATIENCE: Duration = Duration::from_secs(15);

/// A scenario.
pub type Scenario = fn(&Setting, &mut Figures) -> Outcome<()>;

/// All, by name.
pub const SCENARIOS: [(&str, Scenario); 7] = [
    ("startup", startup::measure),
    ("keys", keys::measure),
    ("requests", requests::measure),
    ("burst", burst::measure),
    ("opened", opened::measure),
    ("disk", on_disk::measure),
    ("soak", soak::measure),
];

/// How many of the files with a fault were found and missed, and in how many without one something wrong was
/// found. Of sforg the right rule has to speak, and advice is no fault; of others anything counts.
fn judge<'a>(
    setting: &Setting,
    reports: impl Iterator<Item = (&'a str, &'a [Value])>,
) -> (usize, usize, usize) {
    let (mut found, mut missed, mut wrong) = (0, 0, 0);
    for (name, diagnostics) in reports {
        let mut codes = diagnostics.iter().map(|one| one["code"].as_str().unwrap_or_default());
        let ours = setting.must_prove();
        match setting.corpus.fault(name) {
            Some(fault) if codes.any(|code| !ours || code == fault) => found += 1,
            Some(_) => missed += 1,
            None if codes.any(|code| !ours || FAULTS.contains(&code)) => wrong += 1,
            None => {}
        }
    }
    (found, missed, wrong)
}
