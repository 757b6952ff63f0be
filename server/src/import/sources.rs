//! Reading what somebody wants imported: what it is tells its content, not its name alone.

use std::path::Path;

use org_files::{FileError, Found, Links, MIB};
use org_import::{Source, from_auth_url, from_env_file, from_sf_output};
use org_sources::{auth_url, env_file, sf_output};
use org_text::Foreign;

use super::design_studio;
use super::target::Target;

/// What stands for standard input on the command line.
pub const STANDARD_INPUT: &str = "-";
/// Bytes of the largest text that is read.
pub const MAX_TEXT: u64 = 64 * MIB;

/// Why a source gives nothing; says what to do. The words go behind its name.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be opened or read.
    #[error("{0}")]
    File(#[from] FileError),
    /// It is no text.
    #[error("{0}")]
    NotText(String),
    /// An auth URL where other programs can read it.
    #[error(
        "an SFDX auth URL is a login in itself: pipe it, so that it appears in no file, argument \
         or history: sf org auth show-sfdx-auth-url … | sforg import -"
    )]
    AuthUrlInFile,
    /// What is wrong with an auth URL.
    #[error("{0}")]
    AuthUrl(#[from] auth_url::AuthUrlError),
    /// The Salesforce CLI has given no org.
    #[error("{}", Foreign(&.0.to_string()))]
    SfOutput(#[from] sf_output::SfOutputError),
    /// It is a Design Studio project that cannot be read.
    #[error("{0}")]
    DesignStudio(String),
    /// It is an XML file, and in no Design Studio project.
    #[error(
        "it is an XML file outside a Design Studio project: an org is imported with its project, \
         so name the folder with project.xml and Data/"
    )]
    Xml,
    /// There is no login in it.
    #[error(
        "there is no Salesforce login in it: SF_*, SFDC_* and SALESFORCE_* names are looked for, a user name or client ID among them with a host, password or client secret"
    )]
    NoLogin,
    /// It is none of what can be imported.
    #[error(
        "it is not something that sforg can import: name a Design Studio project (its folder or a \
         .jpk), an export of Integration Studio, the output of sf org display --json or sf org \
         list --json, or a .env file"
    )]
    Unknown,
}

/// Reads a file or a folder.
///
/// # Errors
/// It cannot be read, or there is nothing in it that can be imported.
pub fn read_path(path: &Path, label: &str, target: &Target) -> Result<Source, SourceError> {
    // Not to repeat it as the name of a file that does not exist.
    if path.to_str().is_some_and(auth_url::is_meant) {
        return Err(SourceError::AuthUrlInFile);
    }
    match org_files::look_at(path)? {
        Found::Folder => return design_studio::read_folder(path, label, target),
        Found::Other(error) => return Err(error.into()),
        Found::File => {}
    }
    if design_studio::is_archive(path)? {
        return design_studio::read_archive(path, label, target);
    }
    if let Some(folder) = design_studio::project_of_file(path) {
        return design_studio::read_folder(&folder, label, target);
    }
    let bytes = org_files::read(path, Links::Follow, MAX_TEXT)?;
    let text = decoded(bytes)?;
    if auth_url::is_meant(&text) {
        return Err(SourceError::AuthUrlInFile);
    }
    let mut source = read_text(&text, label)?;
    source.variables_resolve = is_same_file(path, &target.env_file);
    Ok(source)
}

/// Whether a source is the file that the org files will look into. A link is not looked into.
fn is_same_file(source: &Path, env_file: &Path) -> bool {
    let real = |path: &Path| org_files::without_links(path).ok();
    !org_files::is_link(env_file) && real(source).is_some_and(|it| Some(it) == real(env_file))
}

/// Reads a text, as it comes by a pipe.
///
/// # Errors
/// There is nothing in it that can be imported.
pub fn read_text(text: &str, label: &str) -> Result<Source, SourceError> {
    let label = label.to_owned();
    if auth_url::is_meant(text) {
        return Ok(from_auth_url(label, &auth_url::read(text)?));
    }
    if let Some(orgs) = sf_output::read(text) {
        return Ok(from_sf_output(label, text, &orgs?));
    }
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('{' | '[') => {
            return design_studio::read_export(text, &label).ok_or(SourceError::Unknown);
        }
        Some('<') => return Err(SourceError::Xml),
        _ => {}
    }
    let logins = env_file::read(text);
    if !logins.logins.is_empty() {
        return Ok(from_env_file(label, &logins));
    }
    let is_env_file = text.lines().any(|line| line.contains('='));
    Err(if is_env_file { SourceError::NoLogin } else { SourceError::Unknown })
}

/// The text of bytes; what Windows PowerShell writes with `>` is UTF-16.
///
/// # Errors
/// They are neither UTF-8 nor UTF-16 with a byte order mark.
pub fn decoded(bytes: Vec<u8>) -> Result<String, SourceError> {
    let units = |of: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes.chunks_exact(2).skip(1).map(|pair| of([pair[0], pair[1]])).collect()
    };
    let units = match bytes.as_slice() {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => {
            return String::from_utf8(bytes).map_err(|_| FileError::NotUtf8.into());
        }
    };
    String::from_utf16(&units)
        .map_err(|_| SourceError::NotText("it is not valid UTF-16".to_owned()))
}
