//! Whether git would ignore a file: rules folder by folder, as gitignore(5) says. The nearest folder
//! counts before those above it, all of them before `info/exclude`, and that before the user's own
//! file; in a folder that is ignored nothing can be taken out again.

use std::path::Path;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use org_files::{Links, MIB};

use super::repository::Repository;

/// Whether git would ignore `file`, which is no folder.
pub(super) fn is_ignored(repository: &Repository, file: &Path) -> bool {
    let root = repository.root.as_path();
    let mut folders: Vec<&Path> =
        file.ancestors().skip(1).take_while(|above| above.starts_with(root)).collect();
    folders.reverse();
    let weakest = [exclude(repository), global(repository)];
    let mut rules: Vec<Gitignore> = Vec::new();
    for (depth, folder) in folders.iter().enumerate() {
        // What is in an ignored folder is not looked at any more.
        if depth > 0 && decides(&rules, &weakest, folder, true) {
            return true;
        }
        // git does not follow a link there.
        rules.push(rules_of(folder, &folder.join(".gitignore"), Links::NoneBelow(folder)));
    }
    decides(&rules, &weakest, file, false)
}

/// What the first rule says that there is one for; the last folder is the nearest.
fn decides(rules: &[Gitignore], weakest: &[Gitignore; 2], path: &Path, is_folder: bool) -> bool {
    let all = rules.iter().rev().chain(weakest);
    let mut said = all.map(|rules| rules.matched(path, is_folder)).filter(|said| !said.is_none());
    matches!(said.next(), Some(Match::Ignore(_)))
}

fn exclude(repository: &Repository) -> Gitignore {
    let path = repository.common_dir.join("info/exclude");
    rules_of(&repository.root, &path, Links::Follow)
}

/// The file of the user's that `core.excludesFile` names. Where the repository names another one
/// nothing is assumed of either.
fn global(repository: &Repository) -> Gitignore {
    let config = ["config", "config.worktree"].map(|name| {
        let path = repository.common_dir.join(name);
        org_files::read(&path, Links::Follow, MIB)
    });
    let is_named_here = config.iter().any(|config| match config {
        Ok(text) => {
            let text = String::from_utf8_lossy(text).to_lowercase();
            text.contains("excludesfile") || text.contains("[include")
        }
        Err(error) => !error.is_not_found(),
    });
    match ignore::gitignore::gitconfig_excludes_path().filter(|_| !is_named_here) {
        Some(path) => rules_of(&repository.root, &path, Links::Follow),
        None => Gitignore::empty(),
    }
}

/// The rules of a file, for what is below `folder`. One that cannot be read has none.
fn rules_of(folder: &Path, path: &Path, links: Links<'_>) -> Gitignore {
    let Ok(bytes) = org_files::read(path, links, 16 * MIB) else { return Gitignore::empty() };
    let text = String::from_utf8_lossy(&bytes);
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.strip_prefix('\u{feff}').unwrap_or(&text).split('\n') {
        // A line that is no pattern matches nothing.
        let _ = builder.add_line(None, line.strip_suffix('\r').unwrap_or(line));
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
