//! The names in a `.env` file, for those who must not see values.

use std::path::Path;

use crate::dotenv::EnvFile;
use crate::secrets::read_small_file;

/// The names that the `.env` file at `path` assigns; none when it cannot be read. Values are
/// dropped at once.
pub fn env_file_names(path: &Path) -> Vec<String> {
    let Ok(text) = read_small_file(path) else {
        return Vec::new();
    };
    EnvFile::parse(&text).names().map(str::to_owned).collect()
}
