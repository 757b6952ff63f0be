//! Work on many things with every processor, the results in order.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

/// So many things are worked on in one go at most.
const SHARE: usize = 32;
/// So many shares are begun before the results of the first are taken: no more than that of a long report is kept
/// at once.
const AHEAD: usize = 16;
/// For fewer things another thread does not pay.
const LEAST: usize = 16;

/// So many processors are there. Asking is as dear as reading a file.
static PROCESSORS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZeroUsize::get));

/// Whether so many things would be shared out, on a computer with more than one processor.
pub fn pays(things: usize) -> bool {
    things >= 2 * LEAST
}

/// Gives `take` what `work` makes of each thing, in their order. It takes on this thread, while others work ahead;
/// when it has to wait it works along. A panic of `work` comes to whoever takes that result.
pub fn in_order<'a, T: Sync, R: Send, U>(
    things: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = R>) -> U,
) -> U {
    let processors = *PROCESSORS;
    if processors < 2 || !pays(things.len()) {
        return take(&mut things.iter().map(work));
    }
    let line = Line::of(things, things.len().div_ceil(2 * processors).min(SHARE), work);
    thread::scope(|scope| {
        let _enough = Enough(&line.state, &line.changed);
        for _ in 1..processors.min(line.shares.len()) {
            scope.spawn(|| line.work_along());
        }
        take(&mut (0..line.shares.len()).flat_map(|share| line.results_of(share)))
    })
}

/// Things on their way.
struct Line<'a, T, R, W> {
    shares: Vec<&'a [T]>,
    work: W,
    state: Mutex<State<R>>,
    changed: Condvar,
}

/// What was made of a share, or the panic that ended it.
type Done<R> = Result<Vec<R>, Box<dyn Any + Send>>;

struct State<R> {
    /// So many shares are being worked on, or were.
    begun: usize,
    /// The share whose results are taken now.
    taking: usize,
    done: Vec<Option<Done<R>>>,
    /// Nobody takes any more.
    is_over: bool,
}

impl<R> State<R> {
    /// The next share to work on, unless the rest has to wait.
    fn begin(&mut self) -> Option<usize> {
        let share = self.begun;
        let may_begin = share < self.done.len() && share < self.taking + AHEAD;
        self.begun += usize::from(may_begin);
        may_begin.then_some(share)
    }
}

impl<'a, T: Sync, R: Send, W: Fn(&'a T) -> R + Sync> Line<'a, T, R, W> {
    fn of(things: &'a [T], share: usize, work: W) -> Self {
        let shares: Vec<&[T]> = things.chunks(share).collect();
        let done = shares.iter().map(|_| None).collect();
        let state = State { begun: 0, taking: 0, done, is_over: false };
        Self { shares, work, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Works on one share after the other, until none is left.
    fn work_along(&self) {
        let mut state = lock(&self.state);
        while !state.is_over && state.begun < self.shares.len() {
            state = match state.begin() {
                Some(share) => {
                    drop(state);
                    self.do_share(share)
                }
                None => wait(&self.changed, state),
            };
        }
    }

    /// What was made of a share; each is asked for once, and in order.
    fn results_of(&self, share: usize) -> Vec<R> {
        let mut state = lock(&self.state);
        state.taking = share;
        self.changed.notify_all();
        loop {
            if let Some(done) = state.done[share].take() {
                drop(state);
                return done.unwrap_or_else(|panic| resume_unwind(panic));
            }
            state = match state.begin() {
                Some(next) => {
                    drop(state);
                    self.do_share(next)
                }
                None => wait(&self.changed, state),
            };
        }
    }

    fn do_share(&self, share: usize) -> MutexGuard<'_, State<R>> {
        let work = || self.shares[share].iter().map(&self.work).collect();
        let done = catch_unwind(AssertUnwindSafe(work));
        let mut state = lock(&self.state);
        state.done[share] = Some(done);
        self.changed.notify_all();
        state
    }
}

/// Ends the work when it is dropped: nobody takes the results of the rest, be it for a panic.
struct Enough<'a, R>(&'a Mutex<State<R>>, &'a Condvar);

impl<R> Drop for Enough<'_, R> {
    fn drop(&mut self) {
        lock(self.0).is_over = true;
        self.1.notify_all();
    }
}

/// Nothing panics while it holds the lock.
fn lock<R>(state: &Mutex<State<R>>) -> MutexGuard<'_, State<R>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wait<'a, R>(changed: &Condvar, state: MutexGuard<'a, State<R>>) -> MutexGuard<'a, State<R>> {
    changed.wait(state).unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_thing_is_worked_on_once_and_in_order() {
        for many in [0, 1, LEAST, 2 * LEAST, 2 * LEAST + 1, 1000, 3 * AHEAD * SHARE + 7] {
            let things: Vec<usize> = (0..many).collect();
            let worked = AtomicUsize::new(0);
            let double = |thing: &usize| {
                worked.fetch_add(1, Ordering::Relaxed);
                thing * 2
            };
            let doubled: Vec<usize> = in_order(&things, double, |all| all.collect());
            assert_eq!(doubled, things.iter().map(|thing| thing * 2).collect::<Vec<_>>());
            assert_eq!(worked.into_inner(), many);
        }
    }

    #[test]
    fn what_nobody_takes_yet_is_little() {
        let things = vec![0; 10 * AHEAD * SHARE];
        let worked = AtomicUsize::new(0);
        let work = |_: &i32| worked.fetch_add(1, Ordering::Relaxed);
        in_order(&things, work, |results| {
            for taken in 1..=3 * SHARE {
                assert!(results.next().is_some());
                let most = (taken.div_ceil(SHARE) + AHEAD) * SHARE;
                assert!(worked.load(Ordering::Relaxed) <= most);
            }
        });
        // The rest is not worked on when nobody asks for it.
        assert!(worked.into_inner() <= (4 + AHEAD) * SHARE);
    }

    #[test]
    fn a_panic_comes_to_whoever_takes() {
        let things: Vec<usize> = (0..10 * SHARE).collect();
        let work = |thing: &usize| assert!(*thing != 7 * SHARE, "this one");
        let mut taken = 0;
        let all = || in_order(&things, work, |results| results.for_each(|()| taken += 1));
        let panic = catch_unwind(AssertUnwindSafe(all)).expect_err("a panic");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"this one"));
        assert!(taken <= 7 * SHARE);
        let give_up = || in_order(&things, |thing| *thing, |_| panic!("enough"));
        let panic = catch_unwind(AssertUnwindSafe(give_up)).expect_err("a panic");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"enough"));
    }
}
