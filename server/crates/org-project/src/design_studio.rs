//! Design Studio projects on a disk: folders, and Jitterpaks. Of a project only the few files that matter
//! are read.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use org_files::{FileError, Links, Stamp};
use org_sources::design_studio::{Project, ProjectFile};
use org_sources::jitterpak::{self, JitterpakError};
use org_sources::xml;

/// Where a Design Studio project is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DesignStudioPlace {
    /// A folder with `project.xml` and `Data`.
    Folder(PathBuf),
    /// A Jitterpak.
    Jitterpak(PathBuf),
}

/// A project as it was read.
#[derive(Debug)]
pub struct DesignStudioProject {
    /// What is in it.
    pub project: Project,
    /// What its paths are below: the folder, or the Jitterpak with `!` and the folder in it. `/` between
    /// the parts.
    pub root: String,
    /// Files that could not be read, below the root.
    pub problems: Vec<(String, FileError)>,
}

/// Why a project is not read; the words go behind its name.
#[derive(Debug, thiserror::Error)]
pub enum DesignStudioError {
    /// The archive is refused.
    #[error(transparent)]
    Jitterpak(#[from] JitterpakError),
    /// What is wrong with the file or folder.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder has no `project.xml` with the root element `Project`, or no `Data`.
    #[error(
        "it is no Design Studio project (project.xml with the root element Project, beside Data)"
    )]
    NoProject,
}

/// Between the path of a Jitterpak and that of a member.
pub const IN_ARCHIVE: &str = "!";

/// The Jitterpak that a file is in, and its path there. Such a file comes, changes and goes with the archive
/// alone, and nobody can open it.
pub fn in_archive(id: &str) -> Option<(&str, &str)> {
    let mark = [jitterpak::SUFFIX, IN_ARCHIVE, "/"].concat();
    let at = id.to_ascii_lowercase().rfind(&mark)?;
    Some((id.get(..at + jitterpak::SUFFIX.len())?, id.get(at + mark.len()..)?))
}

/// What a file would be in a Design Studio project, told by its path alone, and what the paths of that
/// project are below.
pub fn design_studio_file(id: &str) -> Option<(&str, ProjectFile)> {
    let mut slashes = id.rmatch_indices('/').map(|(at, _)| at);
    let in_root = slashes.next()?;
    let in_data = slashes.nth(1);
    [Some(in_root), in_data]
        .into_iter()
        .flatten()
        .find_map(|at| Some((id.get(..at)?, ProjectFile::of_path(id.get(at + 1..)?)?)))
}

/// A look at a project that reads nothing: equal as long as no file of it came, went or took another's
/// place, and neither its `project.xml` nor its version changed. What is in its orgs is seen by their own stamps;
/// another text in a file of an operation is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignStudioStamp(Vec<Option<Stamp>>);

impl DesignStudioPlace {
    /// The project at a path: in a Jitterpak, else in a folder.
    pub fn at(path: PathBuf) -> Self {
        Self::of_file(&path).unwrap_or(Self::Folder(path))
    }

