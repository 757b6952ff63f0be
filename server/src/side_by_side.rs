//! Work on many things with every processor, the results in order.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

/// So many are worked on before their results are handed over: no more than that of a long report is
/// kept at once.
const AT_ONCE: usize = 1024;
/// For fewer another thread does not pay.
const LEAST: usize = 16;

/// Whether so many things would be shared out, on a computer with more than one processor.
pub fn pays(things: usize) -> bool {
    things >= 2 * LEAST
}

/// What `work` makes of each thing, in their order, as it is asked for.
pub fn in_order<'a, T: Sync, R: Send>(
    things: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
) -> impl Iterator<Item = R> {
    things.chunks(AT_ONCE).flat_map(move |some| shared_out(some, &work))
}

fn shared_out<'a, T: Sync, R: Send>(
    things: &'a [T],
    work: &(impl Fn(&'a T) -> R + Sync),
) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = processors.min(things.len() / LEAST);
    if threads < 2 {
        return things.iter().map(work).collect();
    }
    thread::scope(|scope| {
        let mut shares = things.chunks(things.len().div_ceil(threads));
        let own = shares.next().unwrap_or_default();
        let share = |some: &'a [T]| scope.spawn(move || some.iter().map(work).collect::<Vec<R>>());
        let others: Vec<_> = shares.map(share).collect();
        let mut done: Vec<R> = own.iter().map(work).collect();
        for thread in others {
            done.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_worked_on_once_and_in_order() {
        for many in [0, 1, LEAST - 1, 2 * LEAST, 2 * LEAST + 1, AT_ONCE, 3 * AT_ONCE + 7] {
            let things: Vec<usize> = (0..many).collect();
            let doubled: Vec<usize> = in_order(&things, |thing| thing * 2).collect();
            assert_eq!(doubled, things.iter().map(|thing| thing * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_is_worked_out_than_is_asked_for() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let things = vec![(); 3 * AT_ONCE];
        let worked = AtomicUsize::new(0);
        let mut results = in_order(&things, |()| worked.fetch_add(1, Ordering::Relaxed));
        assert!(results.next().is_some());
        assert_eq!(worked.load(Ordering::Relaxed), AT_ONCE);
    }
}
