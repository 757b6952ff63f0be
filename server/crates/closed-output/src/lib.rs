//! Whether standard output was closed when the program began (`sforg check >&-`).
//!
//! Before `main`, `std` opens `/dev/null` in place of a standard stream that is closed, so that no
//! other file gets its number. From then on nothing tells it from an output that somebody throws
//! away on purpose. So it is looked at before that.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Runs before `std` is ready: one system call and one store.
#[cfg(unix)]
#[ctor::ctor(unsafe)]
fn look() {
    if rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err() {
        IS_CLOSED.store(true, Ordering::Relaxed);
    }
}

/// Whether nothing that is written to standard output can arrive. Where a system gives each program
/// an output, never.
pub fn is_closed() -> bool {
    IS_CLOSED.load(Ordering::Relaxed)
}
