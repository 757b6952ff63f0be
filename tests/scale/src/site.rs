//! Where files are put: the tree that grows, and the project in it that is being filled.

use std::collections::BTreeMap;

use crate::draft::{Draft, string};
use crate::findings::Finding;
use crate::layout::Layout;
use crate::marks::take_marks;
use crate::org::{Identity, Org};
use crate::random::Random;

/// Everything that was generated so far.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// By path.
    pub files: BTreeMap<String, Vec<u8>>,
    pub findings: Vec<Finding>,
    pub orgs: usize,
    pub projects: usize,
    /// Names of environment variables by the folder whose `.env` has them.
    pub names: BTreeMap<String, Vec<String>>,
    next_identity: usize,
}

impl Tree {
    /// Writes a file once.
    ///
    /// # Panics
    /// There is one already.
    pub fn add_file(&mut self, path: String, content: Vec<u8>) {
        let before = self.files.insert(path.clone(), content);
        assert!(before.is_none(), "{path} is written twice");
    }

    /// The next customer begins.
    pub fn next_customer(&mut self) {
        self.next_identity = self.next_identity.next_multiple_of(crate::org::ORGS_PER_CUSTOMER);
    }
}

/// A project's folder in the tree.
pub(crate) struct Site<'a> {
    pub tree: &'a mut Tree,
    pub random: &'a mut Random,
    /// The folder, without a slash at its end; empty for the outermost one.
    pub folder: String,
    /// The folder whose `.env` counts.
    pub env_folder: String,
    /// The version that each org writes itself, because it has no project.
    pub own_version: Option<&'static str>,
}

impl Site<'_> {
    /// A production org on OAuth 2.0 that nobody else connects to.
    pub fn oauth(&mut self) -> Org {
        self.new_org(Identity::oauth)
    }

    /// The same with basic authentication.
    pub fn basic(&mut self) -> Org {
        self.new_org(Identity::basic)
    }

    /// A valid org on OAuth 2.0 in any form.
    pub fn any_oauth(&mut self) -> Org {
        self.new_org(Identity::any_oauth)
    }

    /// The same with basic authentication.
    pub fn any_basic(&mut self) -> Org {
        self.new_org(Identity::any_basic)
    }

    fn new_org(&mut self, make: fn(Identity, &mut Random, &mut Vec<String>) -> Org) -> Org {
        let identity = Identity(self.tree.next_identity);
        self.tree.next_identity += 1;
        let names = self.tree.names.entry(self.env_folder.clone()).or_default();
        let mut org = make(identity, self.random, names);
        if let Some(version) = self.own_version {
            org.set("apiVersion", string(version));
        }
        org
    }

    /// Writes an org file and takes note of the findings that are marked in it.
    pub fn put(&mut self, org: Org) {
        let path = self.path(&org.path);
        let layout = org.layout.unwrap_or_else(|| Layout::with_lines(self.random));
        let text = self.take_marks(&path, &layout.render(&org.draft));
        let bytes = if org.latin_1 { latin_1(&text) } else { text.into_bytes() };
        self.tree.add_file(path, bytes);
        self.tree.orgs += 1;
    }

    /// Writes the project file.
    pub fn project(&mut self, members: &[(&str, &str)]) {
        self.project_draft(&Draft::of(members));
    }

    /// The same for one that is put together by hand.
    pub fn project_draft(&mut self, draft: &Draft) {
        let path = self.path("sforg-project.json");
        let layout = Layout::with_lines(self.random);
        let text = self.take_marks(&path, &layout.render(draft));
        self.tree.add_file(path, text.into_bytes());
        self.tree.projects += 1;
    }

    /// Writes a few valid orgs on OAuth 2.0.
    pub fn some_oauth(&mut self) {
        for _ in 0..=self.random.below(3) {
            let org = self.any_oauth();
            self.put(org);
        }
    }

    /// Writes a few orgs on basic authentication that are valid but for it.
    pub fn some_basic(&mut self) {
        for _ in 0..=self.random.below(3) {
            let org = self.any_basic();
            self.put(org);
        }
    }

    fn path(&self, below: &str) -> String {
        if self.folder.is_empty() { below.to_owned() } else { format!("{}/{below}", self.folder) }
    }

    fn take_marks(&mut self, path: &str, marked: &str) -> String {
        let (text, findings) = take_marks(path, marked);
        self.tree.findings.extend(findings);
        text
    }
}

/// The text in Latin-1, which has none of the characters that it lacks.
fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}
