//! Reading a file, never more than so much of it.

use std::io::{Read, Seek};
use std::path::Path;

use cap_std::fs::{File, Metadata};

use crate::open::open;
use crate::{FileError, Links};

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// There is none, it cannot be read, a link leads to where none may lead, it is no regular file, or
/// it is larger.
pub fn read(path: &Path, links: Links<'_>, limit: u64) -> Result<Vec<u8>, FileError> {
    let bytes = read_start(path, links, limit.saturating_add(1))?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge(limit));
    }
    Ok(bytes)
}

/// Reads the first `at_most` bytes of a regular file, all of it if it is shorter.
///
/// # Errors
/// As [`read`] but for the size.
pub fn read_start(path: &Path, links: Links<'_>, at_most: u64) -> Result<Vec<u8>, FileError> {
    let (file, metadata) = open(path, links)?;
    start_of(file, &metadata, at_most)
}

/// The first `at_most` bytes of a file of which this is known since it was opened.
pub(crate) fn start_of(
    file: File,
    metadata: &Metadata,
    at_most: u64,
) -> Result<Vec<u8>, FileError> {
    // Room for all of it at once, and a byte for the read that finds the end; what a file says of its size
    // is a hint, and no more than what is trusted with room.
    let said = metadata.len().min(at_most).min(crate::MIB);
    let mut bytes = Vec::with_capacity(usize::try_from(said).unwrap_or_default() + 1);
    file.take(at_most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file to read parts of it: an archive, of which only a few members matter.
///
/// # Errors
/// As [`read`] but for the size.
pub fn open_archive(path: &Path, links: Links<'_>) -> Result<impl Read + Seek + use<>, FileError> {
    Ok(open(path, links)?.0)
}

/// Reads a text of at most `limit` bytes.
///
/// # Errors
/// As [`read`], or it is not UTF-8. The error repeats nothing of the content.
pub fn read_text(path: &Path, links: Links<'_>, limit: u64) -> Result<String, FileError> {
    String::from_utf8(read(path, links, limit)?).map_err(|_| FileError::NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_more_than_the_limit_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "12345").expect("a file");
        for links in [Links::Follow, Links::Within(folder.path()), Links::NoneBelow(folder.path())]
        {
            assert_eq!(read(&path, links, 5).expect("small enough"), b"12345");
            let error = read(&path, links, 4).expect_err("too large");
            assert_eq!(error.to_string(), "it is larger than 4 bytes");
            assert_eq!(read_start(&path, links, 3).expect("readable"), b"123");
        }
        assert_eq!(FileError::TooLarge(crate::MIB).to_string(), "it is larger than 1 MiB");
        std::fs::write(&path, b"NOTREAL\xff").expect("a file");
        let error = read_text(&path, Links::Follow, 100).expect_err("not text");
        assert!(!format!("{error} {error:?}").contains("NOTREAL"), "{error:?}");
    }

    #[cfg(unix)]
    mod links {
        use std::fs::{create_dir, create_dir_all, write};
        use std::os::unix::fs::symlink;
        use std::path::PathBuf;

        use super::*;

        /// A folder `root` with files and every kind of link, beside a folder with a secret.
        fn playground() -> (tempfile::TempDir, PathBuf) {
            let folder = tempfile::tempdir().expect("a folder");
            let root = folder.path().join("root");
            create_dir_all(root.join("inner/deep")).expect("folders");
            create_dir(folder.path().join("outside")).expect("a folder");
            write(folder.path().join("outside/secret"), "NOTREAL").expect("a file");
            write(root.join("inner/file"), "ours").expect("a file");
            for (target, name) in [
                ("inner/file", "to-file"),
                ("to-file", "to-link"),
                ("inner", "to-folder"),
                ("../inner/../inner/file", "inner/up-and-down"),
                ("../outside/secret", "out"),
                ("out", "to-out"),
                ("../outside", "out-folder"),
                ("../root/inner/file", "out-and-in"),
                ("/proc/self/root/etc/passwd", "proc"),
                ("/proc/self/environ", "environ"),
                ("nowhere", "dangling"),
                ("../nowhere", "dangling-outside"),
                ("circle", "circle"),
            ] {
                symlink(target, root.join(name)).expect("a link");
            }
            symlink(root.join("inner/file"), root.join("absolute")).expect("a link");
            symlink(folder.path().join("outside/secret"), root.join("absolute-out"))
                .expect("a link");
            (folder, root)
        }

        fn said(path: &Path, links: Links<'_>) -> String {
            match read_text(path, links, 100) {
                Ok(text) => text,
                Err(FileError::LeadsOut(_)) => "leads out".to_owned(),
                Err(error) => error.to_string(),
            }
        }

        #[test]
        fn within_a_folder_links_lead_nowhere_else() {
            let (_folder, root) = playground();
            for name in [
                "inner/file",
                "to-file",
                "to-link",
                "to-folder/file",
                "inner/up-and-down",
                "absolute",
                "inner/../to-file",
                "out-and-in",
                "out-folder/../root/inner/file",
            ] {
                assert_eq!(said(&root.join(name), Links::Within(&root)), "ours", "{name}");
            }
            for name in [
                "out",
                "to-out",
                "out-folder/secret",
                "proc",
                "environ",
                "absolute-out",
                "../outside/secret",
                "inner/../../outside/secret",
                "dangling-outside",
            ] {
                assert_eq!(said(&root.join(name), Links::Within(&root)), "leads out", "{name}");
            }
            assert_eq!(said(Path::new("/etc/passwd"), Links::Within(&root)), "leads out");
            let error = read(&root.join("out"), Links::Within(&root), 9).expect_err("refused");
            let expected = format!("it is a link that leads out of {}", root.display());
            assert_eq!(error.to_string(), expected);
            assert!(error.is_refused_link());
        }

        #[test]
        fn where_none_may_be_none_is_followed() {
            let (_folder, root) = playground();
            assert_eq!(said(&root.join("inner/file"), Links::NoneBelow(&root)), "ours");
            for name in [
                "to-file",
                "to-link",
                "to-folder/file",
                "absolute",
                "out",
                "out-folder/secret",
                "environ",
                "dangling",
                "circle",
            ] {
                let error = read(&root.join(name), Links::NoneBelow(&root), 100).expect_err(name);
                assert!(matches!(error, FileError::Link), "{name}: {error}");
            }
            assert_eq!(said(&root.join("inner/../to-file"), Links::NoneBelow(&root)), "leads out");
        }

        #[test]
        fn what_leads_nowhere_is_told_from_what_is_missing() {
            let (_folder, root) = playground();
            for links in [Links::Follow, Links::Within(&root)] {
                let of = |name: &str| read(&root.join(name), links, 9).expect_err(name);
                assert!(matches!(of("dangling"), FileError::DanglingLink), "{links:?}");
                assert!(matches!(of("circle"), FileError::LinkLoop), "{links:?}");
                assert!(of("missing").is_not_found() && of("missing/a").is_not_found());
            }
        }

        #[test]
        fn a_root_that_is_a_link_is_a_root() {
            let (folder, root) = playground();
            let link = folder.path().join("link");
            symlink(&root, &link).expect("a link");
            for links in [Links::Within(&link), Links::NoneBelow(&link)] {
                assert_eq!(said(&link.join("inner/file"), links), "ours");
            }
            for name in ["to-file", "absolute", "out-and-in"] {
                assert_eq!(said(&link.join(name), Links::Within(&link)), "ours", "{name}");
            }
            assert_eq!(said(&link.join("out"), Links::Within(&link)), "leads out");
        }

        /// Nothing of this ever blocks.
        #[test]
        fn what_is_no_file_is_named_and_not_read() {
            let (_folder, root) = playground();
            rustix::fs::mknodat(
                rustix::fs::CWD,
                root.join("pipe"),
                rustix::fs::FileType::Fifo,
                0o600.into(),
                0,
            )
            .expect("a pipe");
            let _socket = std::os::unix::net::UnixListener::bind(root.join("socket"));
            symlink("pipe", root.join("to-pipe")).expect("a link");
            symlink("/dev/zero", root.join("to-device")).expect("a link");
            for (name, words) in [
                ("pipe", "it is a named pipe, and not a file"),
                ("to-pipe", "it is a named pipe, and not a file"),
                ("socket", "it is a socket, and not a file"),
                ("inner", "it is a folder, and not a file"),
            ] {
                assert_eq!(said(&root.join(name), Links::Within(&root)), words, "{name}");
                assert_eq!(said(&root.join(name), Links::Follow), words, "{name}");
            }
            let device = "it is a device, and not a file";
            assert_eq!(said(&root.join("to-device"), Links::Follow), device);
            assert_eq!(said(&root.join("to-device"), Links::Within(&root)), "leads out");
            assert_eq!(said(&root, Links::Within(&root)), "it is a folder, and not a file");
        }

        /// Somebody who swaps a file for a link all the time never gets what is outside.
        #[test]
        fn a_race_is_not_won() {
            let (_folder, root) = playground();
            let path = root.join("raced");
            write(&path, "ours").expect("a file");
            let swapping = std::sync::atomic::AtomicBool::new(true);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    let (file, link) = (root.join("raced-file"), root.join("raced-link"));
                    while swapping.load(std::sync::atomic::Ordering::Relaxed) {
                        symlink("../outside/secret", &link).expect("a link");
                        std::fs::rename(&link, &path).expect("renamed");
                        write(&file, "ours").expect("a file");
                        std::fs::rename(&file, &path).expect("renamed");
                    }
                });
                let all_links = [Links::Within(&root), Links::NoneBelow(&root)];
                let is_lost = (0..2000)
                    .any(|_| all_links.iter().any(|links| said(&path, *links) == "NOTREAL"));
                swapping.store(false, std::sync::atomic::Ordering::Relaxed);
                assert!(!is_lost);
            });
        }
    }
}
