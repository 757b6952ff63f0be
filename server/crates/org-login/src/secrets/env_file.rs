//! Reading a `.env` file, and what it can be instead of one.

use std::fmt;
use std::path::Path;

use org_files::{FileError, Links, MIB};

/// Why a `.env` file cannot be read. In words it completes ".env cannot be read: …" and ends with
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvFileProblem {
    /// It is something else (a folder, a pipe), or a link that leads out of its folder: what is
    /// there is no file of the project's. In the words of [`FileError`].
    NotAFile(String),
    /// It has more than 1 MiB.
    TooLarge,
    /// It is UTF-16 or UTF-32, as some programs on Windows write text.
    Utf16Or32,
    /// It is in another encoding, or no text.
    NotUtf8 {
        /// The first line that is not, from 1.
        line: usize,
    },
    /// It holds NUL characters, so it is no text.
    Binary,
    /// What the operating system says.
    Unreadable(String),
}

impl fmt::Display for EnvFileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFile(what) => write!(f, "{what}. Put a text file in its place"),
            Self::TooLarge => f.write_str(
                "it is larger than 1 MiB, so something else is in it. Keep only lines NAME=value",
            ),
            Self::Utf16Or32 => f.write_str(
                "it is UTF-16 or UTF-32 (as `>` of Windows PowerShell writes it). Save it as UTF-8",
            ),
            Self::NotUtf8 { line } => {
                write!(f, "it is not UTF-8 (line {line}). Save it as UTF-8")
            }
            Self::Binary => f.write_str(
                "it holds NUL characters, so it is no text. Put a text file in its place",
            ),
            Self::Unreadable(reason) => {
                write!(f, "{reason}. Make it readable for your user, or remove it")
            }
        }
    }
}

/// The text of the `.env` file at `path`; `None` where there is none. A link is followed as long as
/// it stays in the file's folder, which is the project's: a repository may not have another file of
/// the user's read.
///
/// # Errors
/// Something is there that cannot be read, or is no text.
pub(crate) fn read_env_file(path: &Path) -> Result<Option<String>, EnvFileProblem> {
    let folder = path.parent().unwrap_or(Path::new(""));
    match org_files::read(path, Links::Within(folder), MIB) {
        Ok(bytes) => decode(bytes).map(Some),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(match error {
            FileError::TooLarge(_) => EnvFileProblem::TooLarge,
            FileError::Io(_) => EnvFileProblem::Unreadable(error.to_string()),
            _ => EnvFileProblem::NotAFile(error.to_string()),
        }),
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, EnvFileProblem> {
    let wide = bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || bytes.starts_with(&[0, 0, 0xfe, 0xff])
        || is_wide_without_bom(&bytes);
    if wide {
        return Err(EnvFileProblem::Utf16Or32);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        EnvFileProblem::NotUtf8 { line: 1 + valid.iter().filter(|byte| **byte == b'\n').count() }
    })?;
    if text.contains('\0') {
        return Err(EnvFileProblem::Binary);
    }
    Ok(text)
}

/// Of mostly ASCII characters every second byte is 0 then.
fn is_wide_without_bom(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    start.len() >= 4 && zeros(0).max(zeros(1)) * 4 >= start.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_no_other_file_of_the_users() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path().join("project");
        std::fs::create_dir(&project).expect("a folder");
        let link = |to: &str| {
            let _ = std::fs::remove_file(project.join(".env"));
            std::os::unix::fs::symlink(to, project.join(".env")).expect("a link");
            read_env_file(&project.join(".env"))
        };
        std::fs::write(folder.path().join("credentials"), "S=FAKE").expect("a file");
        std::fs::write(project.join("local.env"), "S=x").expect("a file");
        assert_eq!(link("local.env"), Ok(Some("S=x".to_owned())));
        for to in ["../credentials", "/proc/self/environ", ".env", "nowhere", "/dev/zero"] {
            let problem = link(to).expect_err("not read");
            assert!(matches!(problem, EnvFileProblem::NotAFile(_)), "{to}: {problem:?}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let wide = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
            let text = "NAME=x\r\nOTHER=é\r\n".encode_utf16().flat_map(bytes);
            mark.iter().copied().chain(text).collect::<Vec<u8>>()
        };
        for bytes in [
            wide(u16::to_le_bytes, &[0xff, 0xfe]),
            wide(u16::to_be_bytes, &[0xfe, 0xff]),
            wide(u16::to_le_bytes, &[]),
            wide(u16::to_be_bytes, &[]),
            vec![0xff, 0xfe, 0, 0, b'A', 0, 0, 0, b'=', 0, 0, 0],
            vec![0, 0, 0xfe, 0xff, 0, 0, 0, b'A'],
        ] {
            assert_eq!(decode(bytes), Err(EnvFileProblem::Utf16Or32));
        }
        assert_eq!(decode(b"A=1\nB=caf\xe9".to_vec()), Err(EnvFileProblem::NotUtf8 { line: 2 }));
        assert_eq!(decode(b"A=1\nB=a\0b\n".to_vec()), Err(EnvFileProblem::Binary));
        assert_eq!(decode(b"\xef\xbb\xbfA=1\n".to_vec()), Ok("\u{feff}A=1\n".to_owned()));
        assert_eq!(decode(Vec::new()), Ok(String::new()));
    }
}
