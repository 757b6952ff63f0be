//! The files that a command works on, as its arguments name them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use org_ide::{Context, Document, FileKind};
use org_project::Workspace;
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::{ApiVersion, Date};

use super::CannotRun;
use crate::environment::{EnvFiles, Names, env_file_of};
use crate::world::{self, UserSettings};

/// Files and the projects that they belong to.
pub struct Inputs {
    /// The files to work on, in order, by the path that reports show.
    pub files: Vec<Input>,
    /// Files and folders that could not be read, in words.
    pub problems: Vec<String>,
    workspace: Workspace,
    folders: Vec<PathBuf>,
    env_files: EnvFiles,
    /// The folders among the arguments: everything below them is among the files.
    walked: Vec<PathBuf>,
    today: Date,
    newest_version: Option<ApiVersion>,
}

/// One file.
pub struct Input {
    /// Its path as given, or below the folder as given.
    pub shown: String,
    /// Its content.
    pub document: Document,
    path: PathBuf,
    id: String,
}

impl Input {
    /// Its identifier in the index.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Inputs {
    /// Reads the files that `paths` name: files, and folders with everything below; the working
    /// directory when there are none.
    ///
    /// # Errors
    /// A path does not exist, or names a file that is neither an org nor a project file.
    pub fn read(paths: &[PathBuf]) -> Result<Self, CannotRun> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here } else { paths };
        let mut inputs = Self {
            files: Vec::new(),
            problems: Vec::new(),
            workspace: Workspace::default(),
            folders: Vec::new(),
            env_files: EnvFiles::default(),
            walked: Vec::new(),
            newest_version: UserSettings::load(&[]).0.newest_version,
            today: world::today().map_err(|error| CannotRun(error.to_string()))?,
        };
        let mut found: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        for path in paths {
            inputs.collect(path, &mut found)?;
        }
        let roots: Vec<String> =
            inputs.folders.iter().map(|folder| org_project::id_of_path(folder)).collect();
        inputs.workspace.set_roots(roots);
        for (absolute, shown) in found {
            inputs.read_file(absolute, &shown);
        }
        inputs.files.sort_by(|a, b| a.shown.cmp(&b.shown));
        inputs.read_around();
        Ok(inputs)
    }

    fn collect(
        &mut self,
        path: &Path,
        found: &mut BTreeMap<PathBuf, PathBuf>,
    ) -> Result<(), CannotRun> {
        let shown = path.display();
        let absolute = std::path::absolute(path).and_then(|absolute| {
            absolute.metadata()?;
            Ok(normal(&absolute))
        });
        let absolute = absolute.map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                CannotRun(format!("there is no file or folder {shown}"))
            }
            _ => CannotRun(format!("{shown} cannot be read: {error}")),
        })?;
        if absolute.is_dir() {
            let walked = org_project::walk(path);
            self.problems.extend(walked.problems.iter().map(ToString::to_string));
            for file in walked.files {
                let below = file.strip_prefix(path).unwrap_or(&file);
                found.entry(absolute.join(below)).or_insert_with(|| without_dot(&file));
            }
            self.walked.push(absolute.clone());
            self.folders.push(absolute);
        } else if org_project::kind_of(&absolute).is_some() {
            let folder = absolute.parent().map(Path::to_owned);
            self.folders.extend(folder.filter(|folder| !self.folders.contains(folder)));
            found.entry(absolute).or_insert_with(|| without_dot(path));
        } else {
            return Err(CannotRun(format!(
                "{shown} is neither an org file (its name ends in {}) nor a {}",
                FileKind::ORG_FILE_SUFFIX,
                FileKind::PROJECT_FILE_NAME
            )));
        }
        Ok(())
    }

    fn read_file(&mut self, path: PathBuf, shown: &Path) {
        match org_project::read(&path) {
            Ok(document) => {
                let id = org_project::id_of_path(&path);
                self.workspace.set(&id, &document);
                let shown = shown.display().to_string();
                self.files.push(Input { shown, document, path, id });
            }
            Err(error) => {
                self.problems.push(format!("{} cannot be read: {error}", shown.display()));
            }
        }
    }

    /// Reads the rest of what the files belong to: a part of a project is judged with the whole of
    /// it. It is not reported on, and what of it cannot be read is left to whoever checks it.
    fn read_around(&mut self) {
        let mut governed = BTreeSet::new();
        let mut nameless = BTreeSet::new();
        for input in &self.files {
            let Some(folder) = input.path.parent() else { continue };
            match org_project::project_file_above(&input.path) {
                Some(project) => governed.extend(project.parent().map(Path::to_owned)),
                // Below a folder that was named everything is read already.
                None if self.walked.iter().any(|walked| folder.starts_with(walked)) => {}
                None => drop(nameless.insert(folder.to_owned())),
            }
        }
        let mut around = Vec::new();
        // A folder comes before the folders in it.
        let mut walked = self.walked.clone();
        for folder in governed {
            if !walked.iter().any(|walked| folder.starts_with(walked)) {
                around.extend(org_project::walk(&folder).files);
                walked.push(folder);
            }
        }
        for folder in nameless {
            // What lies beside a file that was named; the folders below could be a whole disk.
            let beside = std::fs::read_dir(folder).into_iter().flatten().flatten();
            around.extend(beside.map(|entry| entry.path()));
        }
        if around.is_empty() {
            return;
        }
        // A file that was named through a link is no second file.
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let named: BTreeSet<PathBuf> = self.files.iter().map(|input| real(&input.path)).collect();
        for path in around {
            let is_new = org_project::kind_of(&path).is_some() && !named.contains(&real(&path));
            if is_new && let Ok(document) = org_project::read(&path) {
                self.workspace.set(&org_project::id_of_path(&path), &document);
            }
        }
    }

    /// Asks something about one of the files, in its context.
    pub fn ask<T>(
        &self,
        input: &Input,
        allowed: &AllowedHosts,
        ask: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        self.ask_about(input, &input.document, allowed, ask)
    }

    /// As [`Inputs::ask`], about another text of the same file.
    pub fn ask_about<T>(
        &self,
        input: &Input,
        document: &Document,
        allowed: &AllowedHosts,
        ask: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        let names = Names::new(&self.env_files, self.env_file_of(input));
        let context = Context {
            file: &input.id,
            today: self.today,
            project: self.workspace.project_of(&input.id),
            allowed,
            environment: &names,
            login: None,
            known_host: None,
            newest_version: self.newest_version,
        };
        ask(document, &context)
    }

    /// The `.env` file that counts for one of the files.
    pub fn env_file_of(&self, input: &Input) -> Option<PathBuf> {
        let project = self.workspace.project_of(&input.id);
        let project_file = project.and_then(|project| project.file.as_deref()).map(Path::new);
        env_file_of(&input.path, project_file, &self.folders)
    }

    /// Today, as everything here sees it.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Says on standard error what could not be read.
    pub fn tell_problems(&self) {
        for problem in &self.problems {
            anstream::eprintln!("sforg: {problem}");
        }
    }
}

