//! Jitterpaks in an editor: nobody can open what is in one, so our files are compared with it and no place leads
//! there.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

/// The made-up project as a Jitterpak, in a folder of the archive; `change` sees each file.
fn pack(change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let source = Workspace::new();
    copy_project(&source);
    let mut folders = vec![source.path(PROJECT)];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(source.root()).expect("below");
            let below = below.to_string_lossy().replace('\\', "/");
            let bytes = change(&below, fs::read(&path).expect("a file"));
            writer.start_file(below, SimpleFileOptions::default()).expect("a member");
            writer.write_all(&bytes).expect("its content");
        }
    }
    writer.finish().expect("an archive").into_inner()
}

/// Our files, linked to a Jitterpak, and one org that differs from its like there.
fn link_archive(workspace: &Workspace) -> (String, String, String) {
    let project = r#"{"apiVersion": "63.0", "designStudioProject": "payroll.jpk"}"#;
    let text = r#"{"name": "Payroll", "sandbox": true, "designStudioOrg": "7D1E5C0A-2b3f-4c8d-9e10-000000000001", "auth": {"type": "basic", "username": "u@a.example.test", "password": "${env:NOWHERE}"}}"#;
    let org = workspace.write("payroll.sforg.json", text);
    (workspace.write("sforg-project.json", project), org, text.to_owned())
}

#[test]
fn an_org_file_is_compared_with_the_org_in_it() {
    let workspace = Workspace::new();
    workspace.write("payroll.jpk", pack(|_, bytes| bytes));
    let (project, org, text) = link_archive(&workspace);
    let mut server = Setup::new()
        .capable()
        .capability("experimental/followsUpCommands", true)
        .folder(&workspace)
        .start();
    server.allow(PUBLISH);
    server.open(&org, 1, &text);
    let told = server.published_when(&org, |it| it.has("design-studio-differs"));
    let related = &told.only("design-studio-differs").json["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], workspace.uri("payroll.jpk"));
    let words = related["message"].as_str().expect("words");
    assert_eq!(words, format!("Design Studio's value ({PROJECT}/{FIRST})"));
    // Other files of the archive make no noise, and no place leads into it.
    let at_name = Client::at(&org, behind(&text, "\"Pay"));
    let (_, about) = server.hover(&org, behind(&text, "\"Pay")).expect("a hover");
    assert!(about.contains("Used by 2 operations in Design Studio"), "{about}");
    assert!(server.code_lens_titles(&org).contains(&"Used by 2 operations".to_owned()));
    let mut references = at_name.clone();
    references["context"] = json!({"includeDeclaration": true});
    let found = server.ask("textDocument/references", references);
    assert!(!found.to_string().contains(".jpk"), "{found}");
    let to = Client::at(&org, behind(&text, "7D1E"));
    assert_eq!(server.ask("textDocument/definition", to), Value::Null);
    let orgs = server.ask("workspace/symbol", json!({"query": ""}));
    assert_eq!(orgs.as_array().map(Vec::len), Some(1), "{orgs}");
    let command = json!({"command": "sforg.showOperations", "arguments": [{"uri": org}]});
    assert_eq!(server.ask("workspace/executeCommand", command), Value::Null);
    let (_, told) = server.shown_message();
    assert!(told.starts_with("Payroll: used by "), "{told}");
    // Another archive at the same place, and none.
    let other = |path: &str, bytes: Vec<u8>| match path.ends_with(FIRST) {
        true => {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let text = text.replace("sandbox\" value=\"0\"", "sandbox\" value=\"1\"");
            text.replace("login.salesforce", "test.salesforce").into_bytes()
        }
        false => bytes,
    };
    let archive = workspace.write("payroll.jpk", pack(other));
    server.file_event(&archive, FileEvent::Changed);
    server.published_when(&org, |it| {
        !it.has("design-studio-differs") && !it.has("design-studio-org-missing")
    });
    workspace.write("payroll.jpk", "no archive");
    server.file_event(&archive, FileEvent::Changed);
    let told = server.published_when(&project, |it| it.has("design-studio-project-unreadable"));
    let why = message(&told, "design-studio-project-unreadable");
    assert!(why.contains("not a zip archive"), "{why}");
}

#[test]
fn what_is_no_text_in_it_is_not_missing() {
    let workspace = Workspace::new();
    let cut = |path: &str, bytes: Vec<u8>| match path.ends_with(FIRST) {
        true => b"\xff\xfe<\0".to_vec(),
        false => bytes,
    };
    workspace.write("payroll.jpk", pack(cut));
    let (project, org, text) = link_archive(&workspace);
    let mut server = Setup::new().capable().folder(&workspace).start();
    server.allow(PUBLISH);
    server.open(&org, 1, &text);
    server.published_when(&project, |it| it.has("basic-auth-blocks-upgrade"));
    // It is known when a second org, which is not there, is missed.
    let gone = text.replace("000001", "0000ff").replace("Payroll", "Gone");
    let gone_uri = workspace.write("gone.sforg.json", &gone);
    server.open(&gone_uri, 1, &gone);
    server.published_when(&gone_uri, |it| it.has("design-studio-org-missing"));
    server.replace(&org, 2, &text);
    let told = server.published_when(&org, |it| it.version == Some(2));
    assert!(!told.has("design-studio-org-missing"), "{told:?}");
}
