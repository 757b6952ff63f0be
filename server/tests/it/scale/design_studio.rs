//! Many and large Design Studio projects: only the few files that matter are read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use scale_tests::check;
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What is in none of the files that matter: read as text, it would be reported.
const NO_TEXT: &[u8] = b"\xff\xfe<\0E\0";

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("sforg-scale-").tempdir().expect("a temporary folder")
}

fn entity(kind: &str, id: &str, name: &str, items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(key, value)| format!("    <Item key=\"{key}\" value=\"{value}\"/>\n"))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<Entity type=\"{kind}\">\n  \
         <Header Deleted=\"false\" ID=\"{id}\" Name=\"{name}\"/>\n  <Properties>\n{items}  </Properties>\n</Entity>\n"
    )
}

/// The files of a project that matter: two orgs, of which one is used by `operations`.
fn files_that_matter(operations: usize) -> Vec<(String, String)> {
    let org = |id: &str, version: &str| {
        let items =
            [("api_version", version), ("password", "[payroll_password]"), ("sandbox", "0")];
        let name = format!("{id}@initech.example.com");
        (
            format!("Data/SalesforceConnector/{id}.xml"),
            entity("SalesforceConnector", id, &name, &items),
        )
    };
    let mut files = vec![
        ("project.xml".to_owned(), "<Project name=\"Initech payroll\"/>\n".to_owned()),
        ("environment.properties".to_owned(), "saved-in-version=11.63.0.4\n".to_owned()),
        org("payroll", "63.0"),
        org("archive", "65.0"),
    ];
    for number in 0..operations {
        let (result, operation) = (format!("r{number}"), format!("o{number}"));
        let uses = [("connector_id", "payroll"), ("operation_id", operation.as_str())];
        files.push((
            format!("Data/SalesforceQuery/{result}.xml"),
            entity("SalesforceQuery", &result, "Q", &uses),
        ));
        let runs = [("salesforce_wizard_guid", result.as_str())];
        files.push((
            format!("Data/Operation/{operation}.xml"),
            entity("Operation", &operation, "O", &runs),
        ));
    }
    files
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
}

/// The rules that speak, with how often.
fn rules_of(found: &[scale_tests::Reported]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in found {
        *counts.entry(finding.rule.as_str()).or_default() += 1;
    }
    counts
}

/// What is found in so many projects.
fn expected(projects: usize) -> BTreeMap<&'static str, usize> {
    ["upgrade-available", "basic-auth-retiring", "basic-auth-removed", "basic-auth-blocks-upgrade"]
        .map(|rule| (rule, projects))
        .into()
}

const PROJECTS: usize = 50;
const OPERATIONS: usize = 100;
const ENTITIES: usize = 2_000;

/// Fifty projects of two thousand entities.
fn many_projects() -> TempDir {
    let folder = folder();
    let files = files_that_matter(OPERATIONS);
    for project in 0..PROJECTS {
        let root = folder.path().join(format!("project-{project}"));
        for (path, text) in &files {
            write(&root, path, text.as_bytes());
        }
        for other in files.len()..ENTITIES {
            let kind = ["Script", "Transformation", "Source", "ProjectVariable"][other % 4];
            write(&root, &format!("Data/{kind}/{other}.xml"), NO_TEXT);
        }
    }
    folder
}

#[test]
#[ignore = "100,000 files: cargo xtask test scale"]
fn of_fifty_projects_of_two_thousand_entities_few_files_are_read() {
    let folder = many_projects();
    let check = check(folder.path());
    assert_eq!(check.notes, "");
    assert_eq!(check.code, 1);
    assert_eq!(rules_of(&check.findings), expected(PROJECTS));
}

/// So often the process has asked the system for what is in a file or a pipe.
#[cfg(target_os = "linux")]
fn reads_of(process: u32) -> usize {
    let io = fs::read_to_string(format!("/proc/{process}/io")).expect("the process runs");
    let reads = io.lines().find_map(|line| line.strip_prefix("syscr: "));
    reads.and_then(|reads| reads.parse().ok()).expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "100,000 files: cargo xtask test scale"]
fn in_the_editor_few_of_their_files_are_read() {
    let folder = many_projects();
    write(folder.path(), "acme.sforg.json", b"{}");
    let uri = test_support::file_uri(folder.path());
    let mut server = test_support::Setup::new().folder_uri(&uri).start();
    server.allow("textDocument/publishDiagnostics");
    let open = test_support::file_uri(&folder.path().join("acme.sforg.json"));
    server.open(&open, 1, "{}");
    server.published_when(&open, |it| it.version == Some(1) && it.has("missing-member"));
    for project in 0..PROJECTS {
        let project = folder.path().join(format!("project-{project}/project.xml"));
        let project = test_support::file_uri(&project);
        server.published_when(&project, |it| it.has("basic-auth-blocks-upgrade"));
    }
    // A file takes two or three: its start, its end, and what it is.
    let matter = PROJECTS * files_that_matter(OPERATIONS).len();
    let reads = reads_of(server.process_id());
    assert!(reads > matter && reads < 4 * matter, "{reads} reads of {matter} files");
}

