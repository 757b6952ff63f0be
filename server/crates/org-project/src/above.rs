//! Where to look for what governs a file: the folders above it, as far as they are trusted.

use std::path::{Path, PathBuf};

use org_ide::FileKind;

/// The folders in which a project file may govern what is in `folder`, the nearest first. They end
/// with the workspace folder (the outermost of `workspace`) that it is in. Outside of all of them they end with
/// the folder of a repository (`.git`), and before a folder that belongs to somebody else than
/// `folder` does, or in which somebody else has put a project file (in `/tmp` everybody can): whoever
/// may write above a repository is not trusted to switch its rules off.
///
/// The owner is compared with the folder's and not with the process's: in a container a checkout often
/// belongs to another user than the one who runs there. Within a workspace folder it does not matter,
/// a person has opened all of that. A folder that is not there (any more) is taken for one of the owner of
/// the nearest one above that is.
pub fn folders_above(folder: &Path, workspace: &[PathBuf]) -> Vec<PathBuf> {
    if let Some(end) = opened_around(folder, workspace) {
        let up_to_end = folder.ancestors().take_while(|above| above.starts_with(end));
        return up_to_end.map(Path::to_owned).collect();
    }
    let owner = folder.ancestors().find_map(org_files::owner_of_folder);
    let mut folders = Vec::new();
    for above in folder.ancestors() {
        let is_strangers = org_files::owner_of_folder(above).is_some_and(|own| Some(own) != owner);
        if is_strangers || has_strangers_project(above, owner) {
            break;
        }
        folders.push(above.to_owned());
        if org_files::is_there(&above.join(".git")) {
            break;
        }
    }
    folders
}

/// Whether a folder has a project file that belongs neither to the owner nor to the administrator.
fn has_strangers_project(folder: &Path, owner: Option<u32>) -> bool {
    let file = folder.join(FileKind::PROJECT_FILE_NAME);
    org_files::owner_of_file(&file).is_some_and(|file| Some(file) != owner && file != 0)
}

/// The nearest project file in the folder of `path` or above, as far as [`folders_above`] goes.
pub fn project_file_above(path: &Path, workspace: &[PathBuf]) -> Option<PathBuf> {
    project_file_above_folder(path.parent()?, workspace)
}

/// As [`project_file_above`], for whatever is in `folder`.
pub fn project_file_above_folder(folder: &Path, workspace: &[PathBuf]) -> Option<PathBuf> {
    folders_above(folder, workspace)
        .into_iter()
        .map(|folder| folder.join(FileKind::PROJECT_FILE_NAME))
        .find(|file| org_files::is_there(file))
}

/// The folder out of which no link may lead while `path` is read: the workspace folder that it is in
/// (the outermost one), else the folder of the repository, else the one that the file is in.
pub fn root_of(path: &Path, workspace: &[PathBuf]) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    if let Some(opened) = opened_around(folder, workspace) {
        return opened.to_owned();
    }
    repository_around(folder).unwrap_or_else(|| folder.to_owned())
}

/// The folder of the repository that a folder is in.
pub fn repository_around(folder: &Path) -> Option<PathBuf> {
    folders_above(folder, &[]).into_iter().find(|folder| org_files::is_there(&folder.join(".git")))
}

/// The innermost workspace folder that a path is in.
pub fn folder_around<'a>(path: &Path, workspace: &'a [PathBuf]) -> Option<&'a Path> {
    let around = workspace.iter().filter(|opened| path.starts_with(opened));
    around.max_by_key(|opened| opened.components().count()).map(PathBuf::as_path)
}

/// The outermost workspace folder that a folder is in.
fn opened_around<'a>(folder: &Path, workspace: &'a [PathBuf]) -> Option<&'a Path> {
    let around = workspace.iter().filter(|opened| folder.starts_with(opened));
    around.min_by_key(|opened| opened.components().count()).map(PathBuf::as_path)
}

