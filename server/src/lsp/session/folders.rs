//! The folders of the workspace.

use std::path::{Path, PathBuf};

use lsp_types::Url;

use crate::lsp::convert::uris::path_of;
use crate::lsp::transport::spelling;
use org_project::path_of_id;

/// A folder of the workspace, as the client knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its path.
    pub path: PathBuf,
    /// The client's spelling of its URI, without a slash at the end; `None` where the client gave a
    /// path.
    spelled: Option<String>,
}

impl Folder {
    /// A folder by the URI that the client spells, or by its path, which old clients send instead.
    pub fn of(spelled: &str) -> Option<Self> {
        match spelling::of_client(spelled) {
            Some(uri) => {
                let spelled = Some(spelled.strip_suffix('/').unwrap_or(spelled).to_owned());
                path_of(&uri).map(|path| Self { path, spelled })
            }
            None => {
                let path = Path::new(spelled);
                path.is_absolute().then(|| Self::at(path.to_owned()))
            }
        }
    }

    /// A folder whose URI the client never spelled.
    pub fn at(path: PathBuf) -> Self {
        Self { path, spelled: None }
    }

    /// The URI of a file below the folder, beginning as the client spells the folder.
    fn uri_of(&self, file: &Path) -> Option<Url> {
        let spelled = self.spelled.as_deref()?;
        let folder = Url::from_file_path(&self.path).ok()?;
        let file = Url::from_file_path(file).ok()?;
        let below = file.path().strip_prefix(folder.path().trim_end_matches('/'))?;
        below.starts_with('/').then(|| spelling::of_client(&format!("{spelled}{below}")))?
    }
}

/// The URI for an identifier: below a folder of the workspace as the client spells that.
pub fn uri_of_id(folders: &[Folder], id: &str) -> Option<Url> {
    let Some(path) = path_of_id(id) else { return Url::parse(id).ok() };
    let around = folders.iter().filter(|folder| path.starts_with(&folder.path));
    around
        .max_by_key(|folder| folder.path.components().count())
        .and_then(|folder| folder.uri_of(&path))
        .or_else(|| Url::from_file_path(&path).ok())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn files_are_spelled_as_their_folder() {
        for (folder, id, expected) in [
            ("file:///w%2Bx", "/w+x/a b.sforg.json", "file:///w%2Bx/a%20b.sforg.json"),
            ("file:///w%2Bx/", "/w+x/y/é.sforg.json", "file:///w%2Bx/y/%C3%A9.sforg.json"),
            ("file:///é", "/é/a.sforg.json", "file:///é/a.sforg.json"),
            ("file:/w", "/w/a.sforg.json", "file:/w/a.sforg.json"),
            ("file:///w", "/wide/a.sforg.json", "file:///wide/a.sforg.json"),
            ("/w", "/w/a.sforg.json", "file:///w/a.sforg.json"),
            ("file:///", "/a.sforg.json", "file:///a.sforg.json"),
            ("file:///c%3A", "untitled:x", "untitled:x"),
        ] {
            let folders = [Folder::of(folder).expect("a folder")];
            let uri = uri_of_id(&folders, id).expect("a URI");
            assert_eq!(spelling::of_server(&uri), expected, "{folder}");
        }
    }

    #[test]
    fn what_is_no_place_on_the_disk_is_no_folder() {
        for folder in ["vscode-vfs://github/w", "w", "", "untitled:w"] {
            assert_eq!(Folder::of(folder), None, "{folder}");
        }
    }
}
