//! Standard input and output as they are, without the buffers of the standard library: messages go out in one
//! write, line ends in them or not.

use std::fs;
use std::io::{self, BufReader};

/// Bytes that are read at once. Bodies that are longer are read past the buffer.
const BUFFER: usize = 64 * 1024;

/// Standard input.
///
/// # Errors
/// It is closed, or the process may open no more files.
pub fn input() -> io::Result<BufReader<fs::File>> {
    Ok(BufReader::with_capacity(BUFFER, same(&io::stdin())?))
}

/// Standard output.
///
/// # Errors
/// It is closed, or the process may open no more files.
pub fn output() -> io::Result<fs::File> {
    same(&io::stdout())
}

#[cfg(unix)]
fn same(stream: &impl std::os::fd::AsFd) -> io::Result<fs::File> {
    Ok(stream.as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn same(stream: &impl std::os::windows::io::AsHandle) -> io::Result<fs::File> {
    Ok(stream.as_handle().try_clone_to_owned()?.into())
}
