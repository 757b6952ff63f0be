//! The files that a command works on, as its arguments name them.

mod collect;
mod design_studio;
mod input;
mod place;
mod project;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use org_ide::{Context, Document, FileKind, names_listed};
use org_project::{FileIdentity, Links, ReadError};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::{ApiVersion, Date};
use org_text::Foreign;

use self::collect::Wanted;
use self::input::Content;
pub use self::input::Input;
use self::place::{Place, Read};
pub use self::project::project_folder_above;
use super::CannotRun;
use super::output::note;
use crate::projects::{FileChange, Given, IndexWriter, Projects};
use crate::settings::{self, UserSettings};
use crate::side_by_side::in_order;

/// Files and the projects that they belong to.
pub struct Inputs {
    /// The files to work on, in order, by the path that reports show.
    pub files: Vec<Input>,
    /// Files and folders that could not be read, in words.
    pub problems: Vec<String>,
    /// Links that lead out of the folders that were named, as reports show them. They are neither
    /// read nor written.
    pub left_out: BTreeSet<String>,
    projects: Projects,
    index: IndexWriter,
    folders: Vec<PathBuf>,
    /// The folders among the arguments: everything below them is among the files.
    walked: Vec<PathBuf>,
    /// Whether a folder that was named has a Design Studio project in it.
    has_design_studio: bool,
    /// The files that were found so far: one that is named twice, or by two paths, is one.
    found: HashSet<FileIdentity>,
    today: Date,
    newest_version: Option<ApiVersion>,
}

impl Inputs {
    /// Reads the files that `paths` name: files, and folders with everything below; the working
    /// directory when there are none.
    ///
    /// # Errors
    /// A path does not exist, or names a file that is neither an org nor a project file.
    pub fn read(paths: &[PathBuf]) -> Result<Self, CannotRun> {
        Self::read_of(here_unless_named(paths), Wanted::Ours, None, org_project::walk)
    }

    /// As [`Inputs::read`], where a project file stands for the orgs of that project.
    ///
    /// # Errors
    /// As there.
    pub fn read_orgs(paths: &[PathBuf]) -> Result<Self, CannotRun> {
        Self::read_of(here_unless_named(paths), Wanted::Orgs, None, org_project::walk)
    }

    /// As [`Inputs::read`], and the projects that Design Studio itself keeps; everything is judged as on
    /// that day instead of today.
    ///
    /// # Errors
    /// A path does not exist, names a file that is none of either, or a Jitterpak that cannot be read.
    pub fn read_with_design_studio(
        paths: &[PathBuf],
        day: Option<Date>,
    ) -> Result<Self, CannotRun> {
        let paths = here_unless_named(paths);
        Self::read_of(paths, Wanted::DesignStudioToo, day, org_project::walk)
    }

    /// As [`Inputs::read_with_design_studio`], for the orgs: with a project file those of that project.
    ///
    /// # Errors
    /// As there.
    pub fn read_every_org(paths: &[PathBuf], day: Option<Date>) -> Result<Self, CannotRun> {
        let paths = here_unless_named(paths);
        Self::read_of(paths, Wanted::EveryOrg, day, org_project::walk)
    }

    /// As [`Inputs::read_with_design_studio`], with these paths alone, and folders walked in another way.
    ///
    /// # Errors
    /// As there.
    pub fn read_walked(
        paths: &[PathBuf],
        day: Option<Date>,
        walk: impl FnMut(&Path) -> org_project::Found,
    ) -> Result<Self, CannotRun> {
        Self::read_of(paths, Wanted::DesignStudioToo, day, walk)
    }

    fn read_of(
        paths: &[PathBuf],
        wanted: Wanted,
        day: Option<Date>,
        mut walk: impl FnMut(&Path) -> org_project::Found,
    ) -> Result<Self, CannotRun> {
        let today = settings::today().map_err(|error| CannotRun(error.to_string()))?;
        let (projects, index) = Projects::new();
        let mut inputs = Self {
            files: Vec::new(),
            problems: Vec::new(),
            left_out: BTreeSet::new(),
            projects,
            index,
            folders: Vec::new(),
            walked: Vec::new(),
            has_design_studio: false,
            found: HashSet::new(),
            newest_version: UserSettings::load(&[], &[]).0.newest_version,
            today: day.unwrap_or(today),
        };
        let (mut found, mut design_studio) = (Vec::new(), Vec::new());
        for path in paths {
            inputs.collect(path, &mut found, &mut design_studio, wanted, &mut walk)?;
        }
        let roots: Vec<String> =
            inputs.folders.iter().map(|folder| org_project::id_of_path(folder)).collect();
        let _ = inputs.index.apply(FileChange::Folders(roots));
        inputs.read_files(found);
        for project in design_studio {
            inputs.read_design_studio(project)?;
        }
        inputs.files.sort_by(|a, b| a.shown.cmp(&b.shown));
        inputs.read_around();
        inputs.follow_links();
        Ok(inputs)
    }

    /// Reads files that were found. They are read side by side, and taken in their order.
    fn read_files(&mut self, mut places: Vec<Place>) {
        // An org that is read before its project file has to move to that project afterwards.
        places.sort_by_key(|place| org_project::kind_of(&place.path) != Some(FileKind::Project));
        let mut contents = Vec::with_capacity(places.len());
        in_order(&places, Place::read, |all| {
            for (place, (identity, read)) in places.iter().zip(all) {
                // A link that was named is not left out.
                self.left_out.remove(&place.shown);
                let is_new = identity.is_none_or(|identity| self.found.insert(identity));
                contents.push(if is_new { self.take(place, read) } else { None });
            }
        });
        self.files.reserve_exact(contents.len());
        for (Place { path, shown, folder }, content) in places.into_iter().zip(contents) {
            let root = folder.map(|folder| Arc::clone(folder.path()));
            self.files.extend(content.map(|content| Input { shown, content, path, root }));
        }
    }