/// Without `.` and `..` parts, so that one file has one identifier.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// `./a` is shown as `a`.
fn without_dot(path: &Path) -> PathBuf {
    path.strip_prefix(".").map_or_else(|_| path.to_owned(), Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use org_ide::rules;

    use super::*;

    const PROJECT: &str = r#"{"apiVersion": "60.0"}"#;
    const BASIC: &str = r#"{"name": "A", "auth": {"type": "basic", "username": "a@acme.example", "password": "${keyring:a}"}}"#;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    /// The rules that speak, by file, with only `arguments` named.
    fn found(folder: &Path, arguments: &[&str]) -> Vec<(String, Vec<&'static str>)> {
        let paths: Vec<_> = arguments.iter().map(|argument| folder.join(argument)).collect();
        let inputs = Inputs::read(&paths).expect("readable");
        let allowed = AllowedHosts::default();
        let name = |input: &Input| {
            let below = input.path.strip_prefix(folder).expect("below");
            org_project::id_of_path(below)
        };
        let files = inputs.files.iter();
        files
            .map(|input| {
                let findings = inputs.ask(input, &allowed, rules::check);
                (name(input), findings.iter().map(|finding| finding.rule.name).collect())
            })
            .collect()
    }

    fn of<'a>(found: &'a [(String, Vec<&'static str>)], file: &str) -> &'a [&'static str] {
        found.iter().find(|(name, _)| name == file).map_or(&[], |(_, rules)| rules)
    }

    #[test]
    fn a_project_file_is_judged_with_its_orgs() {
        let folder = folder(&[("sforg-project.json", PROJECT), ("s/c.sforg.json", BASIC)]);
        let all = found(folder.path(), &["."]);
        let alone = found(folder.path(), &["sforg-project.json"]);
        assert_eq!(of(&all, "sforg-project.json"), ["basic-auth-blocks-upgrade"]);
        assert_eq!(alone, [("sforg-project.json".to_owned(), vec!["basic-auth-blocks-upgrade"])]);
    }

    #[test]
    fn a_part_of_a_project_is_judged_with_the_rest_of_it() {
        let folder = folder(&[
            ("sforg-project.json", PROJECT),
            ("b.sforg.json", BASIC),
            ("s/a.sforg.json", BASIC),
            ("n/sforg-project.json", PROJECT),
            ("n/a.sforg.json", BASIC),
        ]);
        for arguments in [&["s"][..], &["s/a.sforg.json"], &["s/a.sforg.json", "s"]] {
            let found = found(folder.path(), arguments);
            assert_eq!(found.len(), 1, "{arguments:?}: only what was named is reported");
            assert!(of(&found, "s/a.sforg.json").contains(&"duplicate-org-name"), "{arguments:?}");
        }
        // A project in a project is one of its own.
        let nested = found(folder.path(), &["n"]);
        assert!(!of(&nested, "n/a.sforg.json").contains(&"duplicate-org-name"));
        // Inner and outer at once.
        let both = found(folder.path(), &["n", "b.sforg.json"]);
        assert!(of(&both, "b.sforg.json").contains(&"duplicate-org-name"));
        assert!(!of(&both, "n/a.sforg.json").contains(&"duplicate-org-name"));
    }

    #[test]
    fn outside_of_projects_a_file_is_judged_with_those_beside_it() {
        let folder = folder(&[
            ("a.sforg.json", BASIC),
            ("b.sforg.json", BASIC),
            ("s/c.sforg.json", &BASIC.replace("\"A\"", "\"C\"")),
            ("s/t/d.sforg.json", &BASIC.replace("\"A\"", "\"C\"")),
        ]);
        let file = found(folder.path(), &["a.sforg.json"]);
        assert!(of(&file, "a.sforg.json").contains(&"duplicate-org-name"));
        assert!(
            !of(&found(folder.path(), &["s/c.sforg.json"]), "s/c.sforg.json")
                .contains(&"duplicate-org-name")
        );
        assert!(
            of(&found(folder.path(), &["s"]), "s/c.sforg.json").contains(&"duplicate-org-name")
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_named_through_a_link_is_no_second_one() {
        let folder = folder(&[("sforg-project.json", PROJECT), ("s/a.sforg.json", BASIC)]);
        std::os::unix::fs::symlink("s", folder.path().join("link")).expect("a link");
        let found = found(folder.path(), &["link/a.sforg.json"]);
        assert!(!of(&found, "link/a.sforg.json").contains(&"duplicate-org-name"));
    }
}
