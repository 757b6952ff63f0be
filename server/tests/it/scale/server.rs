//! The server in projects of many files: what is open comes first, and what one file changes for
//! others arrives there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use scale_tests::{Options, Project, Reported, Session, Watching, check};
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::{FileEvent, file_uri, notification};

/// A generated project on the disk.
struct Generated {
    folder: TempDir,
    project: Project,
}

impl Generated {
    fn new(orgs: usize, seed: u64) -> Self {
        let folder = tempfile::Builder::new().prefix("sforg-scale-").tempdir();
        let folder = folder.expect("a temporary folder");
        let project = Project::generate(Options { orgs, faults_percent: 5, seed });
        project.write(folder.path()).expect("the project is written");
        Self { folder, project }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("the file is there")
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, content).expect("the file is written");
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).expect("the file is there");
    }

    /// What `sforg check` says now.
    fn findings(&self) -> Vec<Reported> {
        check(self.root()).findings
    }

    /// A session that has published everything.
    fn session(&self) -> Session {
        let mut session = Session::start(self.root());
        session.wait_for_findings("all files", &self.findings());
        session
    }

    /// Org files of a folder in the usual layout without findings, with their names.
    fn clean_orgs(&self, folder: &str) -> Vec<(String, String)> {
        let findings = &self.project.manifest.findings;
        let faulty: BTreeSet<&str> = findings.iter().map(|found| found.file.as_str()).collect();
        let files = self.project.files.iter().filter(|(path, content)| {
            path.starts_with(folder)
                && path.ends_with(".sforg.json")
                && content.starts_with(b"{\n  \"name\": \"")
                && !faulty.contains(path.as_str())
        });
        files.map(|(path, content)| (path.clone(), name_in(content))).collect()
    }
}

fn name_in(content: &[u8]) -> String {
    let org: Value = serde_json::from_slice(content).expect("an org");
    org["name"].as_str().expect("a name").to_owned()
}

/// The text of an org with another name.
fn renamed(text: &str, old: &str, new: &str) -> String {
    let written = |name: &str| Value::from(name).to_string();
    assert!(text.contains(&written(old)), "{old:?} is not in {text}");
    text.replacen(&written(old), &written(new), 1)
}

