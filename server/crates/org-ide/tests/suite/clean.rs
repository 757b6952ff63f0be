//! No false alarms: the files of `tests/fixtures/clean` have no findings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use org_ide::{FileKind, rules};
use org_schema::hosts::{self, HostKind, Partition};
use org_schema::members::AuthType;

use crate::world::World;

/// Path and text of every file below a folder of fixtures.
pub fn fixtures(name: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures").join(name);
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &PathBuf, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("the fixtures are there") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below the root");
            let name = name.to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

fn world_of(name: &str) -> World {
    let files = fixtures(name);
    World::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn org_files(world: &World) -> Vec<String> {
    let files = world.files().map(str::to_owned);
    files.filter(|file| world.ask(file, |document, _| document.kind() == FileKind::Org)).collect()
}

fn assert_clean(world: &World) {
    for file in world.files() {
        let findings = world.findings(file);
        assert!(findings.is_empty(), "{file}: {findings:#?}");
        assert!(world.ask(file, rules::refuses_login).is_none(), "{file}");
    }
}

#[test]
fn clean_files_have_no_findings() {
    let world = world_of("clean");
    assert!(org_files(&world).len() >= 60);
    assert_clean(&world);
}

#[test]
fn allowed_hosts_are_clean_and_only_they() {
    let mut world = world_of("clean-with-allowed-hosts");
    for file in org_files(&world) {
        let findings = world.findings(&file);
        let is_host =
            |name: &str| name.starts_with("instance-url-") || name.starts_with("server-host-");
        assert!(!findings.is_empty(), "{file}");
        assert!(findings.iter().all(|f| is_host(f.rule.name)), "{file}: {findings:#?}");
    }
    let files = fixtures("clean-with-allowed-hosts");
    let (_, list) = files.iter().find(|(name, _)| name == "allowed-hosts.txt").expect("the list");
    list.lines().for_each(|entry| world.allow(entry));
    assert_clean(&world);
}

#[test]
fn basic_orgs_would_have_one_finding_if_it_were_not_turned_off() {
    let world = world_of("clean");
    let mut basic = 0;
    for file in world.files() {
        let as_written = world.ask(file, rules::check_as_written);
        let names: Vec<_> = as_written.iter().map(|finding| finding.rule.name).collect();
        let expected: &[&str] = match (file.split_once('/'), file.ends_with("sforg-project.json")) {
            (Some(("basic" | "basic-on-an-old-agent", _)), true) => &["basic-auth-blocks-upgrade"],
            (Some(("basic" | "basic-on-an-old-agent", _)), false) => &["basic-auth-retiring"],
            _ => &[],
        };
        assert_eq!(names, expected, "{file}");
        basic += usize::from(!expected.is_empty());
    }
    assert!(basic >= 20);
}

#[test]
fn every_kind_of_host_is_among_them() {
    let world = world_of("clean");
    let mut kinds = BTreeSet::new();
    for file in org_files(&world) {
        let (auth_type, host) = world.ask(&file, |document, _| {
            let org = document.org().expect("an org file");
            let url = org.auth.instance_url.as_ref().and_then(|field| field.str());
            let host = org.server_host.as_ref().and_then(|field| field.str()).or(url);
            let host = host.unwrap_or("login.salesforce.com").to_ascii_lowercase();
            let host = host.trim_start_matches("https://").trim_end_matches('/').to_owned();
            (org.auth_type().expect("a type"), host)
        });
        let kind = match hosts::classify(&host) {
            HostKind::MyDomain { partition: Some(Partition::Sandbox) } => "sandbox".to_owned(),
            HostKind::MyDomain { partition: Some(partition) } => partition.label().to_owned(),
            HostKind::MyDomain { partition: None } if host.contains("--") => {
                "old sandbox".to_owned()
            }
            other => format!("{other:?}"),
        };
        kinds.insert((auth_type == AuthType::Basic, kind));
    }
    let kinds = kinds
        .iter()
        .map(|(basic, kind)| format!("{} {kind}", if *basic { "basic" } else { "OAuth" }));
    insta::assert_snapshot!(kinds.collect::<Vec<_>>().join("\n"));
}
