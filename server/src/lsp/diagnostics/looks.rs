//! Looks at the disk for what nobody has told, on a thread of their own: a workspace may be large, and no file that is
//! opened meanwhile waits for it. What was seen goes to the diagnostics thread.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{Diagnostics, background};
use crate::lsp::files::disk::Seen;

/// The look that somebody has asked for, with the Design Studio projects that are known. Two that have not begun are
/// one.
#[derive(Debug, Default)]
pub struct Looks {
    wanted: Mutex<Option<BTreeSet<String>>>,
    some: Condvar,
}

impl Looks {
    fn lock(&self) -> MutexGuard<'_, Option<BTreeSet<String>>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until one is asked for.
    fn next(&self) -> BTreeSet<String> {
        let mut wanted = self.lock();
        loop {
            if let Some(projects) = wanted.take() {
                return projects;
            }
            wanted = self.some.wait(wanted).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The one that is asked for, for tests that decide themselves when it happens.
    #[cfg(test)]
    pub fn try_next(&self) -> Option<BTreeSet<String>> {
        self.lock().take()
    }

    /// Whether none is asked for, for tests.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.lock().is_none()
    }
}

impl Diagnostics {
    /// The disk has to be looked at. Of these Design Studio projects somebody knows.
    pub fn look_at_disk(&self, projects: BTreeSet<String>) {
        let mut wanted = self.looks.lock();
        if wanted.is_none() {
            self.queue.walk_started();
        }
        wanted.get_or_insert_default().extend(projects);
        self.looks.some.notify_one();
    }
}

/// Starts the thread. It ends with the process.
pub fn start(diagnostics: Arc<Diagnostics>) {
    let thread = background::start("disk", move || {
        loop {
            let projects = diagnostics.looks.next();
            look(&diagnostics, projects, &|| diagnostics.queue.let_open_go_first());
        }
    });
    if let Err(error) = thread {
        tracing::error!("what changes on the disk is not seen: {error}");
    }
}

/// Looks, and tells the diagnostics thread. `give_way` waits while others go first.
pub fn look(diagnostics: &Diagnostics, projects: BTreeSet<String>, give_way: &(dyn Fn() + Sync)) {
    let folders = diagnostics.files.folders();
    let look = AssertUnwindSafe(|| Seen::now(&folders, projects, give_way));
    let seen = catch_unwind(look).unwrap_or_else(|_| {
        tracing::error!("looking at the disk panicked; please report this with the log");
        Seen::default()
    });
    diagnostics.queue.looked(seen);
}
