//! Finding and reading org and project files on a disk.

use std::fmt;
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

/// A place that could not be looked at, in words for people.
#[derive(Debug)]
pub struct WalkProblem(ignore::Error);

impl fmt::Display for WalkProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Finds the org and project files below `root`. Ignore files are not honoured (forgotten secrets
/// hide behind them), symbolic links are followed, and a loop of them is left out.
pub fn walk(root: &Path) -> Found {
    let found = Mutex::new(Found::default());
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(false)
        .follow_links(true)
        .filter_entry(|entry| {
            let skipped = SKIPPED_FOLDERS.iter().any(|folder| entry.file_name() == *folder);
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
                    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                    if !is_folder && kind_of(entry.path()).is_some() {
                        found.files.push(entry.into_path());
                    }
                }
                Err(error) if is_loop(&error) => {}
                Err(error) => found.problems.push(WalkProblem(error)),
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

/// Tells by its name whether a file is one of ours.
pub fn kind_of(path: &Path) -> Option<FileKind> {
    FileKind::of_name(path.file_name()?.to_str()?)
}

/// Reads a file. Of one that is too large no more is read than shows that.
///
/// # Errors
/// The file cannot be opened or read, or is neither an org nor a project file by its name.
pub fn read(path: &Path) -> io::Result<Document> {
    let kind = kind_of(path).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "its name is neither sforg-project.json nor does it end in .sforg.json",
        )
    })?;
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
    fn a_loop_of_links_ends() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        fs::create_dir(root.join("a"))?;
        std::os::unix::fs::symlink(root, root.join("a/loop"))?;
        fs::write(root.join("a/x.sforg.json"), "{}")?;
        let found = walk(root);
        assert_eq!(found.files, [root.join("a/x.sforg.json")]);
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        Ok(())
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
