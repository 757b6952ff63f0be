//! The command under way: what it prints, the signals that it gets, how it ends.

use std::io;
use std::process::ExitStatus;

use futures_util::future::join_all;
use org_login::OutputMask;
use tokio::process::{Child, Command};

use super::signals::Signals;
use super::streams::{pass_on, pipes};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With this exit code.
    Code(u8),
    /// By this signal.
    Signal(u8),
}

/// Runs a command to its end, and until nobody can print in its name any more.
///
/// # Errors
/// It cannot be started.
pub async fn run(
    mut command: Command,
    mask: Option<OutputMask>,
    signals: &mut Signals,
) -> io::Result<Ended> {
    let sources = match &mask {
        Some(_) => pipes(&mut command)?,
        None => Vec::new(),
    };
    let mut child = command.spawn()?;
    // It has the other ends of the pipes.
    drop(command);
    let pumps = sources.into_iter().zip(mask.into_iter().cycle());
    let printed = join_all(pumps.map(|(source, mask)| pass_on(source, mask)));
    tokio::pin!(printed);
    let (mut status, mut is_printed) = (None, false);
    while status.is_none() || !is_printed {
        tokio::select! {
            ended = child.wait(), if status.is_none() => status = Some(ended?),
            _ = &mut printed, if !is_printed => is_printed = true,
            signal = signals.next() => match status {
                None => forward(&child, signal),
                // A process that it left behind is not waited for.
                Some(_) => break,
            },
        }
    }
    status.map(ended).ok_or_else(|| io::Error::other("it did not end"))
}

#[cfg(unix)]
fn forward(child: &Child, signal: super::signals::Received) {
    use rustix::process::{Pid, kill_process};
    let id = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(id) = id.filter(|_| !signal.was_for_all) {
        // It may have ended this moment.
        let _ = kill_process(id, signal.signal);
    }
}

/// Ctrl-C reaches every process of a console by itself.
#[cfg(not(unix))]
fn forward(_: &Child, _: super::signals::Received) {}

fn ended(status: ExitStatus) -> Ended {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ended::Signal(u8::try_from(signal).unwrap_or(u8::MAX));
    }
    // Windows has more than a byte of them.
    let code = status.code().unwrap_or(1);
    Ended::Code(u8::try_from(code).unwrap_or(1))
}
