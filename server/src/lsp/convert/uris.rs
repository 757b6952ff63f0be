//! From the client's URIs to the index's identifiers and back.
//!
//! A file is known by its path, however the client spells its URI (`c%3A`, upper-case drive
//! letters, percent signs that need not be there); anything else (`untitled:…`) by the URI itself.

use std::path::PathBuf;

use lsp_types::Url;
use org_ide::FileKind;
use org_project::id_of_path;
use org_text::Foreign;

use crate::lsp::transport::spelling;

/// The identifier of a document.
pub fn id_of(uri: &Url) -> String {
    match path_of(uri) {
        Some(path) => id_of_path(&path),
        None => spelling::plain(uri).into(),
    }
}

/// The path of a `file:` URI. On Windows the drive letter is in lower case.
pub fn path_of(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() != "file" {
        return None;
    }
    let path = uri.to_file_path().ok()?;
    if !cfg!(windows) {
        return Some(path);
    }
    let text = path.to_str()?;
    let (drive, rest) = text.split_at_checked(1)?;
    let has_drive = drive.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with(':');
    Some(if has_drive { PathBuf::from(format!("{}{rest}", drive.to_lowercase())) } else { path })
}

/// Which format a document has, by its name or, for one without a name yet, by its language. One that has a
/// path like a file of Design Studio need not be one: `Files::is_judged` tells.
pub fn kind_of(uri: &Url, language_id: &str) -> Option<FileKind> {
    let name = uri.path_segments().and_then(|mut segments| segments.next_back());
    let decoded = name.map(percent_decoded);
    let by_name = decoded.as_deref().and_then(FileKind::of_name);
    let by_language = || (language_id == "salesforce-org").then_some(FileKind::Org);
    let of_design_studio = || org_project::design_studio_kind_of(&id_of_path(&path_of(uri)?));
    by_name.or_else(by_language).or_else(of_design_studio)
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// How a document is called in messages: its last part.
pub fn shown(id: &str) -> String {
    Foreign(id.rsplit('/').next().unwrap_or(id)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Url {
        Url::parse(text).expect("a URI")
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(
            id_of(&uri("file:///w/a%20b.sforg.json")),
            id_of(&uri("file:///w/a b.sforg.json"))
        );
        assert_eq!(id_of(&uri("untitled:Untitled-1")), "untitled:Untitled-1");
    }

    #[test]
    fn kinds_follow_names_then_languages() {
        assert_eq!(kind_of(&uri("file:///w/a.sforg.json"), "json"), Some(FileKind::Org));
        assert_eq!(kind_of(&uri("file:///w/a%2Esforg.json"), "json"), Some(FileKind::Org));
        assert_eq!(kind_of(&uri("file:///w/sforg-project.json"), "x"), Some(FileKind::Project));
        assert_eq!(kind_of(&uri("untitled:Untitled-1"), "salesforce-org"), Some(FileKind::Org));
        assert_eq!(kind_of(&uri("file:///w/package.json"), "json"), None);
        let org = uri("file:///w/A%20b/Data/SalesforceConnector/x.xml");
        assert_eq!(kind_of(&org, "xml"), Some(FileKind::DesignStudioOrg));
        let project = kind_of(&uri("file:///w/project.xml"), "xml");
        assert_eq!(project, Some(FileKind::DesignStudioProject));
        assert_eq!(kind_of(&uri("git:///w/project.xml"), "xml"), None);
    }
}
