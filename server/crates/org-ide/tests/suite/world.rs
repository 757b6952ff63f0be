//! A folder of files and the world around it, as tests write them down.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use org_ide::{
    Context, DesignStudioLink, Document, EnvNames, FileKind, Finding, Fix, LastLogin,
    LinkedProject, OrgFacts, ProjectFacts, rules,
};
use org_schema::allowed_hosts::{self, AllowedHosts};
use org_schema::{ApiVersion, Date};
use org_sources::design_studio::{Project, ProjectFile};

/// The day of all tests that do not name another one.
pub const TODAY: Date = Date { year: 2026, month: 11, day: 24 };

/// Files by their path below one folder, with the projects that govern them. Where there is a `project.xml`
/// there is a project of Design Studio.
pub struct World {
    documents: BTreeMap<String, Document>,
    /// Files of Design Studio by the folder of their project, with their paths below it.
    design_studio: BTreeMap<String, Vec<(String, String)>>,
    /// By the folder of their file; the nameless one is `None`.
    projects: BTreeMap<Option<String>, ProjectFacts>,
    pub today: Date,
    pub allowed: AllowedHosts,
    /// Environment variables that every file knows.
    pub environment: BTreeSet<String>,
    /// `.env` files by their folder.
    dot_env: BTreeMap<String, BTreeSet<String>>,
    pub login: Option<LastLogin>,
    pub known_host: Option<String>,
    pub newest_version: Option<ApiVersion>,
}

impl World {
    /// Builds it from names and texts. Other files than org, project and `.env` files, and those of
    /// Design Studio projects that are linked, are ignored.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut world = Self {
            documents: BTreeMap::new(),
            design_studio: BTreeMap::new(),
            projects: BTreeMap::from([(None, ProjectFacts::default())]),
            today: TODAY,
            allowed: AllowedHosts::default(),
            environment: BTreeSet::new(),
            dot_env: BTreeMap::new(),
            login: None,
            known_host: None,
            newest_version: None,
        };
        for (name, text) in files {
            if base_name(name) == ".env" {
                let names = text.lines().filter_map(|line| line.split_once('='));
                let names =
                    names.map(|(name, _)| name.trim_start_matches("export ").to_owned()).collect();
                world.dot_env.insert(folder(name).to_owned(), names);
            } else if let Some(kind) = FileKind::of_name(base_name(name)) {
                let document = Document::new(kind, text);
                world.documents.insert(name.to_owned(), document);
            } else if let Some((root, below)) = in_design_studio(name) {
                let kind = FileKind::of_design_studio_path(below);
                world.documents.extend(kind.map(|it| (name.to_owned(), Document::new(it, text))));
                let file = (below.to_owned(), text.to_owned());
                world.design_studio.entry(root.to_owned()).or_default().push(file);
            }
        }
        world.index();
        world
    }

    fn index(&mut self) {
        let is_project = |document: &&Document| document.kind() == FileKind::Project;
        for (name, document) in self.documents.iter().filter(|(_, d)| is_project(d)) {
            let mut facts = ProjectFacts::default();
            facts.set_file(name, document);
            facts.set_link(self.link(name, facts.design_studio_project.as_deref()));
            self.projects.insert(Some(folder(name).to_owned()), facts);
        }
        for (root, files) in &self.design_studio {
            let files = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
            let facts = ProjectFacts::of_design_studio(root, &Project::read(files));
            self.projects.insert(Some(root.clone()), facts);
        }
        let is_org = |document: &&Document| document.kind() == FileKind::Org;
        let orgs: Vec<_> = self.documents.iter().filter(|(_, d)| is_org(d)).collect();
        for (name, document) in orgs {
            let project = nearest_project(&self.projects, name);
            if let Some(facts) = self.projects.get_mut(&project) {
                facts.set_org(name.as_str(), OrgFacts::of(document));
            }
        }
    }

    /// The Design Studio project that a project file beside it names.
    fn link(&self, project_file: &str, named: Option<&str>) -> DesignStudioLink {
        let Some(named) = named else { return DesignStudioLink::None };
        let root = match folder(project_file) {
            "" => named.to_owned(),
            folder => format!("{folder}/{named}"),
        };
        let files = self.design_studio.get(&root).into_iter().flatten();
        let below = files.map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        let project = Project::read(below);
        if project.xml.is_project {
            DesignStudioLink::Read(Arc::new(LinkedProject::of(&root, &project)))
        } else {
            DesignStudioLink::Unreadable("it does not exist".to_owned())
        }
    }

    /// The same world with another text in one file.
    pub fn with_text(mut self, name: &str, text: &str) -> Self {
        if let Some(before) = self.documents.get(name) {
            let document = Document::new(before.kind(), text);
            self.documents.insert(name.to_owned(), document);
        }
        self.projects = BTreeMap::from([(None, ProjectFacts::default())]);
        self.index();
        self
    }

    pub fn allow(&mut self, entry: &str) {
        let origin = allowed_hosts::parse_entry(entry).expect("an entry that can be read");
        self.allowed.push(origin);
    }

    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    pub fn text(&self, file: &str) -> &str {
        self.documents[file].text()
    }

    /// Asks about one file.
    pub fn ask<T>(&self, file: &str, question: impl FnOnce(&Document, &Context<'_>) -> T) -> T {
        let project = nearest_project(&self.projects, file);
        let environment =
            Names(self.environment_of(file, project.as_deref()).into_iter().collect());
        let context = Context {
            file,
            today: self.today,
            project: self.projects.get(&project),
            allowed: &self.allowed,
            environment: &environment,
            login: self.login.as_ref(),
            known_host: self.known_host.as_deref(),
            newest_version: self.newest_version,
        };
        question(&self.documents[file], &context)
    }

    /// The environment, then `.env` beside the project file, else beside the org file.
    fn environment_of(&self, file: &str, project: Option<&str>) -> BTreeSet<String> {
        let beside = project.unwrap_or_else(|| folder(file));
        let dot_env = self.dot_env.get(beside).into_iter().flatten();
        self.environment.iter().chain(dot_env).cloned().collect()
    }

    pub fn findings(&self, file: &str) -> Vec<Finding> {
        self.ask(file, rules::check)
    }

    pub fn fixes(&self, file: &str, finding: &Finding) -> Vec<Fix> {
        self.ask(file, |document, context| rules::fixes(document, context, finding))
    }
}

struct Names(Vec<String>);

impl EnvNames for Names {
    fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    fn names(&self) -> &[String] {
        &self.0
    }
}

/// The folder of the nearest project file upwards.
fn nearest_project(
    projects: &BTreeMap<Option<String>, ProjectFacts>,
    file: &str,
) -> Option<String> {
    let mut above = Some(folder(file));
    while let Some(candidate) = above {
        if projects.contains_key(&Some(candidate.to_owned())) {
            return Some(candidate.to_owned());
        }
        above = (!candidate.is_empty()).then(|| folder(candidate));
    }
    None
}

/// The folder of a Design Studio project and the path below it, for a file that matters there.
fn in_design_studio(file: &str) -> Option<(&str, &str)> {
    let mut roots = file.match_indices('/').map(|(at, _)| at + 1);
    let below = std::iter::once(0).chain(&mut roots).map(|at| file.split_at(at));
    let found = below.into_iter().find(|(_, below)| ProjectFile::of_path(below).is_some());
    found.map(|(root, below)| (root.trim_end_matches('/'), below))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