    /// How it looks now.
    pub fn stamp(&self) -> DesignStudioStamp {
        let folder = match self {
            Self::Jitterpak(path) => return DesignStudioStamp(vec![Stamp::of(path)]),
            Self::Folder(folder) => folder,
        };
        let data = folder.join(ProjectFile::DATA);
        let files = [ProjectFile::PROJECT_XML, ProjectFile::ENVIRONMENT, ProjectFile::JITTERPAK];
        let mut paths: Vec<PathBuf> = files.iter().map(|name| folder.join(name)).collect();
        let mut kinds = org_files::entries(&data);
        kinds.retain(|kind| {
            let name = kind.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| ProjectFile::of_folder(name).is_some())
        });
        kinds.sort();
        paths.push(data);
        paths.extend(kinds);
        DesignStudioStamp(paths.iter().map(|path| Stamp::of(path)).collect())
    }

    /// Tells by a file's name whether a project may be there: in its folder, or in the file itself.
    pub fn of_file(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if name == ProjectFile::PROJECT_XML {
            return Some(Self::Folder(path.parent()?.to_owned()));
        }
        let is_archive = name.len() > jitterpak::SUFFIX.len()
            && name
                .get(name.len() - jitterpak::SUFFIX.len()..)?
                .eq_ignore_ascii_case(jitterpak::SUFFIX);
        is_archive.then(|| Self::Jitterpak(path.to_owned()))
    }

    /// The folder or the Jitterpak.
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::Jitterpak(path) => path,
        }
    }

    /// The same place with another path: as a person names it, for example.
    pub fn with_path(&self, path: PathBuf) -> Self {
        match self {
            Self::Folder(_) => Self::Folder(path),
            Self::Jitterpak(_) => Self::Jitterpak(path),
        }
    }

    /// What the paths of a project's files are below, as [`DesignStudioProject::root`] says.
    fn root(&self, inside: &str) -> String {
        let path = crate::id_of_path(self.path());
        match self {
            Self::Folder(_) => path,
            Self::Jitterpak(_) => {
                format!("{path}{IN_ARCHIVE}/{inside}").trim_end_matches('/').to_owned()
            }
        }
    }

    /// Reads the project.
    ///
    /// # Errors
    /// There is none, or the archive is refused. A single file that cannot be read is among the
    /// [`problems`](DesignStudioProject::problems).
    pub fn read(&self, links: Links<'_>) -> Result<DesignStudioProject, DesignStudioError> {
        self.read_giving_way(links, &|| ())
    }

    /// As [`DesignStudioPlace::read`]; `give_way` is called before each piece that is read, and may wait.
    pub(crate) fn read_giving_way(
        &self,
        links: Links<'_>,
        give_way: &dyn Fn(),
    ) -> Result<DesignStudioProject, DesignStudioError> {
        match self {
            Self::Jitterpak(path) => {
                let archive = GivingWay { file: org_files::open_archive(path, links)?, give_way };
                let read = jitterpak::read(archive)?;
                let root = self.root(&read.root);
                Ok(DesignStudioProject { project: read.project, root, problems: Vec::new() })
            }
            Self::Folder(path) => {
                let (project, problems) = read_folder(path, links, give_way)?;
                Ok(DesignStudioProject { project, root: self.root(""), problems })
            }
        }
    }
}

/// An archive that is read a piece at a time.
struct GivingWay<'a, R> {
    file: R,
    give_way: &'a dyn Fn(),
}

impl<R: Read> Read for GivingWay<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (self.give_way)();
        self.file.read(buffer)
    }
}

impl<R: Seek> Seek for GivingWay<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

fn read_folder(
    folder: &Path,
    links: Links<'_>,
    give_way: &dyn Fn(),
) -> Result<(Project, Vec<(String, FileError)>), DesignStudioError> {
    let data = folder.join(ProjectFile::DATA);
    if !org_files::is_folder(&data) {
        return Err(DesignStudioError::NoProject);
    }
    // A project.xml that is none is looked at before thousands of files are.
    let first =
        org_files::read(&folder.join(ProjectFile::PROJECT_XML), links, xml::MAX_BYTES as u64)?;
    let mut problems = Vec::new();
    let rest = files_below(folder, &data).into_iter().filter_map(|below| {
        give_way();
        match org_files::read(&folder.join(&below), links, xml::MAX_BYTES as u64) {
            Ok(bytes) => Some((below, bytes)),
            Err(error) if error.is_not_found() => None,
            Err(error) => {
                problems.push((below, error));
                None
            }
        }
    });
    let first = (ProjectFile::PROJECT_XML.to_owned(), first);
    let mut project = Project::read_if_one(first, rest).ok_or(DesignStudioError::NoProject)?;
    for (unread, _) in &problems {
        if ProjectFile::of_path(unread) == Some(ProjectFile::Org) {
            project.org_files.add_unread(unread);
        }
    }
    let orgs = data.join(ProjectFile::ORGS);
    for nested in org_files::entries(&orgs).iter().filter(|entry| org_files::is_folder(entry)) {
        if let Some(name) = nested.file_name().and_then(|name| name.to_str()) {
            let within = [ProjectFile::DATA, ProjectFile::ORGS, name, ""].join("/");
            project.org_files.add_nested(&within);
        }
    }
    Ok((project, problems))
}

/// The paths of the files that matter, `project.xml` apart.
fn files_below(folder: &Path, data: &Path) -> Vec<String> {
    let names = |folder: &Path| org_files::entries(folder);
    let mut files: Vec<String> = [ProjectFile::ENVIRONMENT, ProjectFile::JITTERPAK]
        .into_iter()
        .filter(|name| org_files::is_there(&folder.join(name)))
        .map(str::to_owned)
        .collect();
    for kind in names(data) {
        let Some(kind_name) = kind.file_name().and_then(|name| name.to_str()) else { continue };
        if ProjectFile::of_folder(kind_name).is_none() {
            continue;
        }
        for file in names(&kind) {
            let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
            let below = format!("{}/{kind_name}/{name}", ProjectFile::DATA);
            if ProjectFile::of_path(&below).is_some() {
                files.push(below);
            }
        }
    }
    files
}

#[cfg(test)]
mod tests;
