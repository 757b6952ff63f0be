//! A Jitterpak (`.jpk`): a Design Studio project, zipped.
//!
//! Only the few members that matter are unpacked. Sizes, ratios and counts are bounded, and an archive
//! that breaks a bound, ends early or holds a path that leads out of it is refused as a whole: nothing is
//! read by halves.

mod directory;
mod error;

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use zip::{CompressionMethod, ZipArchive};

pub use error::JitterpakError;

use crate::design_studio::{Project, ProjectFile};

/// What the name of a Jitterpak ends in.
pub const SUFFIX: &str = ".jpk";
/// An archive has no more members.
pub const MAX_MEMBERS: usize = 60_000;
/// No larger archive is read, in bytes.
pub const MAX_ARCHIVE_BYTES: u64 = 1024 * 1024 * 1024;
/// No larger member is unpacked, in bytes.
pub const MAX_MEMBER_BYTES: u64 = crate::xml::MAX_BYTES as u64;
/// Not more than this is unpacked of one archive, in bytes.
pub const MAX_UNPACKED_BYTES: u64 = 128 * 1024 * 1024;
/// XML packs to a tenth or twentieth; a member that packs better than this is a bomb.
const MAX_RATIO: u64 = 250;
/// Members up to this size are harmless however well they pack, in bytes.
const SMALL_MEMBER_BYTES: u64 = 256 * 1024;

/// What is in a Jitterpak.
#[derive(Debug)]
pub struct Jitterpak {
    /// Where in the archive the project is: empty, or the name of a folder and `/`.
    pub root: String,
    /// The project; its paths are below `root`.
    pub project: Project,
}

/// Reads the project in an archive.
///
/// # Errors
/// It is no archive, ends early, holds no project or several, or breaks a bound.
pub fn read(mut archive: impl Read + Seek) -> Result<Jitterpak, JitterpakError> {
    directory::check(&mut archive)?;
    let mut archive = ZipArchive::new(archive).map_err(JitterpakError::of_archive)?;
    let members = members(&mut archive)?;
    let root = project_root(&members)?;
    let mut files = Vec::new();
    let mut left = MAX_UNPACKED_BYTES;
    for member in &members {
        let Some(below) = member.path.strip_prefix(root.as_str()) else { continue };
        if ProjectFile::of_path(below).is_some() {
            let bytes = unpack(&mut archive, member, left)?;
            left = left.saturating_sub(bytes.len() as u64);
            files.push((below.to_owned(), bytes));
        }
    }
    let mut project = Project::read(files);
    for below in members.iter().filter_map(|member| member.path.strip_prefix(root.as_str())) {
        project.org_files.add_nested(below);
    }
    if !project.xml.is_project {
        return Err(JitterpakError::NoProject);
    }
    Ok(Jitterpak { root, project })
}

/// A file in an archive.
struct Member {
    index: usize,
    /// `/` between the parts.
    path: String,
}

/// All files by their paths, which are looked at before anything is unpacked.
fn members<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<Member>, JitterpakError> {
    if archive.len() > MAX_MEMBERS {
        return Err(JitterpakError::TooManyMembers);
    }
    if archive.has_duplicate_names() {
        return Err(JitterpakError::DuplicatePath);
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(JitterpakError::of_archive)?;
        // Some programs for Windows write its own separator.
        let path = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        if leads_out(&path) || entry.is_symlink() {
            return Err(JitterpakError::UnsafePath(path));
        }
        if !path.ends_with('/') {
            members.push(Member { index, path });
        }
    }
    Ok(members)
}

/// Whether a path would leave the folder that the archive were unpacked to.
fn leads_out(path: &str) -> bool {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    path.starts_with('/')
        || has_drive
        || path.contains('\0')
        || path.split('/').any(|it| it == "..")
}

/// The folder of the archive's one project: the archive itself or a folder in it.
fn project_root(members: &[Member]) -> Result<String, JitterpakError> {
    let mut with_project_xml = BTreeSet::new();
    let mut with_data = BTreeSet::new();
    for member in members {
        let mut parts = member.path.splitn(3, '/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(ProjectFile::PROJECT_XML), None, None) => drop(with_project_xml.insert("")),
            (Some(folder), Some(ProjectFile::PROJECT_XML), None) => {
                with_project_xml.insert(folder);
            }
            (Some(ProjectFile::DATA), Some(_), _) => drop(with_data.insert("")),
            (Some(folder), Some(ProjectFile::DATA), Some(_)) => drop(with_data.insert(folder)),
            _ => {}
        }
    }
    let mut projects = with_project_xml.intersection(&with_data);
    match (projects.next(), projects.next()) {
        (None, _) => Err(JitterpakError::NoProject),
        (Some(&""), None) => Ok(String::new()),
        (Some(folder), None) => Ok(format!("{folder}/")),
        (Some(one), Some(other)) => {
            Err(JitterpakError::SeveralProjects((*one).to_owned(), (*other).to_owned()))
        }
    }
}

fn unpack<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    member: &Member,
    left: u64,
) -> Result<Vec<u8>, JitterpakError> {
    let path = || member.path.clone();
    let entry = archive.by_index_data(member.index).map_err(JitterpakError::of_archive)?;
    if entry.encrypted() {
        return Err(JitterpakError::Encrypted(path()));
    }
    if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(JitterpakError::Method);
    }
    let packed = entry.compressed_size();
    let most =
        MAX_MEMBER_BYTES.min(left).min(packed.saturating_mul(MAX_RATIO).max(SMALL_MEMBER_BYTES));
    let file = archive.by_index(member.index).map_err(JitterpakError::of_archive)?;
    let mut bytes = Vec::new();
    // The size that the archive states is not believed.
    file.take(most + 1).read_to_end(&mut bytes).map_err(|_| JitterpakError::Damaged(path()))?;
    if bytes.len() as u64 > most {
        return Err(JitterpakError::TooLarge(path()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
