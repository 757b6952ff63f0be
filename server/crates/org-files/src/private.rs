//! Files and folders that are for their owner alone.

use std::io;
use std::path::Path;

use cap_std::fs::OpenOptions;

/// Makes a folder, and those above it that are missing, for its owner alone (mode 0700). One that
/// is there stays as it is: it may be shared by choice.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file that is made is for its owner alone from the start (mode 0600).
pub(crate) fn set_mode(options: &mut OpenOptions) {
    #[cfg(unix)]
    cap_std::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _ = options;
}
