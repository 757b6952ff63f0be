//! The files that a command works on, as its arguments name them.

use std::collections::BTreeMap;
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
        inputs.read_projects_above();
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

    /// Project files above the arguments govern too; they are not reported on.
    fn read_projects_above(&mut self) {
        for input in &self.files {
            let Some(project) = org_project::project_file_above(&input.path) else {
                continue;
            };
            let id = org_project::id_of_path(&project);
            if !self.workspace.contains(&id)
                && let Ok(document) = org_project::read(&project)
            {
                self.workspace.set(&id, &document);
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
