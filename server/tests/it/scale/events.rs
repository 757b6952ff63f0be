//! A finding is never lost: a server in the middle of whatever happens to a workspace ends with what a
//! server finds that starts then, of every file, open or closed.
//!
//! Everything is decided by a seed. `SFORG_SEEDS=from..to` tries others with a hundred files.

mod editor;
mod tree;

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use editor::{Delivery, Editor};
use scale_tests::Random;
use serde_json::Value;
use tree::Tree;

/// How many seeds a hundred files are tried with, in each way of delivery.
const SEEDS: Range<u64> = 0..6;
/// How long nothing may come while the findings are still others, in seconds: a guard, no limit.
/// `SFORG_TEST_DEADLINE` makes it shorter while one works on a test that fails.
const SILENCE: u64 = 300;

fn seeds() -> Range<u64> {
    let given = std::env::var("SFORG_SEEDS").unwrap_or_default();
    let parsed =
        given.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    parsed.unwrap_or(SEEDS)
}

fn silence() -> Duration {
    let seconds = std::env::var("SFORG_TEST_DEADLINE").ok();
    Duration::from_secs(seconds.and_then(|seconds| seconds.parse().ok()).unwrap_or(SILENCE))
}

fn run(seed: u64, files: usize, delivery: Delivery) {
    let mut random = Random::new(seed);
    let mut tree = Tree::generate(&mut random, files);
    // Most seeds begin in the middle of the first look at the workspace.
    let mut editor = Editor::start(tree.root(), delivery);
    let begun = Instant::now();
    let panics = seed % 3 == 2;
    if panics {
        editor.allow_panics();
    }
    let events = 40 + files / 20;
    for part in 0..2 {
        for number in 0..events {
            match random.below(16) {
                // A file that panics three times alone would be given up.
                _ if panics && number % 15 == 7 => {
                    editor.panic(random.below(40), 1 + random.below(2));
                }
                0..=8 => tree.change(&mut random),
                9 | 10 => editor.tell(tree.take_events(), &mut random),
                12 => std::thread::sleep(Duration::from_millis(random.below(8) as u64)),
                _ => editor.act(&mut tree, &mut random),
            }
        }
        // What comes afterwards may find everything at rest.
        if part == 0 && random.percent(50) {
            editor.tell(tree.take_events(), &mut random);
            compare(&mut editor, &tree, &format!("seed {seed}, in the middle"));
        }
    }
    editor.tell(tree.take_events(), &mut random);
    let said = begun.elapsed();
    let found = compare(&mut editor, &tree, &format!("seed {seed}"));
    eprintln!(
        "seed {seed}, {files} files, {delivery:?}: {found} files with findings; {said:?} of events, \
         {:?} in all",
        begun.elapsed()
    );
}

/// Waits until the client shows what a fresh server finds; in how many files there is something.
fn compare(editor: &mut Editor, tree: &Tree, what: &str) -> usize {
    let fresh = Editor::fresh(tree.root(), editor);
    let mut last_news = Instant::now();
    let mut equal_since: Option<Instant> = None;
    let mut shown = editor.shown();
    let mut is_equal = shown == fresh;
    loop {
        if editor.take_in() {
            last_news = Instant::now();
            equal_since = None;
            shown = editor.shown();
            is_equal = shown == fresh;
        }
        if is_equal {
            // What is still under way must not make it worse.
            let since = *equal_since.get_or_insert_with(Instant::now);
            if editor.is_at_rest() && since.elapsed() > Duration::from_millis(150) {
                return fresh.len();
            }
        } else if last_news.elapsed() > silence() {
            panic!("{what}: nothing has come for {:?}\n{}", silence(), difference(&shown, &fresh));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn difference(shown: &BTreeMap<String, Value>, fresh: &BTreeMap<String, Value>) -> String {
    let codes = |all: &BTreeMap<String, Value>, uri: &String| -> Vec<String> {
        let items = all.get(uri).and_then(Value::as_array).into_iter().flatten();
        items.map(|item| format!("{} {}", item["code"], item["message"])).collect()
    };
    let uris = shown.keys().chain(fresh.keys().filter(|uri| !shown.contains_key(*uri)));
    let differs = uris.filter(|uri| shown.get(*uri) != fresh.get(*uri)).map(|uri| {
        format!("{uri}\n  shown: {:#?}\n  fresh: {:#?}", codes(shown, uri), codes(fresh, uri))
    });
    differs.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_hundred_files_pushed() {
    seeds().for_each(|seed| run(seed, 100, Delivery::Push));
}

#[test]
fn a_hundred_files_pulled() {
    seeds().for_each(|seed| run(seed, 100, Delivery::Pull));
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn a_thousand_files() {
    run(1_000, 1_000, Delivery::Push);
    run(1_001, 1_000, Delivery::Pull);
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn four_thousand_files() {
    run(4_000, 4_000, Delivery::Push);
    run(4_001, 4_000, Delivery::Pull);
}
