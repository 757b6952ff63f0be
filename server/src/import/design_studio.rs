//! Design Studio projects and exports of Integration Studio as sources.

use std::path::{Path, PathBuf};

use org_files::{FileError, Links};
use org_import::{Source, from_design_studio, from_studio_export, may_hold_orgs};
use org_project::{DesignStudioError, DesignStudioPlace};
use org_sources::design_studio::ProjectFile;
use org_sources::jitterpak;
use org_sources::studio_export::StudioExport;
use org_text::Foreign;

use super::sources::SourceError;
use super::target::Target;

/// So many projects in a folder are named.
const NAMED: usize = 3;
/// What a zip archive begins with: a member, or the end of one without members.
const ARCHIVE_BEGINNINGS: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

/// Whether a file is a Jitterpak, by its name or by how it begins.
pub(super) fn is_archive(path: &Path) -> Result<bool, FileError> {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    if name.is_some_and(|name| name.ends_with(jitterpak::SUFFIX)) {
        return Ok(true);
    }
    let start = org_files::read_start(path, Links::Follow, 4)?;
    Ok(ARCHIVE_BEGINNINGS.contains(&start.as_slice()))
}

/// Reads the project in a Jitterpak.
pub(super) fn read_archive(
    path: &Path,
    label: &str,
    target: &Target,
) -> Result<Source, SourceError> {
    read(&DesignStudioPlace::Jitterpak(path.to_owned()), Links::Follow, label, target)
}

/// Reads a project in a folder.
pub(super) fn read_folder(
    folder: &Path,
    label: &str,
    target: &Target,
) -> Result<Source, SourceError> {
    if !is_project(folder) {
        return Err(SourceError::DesignStudio(no_project(folder)));
    }
    let place = DesignStudioPlace::Folder(folder.to_owned());
    read(&place, Links::Within(folder), label, target)
}

fn read(
    place: &DesignStudioPlace,
    links: Links<'_>,
    label: &str,
    target: &Target,
) -> Result<Source, SourceError> {
    let read = place.read(links).map_err(|error| match error {
        DesignStudioError::File(error) => error.into(),
        error => SourceError::DesignStudio(error.to_string()),
    })?;
    let link = target.link_to(place.path());
    let mut source = from_design_studio(label.to_owned(), &read.project, link);
    let problems = read.problems.iter().filter(|(path, _)| may_hold_orgs(path));
    source
        .left_out
        .extend(problems.map(|(path, error)| format!("{} is not read: {error}", Foreign(path))));
    Ok(source)
}

/// The folder of the project that a file belongs to, when a person names `project.xml` or the file of
/// one org.
pub(super) fn project_of_file(path: &Path) -> Option<PathBuf> {
    let id = org_project::id_of_path(&org_files::without_links(path).ok()?);
    let (root, file) = org_project::design_studio_file(&id)?;
    matches!(file, ProjectFile::ProjectXml | ProjectFile::Org)
        .then(|| org_project::path_of_id(root))
        .flatten()
}

fn is_project(folder: &Path) -> bool {
    org_files::is_there(&folder.join(ProjectFile::PROJECT_XML))
        && org_files::is_folder(&folder.join(ProjectFile::DATA))
}

/// A folder that is none may hold some.
fn no_project(folder: &Path) -> String {
    let mut inside: Vec<String> = org_files::entries(folder)
        .iter()
        .filter(|path| {
            is_project(path) || path.extension().is_some_and(|end| end.eq_ignore_ascii_case("jpk"))
        })
        .filter_map(|path| Some(format!("\"{}\"", Foreign(path.file_name()?.to_str()?))))
        .collect();
    inside.sort();
    let none = "it is not a Design Studio project (project.xml, with the root Project, next to \
                Data/)";
    if inside.is_empty() {
        return none.to_owned();
    }
    let names = org_ide::names_listed(inside.into_iter(), NAMED);
    format!("{none}; name one of those in it: {names}")
}

/// Reads an export of Integration Studio; `None` when the text is something else.
pub(super) fn read_export(text: &str, label: &str) -> Option<Source> {
    let export = StudioExport::read(text)?;
    Some(from_studio_export(label.to_owned(), text, &export))
}
