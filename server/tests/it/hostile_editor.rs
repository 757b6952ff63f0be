//! What a repository may hold to have the language server read other files: links, pipes, projects above.
#![cfg(unix)]

use serde_json::json;
use test_support::{Setup, Workspace, basic_org};

use super::hostile_files::{MARKED, attack, link, outside_org, pipe};

/// The editor's person opens whatever he likes; by itself the server reads what lies in the folder.
#[test]
fn the_server_reads_no_link_out_of_the_workspace() {
    let (inside, outside) = attack();
    pipe(&inside, "pipe.sforg.json");
    pipe(&inside, ".env");
    let mut server = Setup::new().folder(&inside).env("ACME_PASSWORD", MARKED).start();
    server.allow("textDocument/publishDiagnostics");
    let ours = inside.uri("ours.sforg.json");
    server.published_when(&ours, |published| published.has("basic-auth-retiring"));
    let linked = inside.uri("relative.sforg.json");
    server.open(&linked, 1, &outside_org());
    assert!(server.diagnostics(&linked, 1).has("comment"));
    server.close(&linked);
    server.published_when(&linked, |published| published.diagnostics.is_empty());
    // A client that tells of a link does not have it read either.
    for name in ["relative.sforg.json", "environ.sforg.json", "zero.sforg.json", "pipe.sforg.json"]
    {
        let uri = inside.uri(name);
        server.notify(
            "workspace/didChangeWatchedFiles",
            json!({"changes": [{"uri": uri, "type": 1}]}),
        );
    }
    server.open(&ours, 1, &basic_org("Ours", &[]));
    server.diagnostics(&ours, 1);
    let of_links: Vec<_> = server
        .waiting_diagnostics()
        .into_iter()
        .filter(|published| !published.diagnostics.is_empty() && published.uri != ours)
        .map(|published| published.uri)
        .filter(|uri| !uri.ends_with("/sforg-project.json") || uri.contains("/deep/"))
        .collect();
    assert_eq!(of_links, [""; 0]);
    assert!(outside.read("org.sforg.json").contains("//"));
}

/// A project file above what a person opened is read without being asked for.
#[test]
fn a_project_file_that_is_a_link_out_governs_nothing_in_the_editor() {
    let (inside, outside) = (Workspace::new(), Workspace::new());
    let off = "{\"apiVersion\": \"61.0\", \"rules\": {\"basic-auth-retiring\": \"off\"}}";
    outside.write("project.json", off);
    let org = inside.write("deep/a.sforg.json", basic_org("A", &[]));
    let target = outside.path("project.json").display().to_string();
    link(&inside, &target, "deep/sforg-project.json");
    for setup in [Setup::new().folder(&inside), Setup::new()] {
        let mut server = setup.env("ACME_PASSWORD", "FAKEpassword").start();
        server.allow("textDocument/publishDiagnostics");
        server.open(&org, 1, &basic_org("A", &[]));
        assert!(server.diagnostics(&org, 1).has("basic-auth-retiring"));
    }
    // A link within the folder is as good as the file.
    inside.write("shared/project.json", off);
    inside.remove("deep/sforg-project.json");
    link(&inside, "../shared/project.json", "deep/sforg-project.json");
    let mut server = Setup::new().folder(&inside).env("ACME_PASSWORD", "FAKEpassword").start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&org, 1, &basic_org("A", &[]));
    assert!(!server.diagnostics(&org, 1).has("basic-auth-retiring"));
}

#[test]
fn the_server_looks_for_no_project_above_the_workspace() {
    let above = Workspace::new();
    let off = "{\"apiVersion\": \"61.0\", \"rules\": {\"basic-auth-retiring\": \"off\"}}";
    above.write("sforg-project.json", off);
    let org = above.write("repository/a.sforg.json", basic_org("A", &[]));
    let folder = above.uri("repository");
    let mut server = Setup::new().folder_uri(&folder).env("ACME_PASSWORD", "FAKEpassword").start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&org, 1, &basic_org("A", &[]));
    assert!(server.diagnostics(&org, 1).has("basic-auth-retiring"));
    // Without a folder the repository is the end.
    above.write("repository/.git/HEAD", "");
    let mut server = Setup::new().env("ACME_PASSWORD", "FAKEpassword").start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&org, 1, &basic_org("A", &[]));
    assert!(server.diagnostics(&org, 1).has("basic-auth-retiring"));
}