    fn take(&mut self, place: &Place, read: Result<Read, ReadError>) -> Option<Content> {
        match read {
            Ok(Read { content, facts }) => {
                let id = &org_project::id_of_path(&place.path);
                match facts {
                    Some(facts) => drop(self.index.apply(FileChange::Org { id, facts })),
                    None => content.look(|document| self.add(id, document)),
                }
                Some(content)
            }
            Err(error) => {
                self.problems.push(format!("{} cannot be read: {error}", Foreign(&place.shown)));
                None
            }
        }
    }

    /// Reads the rest of what the files belong to: a part of a project is judged with the whole of
    /// it. It is not reported on, and what of it cannot be read is left to whoever checks it.
    fn read_around(&mut self) {
        let mut governed = BTreeSet::new();
        let mut nameless = BTreeSet::new();
        // What governs a file governs the others of its folder.
        let folders: BTreeSet<&Path> =
            self.files.iter().filter_map(|input| input.path.parent()).collect();
        for folder in folders {
            match org_project::project_file_above_folder(folder, &[]) {
                Some(project) => governed.extend(project.parent().map(Path::to_owned)),
                // Below a folder that was named everything is read already.
                None if self.walked.iter().any(|walked| folder.starts_with(walked)) => {}
                None => drop(nameless.insert(folder.to_owned())),
            }
        }
        // A folder comes before the folders in it.
        let mut walked = self.walked.clone();
        for folder in governed {
            if walked.iter().any(|walked| folder.starts_with(walked)) {
                continue;
            }
            let project = folder.join(FileKind::PROJECT_FILE_NAME);
            let around = org_project::walk(&folder);
            if around.left_out.contains(&project) {
                self.left_out.insert(shown_path(&project));
            }
            self.read_beside(around.files, &folder);
            walked.push(folder);
        }
        for folder in nameless {
            // What lies beside a file that was named; the folders below could be a whole disk.
            self.read_beside(org_files::entries(&folder), &folder);
        }
    }

    fn read_beside(&mut self, files: Vec<PathBuf>, root: &Path) {
        for path in files {
            let is_new = org_project::kind_of(&path).is_some()
                && FileIdentity::of(&path).is_some_and(|id| self.found.insert(id));
            if is_new && let Ok(document) = org_project::read(&path, Links::Within(root)) {
                self.add(&org_project::id_of_path(&path), &document);
            }
        }
    }

    /// Works something out about one of the files, in its context.
    pub fn analyze<T>(
        &self,
        input: &Input,
        allowed: &AllowedHosts,
        analysis: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        input.look(|document| self.analyze_text(input, document, allowed, analysis))
    }

    /// As [`Inputs::analyze`], about another text of the same file.
    pub fn analyze_text<T>(
        &self,
        input: &Input,
        document: &Document,
        allowed: &AllowedHosts,
        analysis: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        let given = Given {
            folders: &self.folders,
            allowed,
            newest_version: self.newest_version,
            today: self.today,
        };
        self.projects.analyze(&input.id(), document, given, analysis)
    }

    /// Nobody has judged a file yet that the index takes here, so nobody judges it again.
    fn add(&self, id: &str, document: &Document) {
        let _ = self.index.apply(FileChange::Content { id, document, identity: None });
    }

    /// The `.env` file that counts for one of the files.
    pub fn env_file_of(&self, input: &Input) -> Option<PathBuf> {
        self.projects.env_file_of(&input.id(), &self.folders)
    }

    /// Today, as everything here sees it.
    pub fn today(&self) -> Date {
        self.today
    }

    /// What could not be read may hold anything, so nothing is all right (exit code 2).
    ///
    /// # Errors
    /// Something could not be read.
    pub fn all_were_read(&self) -> Result<(), CannotRun> {
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(CannotRun("some files or folders could not be read".to_owned()))
    }

    /// Says on standard error what could not be read, and what was left out.
    pub fn tell_problems(&self) {
        for problem in &self.problems {
            note(format_args!("{problem}"));
        }
        let links = self.left_out.iter().map(|link| Foreign(link).to_string());
        match self.left_out.len() {
            0 => {}
            1 => note(format_args!(
                "{} is a link out of the folder, so it was left out; name it to include it",
                names_listed(links, 1)
            )),
            many => note(format_args!(
                "{many} links out of the folder were left out: {}; name those to include",
                names_listed(links, LINKS_LISTED)
            )),
        }
    }
}

/// So many links that are left out are told by name.
const LINKS_LISTED: usize = 10;

fn links(root: Option<&Path>) -> Links<'_> {
    root.map_or(Links::Follow, Links::Within)
}

/// The working directory when nothing is named.
fn here_unless_named(paths: &[PathBuf]) -> &[PathBuf] {
    static HERE: LazyLock<[PathBuf; 1]> = LazyLock::new(|| [PathBuf::from(".")]);
    if paths.is_empty() { HERE.as_slice() } else { paths }
}

/// `./a` is shown as `a`.
pub fn shown_path(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests;
