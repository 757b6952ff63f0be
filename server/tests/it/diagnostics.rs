//! Diagnostics: of open documents with their version, of all others from the disk.

use std::collections::HashSet;

use serde_json::json;
use test_support::{
    Client, Direction, Encoding, FileEvent, Range, Setup, Workspace, basic_org, notification,
};

/// An org that inherits its API version.
const INHERITS: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example.com",
    "password": "${env:ACME_PASSWORD}"
  }
}
"#;

/// An org without any finding.
fn clean_org(name: &str) -> String {
    basic_org(name, &[]).replace("\"basic\"", "\"oauth2-client-credentials\"").replace(
        "\"username\": \"integration@acme.example.com\",\n    \"password\": \"${env:ACME_PASSWORD}\"",
        &format!(
            "\"instanceUrl\": \"https://{}.my.salesforce.com\",\n    \"clientId\": \"3MVG9EXAMPLE.NOTREAL.{name}.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL.NOTREAL0\",\n    \"clientSecret\": \"${{env:ACME_SECRET}}\"",
            name.to_lowercase()
        ),
    ).replace("\"61.0\"", "\"68.0\"")
}

fn project(api_version: &str) -> String {
    format!("{{\n  \"apiVersion\": \"{api_version}\"\n}}\n")
}

/// Knows the variables that the orgs of these tests refer to.
fn setup() -> Setup {
    Setup::new().env("ACME_PASSWORD", "not-a-real-password").env("ACME_SECRET", "not-a-real-secret")
}

#[test]
fn a_document_has_diagnostics_with_its_version() {
    let mut server = setup().start();
    let uri = "untitled:versions";
    server.open(uri, 5, &basic_org("Acme", &[]));
    let published = server.diagnostics(uri, 5);
    let finding = published.only("basic-auth-retiring");
    assert_eq!(
        finding.range,
        Range::of_text(&basic_org("Acme", &[]), "\"basic\"", Encoding::Utf16)
    );
    assert_eq!(finding.severity, 2);
    assert_eq!(finding.json["data"]["rule"], "basic-auth-retiring");
    let href = finding.json["codeDescription"]["href"].as_str().expect("an address");
    assert!(href.starts_with("https://") && href.ends_with("#basic-auth-retiring"), "{href}");

    server.replace(uri, 6, &clean_org("Acme"));
    let published = server.diagnostics(uri, 6);
    assert_eq!(published.diagnostics, []);
}

#[test]
fn files_that_are_not_open_have_theirs_from_the_disk() {
    let workspace = Workspace::new();
    let basic = workspace.write("a/b/acme.sforg.json", basic_org("Acme", &[]));
    let clean = workspace.write("clean.sforg.json", clean_org("Clean"));
    let bad_project = workspace.write("c/sforg-project.json", project("9"));
    workspace.write("package.json", "{");
    workspace.write(".git/ignored.sforg.json", "{");
    workspace.write("node_modules/x/ignored.sforg.json", "{");
    let mut server = setup().folder(&workspace).start();
    let published = server.published(&basic);
    assert_eq!((published.version, published.has("basic-auth-retiring")), (None, true));
    assert_eq!(server.published(&bad_project).codes(), ["api-version-unknown"]);
    barrier(&mut server, &workspace);
    assert_eq!(server.waiting_diagnostics(), [], "clean files and others say nothing");
    server.open(&clean, 1, &clean_org("Clean"));
    assert_eq!(server.diagnostics(&clean, 1).diagnostics, []);
}

/// Everything about files that are not open and were touched before is published when this returns:
/// files are looked at by their names' order.
fn barrier(server: &mut Client, workspace: &Workspace) {
    let uri = workspace.write("zzz/zzz.sforg.json", "{");
    server.file_event(&uri, FileEvent::Created);
    assert!(server.published(&uri).has("syntax-error"));
    workspace.remove("zzz/zzz.sforg.json");
    server.file_event(&uri, FileEvent::Deleted);
    assert_eq!(server.published(&uri).diagnostics, []);
}

