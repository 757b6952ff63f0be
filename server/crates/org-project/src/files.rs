//! Finding and reading org and project files on a disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{WalkBuilder, WalkState};
use org_ide::{Document, FileKind, MAX_FILE_BYTES};

/// Folders in which nobody keeps org files: version control's own, and dependencies.
const SKIPPED_FOLDERS: [&str; 2] = [".git", "node_modules"];

/// Everything of a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Org and project files, sorted; each path begins with the folder that was walked.
    pub files: Vec<PathBuf>,
    /// Places that could not be looked at.
    pub problems: Vec<WalkProblem>,
}

impl Found {
    fn push(&mut self, file: PathBuf, root: &Path) {
        let below = file.strip_prefix(root).unwrap_or(&file);
        if below.to_str().is_some() {
            self.files.push(file);
        } else {
            self.problems.push(WalkProblem::NotUtf8(file));
        }
    }
}

/// A place that could not be looked at, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum WalkProblem {
    /// What the system says.
    #[error(transparent)]
    Unreadable(ignore::Error),
    /// Files are known by their path as text, and this one has none.
    #[error("{}: its path is not UTF-8; rename it, then it is looked at", .0.display())]
    NotUtf8(PathBuf),
}

/// Finds the org and project files below `root`. Ignore files are not honoured (forgotten secrets
/// hide behind them). Symbolic links that lead out of `root` are followed; one that leads to a place
/// that is walked anyway is left out, so that no file is found twice and no loop is walked, and so is
/// one that leads nowhere (Emacs locks files with such links).
pub fn walk(root: &Path) -> Found {
    let found = Mutex::new(Found::default());
    let real_root = root.canonicalize().unwrap_or_default();
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(false)
        .follow_links(true)
        .filter_entry(move |entry| {
            let skipped = SKIPPED_FOLDERS.iter().any(|folder| entry.file_name() == *folder)
                || (entry.path_is_symlink() && leads_back(entry.path(), &real_root));
            entry.depth() == 0 || !skipped
        })
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let Ok(mut found) = found.lock() else {
                return WalkState::Quit;
            };
            match entry {
                Ok(entry) => {
                    // A pipe would never end.
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && kind_of(entry.path()).is_some() {
                        found.push(entry.into_path(), root);
                    }
                }
                Err(error) if is_loop(&error) || leads_nowhere(&error) => {}
                Err(error) => found.problems.push(WalkProblem::Unreadable(error)),
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.files.sort();
    found
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// Whether [`walk`] looks into every folder between `root` and `path`, which is below it. Links are
/// not looked at.
pub fn is_walked(root: &Path, path: &Path) -> bool {
    let folders = path.strip_prefix(root).ok().and_then(Path::parent);
    folders.is_some_and(|folders| {
        folders.iter().all(|part| SKIPPED_FOLDERS.iter().all(|skipped| part != *skipped))
    })
}

/// Whether a link leads to something below `root`, or to a folder that `root` is in.
fn leads_back(link: &Path, root: &Path) -> bool {
    let target = link.canonicalize();
    target.is_ok_and(|target| target.starts_with(root) || root.starts_with(&target))
}

/// Whether the error is about a link without a target.
fn leads_nowhere(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::WithPath { path, err } => {
            let forbidden = |error: &io::Error| error.kind() == io::ErrorKind::PermissionDenied;
            path.is_symlink() && !err.io_error().is_some_and(forbidden)
        }
        ignore::Error::WithDepth { err, .. } => leads_nowhere(err),
        _ => false,
    }
}

/// Tells by its name whether a file is one of ours.
pub fn kind_of(path: &Path) -> Option<FileKind> {
    FileKind::of_name(&path.file_name()?.to_string_lossy())
}

/// Reads a file. Of one that is too large no more is read than shows that.
///
/// # Errors
/// The file cannot be opened or read, is a folder, pipe or device, or is neither an org nor a project
/// file by its name.
pub fn read(path: &Path) -> io::Result<Document> {
    let kind = kind_of(path).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "its name is neither sforg-project.json nor does it end in .sforg.json",
        )
    })?;
    if !path.metadata()?.is_file() {
        let problem = "it is a folder, a pipe or a device, and not a file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Document::from_bytes(kind, bytes))
}

/// The nearest project file in the folder of `path` or above.
pub fn project_file_above(path: &Path) -> Option<PathBuf> {
    let folders = path.parent()?.ancestors();
    folders.map(|folder| folder.join(FileKind::PROJECT_FILE_NAME)).find(|file| file.is_file())
}

