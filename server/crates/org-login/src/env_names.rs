//! What a `.env` file has to say about names, for those who must not see values.

use std::path::Path;

use crate::secrets::{EnvFileProblem, listed, read_env_file};
use org_dotenv::{BrokenLine, EnvFile};

/// The names that a `.env` file assigns, and why it may not say more. No value is kept.
#[derive(Debug, Default)]
pub struct EnvFileNames {
    names: Vec<String>,
    broken_lines: Vec<BrokenLine>,
    problem: Option<EnvFileProblem>,
}

impl EnvFileNames {
    /// Reads the file at `path`, which need not exist. Values are dropped at once.
    pub fn read(path: &Path) -> EnvFileNames {
        let text = match read_env_file(path) {
            Ok(text) => text.unwrap_or_default(),
            Err(problem) => return Self { problem: Some(problem), ..Self::default() },
        };
        let file = EnvFile::parse(&text);
        Self { names: file.names(), broken_lines: file.broken_lines().to_vec(), problem: None }
    }

    /// The names that it gives a value, sorted, each once.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Why a name that it does not assign may be missing: the file cannot be read, or has lines
    /// that are not understood. A clause that completes "NAME is not set, and …" and ends with what
    /// to do; `None` when nothing is wrong with the file.
    pub fn trouble(&self, name: &str) -> Option<String> {
        if let Some(problem) = &self.problem {
            return Some(format!(".env cannot be read: {problem}"));
        }
        let of_name = |line: &&BrokenLine| line.name.as_deref() == Some(name);
        if let Some(line) = self.broken_lines.iter().rev().find(of_name) {
            return Some(format!("line {} of .env {}", line.number, line.problem));
        }
        match self.broken_lines.as_slice() {
            [] => None,
            [line] => Some(format!("line {} of .env {}", line.number, line.problem)),
            lines => Some(format!(
                "lines of .env cannot be read ({}): write each as NAME=value",
                listed(lines)
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(text: &[u8], name: &str) -> Option<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(".env");
        std::fs::write(&path, text).expect("a written file");
        EnvFileNames::read(&path).trouble(name)
    }

    #[test]
    fn the_line_that_was_meant_for_the_name_is_told_before_others() {
        let file = b"# x\nnonsense\nA: FAKEvalue\nB=1\n";
        assert_eq!(
            trouble(file, "A").as_deref(),
            Some(
                "line 3 of .env has a colon where the equals sign belongs: write it as NAME=value"
            )
        );
        assert_eq!(
            trouble(file, "C").as_deref(),
            Some("lines of .env cannot be read (2, 3): write each as NAME=value")
        );
        assert!(trouble(b"nonsense", "C").is_some_and(|t| t.starts_with("line 1 of .env is not")));
        assert_eq!(trouble(b"B=1\n", "C"), None);
        let wide: Vec<u8> = "\u{feff}C=x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(trouble(&wide, "C").is_some_and(|t| t.contains("Save it as UTF-8")));
    }

    #[test]
    fn a_folder_is_told_and_no_file_is_no_trouble() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let told = EnvFileNames::read(folder.path()).trouble("A");
        assert!(told.is_some_and(|told| told.contains("a folder")));
        assert_eq!(EnvFileNames::read(&folder.path().join(".env")).trouble("A"), None);
    }
}