#[test]
fn an_open_document_does_not_wait_for_a_large_workspace() {
    const FILES: usize = 1500;
    let workspace = Workspace::new();
    for number in 0..FILES {
        let text = basic_org(&format!("Org {number}"), &[])
            .replace("integration@", &format!("integration-{number}@"));
        workspace.write(&format!("{:02}/{number}.sforg.json", number % 50), text);
    }
    let uri = workspace.uri("zz.sforg.json");
    let mut server = setup().folder(&workspace).spawn();
    let params = server.initialize_params().clone();
    let (initialize, first) = server.request_message("initialize", params);
    let document = json!({"uri": uri, "languageId": "salesforce-org", "version": 1, "text": "{}"});
    server.write(&[
        first,
        notification("initialized", json!({})),
        notification("textDocument/didOpen", json!({"textDocument": document})),
    ]);
    server.answer(&initialize).expect("an answer");
    server.diagnostics(&uri, 1);
    // In the order in which the server told them: many more may have come since.
    let told = server.transcript(Direction::FromServer).into_iter();
    let mut published = told.filter(|message| message.contains("publishDiagnostics"));
    let before = published.position(|message| message.contains(&uri)).expect("it was published");
    assert!(before < FILES / 2, "{before} other files came first");

    let mut seen = HashSet::new();
    while seen.len() < FILES {
        let params = server.notification("textDocument/publishDiagnostics");
        seen.insert(params["uri"].to_string());
    }
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn file_events_are_followed() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", basic_org("Acme", &[]));
    let mut server = setup().folder(&workspace).start();
    assert!(server.published(&uri).has("basic-auth-retiring"));

    workspace.write("acme.sforg.json", "{\"x-changed\": 1}");
    server.file_event(&uri, FileEvent::Changed);
    let published = server.published(&uri);
    assert!(published.only("unknown-member").message.contains("x-changed"));

    let new = workspace.write("new/new.sforg.json", "{\"x-new\": 1}");
    server.file_event(&new, FileEvent::Created);
    assert!(server.published(&new).only("unknown-member").message.contains("x-new"));

    workspace.remove("acme.sforg.json");
    server.file_event(&uri, FileEvent::Deleted);
    assert_eq!(server.published(&uri).diagnostics, []);

    workspace.write("acme.sforg.json", clean_org("Acme"));
    server.file_event(&uri, FileEvent::Created);
    barrier(&mut server, &workspace);
    assert_eq!(server.waiting_diagnostics(), [], "it is clean now");
}

#[test]
fn file_events_about_other_files_are_left_alone() {
    let workspace = Workspace::new();
    let mut server = setup().folder(&workspace).start();
    for uri in [
        workspace.write("package.json", "{"),
        workspace.root_uri(),
        "untitled:x".to_owned(),
        "file:///nowhere/at/all.sforg.json".to_owned(),
        "vscode-vfs://github/acme.sforg.json".to_owned(),
    ] {
        for kind in [FileEvent::Created, FileEvent::Changed, FileEvent::Deleted] {
            server.file_event(&uri, kind);
        }
    }
    barrier(&mut server, &workspace);
    assert_eq!(server.waiting_diagnostics(), []);
}

#[test]
fn an_open_document_counts_and_not_the_disk() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", "{\"x-disk\": 1}");
    let mut server = setup().folder(&workspace).start();
    server.published(&uri);
    server.open(&uri, 1, "{\"x-open\": 1}");
    server.expect_text(&uri, 1, "{\"x-open\": 1}");
    workspace.write("acme.sforg.json", "{\"x-other\": 1}");
    server.file_event(&uri, FileEvent::Changed);
    server.change_all(&uri, 2, json!([]));
    server.expect_text(&uri, 2, "{\"x-open\": 1}");
    workspace.remove("acme.sforg.json");
    server.file_event(&uri, FileEvent::Deleted);
    server.change_all(&uri, 3, json!([]));
    server.expect_text(&uri, 3, "{\"x-open\": 1}");
    server.close(&uri);
    let published = server.published(&uri);
    assert_eq!((published.version, published.diagnostics), (None, Vec::new()));
}

