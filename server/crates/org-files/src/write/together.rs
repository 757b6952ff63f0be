//! Several new files, all of them or none.

use std::path::{Component, Path, PathBuf};

use crate::links::Spot;
use crate::write::Version;
use crate::{FileError, Links, NewFile, Writer};

/// Why no file was made.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {error}{}", .path.display(), left_words(.left))]
pub struct TogetherError {
    /// The file, or the folder, that cannot be made.
    pub path: PathBuf,
    /// Why.
    pub error: FileError,
    /// What was made before it and could not be taken back.
    pub left: Vec<PathBuf>,
}

fn left_words(left: &[PathBuf]) -> String {
    let paths: Vec<String> = left.iter().map(|path| path.display().to_string()).collect();
    if paths.is_empty() {
        return String::new();
    }
    format!("; what was written before it is still there: {}", paths.join(", "))
}

/// Files that were made together.
#[derive(Debug)]
pub struct Created {
    folder: PathBuf,
    /// The paths with their texts, in the order in which they were made.
    files: Vec<(PathBuf, String)>,
    /// The folders that were made, outermost first.
    folders: Vec<PathBuf>,
}

impl Created {
    /// The files, in the order in which they were given.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }

    /// Removes them again, as long as nobody has changed them, with the folders that were made for
    /// them and have nothing else in them. Returns what stays.
    pub fn undo(self) -> Vec<PathBuf> {
        let mut left = Vec::new();
        for (path, text) in self.files.iter().rev() {
            if remove_unchanged(path, &self.folder, text).is_err() {
                left.push(path.clone());
            }
        }
        for folder in self.folders.iter().rev() {
            // One with something in it stays.
            let _ = std::fs::remove_dir(folder);
        }
        left
    }
}

impl Writer {
    /// Makes files in a folder, which is made, too, with those above it that are missing. Each file has
    /// a name and a text; a name is one part of a path. When one cannot be made, those before it are
    /// removed again, as long as nobody has changed them.
    ///
    /// # Errors
    /// Something of such a name exists, a name is a path, or a folder or file cannot be written.
    pub fn create_together(
        &self,
        folder: &Path,
        files: &[(String, String)],
    ) -> Result<Created, TogetherError> {
        let failed =
            |path: &Path, error| TogetherError { path: path.to_owned(), error, left: Vec::new() };
        for (name, _) in files {
            let path = folder.join(name);
            if !is_one_part(name) {
                return Err(failed(&path, FileError::LeadsOut(folder.to_owned())));
            }
            if crate::is_there(&path) {
                return Err(failed(&path, FileError::Exists));
            }
        }
        let folders = make_folders(folder).map_err(|error| failed(folder, error))?;
        let mut created = Created { folder: folder.to_owned(), files: Vec::new(), folders };
        for (name, text) in files {
            let path = folder.join(name);
            if let Err(error) = self.create(&path, Links::NoneBelow(folder), NewFile::Shared, text)
            {
                return Err(TogetherError { path, error, left: created.undo() });
            }
            created.files.push((path, text.clone()));
        }
        Ok(created)
    }
}

/// Whether a name is that of something in a folder, on every system.
fn is_one_part(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None))
        && !name.contains(['/', '\\', ':', '\0'])
}

/// Makes a folder and those above it; the ones that were missing, outermost first.
fn make_folders(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let missing = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !crate::is_there(above));
    let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    let made: Vec<PathBuf> = missing.into_iter().rev().collect();
    std::fs::create_dir_all(folder)?;
    Ok(made)
}

/// Removes a file that has this text still.
fn remove_unchanged(path: &Path, folder: &Path, text: &str) -> Result<(), FileError> {
    let spot = Spot::of_target(path, Links::NoneBelow(folder))?;
    if Version::read(&spot, path)?.text != text {
        return Err(FileError::Changed);
    }
    Ok(spot.folder.remove_file(&spot.name)?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn files(names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), format!("{name}\n"))).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn all_are_made_with_their_folders() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a/b");
        let made = Writer::default().create_together(&folder, &files(&["x", "y"])).expect("made");
        assert_eq!(made.paths().collect::<Vec<_>>(), [folder.join("x"), folder.join("y")]);
        assert_eq!(names(&folder), ["x", "y"]);
        assert_eq!(fs::read_to_string(folder.join("x")).expect("a file"), "x\n");
        fs::write(folder.join("x"), "changed").expect("a file");
        assert_eq!(made.undo(), [folder.join("x")]);
        assert_eq!(names(&folder), ["x"]);
    }

    #[test]
    fn one_that_is_there_keeps_all_from_being_made() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a");
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("y"), "old").expect("a file");
        let error = Writer::default().create_together(&folder, &files(&["x", "y"]));
        let error = error.expect_err("refused").to_string();
        assert!(error.ends_with("y cannot be written: it exists already"), "{error}");
        assert_eq!(names(&folder), ["y"]);
        assert_eq!(fs::read_to_string(folder.join("y")).expect("a file"), "old");
    }

    #[test]
    fn a_name_is_no_path() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a");
        for name in ["../x", "/x", "b/x", "..", ".", "", "a\\b", "c:x", "x\0"] {
            let made = Writer::default().create_together(&folder, &files(&["ok", name]));
            assert!(made.is_err(), "{name:?}");
            assert!(names(root.path()).is_empty(), "{name:?}: {:?}", names(root.path()));
        }
    }

    /// The last file cannot be made: nothing is left, nor are the folders.
    #[test]
    fn half_way_nothing_is_left() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a/b");
        // Longer than a file system takes.
        let long = "x".repeat(300);
        let error = Writer::default().create_together(&folder, &files(&["one", "two", &long]));
        assert!(error.expect_err("refused").left.is_empty());
        assert!(names(root.path()).is_empty(), "{:?}", names(root.path()));
        // What somebody else put there meanwhile stays.
        fs::create_dir_all(&folder).expect("folders");
        fs::write(folder.join("theirs"), "").expect("a file");
        let error = Writer::default().create_together(&folder, &files(&["one", &long]));
        assert!(error.is_err());
        assert_eq!(names(&folder), ["theirs"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_is_named_is_followed_and_one_in_it_is_not() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("real")).expect("a folder");
        std::os::unix::fs::symlink("real", root.path().join("link")).expect("a link");
        let folder = root.path().join("link");
        std::os::unix::fs::symlink("nowhere", root.path().join("real/x")).expect("a link");
        assert!(Writer::default().create_together(&folder, &files(&["x"])).is_err());
        Writer::default().create_together(&folder, &files(&["y"])).expect("made");
        assert_eq!(names(&root.path().join("real")), ["x", "y"]);
    }
}
