//! The server ends with the process that started it, even when that one leaves standard input open.

use std::time::Duration;

/// How often the parent is looked for.
const EVERY: Duration = Duration::from_secs(2);

/// Returns when the client's process is gone, once the client has said which it is. Where that cannot be told, it waits for ever.
pub async fn died(parent: impl Fn() -> Option<u32>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let Some(parent) = parent() else {
            continue;
        };
        if !is_alive(parent) {
            tracing::info!("the client's process {parent} is gone");
            return;
        }
    }
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    let Some(process) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else {
        return true;
    };
    // Only "no such process" says that it is gone: others may belong to another user.
    !matches!(rustix::process::test_kill_process(process), Err(rustix::io::Errno::SRCH))
}

/// Elsewhere the end of standard input has to do.
#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    true
}