/// The identifier of a path: `/` between its parts on every system.
pub fn id_of_path(path: &Path) -> String {
    let id = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { id.into_owned() } else { id.replace('\\', "/") }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn finds_hidden_and_ignored_files_but_no_dependencies() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        for file in [
            "a.sforg.json",
            ".hidden/b.sforg.json",
            "ignored/c.sforg.json",
            "d.json",
            "node_modules/e.sforg.json",
            ".git/f.sforg.json",
            "x/sforg-project.json",
            ".sforg.json",
        ] {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            fs::write(path, "{}")?;
        }
        fs::write(root.join(".gitignore"), "ignored\n")?;
        let found = walk(root);
        let names: Vec<String> = found
            .files
            .iter()
            .map(|file| id_of_path(file.strip_prefix(root).unwrap_or(file)))
            .collect();
        let expected = [
            ".hidden/b.sforg.json",
            "a.sforg.json",
            "ignored/c.sforg.json",
            "x/sforg-project.json",
        ];
        assert_eq!(names, expected);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_to_what_is_found_anyway() -> io::Result<()> {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir()?;
        let (root, outside) = (folder.path().join("root"), folder.path().join("outside"));
        for (file, content) in
            [(root.join("a/x.sforg.json"), "{}"), (outside.join("y.sforg.json"), "{}")]
        {
            fs::create_dir_all(file.parent().unwrap_or(&file))?;
            fs::write(file, content)?;
        }
        fs::create_dir(root.join("b"))?;
        symlink(&root, root.join("a/to the root"))?;
        symlink("../..", root.join("a/above the root"))?;
        symlink("../a", root.join("b/to a folder beside"))?;
        symlink("../b", root.join("a/and back"))?;
        symlink("x.sforg.json", root.join("a/same.sforg.json"))?;
        symlink("itself", root.join("itself"))?;
        symlink("nowhere", root.join("nowhere.sforg.json"))?;
        symlink("someone@host.1234", root.join(".#x.sforg.json"))?;
        symlink("../../outside", root.join("a/out"))?;
        let found = walk(&root);
        assert_eq!(found.files, [root.join("a/out/y.sforg.json"), root.join("a/x.sforg.json")]);
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        Ok(())
    }

    #[test]
    fn only_files_are_found_and_read() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (inner, named_like_a_file) = ("a.sforg.json/b.sforg.json", "a.sforg.json");
        fs::create_dir(folder.path().join(named_like_a_file))?;
        fs::write(folder.path().join(inner), "{}")?;
        assert_eq!(walk(folder.path()).files, [folder.path().join(inner)]);
        let error = read(&folder.path().join(named_like_a_file)).map(|_| ());
        assert_eq!(error.map_err(|error| error.kind()), Err(io::ErrorKind::InvalidInput));
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_no_text_is_a_problem() -> io::Result<()> {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir()?;
        for name in [&b"Z\xfcrich.sforg.json"[..], b"a.sforg.json", b"Z\xfcrich.txt"] {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "{}")?;
        }
        let found = walk(folder.path());
        assert_eq!(found.files, [folder.path().join("a.sforg.json")]);
        let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
        let expected = "rich.sforg.json: its path is not UTF-8; rename it, then it is looked at";
        assert_eq!(problems.len(), 1);
        assert!(problems[0].ends_with(expected), "{problems:?}");
        Ok(())
    }

    #[test]
    fn what_is_walked_can_be_told_by_the_path() {
        let is_walked = |root, path| super::is_walked(Path::new(root), Path::new(path));
        assert!(is_walked("/w", "/w/a.sforg.json"));
        assert!(is_walked("/w", "/w/.hidden/b/a.sforg.json"));
        assert!(!is_walked("/w", "/w/b/node_modules/c/a.sforg.json"));
        assert!(!is_walked("/w", "/w/.git/a.sforg.json"));
        assert!(!is_walked("/w", "/v/a.sforg.json"));
        // A folder that somebody asked for by its name.
        assert!(is_walked("/w/node_modules", "/w/node_modules/a.sforg.json"));
    }

    #[test]
    fn a_missing_folder_is_a_problem() {
        let found = walk(Path::new("no/such/folder"));
        assert_eq!((found.files.len(), found.problems.len()), (0, 1));
    }

    #[test]
    fn reads_what_is_not_utf8() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.sforg.json");
        fs::write(&path, b"{\"name\": \"Z\xfcrich\"}")?;
        let document = read(&path)?;
        assert_eq!(document.trouble(), Some(org_ide::Trouble::InvalidEncoding { at: 11 }));
        fs::write(&path, vec![b' '; MAX_FILE_BYTES + 1])?;
        assert_eq!(read(&path)?.trouble(), Some(org_ide::Trouble::TooLarge));
        Ok(())
    }
}
