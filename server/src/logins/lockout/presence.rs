//! Which processes of the program run: each holds the lock of a file of its own, which the system
//! takes from it when it ends, however that comes about.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// This process among the others.
pub(super) struct Presence {
    folder: Option<PathBuf>,
    /// 16 hexadecimal digits, by chance.
    name: String,
    /// Locked for as long as this lives.
    own: std::sync::OnceLock<Option<File>>,
    numbers: AtomicU64,
}

impl Presence {
    /// `folder` is where the files are; it need not exist.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        let mut random = [0; 8];
        // Without it, processes take each other for themselves, and wait for a lapse.
        let _ = getrandom::fill(&mut random);
        let name = format!("{:016x}", u64::from_ne_bytes(random));
        Self { folder, name, own: std::sync::OnceLock::new(), numbers: AtomicU64::new(0) }
    }

    /// What other processes know this one by. It can be seen to run from here on.
    pub(super) fn name(&self) -> &str {
        self.own.get_or_init(|| {
            let folder = self.folder.as_deref()?;
            remove_left_overs(folder);
            let file = locked(folder, &self.name);
            if let Err(error) = &file {
                tracing::warn!("{} cannot be written: {error}", folder.display());
            }
            file.ok()
        });
        &self.name
    }

    /// A number that this process has not had before.
    pub(super) fn next_number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether a process runs. Nobody can be seen to run where no file can be made.
    pub(super) fn is_running(&self, name: &str) -> bool {
        if name == self.name {
            return true;
        }
        let is_name = name.len() == 16 && name.bytes().all(|digit| digit.is_ascii_hexdigit());
        let Some(folder) = self.folder.as_deref().filter(|_| is_name) else { return false };
        is_locked(&folder.join(name))
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if let (Some(Some(_)), Some(folder)) = (self.own.get(), &self.folder) {
            let _ = std::fs::remove_file(folder.join(&self.name));
        }
    }
}

fn locked(folder: &Path, name: &str) -> std::io::Result<File> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    builder.create(folder)?;
    let file = options.open(folder.join(name))?;
    file.lock()?;
    Ok(file)
}

fn is_locked(path: &Path) -> bool {
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return false };
    // Where files cannot be locked, a reservation ends by its time.
    matches!(file.try_lock(), Err(TryLockError::WouldBlock | TryLockError::Error(_)))
}

/// What processes left that were ended.
fn remove_left_overs(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(file) = OpenOptions::new().write(true).open(&path) else { continue };
        // One that was made this moment is not locked yet.
        let age = file.metadata().and_then(|of| of.modified()).ok().and_then(|t| t.elapsed().ok());
        if age.is_some_and(|age| age.as_secs() > 60) && file.try_lock().is_ok() {
            let _ = std::fs::remove_file(&path);
        }
    }
}