/// How long a server over a folder takes from its start to the findings of the file that is open.
fn time_to_first_findings(folder: &Path) -> Duration {
    let uri = test_support::file_uri(folder);
    let open = test_support::file_uri(&folder.join("acme.sforg.json"));
    let begin = Instant::now();
    let mut server = test_support::Setup::new().folder_uri(&uri).start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&open, 1, "{}");
    server.published_when(&open, |it| it.version == Some(1) && it.has("missing-member"));
    begin.elapsed()
}

/// What is open does not wait for the projects beside it, though reading them takes seconds. Measured in turn, so that
/// a slow moment of the machine meets both. The medians count: now and then an open file is lucky.
#[test]
#[ignore = "100,000 files: cargo xtask test scale"]
fn the_first_findings_of_an_open_file_do_not_wait_for_them() {
    const ROUNDS: usize = 21;
    let (with, without) = (many_projects(), folder());
    for folder in [&with, &without] {
        write(folder.path(), "acme.sforg.json", b"{}");
    }
    let (mut beside, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        beside.push(time_to_first_findings(with.path()));
        alone.push(time_to_first_findings(without.path()));
    }
    beside.sort();
    alone.sort();
    let ratio = beside[ROUNDS / 2].as_secs_f64() / alone[ROUNDS / 2].as_secs_f64();
    println!("{ratio:.2}: beside them {beside:?}, alone {alone:?}");
    assert!(ratio < 1.5, "{ratio:.2}: beside them {beside:?}, alone {alone:?}");
}

/// How long it takes from opening a file to its findings, for files that are opened one after the other: the next one
/// when so many more of the projects have their findings.
fn times_to_findings(folder: &Path, projects: &[String]) -> Vec<Duration> {
    let uri = test_support::file_uri(folder);
    let mut server = test_support::Setup::new().folder_uri(&uri).start();
    server.allow("textDocument/publishDiagnostics");
    let mut times = Vec::new();
    for number in 0..OPENED {
        if let Some(project) = projects.get(number * projects.len() / OPENED) {
            let project = test_support::file_uri(&folder.join(project).join("project.xml"));
            server.published_when(&project, |it| it.has("basic-auth-blocks-upgrade"));
        }
        let open = test_support::file_uri(&folder.join(format!("{number}.sforg.json")));
        let begin = Instant::now();
        server.open(&open, 1, "{}");
        server.published_when(&open, |it| it.version == Some(1) && it.has("missing-member"));
        times.push(begin.elapsed());
    }
    times
}

/// So many files are opened in one session.
const OPENED: usize = 10;

/// Nor does a file wait that is opened while they are read. It shares the processors with the reading, which a busy
/// machine makes more of.
#[test]
#[ignore = "100,000 files: cargo xtask test scale"]
fn a_file_that_is_opened_while_they_are_read_does_not_wait_for_them() {
    const ROUNDS: usize = 3;
    let (with, without) = (many_projects(), folder());
    for folder in [&with, &without] {
        for number in 0..OPENED {
            write(folder.path(), &format!("{number}.sforg.json"), b"{}");
        }
    }
    // In this order they are read.
    let mut projects: Vec<String> = (0..PROJECTS).map(|it| format!("project-{it}")).collect();
    projects.sort();
    let (mut beside, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        beside.extend(times_to_findings(with.path(), &projects));
        alone.extend(times_to_findings(without.path(), &[]));
    }
    println!("beside them {beside:?}, alone {alone:?}");
    beside.sort();
    alone.sort();
    let ratio = beside[beside.len() / 2].as_secs_f64() / alone[alone.len() / 2].as_secs_f64();
    assert!(ratio < 2.5, "{ratio:.2}: beside them {beside:?}, alone {alone:?}");
}

#[test]
#[ignore = "200 MB: cargo xtask test scale"]
fn of_a_large_jitterpak_few_members_are_unpacked() {
    const OTHER_MEMBERS: usize = 20;
    const MEMBER_BYTES: usize = 10_000_000;
    let folder = folder();
    let path = folder.path().join("payroll.jpk");
    let mut writer = ZipWriter::new(File::create(&path).expect("a file"));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for number in 0..OTHER_MEMBERS {
        writer.start_file(format!("files/{number}.bin"), stored).expect("a member");
        writer.write_all(&vec![b'x'; MEMBER_BYTES]).expect("its content");
    }
    for (path, text) in files_that_matter(100) {
        writer.start_file(path, SimpleFileOptions::default()).expect("a member");
        writer.write_all(text.as_bytes()).expect("its content");
    }
    let mut archive = writer.finish().expect("an archive");
    // Whoever unpacked the first member would find it damaged.
    archive.seek(SeekFrom::Start(1_000)).expect("a place in it");
    archive.write_all(b"damaged").expect("written");
    assert!(fs::metadata(&path).expect("there").len() > 200_000_000);
    let check = check(folder.path());
    assert_eq!(check.notes, "");
    assert_eq!(rules_of(&check.findings), expected(1));
}
