//! The walk, and what is read on it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{DirEntry, WalkBuilder, WalkState};
use org_files::{FileError, Links, ReaderBelow};
use org_project::{DesignStudioPlace, Found as OrgFiles, WalkProblem};
use org_scan::{FirstLook, Found, MAX_FILE_BYTES, format_of};

/// Folders in which nobody keeps logins: version control's own, and dependencies.
const SKIPPED_FOLDERS: [&str; 2] = [".git", "node_modules"];

/// What a walk has found.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The files of other tools with logins, by path.
    pub files: Vec<ScannedFile>,
    /// Our own files and Design Studio's, to be read in the context of their projects, and what could not be
    /// read; paths begin with the folder as it was named.
    pub ours: OrgFiles,
    /// What was passed over.
    pub passed: Passed,
}

/// A file with logins.
#[derive(Debug)]
pub struct ScannedFile {
    /// Its path, which begins with the folder as it was named.
    pub path: PathBuf,
    /// What is in it.
    pub found: Found,
}

/// What was looked at and passed over, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Files that were looked at: by their name, and inside where that says so.
    pub files: usize,
    /// Files that are no text.
    pub binary: usize,
    /// Files that are larger than [`MAX_FILE_BYTES`].
    pub large: usize,
    /// Files and folders that `.gitignore` names; a folder counts once.
    pub ignored: usize,
    /// Links. What they lead to inside the folder is looked at where it is.
    pub links: usize,
}

impl Passed {
    /// Adds another walk's.
    pub fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.binary += other.binary;
        self.large += other.large;
        self.ignored += other.ignored;
        self.links += other.links;
    }
}

/// Looks at one file that a person has named, whatever links lead to it.
///
/// # Errors
/// It cannot be read.
pub fn scan_file(path: &Path) -> Result<Scanned, FileError> {
    let mut scanned = Scanned::default();
    scanned.passed.files = 1;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(format) = format_of(&name) else { return Ok(scanned) };
    let bytes = match org_files::read(path, Links::Follow, MAX_FILE_BYTES) {
        Err(FileError::TooLarge(_)) => {
            scanned.passed.large += 1;
            return Ok(scanned);
        }
        read => read?,
    };
    scanned.passed.binary += usize::from(FirstLook::is_binary(&bytes));
    let found = org_scan::read(&name, format, bytes);
    let path = path.to_owned();
    scanned.files.extend(found.map(|found| ScannedFile { path, found }));
    Ok(scanned)
}

/// Looks at everything below a folder. `.gitignore` files count when `honours_gitignore`, in a repository
/// or not. Links are not followed, so nothing is looked at twice and nothing outside.
pub fn scan_folder(root: &Path, honours_gitignore: bool) -> Scanned {
    let real_root = match org_files::without_links(root) {
        Ok(real_root) => real_root,
        Err(error) => {
            let problems = vec![WalkProblem::Unreadable { path: root.to_owned(), error }];
            return Scanned {
                ours: OrgFiles { problems, ..OrgFiles::default() },
                ..Scanned::default()
            };
        }
    };
    let walk = Walk {
        root,
        real_root: &real_root,
        look: FirstLook::new(),
        honours_gitignore,
        found: Mutex::default(),
        listed: AtomicUsize::new(0),
        seen: AtomicUsize::new(0),
    };
    let walker = WalkBuilder::new(&real_root)
        .standard_filters(false)
        .parents(honours_gitignore)
        .git_ignore(honours_gitignore)
        .git_exclude(honours_gitignore)
        .require_git(false)
        .hidden(false)
        .follow_links(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry.file_name()))
        .build_parallel();
    walker.run(|| {
        let mut visitor =
            Visitor { walk: &walk, reader: ReaderBelow::new(), found: Scanned::default() };
        Box::new(move |entry| {
            visitor.visit(entry);
            WalkState::Continue
        })
    });
    walk.end()
}

fn is_skipped(name: &std::ffi::OsStr) -> bool {
    SKIPPED_FOLDERS.iter().any(|folder| name == *folder)
}

struct Walk<'a> {
    root: &'a Path,
    real_root: &'a Path,
    look: FirstLook,
    honours_gitignore: bool,
    found: Mutex<Scanned>,
    /// Entries of the folders that were visited, and of those the ones that the walk came to.
    listed: AtomicUsize,
    seen: AtomicUsize,
}

/// What is said about one entry.
enum Seen {
    File(ScannedFile),
    Ours(PathBuf),
    DesignStudio(DesignStudioPlace),
    Link,
    Large,
    Binary,
    Nothing,
    Problem(WalkProblem),
}

