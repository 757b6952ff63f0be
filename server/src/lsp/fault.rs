//! Faults on purpose, for tests; not part of release builds.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A panic that a test asks for, to see that nothing is lost by it.
#[derive(Debug, Default)]
pub struct Fault(AtomicUsize);

impl Fault {
    /// The next `times` strikes panic.
    pub fn arm(&self, times: usize) {
        self.0.store(times, Ordering::Release);
    }

    /// Panics when it is armed.
    pub fn strike(&self) {
        let left = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| n.checked_sub(1));
        if left.is_ok() {
            std::panic::resume_unwind(Box::new("asked for by a test"));
        }
    }
}
