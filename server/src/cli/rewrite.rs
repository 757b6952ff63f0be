//! Changing files: all of a change is shown or written, and a failed write leaves the old file.

use org_files::FileError;

use super::CannotRun;
use super::inputs::Input;
use super::masked::Masked;
use super::output::{note, text};
use crate::memory;

/// One file and what it becomes.
pub struct Rewrite<'a> {
    /// The file as it was read.
    pub input: &'a Input,
    /// Its text afterwards.
    pub after: String,
}

impl Rewrite<'_> {
    fn before(&self) -> &str {
        self.input.text()
    }
}

/// Shows the changes as a unified diff, or writes them.
///
/// # Errors
/// A file cannot be written, or is not what was read any more; it and the ones behind it are as they
/// were.
pub fn carry_out(rewrites: &[Rewrite<'_>], diff: bool) -> Result<(), CannotRun> {
    let mut hides = false;
    for rewrite in rewrites.iter().filter(|rewrite| rewrite.before() != rewrite.after) {
        if diff {
            let (diff, is_masked) = unified_diff(rewrite);
            text(&diff);
            hides |= is_masked;
        } else {
            write(rewrite).map_err(|error| {
                CannotRun(format!("{} is not changed: {error}", rewrite.input.label()))
            })?;
        }
    }
    if hides {
        note("possible secrets are shown as ***");
    }
    Ok(())
}

fn write(rewrite: &Rewrite<'_>) -> Result<(), FileError> {
    let input = rewrite.input;
    memory::writer()
        .update(input.path(), input.links(), |now| {
            // The change is made for the text that was read.
            if now != rewrite.before() {
                return Err(FileError::Changed);
            }
            Ok(Some(rewrite.after.clone()))
        })
        .map(drop)
}

/// The diff, and whether something was masked in it.
fn unified_diff(rewrite: &Rewrite<'_>) -> (String, bool) {
    // A carriage return before the line's end is part of it.
    let masked = |text: &str| {
        let masked = Masked::of_text(rewrite.input.kind(), text);
        (masked.text.replace("\r\n", "\n"), masked.hides)
    };
    let (before, after) = (masked(rewrite.before()), masked(&rewrite.after));
    let diff = similar::TextDiff::from_lines(&before.0, &after.0);
    let shown = rewrite.input.label().to_string();
    let unified = diff.unified_diff().header(&shown, &shown).context_radius(3).to_string();
    (unified, before.1 || after.1)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::super::inputs::Inputs;
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.sforg.json");
        fs::write(&path, text).expect("a file");
        (folder, path)
    }

    fn read(path: &Path) -> Inputs {
        Inputs::read(&[path.to_owned()]).expect("readable")
    }

    fn rewrite(inputs: &Inputs, after: &str) -> Result<(), CannotRun> {
        let rewrite = |input| Rewrite { input, after: after.to_owned() };
        carry_out(&inputs.files.iter().map(rewrite).collect::<Vec<_>>(), false)
    }

    #[test]
    fn a_diff_shows_no_secret() {
        let before = "{\n  // c\n  \"password\": \"not-real\"\n}\n";
        let (_folder, path) = file(before);
        let inputs = read(&path);
        let after = before.replace("  // c\n", "");
        let (diff, is_masked) = unified_diff(&Rewrite { input: &inputs.files[0], after });
        assert!(is_masked && !diff.contains("not-real"), "{diff}");
        assert!(
            diff.contains("   \"password\": \"********\"") && diff.contains("-  //**"),
            "{diff}"
        );
    }

    #[test]
    fn writes_the_whole_file_and_leaves_nothing_beside_it() {
        let (folder, path) = file("{}\n");
        rewrite(&read(folder.path()), "{\"a\": 1}\n").expect("writable");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "{\"a\": 1}\n");
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
    }

    #[test]
    fn what_was_saved_meanwhile_stays() {
        let (folder, path) = file("{}\n");
        let inputs = read(folder.path());
        fs::write(&path, "{\"name\": \"new\"}\n").expect("an editor saves");
        let refused = rewrite(&inputs, "[]").expect_err("changed").to_string();
        assert!(refused.contains("another program has changed it"), "{refused}");
        let now = fs::read_to_string(&path).expect("a file");
        assert_eq!(now, "{\"name\": \"new\"}\n");
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_a_link_that_was_named() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, path) = file("{}\n");
        let link = folder.path().join("link.sforg.json");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        rewrite(&read(&link), "[]\n").expect("writable");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "[]\n");
        let mode = path.metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_read_only_file_stays_as_it_is() {
        let (_folder, path) = file("{}\n");
        let mut permissions = path.metadata().expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("a mode");
        let refused = rewrite(&read(&path), "[]").expect_err("read-only");
        assert!(refused.to_string().contains("make it writable"), "{refused}");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "{}\n");
    }
}