#[test]
#[ignore = "10,000 files: cargo xtask test scale"]
fn an_opened_file_does_not_wait_for_ten_thousand_others() {
    let generated = Generated::new(10_000, 1);
    let expected = generated.findings();
    let files: BTreeSet<&str> = expected.iter().map(|found| found.file.as_str()).collect();
    // The one that would come last.
    let opened = (*files.last().expect("findings")).to_owned();
    let mut session = Session::initialize(generated.root(), Watching::Nothing);
    let document = json!({
        "uri": session.uri(&opened),
        "languageId": "salesforce-org",
        "version": 1,
        "text": generated.read(&opened),
    });
    // All the others are announced first, so that the server certainly has them to look at; also
    // those in folders that nobody looks into.
    let others = generated.project.files.keys().filter(|path| **path != opened);
    let others: Vec<_> = others.map(|path| (path.as_str(), FileEvent::Created)).collect();
    session.client.write(&[
        notification("initialized", json!({})),
        session.file_events_message(&others),
        notification("textDocument/didOpen", json!({"textDocument": document})),
    ]);
    session.wait_until("the opened file", |session| !session.latest(&opened).is_empty());
    session.wait_for_findings("all files", &expected);
    let order = session.published_paths();
    let place = order.iter().position(|path| *path == opened).expect("it was published");
    let before: BTreeSet<&String> = order[..place].iter().collect();
    assert!(
        before.len() < files.len() / 4,
        "{} of {} files were published before the one that is open",
        before.len(),
        files.len()
    );
    session.settle();
    session.wait_for_findings("nothing else", &expected);
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn renaming_an_org_refreshes_those_it_concerns() {
    let generated = Generated::new(1_500, 4);
    let orgs = generated.clean_orgs("platform/customers/");
    let [(edited, own), (first, first_name), (second, second_name), ..] = &orgs[..] else {
        panic!("too few clean orgs: {orgs:?}");
    };
    let expected = generated.findings();
    let mut session = generated.session();
    let text = generated.read(edited);
    let uri = session.uri(edited);
    session.client.open(&uri, 1, &text);
    session.client.replace(&uri, 2, &renamed(&text, own, first_name));
    let duplicate = ["duplicate-org-name"];
    session.wait_until("the first duplicate", |session| {
        session.rules(edited) == duplicate && session.rules(first) == duplicate
    });
    // Each points at the other, where the name is written now.
    let related = &session.latest(first)[0].json["relatedInformation"];
    assert_eq!(related[0]["location"]["uri"], uri.as_str(), "{related}");
    assert_eq!(related.as_array().map(Vec::len), Some(1), "{related}");

    session.client.replace(&uri, 3, &renamed(&text, own, second_name));
    session.wait_until("the second duplicate", |session| {
        session.rules(edited) == duplicate
            && session.rules(first).is_empty()
            && session.rules(second) == duplicate
    });
    // What is on the disk counts again.
    session.client.close(&uri);
    session.settle();
    session.wait_for_findings("as before", &expected);
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn a_new_project_version_refreshes_all_that_inherit_it() {
    let generated = Generated::new(1_500, 5);
    let before = generated.findings();
    let file = "platform/before-oauth/sforg-project.json";
    let text = generated.read(file);
    let upgraded = text.replace("\"64.0\"", "\"65.0\"");
    assert_ne!(text, upgraded);
    let mut session = generated.session();
    let uri = session.uri(file);
    session.client.open(&uri, 1, &text);
    session.client.replace(&uri, 2, &upgraded);
    // Unsaved, it counts as if it were saved.
    generated.write(file, &upgraded);
    let after = generated.findings();
    let broken = |findings: &[Reported]| -> BTreeSet<String> {
        let removed = findings.iter().filter(|found| found.rule == "basic-auth-removed");
        removed.map(|found| found.file.clone()).collect()
    };
    let newly_broken = broken(&after).difference(&broken(&before)).count();
    assert!(newly_broken > 100, "{newly_broken} orgs inherit the version");
    session.wait_for_findings("after the upgrade", &after);

    session.client.replace(&uri, 3, &text);
    session.wait_for_findings("after going back", &before);
    session.client.save(&uri);
    // On the disk it is still upgraded.
    session.client.close(&uri);
    session.wait_for_findings("as on the disk", &after);
    session.settle();
    session.wait_for_findings("nothing stale", &after);
}

/// Clean orgs of the project around the one for basic authentication.
fn orgs_above(generated: &Generated) -> Vec<String> {
    let orgs = generated.clean_orgs("platform/customers/");
    orgs.into_iter().map(|(path, _)| path).collect()
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn file_events_leave_nothing_stale() {
    use FileEvent::{Changed, Created, Deleted};
    let generated = Generated::new(1_500, 6);
    let mut session = generated.session();
    let settled = |session: &mut Session, what: &str| {
        let expected = generated.findings();
        session.wait_for_findings(what, &expected);
        session.settle();
        session.wait_for_findings(what, &expected);
    };

    // Every second file with findings goes, also one of each pair of duplicates.
    let faulty: BTreeSet<String> =
        generated.findings().into_iter().map(|found| found.file).collect();
    let gone: Vec<&String> =
        faulty.iter().filter(|path| !path.ends_with("sforg-project.json")).step_by(2).collect();
    assert!(gone.len() > 20, "{} files go", gone.len());
    gone.iter().for_each(|path| generated.remove(path));
    let events: Vec<_> = gone.iter().map(|path| (path.as_str(), Deleted)).collect();
    session.file_events(&events);
    settled(&mut session, "after deleting");
    assert!(gone.iter().all(|path| session.latest(path).is_empty()));

    // Copies come, and make duplicates of what they are copied from.
    let orgs = generated.clean_orgs("platform/reports/");
    let copied: Vec<(String, String)> = orgs
        .iter()
        .take(10)
        .map(|(path, _)| (path.clone(), format!("{path}.sforg.json")))
        .collect();
    assert_eq!(copied.len(), 10);
    for (from, to) in &copied {
        generated.write(to, &generated.read(from));
    }
    let events: Vec<_> = copied.iter().map(|(_, to)| (to.as_str(), Created)).collect();
    session.file_events(&events);
    settled(&mut session, "after copying");
    let names = session.paths_with("duplicate-org-name");
    assert!(copied.iter().all(|(from, to)| names.contains(from) && names.contains(to)));

    // The originals go: what is left are files under other names.
    copied.iter().for_each(|(from, _)| generated.remove(from));
    let events: Vec<_> = copied.iter().map(|(from, _)| (from.as_str(), Deleted)).collect();
    session.file_events(&events);
    settled(&mut session, "after renaming");
    let names = session.paths_with("duplicate-org-name");
    assert!(copied.iter().all(|(from, to)| !names.contains(from) && !names.contains(to)));

    // One that has the name of another project's.
    let (twin, original) = ("platform/before-oauth/twin.sforg.json", &orgs_above(&generated)[0]);
    generated.write(twin, &generated.read(original));
    session.file_events(&[(twin, Created)]);
    settled(&mut session, "after copying into another project");
    assert!(!session.paths_with("duplicate-org-name").contains(original));

    // A project goes, and its orgs belong to the one above; another comes; a third changes.
    let (gone, come, changed) = (
        "platform/before-oauth/sforg-project.json",
        "unassigned/sforg-project.json",
        "archive/sforg-project.json",
    );
    generated.remove(gone);
    generated.write(come, "{ \"apiVersion\": \"66.0\", \"agentVersion\": \"12.2\" }\n");
    generated.write(changed, "{ \"apiVersion\": \"64.0\" }\n");
    session.file_events(&[(gone, Deleted), (come, Created), (changed, Changed)]);
    settled(&mut session, "after changing projects");
    assert!(session.paths_with("duplicate-org-name").contains(original));
    assert!(session.paths_with("basic-auth-removed").len() > 100);
    assert!(session.paths_with("oauth-needs-newer-agent").len() > 50);

    // And back again.
    for path in [gone, changed] {
        let content = &generated.project.files[path];
        fs::write(generated.root().join(path), content).expect("the file is written");
    }
    generated.remove(come);
    session.file_events(&[(gone, Created), (come, Deleted), (changed, Changed)]);
    settled(&mut session, "after changing them back");
    assert!(!session.paths_with("duplicate-org-name").contains(original));

    // The environment's names change for many.
    generated.write("platform/.env", "");
    session.file_events(&[("platform/.env", Changed)]);
    settled(&mut session, "after emptying .env");
    assert!(session.paths_with("secret-not-found").len() > 100);

    // Folders go, come and move, each as one event, as VS Code tells it.
    let (folder, elsewhere) = ("platform/customers", "moved");
    let (at, away) = (generated.root().join(folder), generated.root().join(elsewhere));
    fs::rename(&at, &away).expect("the folder moves");
    session.file_events(&[(folder, Deleted), (elsewhere, Created)]);
    settled(&mut session, "after moving a folder");
    let below = |session: &Session, folder: &str| {
        session.findings().iter().filter(|found| found.file.starts_with(folder)).count()
    };
    assert!(below(&session, folder) == 0 && below(&session, elsewhere) > 20);
    fs::remove_dir_all(&away).expect("the folder goes");
    session.file_events(&[(elsewhere, Deleted)]);
    settled(&mut session, "after deleting a folder");
    assert_eq!(below(&session, elsewhere), 0);
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn whoever_asks_gets_the_findings_of_ten_thousand_orgs_at_once() {
    let generated = Generated::new(10_000, 8);
    let expected = generated.findings();
    let mut session = Session::start_pulling(generated.root());
    // The first answer waits for the whole index.
    let files: BTreeSet<&str> = expected.iter().map(|found| found.file.as_str()).collect();
    assert_eq!(session.pull(), files.len());
    scale_tests::assert_same("the workspace", session.findings(), expected);
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn two_folders_of_a_workspace_are_as_two_checks() {
    let (first, second) = (Generated::new(700, 9), Generated::new(700, 10));
    let mut session = first.session();
    let event = |added: &Generated| json!({"uri": file_uri(&real(added.root())), "name": "second"});
    let change = |added: &[&Generated], removed: &[&Generated]| {
        let list = |folders: &[&Generated]| folders.iter().map(|f| event(f)).collect::<Vec<_>>();
        json!({"event": {"added": list(added), "removed": list(removed)}})
    };
    session.client.notify("workspace/didChangeWorkspaceFolders", change(&[&second], &[]));
    // Below the first folder nothing changes; names and connections of the second are its own.
    let there = format!("../{}/", real(second.root()).file_name().unwrap_or_default().display());
    let of_second = second.findings().into_iter().map(|mut found| {
        found.file.insert_str(0, &there);
        found
    });
    let all: Vec<_> = first.findings().into_iter().chain(of_second).collect();
    session.wait_for_findings("both folders", &all);
    session.settle();
    session.wait_for_findings("both folders still", &all);
    session.client.notify("workspace/didChangeWorkspaceFolders", change(&[], &[&second]));
    session.wait_for_findings("the first alone", &first.findings());
}

fn real(folder: &Path) -> PathBuf {
    folder.canonicalize().expect("the folder is there")
}

/// Clients that watch nothing tell only what was opened and saved.
#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn what_changed_on_the_disk_counts_once_something_is_saved() {
    let generated = Generated::new(1_500, 7);
    let orgs = generated.clean_orgs("platform/before-oauth/customers/");
    let [(opened, _), (other, _), ..] = &orgs[..] else { panic!("too few clean orgs") };
    let mut session = Session::start_watching_nothing(generated.root());
    session.wait_for_findings("all files", &generated.findings());
    let uri = session.uri(opened);
    session.client.open(&uri, 1, &generated.read(opened));
    let file = "platform/before-oauth/sforg-project.json";
    let text = generated.read(file);
    generated.write(file, &text.replace("\"64.0\"", "\"65.0\""));
    session.client.save(&uri);
    session.wait_for_findings("after the upgrade", &generated.findings());

    generated.remove(file);
    session.client.save(&uri);
    session.wait_for_findings("without the project file", &generated.findings());

    // Files beside it, a copy and one that is gone.
    generated.write(file, &text);
    generated.write(&format!("{other}.sforg.json"), &generated.read(other));
    let gone = &generated.findings()[0].file;
    generated.remove(gone);
    let other_uri = session.uri(other);
    session.client.open(&other_uri, 1, &generated.read(other));
    session.wait_for_findings("after opening another", &generated.findings());
    session.settle();
    session.wait_for_findings("nothing stale", &generated.findings());
}
