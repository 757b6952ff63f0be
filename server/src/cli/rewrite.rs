//! Changing files: all of a change is shown or written, and a failed write leaves the old file.

use std::path::PathBuf;

use super::masked::masked_text;
use super::{CannotRun, print};
use crate::atomic::replace;

/// One file and what it becomes.
pub struct Rewrite {
    /// Where it is.
    pub path: PathBuf,
    /// Its path as reports show it.
    pub shown: String,
    /// Its text.
    pub before: String,
    /// Its text afterwards.
    pub after: String,
}

/// Shows the changes as a unified diff, or writes them.
///
/// # Errors
/// A file cannot be written; it and the ones behind it are as they were.
pub fn carry_out(rewrites: &[Rewrite], diff: bool) -> Result<(), CannotRun> {
    let mut hides = false;
    for rewrite in rewrites.iter().filter(|rewrite| rewrite.before != rewrite.after) {
        if diff {
            let (diff, is_masked) = unified_diff(rewrite);
            print(&diff);
            hides |= is_masked;
        } else {
            replace(&rewrite.path, &rewrite.after).map_err(|error| {
                CannotRun(format!("{} cannot be written ({error}); it is as it was", rewrite.shown))
            })?;
        }
    }
    if hides {
        anstream::eprintln!("sforg: secrets that are written out are shown as ***");
    }
    Ok(())
}

/// The diff, and whether a secret that is written out was left out of it.
fn unified_diff(rewrite: &Rewrite) -> (String, bool) {
    let masked =
        |text: &str| org_project::kind_of(&rewrite.path).and_then(|kind| masked_text(kind, text));
    let (before, after) = (masked(&rewrite.before), masked(&rewrite.after));
    let is_masked = before.is_some() || after.is_some();
    let before = before.as_deref().unwrap_or(&rewrite.before);
    let after = after.as_deref().unwrap_or(&rewrite.after);
    let diff = similar::TextDiff::from_lines(before, after);
    let mut unified = diff.unified_diff();
    (unified.header(&rewrite.shown, &rewrite.shown).context_radius(3).to_string(), is_masked)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn rewrite(path: &Path, after: &str) -> Rewrite {
        Rewrite {
            path: path.to_owned(),
            shown: "a.sforg.json".to_owned(),
            before: "{}\n".to_owned(),
            after: after.to_owned(),
        }
    }

    #[test]
    fn a_diff_shows_no_secret() {
        let before = "{\n  // c\n  \"password\": \"not-real\"\n}\n";
        let after = before.replace("  // c\n", "");
        let path = Path::new("a.sforg.json").to_owned();
        let rewrite =
            Rewrite { path, shown: "a.sforg.json".to_owned(), before: before.to_owned(), after };
        let (diff, is_masked) = unified_diff(&rewrite);
        assert!(is_masked && !diff.contains("not-real"), "{diff}");
        assert!(
            diff.contains("   \"password\": \"********\"") && diff.contains("-  // c"),
            "{diff}"
        );
    }

    #[test]
    fn writes_the_whole_file_and_leaves_nothing_beside_it() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.sforg.json");
        fs::write(&path, "{}\n")?;
        carry_out(&[rewrite(&path, "{\"a\": 1}\n")], false).expect("writable");
        assert_eq!(fs::read_to_string(&path)?, "{\"a\": 1}\n");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_links() -> std::io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.sforg.json");
        let link = folder.path().join("link.sforg.json");
        fs::write(&path, "{}\n")?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        std::os::unix::fs::symlink(&path, &link)?;
        carry_out(&[rewrite(&link, "[]\n")], false).expect("writable");
        assert!(link.symlink_metadata()?.is_symlink());
        assert_eq!(fs::read_to_string(&path)?, "[]\n");
        assert_eq!(path.metadata()?.permissions().mode() & 0o777, 0o600);
        Ok(())
    }

    #[test]
    fn a_read_only_file_stays_as_it_is() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.sforg.json");
        fs::write(&path, "{}\n")?;
        let mut permissions = path.metadata()?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions)?;
        let refused = carry_out(&[rewrite(&path, "[]")], false).expect_err("read-only");
        assert!(refused.to_string().contains("make it writable"), "{refused}");
        assert_eq!(fs::read_to_string(&path)?, "{}\n");
        Ok(())
    }
}
