//! What the command prints, without secrets.

use std::io;
use std::time::Duration;

use org_login::OutputMask;
use tokio::io::AsyncReadExt;
use tokio::process::{ChildStdout, Command};

use super::super::output::{self, Stream};

/// After so long without more, what is held back is shown as far as it tells nothing.
const QUIET: Duration = Duration::from_millis(40);

/// What the command prints, and where it goes.
pub struct Source {
    from: ChildStdout,
    to: Stream,
}

/// Lets the command print into pipes: into one when standard output and standard error are the same, so
/// that lines keep their order.
///
/// # Errors
/// The system has no more pipes.
pub fn pipes(command: &mut Command) -> io::Result<Vec<Source>> {
    let (out, writer) = pipe(Stream::Out)?;
    if are_one() {
        command.stderr(writer.try_clone()?).stdout(writer);
        return Ok(vec![out]);
    }
    command.stdout(writer);
    let (error, writer) = pipe(Stream::Error)?;
    command.stderr(writer);
    Ok(vec![out, error])
}

fn pipe(to: Stream) -> io::Result<(Source, io::PipeWriter)> {
    #[cfg(unix)]
    use std::os::fd::OwnedFd as Owned;
    #[cfg(windows)]
    use std::os::windows::io::OwnedHandle as Owned;
    let (reader, writer) = io::pipe()?;
    let reader = std::process::ChildStdout::from(Owned::from(reader));
    Ok((Source { from: ChildStdout::from_std(reader)?, to }, writer))
}

/// Whether standard output and standard error lead to the same file.
#[cfg(unix)]
fn are_one() -> bool {
    use rustix::fs::fstat;
    match (fstat(io::stdout()), fstat(io::stderr())) {
        (Ok(out), Ok(error)) => (out.st_dev, out.st_ino) == (error.st_dev, error.st_ino),
        _ => false,
    }
}

#[cfg(not(unix))]
fn are_one() -> bool {
    false
}

/// Passes on everything until the other end is closed, or nobody reads it any more.
pub async fn pass_on(source: Source, mut mask: OutputMask) {
    let Source { mut from, to } = source;
    let (mut piece, mut out) = (vec![0; 1 << 16], Vec::new());
    let mut waits_for_more = false;
    loop {
        let reading = from.read(&mut piece);
        let read = match waits_for_more {
            true => tokio::time::timeout(QUIET, reading).await.ok(),
            false => Some(reading.await),
        };
        let read = read.map(|read| read.unwrap_or(0));
        match read {
            None => mask.pause(&mut out),
            Some(0) => mask.finish(&mut out),
            Some(length) => mask.push(piece.get(..length).unwrap_or_default(), &mut out),
        }
        waits_for_more = read.is_some();
        // A terminal or a pipe may take its time.
        let written = tokio::task::block_in_place(|| output::pass_on(to, &out));
        if written.is_err() || read == Some(0) {
            return;
        }
        out.clear();
    }
}
