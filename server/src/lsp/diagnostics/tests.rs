//! Whatever happens in whatever order, in the end the client knows of every file, open or closed, what
//! a server that starts now would tell.
//!
//! Events of the client and of the disk, the walk over the workspace and the rounds of the worker are
//! mixed by seed, also in the middle of a round; nothing here runs on threads of its own.

mod editor;
mod events;
mod outside;
mod random;
mod world;

use events::Step;
use random::Random;
use world::{Delivery, World};

/// How many seeds are tried; `SFORG_SEEDS=from..to` tries others.
const SEEDS: std::ops::Range<u64> = 0..40;

fn seeds() -> std::ops::Range<u64> {
    let given = std::env::var("SFORG_SEEDS").unwrap_or_default();
    let parsed =
        given.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    parsed.unwrap_or(SEEDS)
}

fn run(seed: u64, delivery: Delivery) {
    let mut random = Random::new(seed);
    let mut world = World::new(&mut random, delivery);
    for _ in 0..3 {
        for _ in 0..random.below(30) {
            world.step(&mut random);
        }
        // Some of what happens finds everything at rest.
        if random.one_in(2) {
            world.settle();
        }
    }
    world.settle();
    world.compare(&format!("seed {seed}, {delivery:?}"));
}

/// All seeds are tried, also behind one that fails.
fn run_all(delivery: Delivery) {
    let fails = |seed: &u64| std::panic::catch_unwind(|| run(*seed, delivery)).is_err();
    let failed: Vec<u64> = seeds().filter(fails).collect();
    assert!(failed.is_empty(), "seeds {failed:?}, {delivery:?}");
}

#[test]
fn findings_that_are_pushed_are_those_of_a_fresh_server() {
    run_all(Delivery::Push);
}

#[test]
fn findings_that_are_asked_for_are_those_of_a_fresh_server() {
    run_all(Delivery::Pull);
}

#[test]
fn every_story_ends_as_a_fresh_server_begins() {
    for delivery in [Delivery::Push, Delivery::Pull] {
        for story in events::STORIES {
            let mut world = World::full(delivery);
            world.settle();
            for step in story {
                match step {
                    Step::Do(event) => world.act(event),
                    Step::Rounds(count) => (0..*count).for_each(|_| _ = world.round()),
                    Step::Settle => world.settle(),
                }
            }
            world.settle();
            world.compare(&format!("{story:?}, {delivery:?}"));
        }
    }
}

/// Every order of a few events, with the rounds of the worker at every place between them.
#[test]
fn every_order_of_a_few_events_ends_the_same() {
    for script in events::SCRIPTS {
        for order in random::permutations(script.len()) {
            // None, all, and one.
            for rounds in [0, 0b1111, 0b10] {
                let mut world = World::full(Delivery::Push);
                if rounds % 2 == 0 {
                    world.settle();
                }
                for (at, event) in order.iter().enumerate() {
                    world.act(&script[*event]);
                    if rounds & (1 << at) != 0 {
                        world.round();
                    }
                }
                world.settle();
                world.compare(&format!("{script:?} as {order:?} with rounds {rounds:b}"));
            }
        }
    }
}

/// The case that was seen: somebody waits for all orgs of a project while the index is being built.
#[test]
fn who_waits_for_a_large_project_costs_no_finding() {
    for count in [100, 400] {
        for rounds_before in [0, 1, 3] {
            let mut world = World::empty(Delivery::Push);
            world.write_many(count);
            world.walk_all();
            for _ in 0..rounds_before {
                world.round();
            }
            world.want_all();
            world.settle();
            assert!(world.has_findings_of(count), "{count} files, {rounds_before} rounds");
            world.compare(&format!("{count} files, {rounds_before} rounds"));
        }
    }
}