#[test]
fn closing_returns_to_what_is_on_the_disk() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", "{\"x-disk\": 1}");
    let mut server = setup().folder(&workspace).start();
    server.published(&uri);
    server.open(&uri, 1, "{\"x-open\": 1}");
    server.diagnostics(&uri, 1);
    server.close(&uri);
    let published = server.published(&uri);
    assert_eq!(published.version, None);
    assert!(published.only("unknown-member").message.contains("x-disk"));

    let untitled = "untitled:gone";
    server.open(untitled, 1, "{");
    assert!(server.diagnostics(untitled, 1).has("syntax-error"));
    server.close(untitled);
    assert_eq!(server.published(untitled).diagnostics, []);
}

#[test]
fn closing_a_document_outside_of_the_workspace_takes_its_findings_away() {
    let elsewhere = Workspace::new();
    let uri = elsewhere.write("acme.sforg.json", "{");
    let mut server = setup().folder(&Workspace::new()).start();
    server.open(&uri, 1, "{");
    assert!(server.diagnostics(&uri, 1).has("syntax-error"));
    server.close(&uri);
    assert_eq!(server.published(&uri).diagnostics, []);
}

#[test]
fn a_project_file_that_appears_governs_open_orgs() {
    let workspace = Workspace::new();
    let uri = workspace.write("orgs/acme.sforg.json", INHERITS);
    let mut server = setup().folder(&workspace).start();
    server.published_when(&uri, |published| published.has("api-version-missing"));
    server.open(&uri, 1, INHERITS);
    assert!(server.diagnostics(&uri, 1).has("api-version-missing"));

    let file = workspace.write("sforg-project.json", project("64.0"));
    server.file_event(&file, FileEvent::Created);
    server.published_when(&uri, |published| {
        published.version == Some(1)
            && published.has("basic-auth-retiring")
            && !published.has("api-version-missing")
    });
    server.published_when(&file, |published| published.has("basic-auth-blocks-upgrade"));

    workspace.write("sforg-project.json", project("65.0"));
    server.file_event(&file, FileEvent::Changed);
    server.published_when(&uri, |published| published.has("basic-auth-removed"));

    workspace.remove("sforg-project.json");
    server.file_event(&file, FileEvent::Deleted);
    server.published_when(&uri, |published| published.has("api-version-missing"));
    server.published_when(&file, |published| published.diagnostics.is_empty());
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn a_project_file_counts_as_it_is_typed() {
    let workspace = Workspace::new();
    let org = workspace.write("acme.sforg.json", INHERITS);
    let closed = workspace.write("closed.sforg.json", INHERITS.replace("Acme", "Closed"));
    let file = workspace.write("sforg-project.json", project("61.0"));
    let mut server = setup().folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&org, 1, INHERITS);
    server.published_when(&org, |published| published.has("basic-auth-retiring"));
    server.open(&file, 1, &project("66.0"));
    for uri in [&org, &closed] {
        server.published_when(uri, |published| published.has("basic-auth-removed"));
    }
    // A broken project is reported there alone.
    server.replace(&file, 2, "{\"apiVersion\": }");
    for uri in [&org, &closed] {
        server.published_when(uri, |published| {
            !published.has("basic-auth-removed") && !published.has("api-version-missing")
        });
    }
    server.published_when(&file, |published| published.has("syntax-error"));
    server.close(&file);
    for uri in [&org, &closed] {
        server.published_when(uri, |published| published.has("basic-auth-retiring"));
    }
}

#[test]
fn the_nearest_project_file_wins() {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", project("61.0"));
    workspace.write("a/b/sforg-project.json", project("66.0"));
    let outer = workspace.write("a/outer.sforg.json", INHERITS);
    let inner = workspace.write("a/b/c/inner.sforg.json", INHERITS.replace("Acme", "Inner"));
    let mut server = setup().folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.published_when(&outer, |published| published.has("basic-auth-retiring"));
    server.published_when(&inner, |published| published.has("basic-auth-removed"));

    // A project between the two takes over, one that goes gives back.
    let between = workspace.write("a/sforg-project.json", project("67.0"));
    server.file_event(&between, FileEvent::Created);
    server.published_when(&outer, |published| published.has("basic-auth-removed"));
    workspace.remove("a/b/sforg-project.json");
    server.file_event(&workspace.uri("a/b/sforg-project.json"), FileEvent::Deleted);
    workspace.remove("a/sforg-project.json");
    server.file_event(&between, FileEvent::Deleted);
    server.published_when(&outer, |published| published.has("basic-auth-retiring"));
    server.published_when(&inner, |published| published.has("basic-auth-retiring"));
}

