use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

const A_MINUTE: Duration = Duration::from_secs(60);

fn reserve(store: &LockoutStore, of: &str) -> Reserved {
    store.reserve_for(of, Care::Careful, A_MINUTE)
}

/// An attempt that ends with `outcome`, as far as the guard lets it begin.
fn attempt(store: &LockoutStore, of: &str, outcome: Outcome) -> Reserved {
    let reserved = reserve(store, of);
    if let Reserved::Granted(number) = reserved {
        store.settle_for(of, number, outcome);
    }
    reserved
}

#[test]
fn two_processes_share_key_counts_and_reservations() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) =
        (LockoutStore::at(Some(folder.path())), LockoutStore::at(Some(folder.path())));
    assert_eq!(one.key(), other.key());
    let Reserved::Granted(first) = reserve(&one, "a") else { panic!("free") };
    let Reserved::Granted(second) = reserve(&other, "a") else { panic!("free") };
    assert_eq!((reserve(&one, "a"), reserve(&other, "a")), (Reserved::Busy, Reserved::Busy));
    assert!(matches!(reserve(&one, "b"), Reserved::Granted(_)), "other credentials are free");
    one.settle_for("a", first, Outcome::Refused);
    assert_eq!(reserve(&one, "a"), Reserved::Busy, "one was refused, one is under way");
    other.settle_for("a", second, Outcome::Refused);
    assert_eq!(
        (reserve(&one, "a"), reserve(&other, "a")),
        (Reserved::Refused(2), Reserved::Refused(2))
    );
    // A person who says so goes on, and what works begins anew.
    let Reserved::Granted(third) = one.reserve_for("a", Care::Anyway, A_MINUTE) else {
        panic!("a person said so");
    };
    one.settle_for("a", third, Outcome::Worked);
    assert!(matches!(attempt(&other, "a", Outcome::Nothing), Reserved::Granted(_)));
    let key = one.key();
    std::fs::remove_file(folder.path().join(FILE)).expect("the file");
    assert_ne!(one.key(), key, "a person who removes the file begins anew");
}

#[test]
fn what_says_nothing_is_given_back() {
    let store = LockoutStore::at(None);
    for _ in 0..10 {
        assert!(matches!(attempt(&store, "a", Outcome::Nothing), Reserved::Granted(_)));
    }
}

#[test]
fn what_a_process_left_behind_lapses() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = LockoutStore::at(Some(folder.path()));
    {
        let gone = LockoutStore::at(Some(folder.path()));
        reserve(&gone, "a");
        reserve(&gone, "a");
        assert_eq!(reserve(&other, "a"), Reserved::Busy);
    }
    assert!(matches!(reserve(&other, "a"), Reserved::Granted(_)));
    // One that runs on and never settles: by its time.
    let hangs = LockoutStore::at(Some(folder.path()));
    hangs.under_way.change(|under_way| {
        for attempt in under_way {
            attempt.process = hangs.presence.name().to_owned();
            attempt.until = now() - 1;
        }
    });
    assert!(matches!(reserve(&other, "a"), Reserved::Granted(_)));
    assert!(matches!(reserve(&other, "a"), Reserved::Granted(_)));
    assert_eq!(reserve(&other, "a"), Reserved::Busy);
}

#[test]
fn without_a_file_the_process_guards_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let not_a_folder = folder.path().join("file");
    std::fs::write(&not_a_folder, "").expect("a file");
    for path in [None, Some(not_a_folder.as_path())] {
        let store = LockoutStore::at(path);
        assert_eq!(store.key(), store.key());
        assert_eq!(refused_at_most(&[&store; 1]), REFUSALS);
    }
}

#[test]
fn many_threads_send_no_more_than_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let stores: Vec<LockoutStore> = (0..4).map(|_| LockoutStore::at(Some(folder.path()))).collect();
    assert_eq!(refused_at_most(&stores.iter().collect::<Vec<_>>()), REFUSALS);
}

/// How many attempts with wrong credentials are sent when five threads for each store try at the
/// same time.
fn refused_at_most(stores: &[&LockoutStore]) -> u32 {
    let sent = AtomicU32::new(0);
    let together = Barrier::new(stores.len() * 5);
    std::thread::scope(|scope| {
        for store in stores.iter().flat_map(|store| [store; 5]) {
            let (sent, together) = (&sent, &together);
            scope.spawn(move || {
                together.wait();
                loop {
                    match reserve(store, "a") {
                        Reserved::Granted(number) => {
                            sent.fetch_add(1, Ordering::Relaxed);
                            std::thread::sleep(Duration::from_millis(5));
                            store.settle_for("a", number, Outcome::Refused);
                        }
                        Reserved::Busy => std::thread::sleep(Duration::from_millis(2)),
                        Reserved::Refused(_) => break,
                    }
                }
            });
        }
    });
    sent.into_inner()
}

#[test]
fn the_oldest_are_forgotten() {
    let mut refused = BTreeMap::new();
    for last in 0..REMEMBERED as u64 + 10 {
        refused.insert(format!("{last:08}"), Count { times: 1, last });
        forget_oldest(&mut refused);
    }
    assert!(!refused.contains_key("00000009"));
    assert!(refused.contains_key("00000010"));
}
