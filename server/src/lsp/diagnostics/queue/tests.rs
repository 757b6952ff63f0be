use std::collections::HashMap;

use super::*;
use crate::lsp::transport::later::Reply;

fn with_files(files: &[&str]) -> DiagnosticsQueue {
    let queue = DiagnosticsQueue::default();
    queue.add(files.iter().map(|file| (*file).to_owned()), &Documents::default());
    queue
}

#[test]
fn files_of_a_round_that_panics_come_back_one_by_one() {
    let queue = with_files(&["a", "b"]);
    let work = queue.try_next().expect("work");
    assert!(queue.is_empty());
    assert_eq!(queue.put_back(work), None);
    for file in ["a", "b"] {
        assert!(!queue.is_empty());
        assert_eq!(queue.try_next().expect("work").files, [file]);
    }
    assert!(queue.try_next().is_none());
}

#[test]
fn a_question_about_the_workspace_waits_for_walks_and_files() {
    let queue = with_files(&["a"]);
    queue.walk_started();
    let question = Question::Workspace { previous: HashMap::new() };
    queue.pull(Pull { question, reply: Reply::alone().0 });
    assert_eq!(queue.try_next().expect("work").files, ["a"]);
    assert!(queue.try_next().is_none());
    queue.walk_ended();
    assert_eq!(queue.try_next().expect("work").pulls.len(), 1);
}

#[test]
fn what_reads_in_the_background_stands_still_while_an_open_file_waits() {
    let (queue, documents) = (DiagnosticsQueue::default(), Documents::default());
    let uri = lsp_types::Url::parse("file:///a.sforg.json").expect("an address");
    documents.open("/a".to_owned(), uri, 1, org_ide::FileKind::Org, "{}");
    queue.add(["/a".to_owned(), "/b".to_owned()], &documents);
    let is_told = std::sync::atomic::AtomicBool::new(false);
    let (started, has_started) = std::sync::mpsc::channel();
    let before = std::thread::scope(|scope| {
        let background = scope.spawn(|| {
            started.send(()).expect("somebody waits");
            queue.let_open_go_first();
            is_told.load(std::sync::atomic::Ordering::SeqCst)
        });
        has_started.recv().expect("it starts");
        assert_eq!(queue.next().files, ["/a"]);
        std::thread::yield_now();
        is_told.store(true, std::sync::atomic::Ordering::SeqCst);
        assert_eq!(queue.next().files, ["/b"]);
        background.join().expect("it goes on")
    });
    assert!(before, "it went on before the findings were told");
}

#[test]
fn a_session_that_opens_nothing_at_once_goes_on_all_the_same() {
    let queue = DiagnosticsQueue::default();
    queue.expect_open();
    queue.let_open_go_first();
    assert!(queue.lock().open_expected.is_some_and(|end| end <= Instant::now()));
}

#[test]
fn a_file_that_panics_alone_is_given_up_until_it_is_marked() {
    let queue = with_files(&["a"]);
    let mut given_up = None;
    for _ in 0..ATTEMPTS {
        assert_eq!(given_up, None);
        let work = queue.try_next().expect("work");
        given_up = queue.put_back(work);
    }
    assert_eq!(given_up.as_deref(), Some("a"));
    assert!(queue.try_next().is_none());
    queue.add(["a".to_owned()], &Documents::default());
    assert_eq!(queue.try_next().expect("work").files, ["a"]);
}

#[test]
fn who_waits_is_told_behind_the_files_also_after_a_panic() {
    let queue = DiagnosticsQueue::default();
    let mut all_known = queue.want(vec!["a".to_owned(), "b".to_owned()]);
    let work = queue.try_next().expect("work");
    assert_eq!((work.wanted.len(), work.known.len()), (2, 1));
    queue.put_back(work);
    assert_eq!(queue.try_next().expect("work").files, ["a"]);
    assert_eq!(queue.try_next().expect("work").files, ["b"]);
    assert!(all_known.try_recv().is_err());
    let work = queue.try_next().expect("work");
    for known in work.known {
        known.send(()).expect("somebody waits");
    }
    assert!(all_known.try_recv().is_ok());
}

#[test]
fn a_question_waits_for_what_was_opened_before_it_alone() {
    let (queue, documents) = (DiagnosticsQueue::default(), Documents::default());
    let open = |names: std::ops::Range<usize>| {
        for id in names.map(|number| format!("/{number}.sforg.json")) {
            let uri = lsp_types::Url::parse(&format!("file://{id}")).expect("an address");
            documents.open(id.clone(), uri, 1, org_ide::FileKind::Org, "{}");
            queue.add([id], &documents);
        }
    };
    let (all, after) = (2 * OPEN_AT_ONCE, OPEN_AT_ONCE + 1);
    for names in [0..after, after..all] {
        open(names);
        let question = Question::Document { id: "/0.sforg.json".to_owned(), previous: None };
        queue.pull(Pull { question, reply: Reply::alone().0 });
    }
    let rounds: Vec<_> = std::iter::from_fn(|| queue.try_next())
        .map(|work| (work.files.len(), work.pulls.len()))
        .collect();
    assert_eq!(rounds, [(OPEN_AT_ONCE, 0), (OPEN_AT_ONCE, 2)]);
    open(0..2);
    let question = Question::Document { id: "/0.sforg.json".to_owned(), previous: None };
    queue.pull(Pull { question, reply: Reply::alone().0 });
    open(2..all);
    let work = queue.try_next().expect("work");
    assert_eq!((work.files.len(), work.pulls.len()), (OPEN_AT_ONCE, 1));
    // After a panic it is asked again, and does not wait for what has come since.
    queue.put_back(Work { pulls: work.pulls, ..Work::default() });
    let work = queue.try_next().expect("work");
    assert_eq!((work.files.len(), work.pulls.len()), (OPEN_AT_ONCE, 1));
}
