use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

struct Playground {
    folder: tempfile::TempDir,
    writer: Writer,
}

impl Playground {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("root")).expect("a folder");
        let writer = Writer::new(Some(folder.path().join("state")));
        Self { folder, writer }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.root().join(name);
        fs::write(&path, text).expect("a file");
        path
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).expect("readable").flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn add(writer: &Writer, path: &Path, links: Links<'_>, line: &str) -> Result<bool, FileError> {
    writer.update_or_create(path, links, NewFile::Private, |old| {
        Ok(Some(format!("{}{line}\n", old.unwrap_or_default())))
    })
}

#[test]
fn nothing_is_lost_when_many_write() {
    let here = Playground::new();
    let path = here.root().join(".env");
    let state = here.folder.path().join("state");
    std::thread::scope(|scope| {
        for number in 0..40 {
            let (path, state, root) = (&path, &state, here.root());
            // Half of them know nothing of the lock files, as another user's processes do.
            let writer = Writer::new((number % 2 == 0).then(|| state.clone()));
            scope.spawn(move || {
                add(&writer, path, Links::Within(&root), &number.to_string()).expect("written");
            });
        }
    });
    let text = fs::read_to_string(&path).expect("a file");
    let mut lines: Vec<usize> = text.lines().map(|line| line.parse().expect("whole")).collect();
    lines.sort_unstable();
    assert_eq!(lines, (0..40).collect::<Vec<_>>());
    assert_eq!(here.names(), [".env"]);
    #[cfg(unix)]
    assert_eq!(fs::read_dir(state.join("locks")).expect("a folder").count(), 0);
}

#[test]
fn what_another_program_saves_meanwhile_is_not_overwritten() {
    let here = Playground::new();
    let path = here.file("a", "1");
    let asked = AtomicUsize::new(0);
    let changed = here.writer.update::<FileError>(&path, Links::Follow, |old| {
        if asked.fetch_add(1, Ordering::Relaxed) == 0 {
            fs::write(&path, "2").expect("an editor saves");
        }
        Ok(Some(format!("{old}!")))
    });
    assert!(changed.expect("written"));
    assert_eq!(fs::read_to_string(&path).expect("a file"), "2!");
    // Who knows what it must be says so.
    let changed = here.writer.update(&path, Links::Follow, |old| {
        if old == "1" { Ok(Some("3".to_owned())) } else { Err(FileError::Changed) }
    });
    assert!(matches!(changed, Err(FileError::Changed)));
    // Who never stops is not waited for.
    let changed = here.writer.update::<FileError>(&path, Links::Follow, |old| {
        fs::write(&path, format!("{old}.")).expect("saved");
        Ok(Some("mine".to_owned()))
    });
    assert!(matches!(changed, Err(FileError::Changed)));
    assert_eq!(here.names(), ["a"]);
}

#[test]
fn what_stays_the_same_is_not_written() {
    let here = Playground::new();
    let path = here.file("a", "1");
    let same = |old: &str| Ok::<_, FileError>(Some(old.to_owned()));
    assert!(!here.writer.update(&path, Links::Follow, same).expect("fine"));
    assert!(!here.writer.update(&path, Links::Follow, |_| Ok::<_, FileError>(None)).expect("fine"));
    let error = here.writer.update::<FileError>(&path, Links::Follow, |_| Err(FileError::Busy));
    assert!(matches!(error, Err(FileError::Busy)));
    assert_eq!(fs::read_to_string(&path).expect("a file"), "1");
    let missing = here.root().join("b");
    let error = here.writer.update(&missing, Links::Follow, same).expect_err("missing");
    assert!(error.is_not_found());
}

#[test]
fn what_is_new_is_made_once() {
    let here = Playground::new();
    let (path, root) = (here.root().join("a"), here.root());
    let create =
        |text: &str| here.writer.create(&path, Links::Within(&root), NewFile::Shared, text);
    create("1").expect("made");
    assert!(matches!(create("2"), Err(FileError::Exists)));
    assert_eq!(fs::read_to_string(&path).expect("a file"), "1");
    assert_eq!(here.names(), ["a"]);
}

#[test]
fn left_overs_of_a_crash_are_removed_by_the_next_writer() {
    let here = Playground::new();
    let path = here.file(".env", "A=1\n");
    let left = here.file(".env.sforg-0123456789abcdef.tmp", "A=NOTREAL\n");
    let other = here.file("b.sforg-0123456789abcdef.tmp", "A=NOTREAL\n");
    // Other files have such names, too.
    let others = [".env.sforg-.tmp", ".env.sforg-notes.tmp", "sforg-0123456789abcdef.tmp"];
    for name in others {
        here.file(name, "");
    }
    add(&here.writer, &path, Links::Follow, "B=2").expect("written");
    assert!(!left.exists() && !other.exists());
    assert_eq!(here.names().len(), 1 + others.len());
}

#[test]
fn a_file_that_is_being_written_is_no_left_over() {
    let here = Playground::new();
    let root = cap_std::fs::Dir::open_ambient_dir(here.root(), cap_std::ambient_authority());
    let root = root.expect("a folder");
    let name = Path::new(".env");
    let temporary = Temporary::beside(&root, name, b"A=1").expect("made");
    temporary::clean(&root, "the folder");
    assert_eq!(here.names().len(), 1);
    assert!(here.names().iter().all(|name| name.starts_with(".env.sforg-")));
    temporary.put_in_place(name).expect("renamed");
    assert_eq!(here.names(), [".env"]);
}

