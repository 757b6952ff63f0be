//! A copy of a project that speaks to the simulator instead of to Salesforce.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

/// Copies the files of `source` into `target`, which is made. In JSON files every
/// `https://….salesforce.com` becomes the simulator's address and every other `….salesforce.com` its
/// host and port; an `.env.example` is copied as `.env` too, so that the secrets are there.
///
/// # Errors
/// A file or folder that cannot be read or written, by name.
pub fn copy_project(source: &Path, target: &Path, simulator: SocketAddr) -> io::Result<()> {
    let named = |path: &Path, error: io::Error| {
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    fs::create_dir_all(target).map_err(|error| named(target, error))?;
    for entry in fs::read_dir(source).map_err(|error| named(source, error))? {
        let from = entry.map_err(|error| named(source, error))?.path();
        let Some(name) = from.file_name() else {
            continue;
        };
        let to = target.join(name);
        if from.is_dir() {
            copy_project(&from, &to, simulator)?;
            continue;
        }
        let bytes = fs::read(&from).map_err(|error| named(&from, error))?;
        let is_json = from.extension().is_some_and(|extension| extension == "json");
        let copied = match String::from_utf8(bytes) {
            Ok(text) if is_json => directed(&text, simulator).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        fs::write(&to, &copied).map_err(|error| named(&to, error))?;
        if name == ".env.example" {
            let env = target.join(".env");
            fs::write(&env, &copied).map_err(|error| named(&env, error))?;
        }
    }
    Ok(())
}

/// What a Salesforce host ends in.
const SUFFIX: &str = ".salesforce.com";

/// The text with the simulator in the place of Salesforce's hosts.
fn directed(text: &str, simulator: SocketAddr) -> String {
    let mut directed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SUFFIX) {
        let before = &rest[..at];
        let is_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        let host = before.trim_end_matches(is_host).len();
        match before[..host].strip_suffix("https://") {
            Some(before) => directed.push_str(&format!("{before}http://{simulator}")),
            None => directed.push_str(&format!("{}{simulator}", &before[..host])),
        }
        rest = &rest[at + SUFFIX.len()..];
    }
    directed + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_addresses_become_the_simulators() {
        let simulator = SocketAddr::from(([127, 0, 0, 1], 8080));
        let text = r#"{"a": "https://acme--uat.sandbox.my.salesforce.com", "b": "test.salesforce.com", "c": "acme.lightning.force.com"}"#;
        assert_eq!(
            directed(text, simulator),
            r#"{"a": "http://127.0.0.1:8080", "b": "127.0.0.1:8080", "c": "acme.lightning.force.com"}"#
        );
    }

    #[test]
    fn the_example_project_is_copied_with_its_secrets() -> io::Result<()> {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../example-project");
        let folder = tempfile::tempdir()?;
        copy_project(&example, folder.path(), SocketAddr::from(([127, 0, 0, 1], 8080)))?;
        let org = fs::read_to_string(folder.path().join("orgs/acme-production.sforg.json"))?;
        assert!(org.contains("\"http://127.0.0.1:8080\""), "{org}");
        assert!(folder.path().join(".env").is_file());
        Ok(())
    }
}
