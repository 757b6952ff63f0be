//! Which files a walk finds, told by one path.

use std::path::Path;

use crate::{is_walked, kind_of};

/// Whether [`crate::walk`] over `root` finds the file at `path`. A file that is found anyway is not
/// found a second time by a link to it or to a folder around it.
pub fn is_found(root: &Path, path: &Path) -> bool {
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != root);
    is_walked(root, path) && !folders.into_iter().any(org_files::is_link) && !leads_away(root, path)
}

/// Whether the file itself is a link to another one that is walked, or out of the folder.
fn leads_away(root: &Path, path: &Path) -> bool {
    if !org_files::is_link(path) {
        return false;
    }
    let (Ok(target), Ok(root)) = (org_files::without_links(path), org_files::without_links(root))
    else {
        return false;
    };
    !target.starts_with(&root) || (kind_of(&target).is_some() && is_walked(&root, &target))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_file_is_found_by_one_path() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("w");
        fs::create_dir_all(root.join("a"))?;
        fs::create_dir_all(folder.path().join("out"))?;
        for file in ["w/a/x.sforg.json", "w/plain.json", "out/y.sforg.json"] {
            fs::write(folder.path().join(file), "{}")?;
        }
        symlink("a", root.join("b"))?;
        symlink("a/x.sforg.json", root.join("same.sforg.json"))?;
        symlink("plain.json", root.join("other.sforg.json"))?;
        symlink("../out/y.sforg.json", root.join("out.sforg.json"))?;
        symlink(&root, folder.path().join("linked"))?;
        let is_found = |file: &str| super::is_found(&root, &root.join(file));
        assert!(is_found("a/x.sforg.json") && is_found("other.sforg.json"));
        assert!(!is_found("b/x.sforg.json") && !is_found("same.sforg.json"));
        assert!(!is_found("out.sforg.json"));
        let linked = folder.path().join("linked");
        assert!(super::is_found(&linked, &linked.join("a/x.sforg.json")));
        assert!(!super::is_found(&root, &linked.join("a/x.sforg.json")));
        Ok(())
    }
}
