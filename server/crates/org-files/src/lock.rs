//! One writer for each file, among threads and among processes.

use std::collections::BTreeSet;
use std::fs::TryLockError;
use std::io;
use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use crate::links::Spot;
use crate::{FileError, private};

/// A writer is done in milliseconds; one that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// The files that this process is writing.
static WRITING: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static DONE: Condvar = Condvar::new();

/// The right to write one file; given back when it is dropped.
pub(crate) struct Lock {
    folder: String,
    key: String,
    among_processes: Option<LockFile>,
}

/// Waits for the right to write what is at the spot. Processes that have the same `state` folder
/// wait for each other. Where lock files cannot be made only the threads of this process do: a
/// folder that cannot be written to keeps nobody from changing an org file.
pub(crate) fn lock(spot: &Spot, path: &Path, state: Option<&Path>) -> Result<Lock, FileError> {
    let folder = folder_key(spot, path)?;
    // Some systems do not tell capitals apart.
    let name = spot.name.to_string_lossy().to_lowercase();
    let key = format!("{folder}-{:x}", hash(name.as_bytes()));
    let until = Instant::now() + PATIENCE;
    let mut writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    while writing.contains(&key) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(FileError::Busy);
        }
        writing = DONE.wait_timeout(writing, left).unwrap_or_else(PoisonError::into_inner).0;
    }
    writing.insert(key.clone());
    drop(writing);
    // From here on dropping the lock lets the next one in.
    let mut lock = Lock { folder, key, among_processes: None };
    if let Some(folder) = state {
        match LockFile::take(&folder.join("locks"), &format!("{}.lock", lock.key), until) {
            Ok(file) => lock.among_processes = Some(file),
            Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(FileError::Busy),
            Err(_) => {}
        }
    }
    Ok(lock)
}

impl Lock {
    /// Stands for the folder in which the file is, by whatever path.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.among_processes.take());
        let mut writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        writing.remove(&self.key);
        DONE.notify_all();
    }
}

/// The same for every path of a folder.
fn folder_key(spot: &Spot, path: &Path) -> Result<String, FileError> {
    #[cfg(unix)]
    {
        use cap_std::fs::MetadataExt;
        let _ = path;
        let metadata = spot.folder.dir_metadata()?;
        Ok(format!("{:x}-{:x}", metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = spot;
        let real = crate::links::real_path(path)?;
        let folder = real.parent().unwrap_or(&real);
        Ok(format!("{:x}", hash(folder.as_os_str().as_encoded_bytes())))
    }
}

/// FNV-1a, 64 bits: the same in every version, and nothing depends on its strength.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A locked file that lies in a folder of the user's own.
struct LockFile {
    file: std::fs::File,
    folder: Dir,
    name: String,
}

impl LockFile {
    fn take(folder: &Path, name: &str, until: Instant) -> io::Result<Self> {
        private::make_folder(folder)?;
        let folder = Dir::open_ambient_dir(folder, ambient_authority())?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).follow(FollowSymlinks::No);
        private::set_mode(&mut options);
        loop {
            let file = folder.open_with(name, &options)?.into_std();
            loop {
                match file.try_lock() {
                    Ok(()) => break,
                    Err(TryLockError::WouldBlock) if Instant::now() >= until => {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                    Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_TRIES),
                    Err(TryLockError::Error(error)) => return Err(error),
                }
            }
            // Whoever had it before has removed it: then the next one locks another file.
            if is_still_there(&file) {
                return Ok(Self { file, folder, name: name.to_owned() });
            }
        }
    }
}

fn is_still_there(file: &std::fs::File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        file.metadata().is_ok_and(|metadata| metadata.nlink() > 0)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        true
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // Removed while it is locked, so that nobody's lock is removed. Where files that are open
        // cannot be removed they stay; they are empty.
        if cfg!(unix) {
            let _ = self.folder.remove_file(&self.name);
        }
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processes_wait_for_each_other_and_leave_no_lock_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let take = |patience| LockFile::take(folder.path(), "a.lock", Instant::now() + patience);
        let first = take(PATIENCE).expect("free");
        // Another handle is to the system what another process is.
        let busy = take(Duration::from_millis(30)).err().map(|error| error.kind());
        assert_eq!(busy, Some(io::ErrorKind::TimedOut));
        drop(first);
        let next = take(PATIENCE).expect("free again");
        drop(next);
        #[cfg(unix)]
        assert_eq!(folder.path().read_dir().expect("readable").count(), 0);
    }
}
