//! Making sure that git ignores a file with secrets.

use std::io;
use std::path::{Path, PathBuf};

use ignore::gitignore::GitignoreBuilder;

use crate::atomic;

/// Makes sure that git ignores `file`: where it does not, a line is added to the `.gitignore` beside
/// it. Returns that file when it was changed. Outside of a git repository there is nothing to do.
///
/// # Errors
/// The `.gitignore` cannot be read or written.
pub fn ensure_ignored(file: &Path) -> io::Result<Option<PathBuf>> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|n| n.to_str()))
    else {
        return Ok(None);
    };
    let Some(root) = folder.ancestors().find(|folder| folder.join(".git").exists()) else {
        return Ok(None);
    };
    if is_ignored(file, folder, root) {
        return Ok(None);
    }
    let path = folder.join(".gitignore");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let missing = if text.is_empty() || text.ends_with('\n') { "" } else { line_break };
    atomic::write(&path, &format!("{text}{missing}{name}{line_break}"))?;
    Ok(Some(path))
}

/// By the `.gitignore` files from the repository's root down to the file's folder.
fn is_ignored(file: &Path, folder: &Path, root: &Path) -> bool {
    let mut folders: Vec<&Path> =
        folder.ancestors().take_while(|above| above.starts_with(root)).collect();
    folders.reverse();
    let mut builder = GitignoreBuilder::new(root);
    for folder in folders {
        // One that cannot be read ignores nothing.
        let _ = builder.add(folder.join(".gitignore"));
    }
    let _ = builder.add(root.join(".git/info/exclude"));
    builder.build().is_ok_and(|rules| rules.matched_path_or_any_parents(file, false).is_ignore())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_line_is_added_once_and_only_where_it_is_missing() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        let sub = root.join("sub");
        fs::create_dir_all(&sub)?;
        let env = sub.join(".env");
        assert_eq!(ensure_ignored(&env)?, None, "no repository");
        fs::create_dir(root.join(".git"))?;
        assert_eq!(ensure_ignored(&env)?, Some(sub.join(".gitignore")));
        assert_eq!(fs::read_to_string(sub.join(".gitignore"))?, ".env\n");
        assert_eq!(ensure_ignored(&env)?, None);
        fs::write(root.join(".gitignore"), "target\n.env*")?;
        fs::remove_file(sub.join(".gitignore"))?;
        assert_eq!(ensure_ignored(&env)?, None);
        fs::write(root.join(".gitignore"), "target")?;
        assert!(ensure_ignored(&root.join(".env"))?.is_some());
        assert_eq!(fs::read_to_string(root.join(".gitignore"))?, "target\n.env\n");
        Ok(())
    }
}
