//! What git would do with a file, read from its files: running it would run what a repository's
//! configuration names (a file system monitor, hooks, a pager).

mod ignore_rules;
mod index;
mod repository;

use std::path::{Path, PathBuf};

use org_files::{FileError, Links, NewFile, Writer};

use repository::Repository;

/// Why a file with secrets may not be written, seen from git; ends with what to do.
#[derive(Debug, thiserror::Error)]
pub enum GitProblem {
    /// The file is in the repository's index.
    #[error(
        "git tracks {}, so the secret would go into the repository: run \"git rm --cached {}\", \
         commit that, and try again", .0.display(), shown_name(.0)
    )]
    Tracked(PathBuf),
    /// The index cannot be read, or is of a kind that this program does not know.
    #[error(
        "sforg cannot tell whether git tracks {}, because its index ({}) cannot be read: {}. Use \
         the keyring instead", .file.display(), .index.display(), .reason
    )]
    UnknownIndex {
        /// The file that is asked about.
        file: PathBuf,
        /// The index.
        index: PathBuf,
        /// Why it cannot be read.
        reason: String,
    },
    /// The `.gitignore` cannot be changed.
    #[error(
        "git does not ignore {} yet, and {} cannot be changed: {}. Add the line {} to it by hand, \
         and try again",
        .file.display(), .rules.display(), .reason, shown_name(.file)
    )]
    Rules {
        /// The file that is to be ignored.
        file: PathBuf,
        /// The `.gitignore`.
        rules: PathBuf,
        /// Why it cannot be changed.
        reason: FileError,
    },
    /// The rules say otherwise, whatever is added.
    #[error(
        "git would not ignore {}, although {} has a line for it. Use the keyring instead",
        .file.display(), .rules.display()
    )]
    StillNotIgnored {
        /// The file that is to be ignored.
        file: PathBuf,
        /// The `.gitignore`.
        rules: PathBuf,
    },
}

fn shown_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether git ignores a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// The file is in no repository. The one that may be made around it later ignores it, where a line for that
    /// could be added.
    NoRepository,
    /// It did before.
    Already,
    /// It does now, by a line that was added to this file.
    Now(PathBuf),
}

/// Makes sure that git neither tracks `file` nor would add it: where it does not ignore it yet, a
/// line is added to the `.gitignore` beside it, also before there is a repository: who is told that git ignores
/// the file may begin with git afterwards.
///
/// # Errors
/// git tracks the file, or that cannot be told; or git would not ignore it, and that cannot be
/// changed. Nothing is written then.
pub fn keep_out(file: &Path, writer: &Writer) -> Result<Ignored, GitProblem> {
    let repositories = Repository::all_above(file);
    if repositories.is_empty() {
        let to_come = Repository::to_come(file.parent().unwrap_or(Path::new("")));
        let is_ignored = || ignore_rules::is_ignored(&to_come, file);
        // Nothing takes the file yet, so nothing is refused.
        if !is_ignored()
            && let Err(reason) = add_line(file, writer, is_ignored)
        {
            tracing::warn!("the .gitignore beside a new .env file is not changed: {reason}");
        }
        return Ok(Ignored::NoRepository);
    }
    for repository in &repositories {
        repository.refuse_tracked(file)?;
    }
    let is_ignored =
        || repositories.iter().all(|repository| ignore_rules::is_ignored(repository, file));
    if is_ignored() {
        return Ok(Ignored::Already);
    }
    let rules = rules_beside(file);
    if let Err(reason) = add_line(file, writer, is_ignored) {
        return Err(GitProblem::Rules { file: file.to_owned(), rules, reason });
    }
    if is_ignored() {
        Ok(Ignored::Now(rules))
    } else {
        Err(GitProblem::StillNotIgnored { file: file.to_owned(), rules })
    }
}

fn rules_beside(file: &Path) -> PathBuf {
    file.with_file_name(".gitignore")
}

/// Adds a line for the file to the rules beside it.
fn add_line(file: &Path, writer: &Writer, is_ignored: impl Fn() -> bool) -> Result<(), FileError> {
    let links = Links::NoneBelow(file.parent().unwrap_or(Path::new("")));
    let name = shown_name(file);
    let added = writer.update_or_create(&rules_beside(file), links, NewFile::Shared, |old| {
        // Somebody else may have added it while this one waited.
        let with_line = (!is_ignored()).then(|| with_line(old.unwrap_or_default(), &name));
        Ok::<_, FileError>(with_line)
    });
    added.map(drop)
}

/// The rules with one more, the last one: it counts.
fn with_line(text: &str, line: &str) -> String {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let missing = if text.is_empty() || text.ends_with('\n') { "" } else { line_break };
    format!("{text}{missing}{line}{line_break}")
}

#[cfg(test)]
mod tests;
