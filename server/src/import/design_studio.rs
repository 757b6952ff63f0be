//! Design Studio projects and exports of Integration Studio as sources.

use std::path::{Path, PathBuf};

use org_files::{FileError, Links, MIB};
use org_import::{Source, from_design_studio, from_studio_export};
use org_sources::design_studio::{Project, ProjectFile};
use org_sources::jitterpak::{self, JitterpakError};
use org_sources::studio_export::StudioExport;
use org_text::Foreign;

use super::sources::SourceError;
use super::target::Target;

/// Bytes of the largest file of a project that is read.
const MAX_FILE: u64 = 4 * MIB;
/// So many orgs of one project are read.
const MAX_ORGS: usize = 10_000;
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
    let refused = |error: JitterpakError| SourceError::DesignStudio(error.to_string());
    let archive = org_files::open_to_read(path, Links::Follow)?;
    let read = jitterpak::read(std::io::BufReader::new(archive)).map_err(refused)?;
    Ok(from_design_studio(label.to_owned(), &read.project, target.link_to(path)))
}

/// The folder of the project that a file belongs to, when a person names `project.xml` or the file of
/// one org.
pub(super) fn project_of_file(path: &Path) -> Option<PathBuf> {
    let path = org_files::without_links(path).ok()?;
    if path.file_name()? == ProjectFile::PROJECT_XML {
        return path.parent().map(Path::to_owned);
    }
    let orgs = path.parent()?;
    let data = orgs.parent()?;
    let is_org = path.extension()? == "xml"
        && orgs.file_name()? == ProjectFile::ORGS
        && data.file_name()? == ProjectFile::DATA;
    data.parent().filter(|_| is_org).map(Path::to_owned)
}

/// Reads a project in a folder; of its files only the few that matter for an import.
pub(super) fn read_folder(
    folder: &Path,
    label: &str,
    target: &Target,
) -> Result<Source, SourceError> {
    if !is_project(folder) {
        return Err(SourceError::DesignStudio(no_project(folder)));
    }
    let mut paths: Vec<String> =
        [ProjectFile::PROJECT_XML, "environment.properties", "jitterpak.properties"]
            .map(str::to_owned)
            .into();
    let orgs = folder.join(ProjectFile::DATA).join(ProjectFile::ORGS);
    let mut names: Vec<String> = org_files::entries(&orgs)
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    if names.len() > MAX_ORGS {
        return Err(SourceError::DesignStudio(format!(
            "it holds more than {MAX_ORGS} orgs, which no project does"
        )));
    }
    names.sort();
    let below = |name: String| format!("{}/{}/{name}", ProjectFile::DATA, ProjectFile::ORGS);
    paths.extend(names.into_iter().map(below).filter(|it| ProjectFile::of_path(it).is_some()));
    let mut files = Vec::new();
    let mut left_out = Vec::new();
    for path in paths {
        match org_files::read(&folder.join(&path), Links::Within(folder), MAX_FILE) {
            Ok(bytes) => files.push((path, bytes)),
            Err(error) if error.is_not_found() => {}
            Err(error) => left_out.push(format!("{} is not read: {error}", Foreign(&path))),
        }
    }
    let project = Project::read(files);
    if !project.xml.is_project {
        return Err(SourceError::DesignStudio(no_project(folder)));
    }
    let mut source = from_design_studio(label.to_owned(), &project, target.link_to(folder));
    source.left_out.extend(left_out);
    Ok(source)
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
    let none = "it is no Design Studio project (project.xml, with the root Project, beside Data/)";
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
