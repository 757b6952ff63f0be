//! `sforg/import`: what a source would become, and making what was chosen.

use serde_json::{Value, json};
use test_support::{Client, Setup, Workspace};

const ENV: &str = "SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=FAKE\n\
                   SF_CLIENT_ID=3MVG9FAKE\nSF_CLIENT_SECRET=FAKESECRET\nSF_HOST=acme.my\n";

fn server(workspace: &Workspace) -> Client {
    let mut server = Setup::new().folder(workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn ask(server: &mut Client, params: Value) -> Value {
    server.request("sforg/import", params).expect("an answer")
}

fn refused(server: &mut Client, params: Value) -> String {
    server.request("sforg/import", params).expect_err("refused").message
}

#[test]
fn a_preview_changes_nothing_and_a_choice_is_made() {
    let workspace = Workspace::new();
    let source = workspace.write("legacy.env", ENV);
    let mut server = server(&workspace);
    let preview = ask(&mut server, json!({ "source": source }));
    assert_eq!(preview["message"], "2 orgs are new.", "{preview}");
    assert_eq!(preview["secrets"], 2);
    assert_eq!(preview["envFile"], "orgs/.env");
    assert_eq!(
        preview["orgs"][1],
        json!({ "file": "acme.sforg.json", "label": "acme", "detail": "orgs/acme.sforg.json (production)" })
    );
    assert!(!preview.to_string().contains("FAKE"), "{preview}");
    assert!(!workspace.path("orgs").exists());

    let choice = |secrets: &str| json!({ "plan": preview["plan"], "files": ["acme.sforg.json"], "secrets": secrets });
    let written = ask(&mut server, json!({ "source": source, "write": choice("env") }));
    assert_eq!(
        written["message"],
        "1 org was imported. Their project has a sforg-project.json now. Stored 1 secret in orgs/.env."
    );
    let files = [workspace.uri("orgs/sforg-project.json"), workspace.uri("orgs/acme.sforg.json")];
    assert_eq!(written["files"], json!(files), "{written}");
    assert_eq!(workspace.read("orgs/.env"), "SF_CLIENT_SECRET=FAKESECRET\n");
    assert!(!workspace.path("orgs/salesforce.sforg.json").exists());

    // What was shown is no longer what would be made.
    let error = refused(&mut server, json!({ "source": source, "write": choice("none") }));
    assert!(error.contains("Import again"), "{error}");
    let preview = ask(&mut server, json!({ "source": source }));
    assert_eq!(preview["message"], "1 new, 1 already in files.");
    let choice =
        json!({ "plan": preview["plan"], "files": ["salesforce.sforg.json"], "secrets": "none" });
    let written = ask(&mut server, json!({ "source": source, "write": choice }));
    let left = written["leftToDo"].as_str().expect("something is left");
    assert!(left.contains("`SALESFORCE_PASSWORD`") && left.contains("1. "), "{left}");
    let plain = written["leftToDoText"].as_str().expect("the same");
    assert!(plain.contains("SALESFORCE_PASSWORD (password"), "{plain}");
}

#[test]
fn what_cannot_be_imported_is_said() {
    let workspace = Workspace::new();
    let nothing = workspace.write("a](command:x).json", "{}");
    let mut server = server(&workspace);
    let error = refused(&mut server, json!({ "source": nothing }));
    assert!(error.contains("not something that sforg can import"), "{error}");
    assert!(!error.contains("]("), "{error}");
    let error = refused(&mut server, json!({ "source": workspace.uri("missing") }));
    assert!(error.contains("missing cannot be imported: it does not exist"), "{error}");
    let error = refused(&mut server, json!({ "source": "https://acme.example/x" }));
    assert!(error.contains("on this computer"), "{error}");
}

#[test]
fn an_untrusted_workspace_gets_no_files() {
    let workspace = Workspace::new();
    let source = workspace.write("legacy.env", ENV);
    let mut server = Setup::new()
        .folder(&workspace)
        .param("initializationOptions", json!({ "workspaceTrusted": false }))
        .start();
    let error = refused(&mut server, json!({ "source": source }));
    assert!(error.starts_with("Trust this workspace first"), "{error}");
}
