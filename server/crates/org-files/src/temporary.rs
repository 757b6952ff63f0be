//! The new version of a file, before it takes the old one's place.

use std::collections::BTreeMap;
use std::fs::TryLockError;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt};
use cap_std::fs::{Dir, File, OpenOptions};

use crate::private;

const MARK: &str = ".sforg-";
const END: &str = ".tmp";
/// Bytes of a file's name that stand at the beginning of a temporary file's: names end at 255.
const PREFIX: usize = 200;

/// A file beside another one, for its owner alone, that is removed unless it is put in place. It is
/// locked for as long as it is written, so that nobody takes it for the left-over of a crash.
pub(crate) struct Temporary<'a> {
    folder: &'a Dir,
    name: String,
    file: std::fs::File,
    is_in_place: bool,
}

impl<'a> Temporary<'a> {
    /// Makes one with this content. Its name begins with the file's, so that what git ignores by `.env*` stays ignored.
    pub(crate) fn beside(folder: &'a Dir, name: &Path, content: &[u8]) -> io::Result<Self> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let name = format!("{}{:016x}{END}", beginning(name), u64::from_ne_bytes(random));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        private::set_mode(&mut options);
        let file = folder.open_with(&name, &options)?.into_std();
        let mut temporary = Self { folder, name, file, is_in_place: false };
        // A file system without locks has no second writer that knows of them.
        let _ = temporary.file.try_lock();
        temporary.file.write_all(content)?;
        Ok(temporary)
    }

    /// The opened file.
    pub(crate) fn file(&self) -> &std::fs::File {
        &self.file
    }

    /// Gives it the name, in the place of what had it.
    pub(crate) fn put_in_place(mut self, name: &Path) -> io::Result<()> {
        self.folder.rename(&self.name, self.folder, name)?;
        self.is_in_place = true;
        Ok(())
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        if !self.is_in_place {
            let _ = self.folder.remove_file(&self.name);
        }
    }
}

/// When the folders were cleaned that this process writes in.
static CLEANED: Mutex<BTreeMap<String, Instant>> = Mutex::new(BTreeMap::new());
/// Not at each write: whoever changes all files of a folder would list it as often.
const CLEAN_AGAIN: Duration = Duration::from_secs(10);
/// So many folders are remembered.
const REMEMBERED: usize = 1000;

/// Removes what crashes left in a folder, which `key` stands for.
pub(crate) fn clean(folder: &Dir, key: &str) {
    if was_just_cleaned(key) {
        return;
    }
    let Ok(entries) = folder.entries() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if is_temporary(&name.to_string_lossy()) && !is_being_written(folder, Path::new(&name)) {
            let _ = folder.remove_file(&name);
        }
    }
}

fn was_just_cleaned(key: &str) -> bool {
    let mut cleaned = CLEANED.lock().unwrap_or_else(PoisonError::into_inner);
    if cleaned.get(key).is_some_and(|at| at.elapsed() < CLEAN_AGAIN) {
        return true;
    }
    if cleaned.len() >= REMEMBERED {
        cleaned.clear();
    }
    cleaned.insert(key.to_owned(), Instant::now());
    false
}

fn is_temporary(name: &str) -> bool {
    let number = name.strip_suffix(END).and_then(|name| Some(name.rsplit_once(MARK)?.1));
    number.is_some_and(|number| {
        number.len() == 16 && number.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// Whether somebody holds the lock of a temporary file.
fn is_being_written(folder: &Dir, name: &Path) -> bool {
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No);
    cap_fs_ext::OpenOptionsSyncExt::nonblock(&mut options, true);
    let Ok(file) = folder.open_with(name, &options).map(File::into_std) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

fn beginning(name: &Path) -> String {
    let name = name.to_string_lossy();
    let end = (0..=PREFIX.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    format!("{}{MARK}", &name[..end.unwrap_or(0)])
}