#[test]
fn names_are_compared_within_a_project() {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", project("61.0"));
    workspace.write("other/sforg-project.json", project("61.0"));
    let one = workspace.write("one.sforg.json", basic_org("Acme", &[]));
    let two = workspace.write("two.sforg.json", basic_org("Acme", &[]));
    let other = workspace.write("other/acme.sforg.json", basic_org("Acme", &[]));
    let mut server = setup()
        .folder(&workspace)
        .capability("textDocument/publishDiagnostics/relatedInformation", true)
        .start();
    server.allow("textDocument/publishDiagnostics");
    for (uri, related) in [(&one, &two), (&two, &one)] {
        let published = server.published_when(uri, |published| published.has("duplicate-org-name"));
        let finding = published.only("duplicate-org-name");
        let place = &finding.json["relatedInformation"][0]["location"];
        assert_eq!(place["uri"], **related);
        let text = basic_org("Acme", &[]);
        let name = Range::of(&place["range"]).text(&text, Encoding::Utf16).to_owned();
        assert!(name.contains("Acme"), "{name}");
    }
    assert!(!server.published(&other).has("duplicate-org-name"));

    server.open(&two, 1, &basic_org("Renamed", &[]));
    server.published_when(&one, |published| !published.has("duplicate-org-name"));
    server.close(&two);
    server.published_when(&one, |published| published.has("duplicate-org-name"));
    workspace.remove("two.sforg.json");
    server.file_event(&two, FileEvent::Deleted);
    server.published_when(&one, |published| !published.has("duplicate-org-name"));
}

#[test]
fn related_places_are_left_out_where_the_client_does_not_take_them() {
    let workspace = Workspace::new();
    let one = workspace.write("one.sforg.json", basic_org("Acme", &[]));
    workspace.write("two.sforg.json", basic_org("Acme", &[]));
    let mut server = setup().folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    let published = server.published_when(&one, |published| published.has("duplicate-org-name"));
    let finding = published.only("duplicate-org-name");
    assert_eq!(finding.json.get("relatedInformation"), None);
}

#[test]
fn the_env_file_is_followed() {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", project("61.0"));
    let text = basic_org("Acme", &[]).replace("ACME_PASSWORD", "ACME_FROM_FILE");
    let uri = workspace.write("acme.sforg.json", &text);
    let closed = workspace.write("closed.sforg.json", text.replace("Acme", "Closed"));
    let mut server = setup().folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri, 1, &text);
    for uri in [&uri, &closed] {
        server.published_when(uri, |published| published.has("secret-not-found"));
    }
    let env = workspace.write(".env", "ACME_FROM_FILE=not-a-real-password\n");
    server.file_event(&env, FileEvent::Created);
    for uri in [&uri, &closed] {
        server.published_when(uri, |published| !published.has("secret-not-found"));
    }
    workspace.remove(".env");
    server.file_event(&env, FileEvent::Deleted);
    for uri in [&uri, &closed] {
        server.published_when(uri, |published| published.has("secret-not-found"));
    }
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_costs_nothing_else() {
    let workspace = Workspace::new();
    let good = workspace.write("zz.sforg.json", basic_org("Acme", &[]));
    std::fs::create_dir(workspace.path("folder.sforg.json")).expect("a folder");
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(to, workspace.path(from)).expect("a link");
    };
    link("dangling.sforg.json", "nowhere");
    link("itself.sforg.json", "itself.sforg.json");
    link("loop", ".");
    let mut server = setup().folder(&workspace).start();
    assert!(server.published(&good).has("basic-auth-retiring"));
    for name in ["folder.sforg.json", "dangling.sforg.json", "itself.sforg.json"] {
        server.file_event(&workspace.uri(name), FileEvent::Changed);
        server.execute("sforg.convertToOAuth", json!({"uri": workspace.uri(name)}));
        let (kind, message) = server.shown_message();
        assert!(kind <= 2 && message.contains(name), "{message}");
    }
    barrier(&mut server, &workspace);
    assert_eq!(server.waiting_diagnostics(), []);
}
