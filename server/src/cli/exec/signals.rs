//! Signals that end or tell something to whoever gets them: they are passed on to the command.

use std::io;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The signals that have come, in their order.
pub struct Signals {
    received: UnboundedReceiver<Received>,
    /// So that waiting never ends.
    _sender: UnboundedSender<Received>,
}

/// A signal.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// Which one.
    #[cfg(unix)]
    pub signal: rustix::process::Signal,
    /// Whether a terminal sent it, which sends it to the command, too.
    #[cfg(unix)]
    pub was_for_all: bool,
}

impl Signals {
    /// Begins to listen: from now on none of them ends this process. Needs a tokio runtime.
    ///
    /// # Errors
    /// The system refuses.
    pub fn listen() -> io::Result<Self> {
        let (sender, received) = unbounded_channel();
        listen(&sender)?;
        Ok(Self { received, _sender: sender })
    }

    /// The next one.
    pub async fn next(&mut self) -> Received {
        match self.received.recv().await {
            Some(received) => received,
            // Not while the sender is kept.
            None => std::future::pending().await,
        }
    }
}

#[cfg(unix)]
fn listen(sender: &UnboundedSender<Received>) -> io::Result<()> {
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};
    for (kind, number) in [
        (SignalKind::hangup(), Signal::HUP),
        (SignalKind::interrupt(), Signal::INT),
        (SignalKind::quit(), Signal::QUIT),
        (SignalKind::terminate(), Signal::TERM),
        (SignalKind::user_defined1(), Signal::USR1),
        (SignalKind::user_defined2(), Signal::USR2),
    ] {
        let mut stream = signal(kind)?;
        let sender = sender.clone();
        tokio::spawn(async move {
            while stream.recv().await.is_some() {
                let is_of_keyboard = matches!(number, Signal::INT | Signal::QUIT);
                let was_for_all = is_of_keyboard && is_in_foreground();
                if sender.send(Received { signal: number, was_for_all }).is_err() {
                    return;
                }
            }
        });
    }
    Ok(())
}

/// Whether the keys of a terminal reach this process and its children.
#[cfg(unix)]
fn is_in_foreground() -> bool {
    use rustix::process::getpgrp;
    use rustix::termios::tcgetpgrp;
    let of_terminal =
        [tcgetpgrp(std::io::stdin()), tcgetpgrp(std::io::stderr()), tcgetpgrp(std::io::stdout())];
    of_terminal.into_iter().flatten().any(|group| group == getpgrp())
}

#[cfg(not(unix))]
fn listen(sender: &UnboundedSender<Received>) -> io::Result<()> {
    let sender = sender.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if sender.send(Received {}).is_err() {
                return;
            }
        }
    });
    Ok(())
}
