//! Writing files so that a failure leaves the old one.

use std::io::Write;
use std::path::Path;

/// Replaces the content of an existing file: writes beside it and puts that in its place. A symbolic
/// link stays one, permissions stay.
///
/// # Errors
/// The file cannot be written, or is read-only; it is as it was.
pub fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = path.metadata()?.permissions();
    if permissions.readonly() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::PermissionDenied,
            "it is read-only: make it writable first",
        ));
    }
    let file = beside(&path, text)?;
    file.as_file().set_permissions(permissions)?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Writes a file, old or new. An old one keeps its permissions.
///
/// # Errors
/// The file cannot be written; an old one is as it was.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if path.exists() {
        return replace(path, text);
    }
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// Writes a file of the user's own, which nobody else may read; its folder is made.
///
/// # Errors
/// The folder or the file cannot be written; an old file is as it was.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // Temporary files are made for their owner alone, and stay so.
    beside(path, text)?.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn beside(path: &Path, text: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".sforg-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}