#[test]
fn what_is_not_text_is_left_alone() {
    let here = Playground::new();
    let path = here.root().join("a");
    fs::write(&path, b"\xff").expect("a file");
    let error = add(&here.writer, &path, Links::Follow, "x").expect_err("not text");
    assert!(matches!(error, FileError::NotUtf8));
    assert_eq!(fs::read(&path).expect("a file"), b"\xff");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().expect("a file").permissions().mode() & 0o7777
    }

    #[test]
    fn links_are_followed_no_further_than_they_may() {
        let here = Playground::new();
        let (root, outside) = (here.root(), here.folder.path().join("outside"));
        fs::write(&outside, "NOTREAL\n").expect("a file");
        let file = here.file("file", "ours\n");
        symlink("../outside", root.join("out")).expect("a link");
        symlink("file", root.join("to-file")).expect("a link");
        symlink("..", root.join("up")).expect("a link");
        symlink("nowhere", root.join("dangling")).expect("a link");
        let add = |name: &str, links: Links<'_>| add(&here.writer, &root.join(name), links, "x");
        for name in ["out", "up/outside", "../outside", "up/new"] {
            let error = add(name, Links::Within(&root)).expect_err(name);
            assert!(error.is_refused_link(), "{name}: {error}");
            let error = add(name, Links::NoneBelow(&root)).expect_err(name);
            assert!(error.is_refused_link(), "{name}: {error}");
        }
        assert!(matches!(add("to-file", Links::NoneBelow(&root)), Err(FileError::Link)));
        for links in [Links::Within(&root), Links::Follow] {
            assert!(matches!(add("dangling", links), Err(FileError::DanglingLink)));
        }
        assert_eq!(fs::read_to_string(&outside).expect("a file"), "NOTREAL\n");
        assert_eq!(fs::read_to_string(&file).expect("a file"), "ours\n");
        // Within the folder, and where a person says so, the file behind the link is written.
        assert!(add("to-file", Links::Within(&root)).expect("written"));
        assert!(add("out", Links::Follow).expect("written"));
        assert_eq!(fs::read_to_string(&outside).expect("a file"), "NOTREAL\nx\n");
        assert_eq!(fs::read_to_string(&file).expect("a file"), "ours\nx\n");
        assert!(root.join("to-file").is_symlink() && root.join("out").is_symlink());
    }

    #[test]
    fn mode_and_owner_stay() {
        let here = Playground::new();
        let path = here.file("a", "1");
        // Only root may give a file away.
        let owner = std::os::unix::fs::chown(&path, Some(12345), Some(23456)).is_ok();
        for bits in [0o600, 0o640, 0o644, 0o664, 0o755] {
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).expect("a mode");
            assert!(add(&here.writer, &path, Links::Follow, "x").expect("written"));
            assert_eq!(mode(&path), bits);
        }
        let metadata = path.metadata().expect("a file");
        if owner {
            assert_eq!((metadata.uid(), metadata.gid()), (12345, 23456));
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("a mode");
        let error = add(&here.writer, &path, Links::Follow, "x").expect_err("read-only");
        assert!(matches!(error, FileError::ReadOnly));
        assert_eq!(here.names(), ["a"]);
    }

    fn now(text: &str) -> Result<Option<String>, FileError> {
        Ok(Some(text.to_owned()))
    }

    #[test]
    fn what_is_private_is_private_from_the_start() {
        let here = Playground::new();
        let path = here.folder.path().join("new/state/a.json");
        for text in ["1", "2"] {
            let written = here.writer.update_private(&path, |_| now(text));
            assert!(written.expect("written"));
        }
        assert_eq!(fs::read_to_string(&path).expect("a file"), "2");
        assert_eq!(mode(&path), 0o600);
        for folder in [path.parent(), path.parent().and_then(Path::parent)] {
            assert_eq!(mode(folder.expect("a folder")), 0o700);
        }
        assert_eq!(mode(&here.folder.path().join("state")), 0o700);
        let env = here.root().join(".env");
        add(&here.writer, &env, Links::Within(&here.root()), "A=1").expect("written");
        assert_eq!(mode(&env), 0o600);
        let root = cap_std::fs::Dir::open_ambient_dir(here.root(), cap_std::ambient_authority());
        let root = root.expect("a folder");
        let temporary = Temporary::beside(&root, Path::new("b"), b"A=1").expect("made");
        let metadata = temporary.file().metadata().expect("a file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_pipe_is_not_written() {
        let here = Playground::new();
        let pipe = here.root().join("pipe");
        let kind = rustix::fs::FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, 0o600.into(), 0).expect("a pipe");
        let error = add(&here.writer, &pipe, Links::Follow, "x").expect_err("a pipe");
        assert!(matches!(error, FileError::NamedPipe));
    }

    #[test]
    fn without_a_state_folder_files_are_written_all_the_same() {
        let here = Playground::new();
        let path = here.file("a", "1");
        let no_folder = here.file("b", "");
        for state in [None, Some(no_folder.join("state")), Some(PathBuf::from("/dev/null/x"))] {
            assert!(add(&Writer::new(state), &path, Links::Follow, "x").expect("written"));
        }
        let path = no_folder.join("s/a");
        let error = Writer::default().update_private(&path, |_| now("")).expect_err("refused");
        assert!(error.to_string().contains("ot a directory"), "{error}");
    }
}
