//! Where `designStudioProject` leads, and what is there.

use std::path::Path;

use crate::design_studio::{DesignStudioPlace, DesignStudioProject};
use crate::files::path_of_id;
use org_files::Links;
use org_sources::design_studio::ProjectFile;

/// The identifier of the folder or Jitterpak that a project file names: a path from its folder, with `/`
/// between the parts.
///
/// # Errors
/// It is no such path; why, in words that end a sentence.
pub fn link_target(project_file: &str, written: &str) -> Result<String, &'static str> {
    let written = written.trim();
    if written.contains('\\') {
        return Err("write / between the parts of the path");
    }
    let has_drive = written.as_bytes().get(1) == Some(&b':');
    if written.starts_with('/') || has_drive || written.contains("://") {
        return Err("write the path from the folder of sforg-project.json");
    }
    let mut parts: Vec<&str> = project_file.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none_or(str::is_empty) {
                    return Err("its path leads out of the disk");
                }
            }
            part => parts.push(part),
        }
    }
    if parts.last() == Some(&ProjectFile::PROJECT_XML) {
        parts.pop();
    }
    Ok(parts.join("/"))
}

/// Reads the Design Studio project at the end of a link. Nothing outside of `boundary` is read. `give_way` is
/// called before each piece that is read, and may wait.
///
/// # Errors
/// Why there is none, in words that end a sentence.
pub fn read_linked(
    target: &str,
    boundary: &Path,
    give_way: &dyn Fn(),
) -> Result<DesignStudioProject, String> {
    let path = path_of_id(target).ok_or("it is not on a disk")?;
    if !path.starts_with(boundary) {
        return Err("it is outside of the workspace".to_owned());
    }
    if !org_files::is_there(&path) {
        return Err("it does not exist".to_owned());
    }
    let read = DesignStudioPlace::at(path).read_giving_way(Links::Within(boundary), give_way);
    read.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::link_target;

    #[test]
    fn a_link_is_a_path_from_the_project_file() {
        let target = |written: &str| link_target("/w/orgs/sforg-project.json", written);
        for (written, expected) in [
            ("../Acme orders", "/w/Acme orders"),
            ("./x/", "/w/orgs/x"),
            ("..//y/../orders.jpk", "/w/orders.jpk"),
            ("../Acme/project.xml", "/w/Acme"),
            (".", "/w/orgs"),
        ] {
            assert_eq!(target(written).as_deref(), Ok(expected), "{written}");
        }
        for written in ["/w/Acme", "C:/Acme", "..\\Acme", "file:///w/Acme", "../../../.."] {
            assert!(target(written).is_err(), "{written}");
        }
        assert_eq!(link_target("sforg-project.json", "Acme").as_deref(), Ok("Acme"));
    }
}
