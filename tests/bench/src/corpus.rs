//! What is measured on: the same files for every server, made from a seed.
//!
//! `docs/{small,medium,large}.sforg.json` are single orgs of 40 lines, 56 kB and just below 1 MiB, each with
//! the probe, a line with a value that cannot be right. `orgs/org-NNNNN.sforg.json` are small ones, three
//! of a hundred with a seeded fault.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::outcome::Outcome;
use crate::random::Random;

/// The wrong value that every document has.
pub const PROBE: &str = "productionx";

/// The documents.
pub const DOCUMENTS: [&str; 3] = ["small", "medium", "large"];

/// How many notes make the large document just shorter than 1 MiB.
pub const LARGE: usize = 7400;

/// What is wrong with files: the rules that must find it.
pub const FAULTS: [&str; 4] =
    ["wrong-type", "unknown-member", "missing-member", "api-version-unknown"];

const COMPANIES: [&str; 10] = [
    "acme",
    "northwind",
    "globex",
    "initech",
    "umbrella",
    "hooli",
    "stark",
    "wayne",
    "wonka",
    "tyrell",
];

/// A corpus on disk.
#[derive(Debug)]
pub struct Corpus {
    folder: PathBuf,
    /// Files with a fault, by name.
    faulty: BTreeMap<String, &'static str>,
    names: Vec<String>,
}

impl Corpus {
    /// Writes `files` small files and the documents below `folder`, the large one with so many notes.
    /// `sforg` prints the JSON Schema that other servers get.
    pub fn write(folder: &Path, sforg: &Path, files: usize, large: usize) -> Outcome<Self> {
        for name in ["docs", "orgs", "schema"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let schema = Command::new(sforg).args(["schema", "org"]).output()?;
        if !schema.status.success() {
            return Err(format!("{} schema org: {}", sforg.display(), schema.status).into());
        }
        fs::write(folder.join("schema/org.schema.json"), schema.stdout)?;
        for (name, notes) in DOCUMENTS.into_iter().zip([3, 400, large]) {
            let text = text_with_notes(notes)?;
            fs::write(folder.join(format!("docs/{name}.sforg.json")), text)?;
        }
        let mut corpus =
            Self { folder: folder.to_owned(), faulty: BTreeMap::new(), names: Vec::new() };
        let mut random = Random::new(7);
        for number in 0..files {
            let mut org = org(&mut random, number, false);
            let name = format!("org-{number:05}");
            if random.below(100) < 3 {
                corpus.faulty.insert(name.clone(), spoil(&mut org, &mut random));
            }
            fs::write(folder.join(format!("orgs/{name}.sforg.json")), printed(&org)?)?;
            corpus.names.push(name);
        }
        Ok(corpus)
    }

    /// The text of a document.
    pub fn document(&self, name: &str) -> Outcome<String> {
        Ok(fs::read_to_string(self.folder.join(format!("docs/{name}.sforg.json")))?)
    }

    /// The first small files: name and text.
    pub fn orgs(&self, count: usize) -> Outcome<Vec<(&str, String)>> {
        let names = self.names.iter().take(count);
        let read = |name: &String| fs::read_to_string(self.org_path(name));
        names.map(|name| Ok((name.as_str(), read(name)?))).collect()
    }

    fn org_path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("orgs/{name}.sforg.json"))
    }

    /// The rule that must find what is wrong with a file; none for one that is right.
    pub fn fault(&self, name: &str) -> Option<&'static str> {
        self.faulty.get(name).copied()
    }

    /// Where the JSON Schema is.
    pub fn schema(&self) -> PathBuf {
        self.folder.join("schema/org.schema.json")
    }

    /// Puts the first `count` small files below `orgs` of a project.
    pub fn write_project(&self, project: &Path, count: usize) -> Outcome<()> {
        fs::create_dir_all(project.join("orgs"))?;
        let settings = json!({"name": "Benchmark", "apiVersion": "64.0", "agentVersion": "12.7"});
        fs::write(project.join("sforg-project.json"), settings.to_string())?;
        let names = COMPANIES.map(str::to_uppercase);
        let secrets = names.iter().flat_map(|name| {
            ["PASSWORD", "TOKEN", "SECRET"].map(|what| format!("SF_{name}_{what}=not-a-secret\n"))
        });
        fs::write(project.join(".env"), secrets.collect::<String>())?;
        for name in self.names.iter().take(count) {
            let to = project.join(format!("orgs/{name}.sforg.json"));
            fs::copy(self.org_path(name), to)?;
        }
        Ok(())
    }
}

/// An org with the probe, and with so many notes.
pub fn text_with_notes(notes: usize) -> Outcome<String> {
    let mut org = org(&mut Random::new(notes as u64), 1, true);
    org.insert("notes".to_owned(), many_notes(&mut Random::new(1), notes));
    printed(&org)
}

fn printed(org: &Map<String, Value>) -> Outcome<String> {
    Ok(serde_json::to_string_pretty(org)? + "\n")
}

fn org(random: &mut Random, number: usize, with_probe: bool) -> Map<String, Value> {
    let company = COMPANIES[random.below(COMPANIES.len())];
    let upper = company.to_uppercase();
    let mut org = Map::new();
    let mut set = |name: &str, value: Value| org.insert(name.to_owned(), value);
    set("name", format!("{company} {number}").into());
    if random.below(5) < 2 {
        let descriptions = ["Zürich 東京 🚀", "Acceptance tests", "used by nightly loads"];
        set("description", descriptions[random.below(3)].into());
    }
    let sandbox = random.below(2) == 0;
    set("sandbox", sandbox.into());
    if with_probe {
        set("apiVersion", PROBE.into());
    }
    let auth = if random.below(2) == 0 && !with_probe {
        json!({
            "type": "basic",
            "username": format!("deploy.{number}@{company}.example.com"),
            "password": format!("${{env:SF_{upper}_PASSWORD}}"),
            "securityToken": format!("${{env:SF_{upper}_TOKEN}}"),
        })
    } else {
        let partition = if sandbox { "--uat.sandbox" } else { "" };
        json!({
            "type": "oauth2-client-credentials",
            "instanceUrl": format!("https://{company}-{number}{partition}.my.salesforce.com"),
            "clientId": client_id(random),
            "clientSecret": format!("${{env:SF_{upper}_SECRET}}"),
        })
    };
    set("auth", auth);
    org
}

fn client_id(random: &mut Random) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHabcdefgh0123456789._";
    let letters = (0..80).map(|_| char::from(LETTERS[random.below(LETTERS.len())]));
    "3MVG9".chars().chain(letters).collect()
}

fn many_notes(random: &mut Random, count: usize) -> Value {
    let note = |number: usize| {
        let company = COMPANIES[random.below(COMPANIES.len())];
        let text = format!("note {number} about {company}");
        json!({"id": number, "text": text, "ok": number % 2 == 1, "tags": ["crm", "ci"]})
    };
    (0..count).map(note).collect()
}

/// Puts a fault in; gives the rule that must find it.
fn spoil(org: &mut Map<String, Value>, random: &mut Random) -> &'static str {
    let fault = FAULTS[random.below(FAULTS.len())];
    match fault {
        "wrong-type" => org.insert("sandbox".to_owned(), "yes".into()),
        "unknown-member" => org.insert("sandbx".to_owned(), true.into()),
        "missing-member" => org.remove("auth"),
        _ => org.insert("apiVersion".to_owned(), "64".into()),
    };
    fault
}
