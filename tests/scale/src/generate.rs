//! Puts a project together: homes, customers, faults.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::decoys::DECOYS;
use crate::draft::{Draft, Value};
use crate::findings::Finding;
use crate::grounds::{HOMES, Home, NEW_PROJECTS};
use crate::org::ORGS_PER_CUSTOMER;
use crate::random::Random;
use crate::seeds::{self, Ground, Seed};
use crate::site::{Site, Tree};

/// What to generate.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many org files.
    pub orgs: usize,
    /// So many faults for a hundred orgs. Some need several orgs; of more than fit, the rest is
    /// left out.
    pub faults_percent: usize,
    /// The same seed and numbers always give the same files.
    pub seed: u64,
}

/// A project in memory.
#[derive(Clone, Debug)]
pub struct Project {
    /// Content by path below the project's folder, with `/`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is in it.
    pub manifest: Manifest,
}

/// What is in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Org files.
    pub orgs: usize,
    /// Project files.
    pub projects: usize,
    /// Faults that were planted.
    pub faults: usize,
    /// All that must be found, sorted.
    pub findings: Vec<Finding>,
}

impl Project {
    /// Generates one.
    pub fn generate(options: Options) -> Self {
        let mut growth =
            Growth { options, random: Random::new(options.seed), tree: Tree::default(), faults: 0 };
        growth.grow();
        growth.finish()
    }

    /// Writes it into a folder, which is made where it is missing.
    ///
    /// # Errors
    /// A folder or file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, content) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, content)?;
        }
        Ok(())
    }
}

/// A project that is being put together.
struct Growth {
    options: Options,
    random: Random,
    tree: Tree,
    faults: usize,
}

impl Growth {
    fn grow(&mut self) {
        for home in HOMES.iter().filter(|home| !home.members.is_empty()) {
            self.add_project_file(home);
        }
        let mut seeds = in_turn();
        let mut next = seeds.next();
        // Faults come evenly among the others.
        while self.tree.orgs < self.options.orgs {
            match next {
                Some(seed) if self.wants_a_fault() && self.room() >= seed.most_orgs => {
                    self.plant(seed);
                    next = seeds.next();
                }
                _ => self.add_customer(),
            }
        }
    }

    fn room(&self) -> usize {
        self.options.orgs - self.tree.orgs
    }

    /// A little early, so that the last ones find room.
    fn wants_a_fault(&self) -> bool {
        let Options { orgs, faults_percent, .. } = self.options;
        let wanted = orgs * faults_percent / 100;
        let due = (self.tree.orgs + 4 * ORGS_PER_CUSTOMER) * faults_percent / 100;
        self.faults < wanted.min(due)
    }

    fn add_project_file(&mut self, home: &Home) {
        let mut project = Draft::of(home.members);
        if home.is_basic() {
            let rules =
                [("basic-auth-retiring", "\"off\""), ("basic-auth-blocks-upgrade", "\"off\"")];
            project.set_value("rules", Value::Object(Draft::of(&rules)));
        }
        self.site(home).project_draft(&project);
    }

    fn site(&mut self, home: &Home) -> Site<'_> {
        let env_folder = if home.members.is_empty() { "" } else { home.folder };
        Site {
            tree: &mut self.tree,
            random: &mut self.random,
            folder: home.folder.to_owned(),
            env_folder: env_folder.to_owned(),
            own_version: home.own_version(),
        }
    }

    /// A customer with an org for each environment, as far as there is room.
    fn add_customer(&mut self) {
        let home = self.any_home();
        let count = self.room().min(ORGS_PER_CUSTOMER);
        let mut site = self.site(home);
        site.tree.next_customer();
        for _ in 0..count {
            let org = if home.is_basic() { site.any_basic() } else { site.any_oauth() };
            site.put(org);
        }
    }

    fn any_home(&mut self) -> &'static Home {
        let mut place = self.random.below(HOMES.iter().map(|home| home.share).sum());
        for home in &HOMES {
            match place.checked_sub(home.share) {
                Some(rest) => place = rest,
                None => return home,
            }
        }
        unreachable!("the shares are summed up above")
    }

    fn plant(&mut self, seed: &Seed) {
        self.faults += 1;
        if seed.ground == Ground::New {
            let parent = self.random.pick(&NEW_PROJECTS);
            let folder = format!("{parent}/{:05}-{}", self.faults, seed.rule);
            seed.plant(&mut Site {
                env_folder: folder.clone(),
                folder,
                tree: &mut self.tree,
                random: &mut self.random,
                own_version: None,
            });
            return;
        }
        let homes: Vec<&Home> = HOMES.iter().filter(|home| home.suits(seed.ground)).collect();
        let home = *self.random.pick(&homes);
        seed.plant(&mut self.site(home));
    }

    fn finish(mut self) -> Project {
        for (folder, names) in std::mem::take(&mut self.tree.names) {
            let path = if folder.is_empty() { ".env".to_owned() } else { format!("{folder}/.env") };
            let lines: Vec<String> =
                names.iter().map(|name| format!("{name}=not-a-real-secret\n")).collect();
            self.tree.add_file(path, lines.concat().into_bytes());
        }
        for (path, content) in DECOYS {
            self.tree.add_file((*path).to_owned(), content.as_bytes().to_vec());
        }
        let Tree { files, mut findings, orgs, projects, .. } = self.tree;
        findings.sort();
        Project { files, manifest: Manifest { orgs, projects, faults: self.faults, findings } }
    }
}

/// The faults without end: each rule in turn, and of each rule its variants in turn.
fn in_turn() -> impl Iterator<Item = &'static Seed> {
    let by_rule: Vec<Vec<&Seed>> = seeds::seeded_rules()
        .iter()
        .map(|rule| seeds::all().filter(|seed| seed.rule == *rule).collect())
        .collect();
    (0..).flat_map(move |round: usize| {
        let seeds: Vec<&Seed> = by_rule
            .iter()
            .filter_map(|variants| variants.get(round.checked_rem(variants.len())?).copied())
            .collect();
        seeds
    })
}
