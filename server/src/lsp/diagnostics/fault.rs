//! Faults on purpose, for tests; not part of release builds.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A panic that a test asks for, to see that nothing is lost by it.
#[derive(Debug, Default)]
pub struct Fault {
    /// So many strikes do nothing.
    passes: AtomicUsize,
    /// So many panic then.
    panics: AtomicUsize,
}

impl Fault {
    /// After `passes` strikes that do nothing, `panics` strikes panic.
    pub fn arm(&self, passes: usize, panics: usize) {
        self.passes.store(passes, Ordering::Release);
        self.panics.store(panics, Ordering::Release);
    }

    /// A place where a panic may lose something. Panics when it is armed.
    pub fn strike(&self) {
        let one_less = |counter: &AtomicUsize| {
            let less = counter
                .fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(1));
            less.is_ok()
        };
        if self.panics.load(Ordering::Acquire) > 0
            && !one_less(&self.passes)
            && one_less(&self.panics)
        {
            std::panic::resume_unwind(Box::new("asked for by a test"));
        }
    }
}
