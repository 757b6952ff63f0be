//! A workspace on the disk, and what others do to it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scale_tests::Random;
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::{FileEvent, file_uri};

const PROJECT_FILE: &str = "sforg-project.json";
/// Projects below the workspace's own, each with another in it.
const FOLDERS: usize = 8;

/// What happened to a path that the client has not told.
pub enum Untold {
    Event(String, FileEvent),
    Renamed { old: String, new: String },
}

/// A folder with projects in projects.
pub struct Tree {
    _folder: TempDir,
    root: PathBuf,
    /// Org files.
    orgs: BTreeSet<String>,
    folders: Vec<String>,
    size: usize,
    next: usize,
    untold: Vec<Untold>,
}

impl Tree {
    /// So many org files. Nothing of it is untold.
    pub fn generate(random: &mut Random, size: usize) -> Self {
        let folder = tempfile::Builder::new().prefix("sforg-events-").tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let folders = (0..FOLDERS).map(|number| format!("p{number}")).collect();
        let mut tree = Self {
            _folder: folder,
            root,
            orgs: BTreeSet::new(),
            folders,
            size,
            next: 0,
            untold: Vec::new(),
        };
        tree.write(PROJECT_FILE, r#"{"apiVersion": "64.0"}"#);
        for folder in tree.folders.clone() {
            if random.percent(60) {
                tree.write(&format!("{folder}/{PROJECT_FILE}"), &project(random));
            }
            if random.percent(50) {
                tree.write(&format!("{folder}/deep/{PROJECT_FILE}"), &project(random));
            }
        }
        for _ in 0..size {
            let path = tree.new_path(random);
            let text = tree.org(random);
            tree.write(&path, &text);
            tree.orgs.insert(path);
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("p1", tree.root.join("link")).expect("a link");
        tree.untold.clear();
        tree
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn uri(&self, path: &str) -> String {
        file_uri(&self.root.join(path))
    }

    /// An org file, now and then by the path of a link.
    pub fn any_org(&self, random: &mut Random) -> String {
        let at = random.below(self.orgs.len().max(1));
        let path = self.orgs.iter().nth(at).cloned().unwrap_or_else(|| "p0/none.sforg.json".into());
        match path.strip_prefix("p1/") {
            Some(below) if random.percent(40) => format!("link/{below}"),
            _ => path,
        }
    }

    /// A project file, which need not be there.
    pub fn any_project(&self, random: &mut Random) -> String {
        let folder = random.pick(&self.folders);
        match random.below(5) {
            0 | 1 => PROJECT_FILE.to_owned(),
            2 | 3 => format!("{folder}/{PROJECT_FILE}"),
            _ => format!("{folder}/deep/{PROJECT_FILE}"),
        }
    }

    /// What is in a file.
    pub fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    /// Content for a path.
    pub fn text(&self, path: &str, random: &mut Random) -> String {
        if path.ends_with(PROJECT_FILE) { project(random) } else { self.org(random) }
    }

    pub fn write(&mut self, path: &str, text: &str) {
        let file = self.root.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        let kind = if file.exists() { FileEvent::Changed } else { FileEvent::Created };
        std::fs::write(file, text).expect("a file");
        self.untold.push(Untold::Event(path.to_owned(), kind));
    }

    /// What the client has not told so far.
    pub fn take_events(&mut self) -> Vec<(Option<Value>, Value)> {
        let uri = |path: &str| file_uri(&self.root.join(path));
        let event = |path: &str, kind: FileEvent| json!({"uri": uri(path), "type": kind as i64});
        let told = self.untold.iter().flat_map(|untold| match untold {
            Untold::Event(path, kind) => vec![(None, event(path, *kind))],
            Untold::Renamed { old, new } => vec![
                (
                    Some(json!({"oldUri": uri(old), "newUri": uri(new)})),
                    event(old, FileEvent::Deleted),
                ),
                (None, event(new, FileEvent::Created)),
            ],
        });
        let told = told.collect();
        self.untold.clear();
        told
    }

    /// Something happens on the disk.
    pub fn change(&mut self, random: &mut Random) {
        match random.below(20) {
            0..=6 => {
                let path = self.any_org(random);
                self.rewrite(&path, random);
            }
            7..=9 => {
                let path = self.any_project(random);
                self.rewrite(&path, random);
            }
            10 | 11 => {
                let path = self.any_org(random);
                self.remove(&path);
            }
            12 => {
                let path = self.any_project(random);
                self.remove(&path);
            }
            13 | 14 => {
                let path = self.new_path(random);
                self.rewrite(&path, random);
                self.orgs.insert(path);
            }
            15 | 16 => {
                let (old, new) = (self.any_org(random), self.new_path(random));
                self.rename(&own_path(&old), &new);
            }
            17 => {
                let at = random.below(self.folders.len());
                self.next += 1;
                let (old, new) = (self.folders[at].clone(), format!("q{}", self.next));
                // The link goes on leading to a folder.
                if old != "p1" && self.rename(&old, &new) {
                    self.folders[at] = new;
                }
            }
            18 if random.percent(30) => {
                let folder = format!("{}/deep", random.pick(&self.folders));
                if std::fs::remove_dir_all(self.root.join(&folder)).is_ok() {
                    self.orgs.retain(|path| !path.starts_with(&format!("{folder}/")));
                    self.untold.push(Untold::Event(folder, FileEvent::Deleted));
                }
            }
            _ => {
                let texts = ["", "SFORG_A=1\n", "SFORG_B=2\nSFORG_A=1\n", "OTHER=12345\n"];
                let text = *random.pick(&texts);
                self.write(".env", text);
            }
        }
    }

    fn rewrite(&mut self, path: &str, random: &mut Random) {
        let text = self.text(path, random);
        self.write(&own_path(path), &text);
    }

    fn remove(&mut self, path: &str) {
        let path = own_path(path);
        if std::fs::remove_file(self.root.join(&path)).is_ok() {
            self.orgs.remove(&path);
            self.untold.push(Untold::Event(path, FileEvent::Deleted));
        }
    }

    fn rename(&mut self, old: &str, new: &str) -> bool {
        let to = self.root.join(new);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        if std::fs::rename(self.root.join(old), to).is_err() {
            return false;
        }
        let moved = |path: &String| {
            let below = path.strip_prefix(old)?;
            (below.is_empty() || below.starts_with('/')).then(|| format!("{new}{below}"))
        };
        let orgs = std::mem::take(&mut self.orgs).into_iter();
        self.orgs = orgs.map(|path| moved(&path).unwrap_or(path)).collect();
        self.untold.push(Untold::Renamed { old: old.to_owned(), new: new.to_owned() });
        true
    }

    fn new_path(&mut self, random: &mut Random) -> String {
        self.next += 1;
        let folder = random.pick(&self.folders).clone();
        match random.below(5) {
            0 => format!("{:05}.sforg.json", self.next),
            1 => format!("{folder}/deep/{:05}.sforg.json", self.next),
            _ => format!("{folder}/{:05}.sforg.json", self.next),
        }
    }

    /// Names and users are shared by a few, and secrets are of every kind.
    fn org(&self, random: &mut Random) -> String {
        let name = random.below(self.size / 2 + 1);
        let user = random.below(self.size / 2 + 1);
        let version = match random.below(8) {
            0 => r#""apiVersion": "61.0", "#,
            1 => r#""apiVersion": "30.0", "#,
            _ => "",
        };
        let secret = ["${env:SFORG_A}", "${env:SFORG_B}", "${keyring:x}", "x"];
        let secret = random.pick(&secret);
        let blanks = " ".repeat(random.below(3));
        match random.below(12) {
            0 => format!("{blanks}{{\"name\": \"Org {name}\""),
            1 => format!("{blanks}{{\"name\": \"Org {name}\", {version}\"surprise\": 1}}"),
            2..=5 => {
                let id = format!("EXAMPLE.{user:05}.").repeat(6);
                format!(
                    "{blanks}{{\"name\": \"Org {name}\", {version}\"auth\": {{\"type\": \
                     \"oauth2-client-credentials\", \"instanceUrl\": \
                     \"https://acme-{user}.my.salesforce.com\", \"clientId\": \"3MVG9{id}\", \
                     \"clientSecret\": \"{secret}\"}}}}"
                )
            }
            _ => format!(
                "{blanks}{{\"name\": \"Org {name}\", {version}\"auth\": {{\"type\": \"basic\", \
                 \"username\": \"u{user}@acme.example\", \"password\": \"{secret}\"}}}}"
            ),
        }
    }
}

fn project(random: &mut Random) -> String {
    let texts = [
        r#"{"apiVersion": "64.0"}"#,
        r#"{"apiVersion": "68.0"}"#,
        r#"{"apiVersion": "66.0", "rules": {"duplicate-connection": "warning"}}"#,
        r#"{"apiVersion": "64.0", "rules": {"duplicate-org-name": "off"}}"#,
        r#"{"apiVersion": "64.0", "name""#,
        "{",
    ];
    (*random.pick(&texts)).to_owned()
}

/// Clients tell of a file by its own path.
fn own_path(path: &str) -> String {
    match path.strip_prefix("link/") {
        Some(below) => format!("p1/{below}"),
        None => path.to_owned(),
    }
}