/// What one thread of the walk finds. It is told when the thread is done, so that none waits for another.
struct Visitor<'a> {
    walk: &'a Walk<'a>,
    reader: ReaderBelow,
    found: Scanned,
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        if let Ok(mut found) = self.walk.found.lock() {
            found.add(std::mem::take(&mut self.found));
        }
    }
}

impl Visitor<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) {
        let walk = self.walk;
        let (seen, is_file) = match entry {
            Ok(entry) => {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                if is_folder && walk.honours_gitignore {
                    let names = org_files::entries(entry.path()).into_iter();
                    let listed = names.filter(|path| !path.file_name().is_some_and(is_skipped));
                    walk.listed.fetch_add(listed.count(), Ordering::Relaxed);
                }
                walk.seen.fetch_add(usize::from(entry.depth() > 0), Ordering::Relaxed);
                (walk.see(&entry, &mut self.reader), !is_folder)
            }
            Err(error) => (Some(walk.unreadable(error)), false),
        };
        self.found.passed.files += usize::from(is_file);
        if let Some(seen) = seen {
            self.found.take(seen);
        }
    }
}

impl Walk<'_> {
    fn see(&self, entry: &DirEntry, reader: &mut ReaderBelow) -> Option<Seen> {
        if entry.depth() == 0 {
            return None;
        }
        if entry.path_is_symlink() {
            return Some(Seen::Link);
        }
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return None;
        }
        let path = entry.path();
        let below = path.strip_prefix(self.real_root).unwrap_or(path);
        let named = || self.root.join(below);
        // Files are known by their path as text. One that is none of ours is passed over.
        let below_text = below.to_str()?;
        if let Some(place) = DesignStudioPlace::of_file(path) {
            return Some(Seen::DesignStudio(place.with_path(
                self.root.join(place.path().strip_prefix(self.real_root).unwrap_or(place.path())),
            )));
        }
        if org_project::kind_of(path).is_some() {
            return Some(Seen::Ours(named()));
        }
        let id = below_text.replace('\\', "/");
        let format = format_of(&id)?;
        let bytes = match reader.read(path, self.real_root, MAX_FILE_BYTES) {
            Ok(bytes) => bytes,
            Err(FileError::TooLarge(_)) => return Some(Seen::Large),
            // It has become one meanwhile, or is gone.
            Err(error) if error.is_refused_link() || error.is_not_found() => return None,
            Err(error) => {
                return Some(Seen::Problem(WalkProblem::Unreadable { path: named(), error }));
            }
        };
        if FirstLook::is_binary(bytes) {
            return Some(Seen::Binary);
        }
        if !self.look.is_worth_reading(format, bytes) {
            return Some(Seen::Nothing);
        }
        let found = org_scan::read(&id, format, bytes.to_vec())?;
        Some(Seen::File(ScannedFile { path: named(), found }))
    }

    /// An error of the walk, with the place that it is about.
    fn unreadable(&self, error: ignore::Error) -> Seen {
        let path = path_of(&error).unwrap_or(self.real_root);
        let path = self.root.join(path.strip_prefix(self.real_root).unwrap_or(path));
        let text = error.to_string();
        let error = error.into_io_error().unwrap_or_else(|| std::io::Error::other(text));
        Seen::Problem(WalkProblem::Unreadable { path, error: error.into() })
    }

    fn end(self) -> Scanned {
        let mut scanned = self.found.into_inner().unwrap_or_default();
        let (listed, seen) = (self.listed.into_inner(), self.seen.into_inner());
        scanned.passed.ignored =
            if self.honours_gitignore { listed.saturating_sub(seen) } else { 0 };
        scanned.files.sort_by(|a, b| a.path.cmp(&b.path));
        scanned.ours.files.sort();
        scanned.ours.design_studio.sort();
        scanned.ours.problems.sort_by_key(ToString::to_string);
        scanned
    }
}

impl Scanned {
    fn add(&mut self, other: Self) {
        self.files.extend(other.files);
        self.ours.files.extend(other.ours.files);
        self.ours.design_studio.extend(other.ours.design_studio);
        self.ours.problems.extend(other.ours.problems);
        self.passed.add(&other.passed);
    }

    fn take(&mut self, seen: Seen) {
        match seen {
            Seen::File(file) => self.files.push(file),
            Seen::Ours(path) => self.ours.files.push(path),
            Seen::DesignStudio(place) => self.ours.design_studio.push(place),
            Seen::Link => self.passed.links += 1,
            Seen::Large => self.passed.large += 1,
            Seen::Binary => self.passed.binary += 1,
            Seen::Nothing => {}
            Seen::Problem(problem) => self.ours.problems.push(problem),
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}
