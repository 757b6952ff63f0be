//! A folder of its own for a test.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A temporary folder, removed in the end.
#[derive(Debug)]
pub struct Workspace {
    _folder: TempDir,
    root: PathBuf,
}

impl Default for Workspace {
    fn default() -> Self {
        Self::new()
    }
}

impl Workspace {
    /// An empty one.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("sforg-protocol-")
            .tempdir()
            .expect("a temporary folder");
        let root = folder.path().canonicalize().expect("its path");
        Self { _folder: folder, root }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder's URI.
    pub fn root_uri(&self) -> String {
        file_uri(&self.root)
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The URI of a file in it, which need not exist.
    pub fn uri(&self, name: &str) -> String {
        file_uri(&self.path(name))
    }

    /// Writes a file, and the folders above it; its URI.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("folders");
        }
        let old = fs::symlink_metadata(&path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            fs::write(path, content).expect("a file");
            return self.uri(name);
        }
        // As editors save: whoever reads it meanwhile sees what was there before, or the new content.
        let new = self.path(".being-written");
        fs::write(&new, content).expect("a file");
        if let Some(old) = old {
            fs::set_permissions(&new, old.permissions()).expect("its mode");
        }
        fs::rename(new, path).expect("a file in its place");
        self.uri(name)
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("the file is there");
    }

    /// What a file holds.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there")
    }
}

/// The `file:` URI of an absolute path.
pub fn file_uri(path: &Path) -> String {
    let path = path.to_str().expect("a path in UTF-8").replace('\\', "/");
    let mut uri = String::from("file://");
    if !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