#[cfg(test)]
mod tests {
    use std::fs::{create_dir_all, write};

    use super::*;

    fn playground() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("w");
        create_dir_all(root.join("r/s/t")).expect("folders");
        (folder, root)
    }

    #[test]
    fn the_search_ends_at_the_workspace_folder() {
        let (folder, root) = playground();
        let file = folder.path().join("sforg-project.json");
        write(&file, "{}").expect("a file");
        let org = root.join("r/s/a.sforg.json");
        assert_eq!(project_file_above(&org, &[]), Some(file.clone()));
        assert_eq!(project_file_above(&org, &[root.join("r")]), None);
        assert_eq!(project_file_above(&org, &[folder.path().to_owned()]), Some(file.clone()));
        assert_eq!(project_file_above(&org, &[root.join("other")]), Some(file));
        let nearer = root.join("r/sforg-project.json");
        write(&nearer, "{}").expect("a file");
        assert_eq!(project_file_above(&org, std::slice::from_ref(&root)), Some(nearer.clone()));
        assert_eq!(project_file_above(&nearer, &[root.join("r")]), Some(nearer.clone()));
        assert_eq!(project_file_above(&org, &[root.join("r/s"), root]), Some(nearer));
    }

    #[test]
    fn the_search_ends_at_the_repository() {
        let (folder, root) = playground();
        write(folder.path().join("sforg-project.json"), "{}").expect("a file");
        let org = root.join("r/s/t/a.sforg.json");
        assert!(project_file_above(&org, &[]).is_some());
        // A work tree of git has a file of that name.
        write(root.join(".git"), "gitdir: elsewhere").expect("a file");
        assert_eq!(project_file_above(&org, &[]), None);
        write(root.join("sforg-project.json"), "{}").expect("a file");
        assert_eq!(project_file_above(&org, &[]), Some(root.join("sforg-project.json")));
    }

    #[test]
    fn links_may_lead_as_far_as_what_was_opened() {
        let (_folder, root) = playground();
        let org = root.join("r/s/a.sforg.json");
        assert_eq!(root_of(&org, &[]), root.join("r/s"));
        create_dir_all(root.join("r/.git")).expect("a folder");
        assert_eq!(root_of(&org, &[]), root.join("r"));
        assert_eq!(root_of(&org, &[root.join("r/s"), root.clone()]), root);
    }

    #[test]
    fn a_folder_that_is_not_there_is_governed_like_the_one_above_it() {
        let (_folder, root) = playground();
        let file = root.join("sforg-project.json");
        write(&file, "{}").expect("a file");
        let org = root.join("gone/deep/a.sforg.json");
        assert_eq!(project_file_above(&org, &[]), Some(file));
    }

    /// Only root can make folders that belong to others.
    #[cfg(unix)]
    #[test]
    fn the_search_ends_at_a_strangers_folder_and_file() {
        use std::os::unix::fs::chown;

        let (folder, root) = playground();
        let org = root.join("r/s/a.sforg.json");
        let file = folder.path().join("sforg-project.json");
        write(&file, "{}").expect("a file");
        if chown(&file, Some(12345), None).is_err() {
            return;
        }
        assert_eq!(project_file_above(&org, &[]), None, "a stranger's file");
        let gone = root.join("gone/a.sforg.json");
        assert_eq!(project_file_above(&gone, &[]), None, "nor for a folder that is not there");
        chown(&file, Some(0), None).expect("root");
        assert!(project_file_above(&org, &[]).is_some());
        chown(folder.path(), Some(12345), None).expect("root");
        assert_eq!(project_file_above(&org, &[]), None, "a stranger's folder");
        // A checkout that belongs to another user than the process belongs together.
        for path in [&root, &root.join("r"), &root.join("r/s"), &file] {
            chown(path, Some(12345), None).expect("root");
        }
        assert_eq!(project_file_above(&org, &[]), Some(file));
    }
}
