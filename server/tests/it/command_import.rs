//! `sforg import`.

use std::process::Stdio;

use test_support::{CommandLine, Ran, Workspace};

const LIST: &str = r#"{"status": 0, "result": {"nonScratchOrgs": [
  {"username": "admin@acme.example", "alias": "Acme", "instanceUrl": "https://acme.my.salesforce.com", "accessToken": "00D!FAKE-TOKEN", "clientId": "PlatformCLI", "instanceApiVersion": "67.0"},
  {"username": "dev@acme.example", "instanceUrl": "https://acme--dev.sandbox.my.salesforce.com", "isSandbox": true}],
  "devHubs": [{"username": "admin@acme.example", "instanceUrl": "https://acme.my.salesforce.com"}]}}"#;

const ENV: &str = "SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD='FAKE pass'\n\
                   SALESFORCE_HOST=test.salesforce.com\nSF_CLIENT_ID=3MVG9FAKE\n\
                   SF_CLIENT_SECRET=FAKESECRET\nSF_HOST=acme.my.salesforce.com\n";

fn import(workspace: &Workspace, arguments: &[&str]) -> CommandLine {
    CommandLine::new(workspace, &[&["import"], arguments].concat())
}

/// With a text on standard input.
fn piped(workspace: &Workspace, text: &str, arguments: &[&str]) -> Ran {
    workspace.write("piped", text);
    let input = std::fs::File::open(workspace.path("piped")).expect("the text");
    let ran = import(workspace, arguments).reads(Stdio::from(input)).run();
    workspace.remove("piped");
    ran
}

/// Nothing that was to be kept is in what was said.
fn tells_nothing(ran: &Ran) {
    assert!(!format!("{}{}", ran.out, ran.err).contains("FAKE"), "{ran:?}");
}

/// The names of what is in a folder.
fn names(workspace: &Workspace, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(workspace.path(folder)).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn connector(id: &str, name: &str, version: &str, sandbox: &str) -> String {
    let host = if sandbox == "1" { "test" } else { "login" };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<Entity type="SalesforceConnector">
  <Header Deleted="false" ID="{id}" Name="{name}"/>
  <Properties>
    <Item key="api_version" value="{version}"/>
    <Item enc="true" key="password" value="$00FAKE"/>
    <Item key="sandbox" value="{sandbox}"/>
    <Item enc="true" key="security_token" value="$00FAKE"/>
    <Item key="server_host" value="https://{host}.salesforce.com/"/>
    <Item enc="true" key="user_name" value="$00FAKE"/>
  </Properties>
</Entity>"#
    )
}

/// A Design Studio project with these orgs: GUID, name, API version, sandbox.
fn design_studio(workspace: &Workspace, folder: &str, orgs: &[[&str; 4]]) {
    workspace.write(
        &format!("{folder}/project.xml"),
        r#"<?xml version="1.0"?><Project name="Acme orders" projectId="1"/>"#,
    );
    workspace.write(&format!("{folder}/environment.properties"), "saved-in-version=11.63.0.12\n");
    for [id, name, version, sandbox] in orgs {
        let file = format!("{folder}/Data/SalesforceConnector/{id}.xml");
        workspace.write(&file, connector(id, name, version, sandbox));
    }
}

#[test]
fn orgs_of_the_salesforce_cli_become_files_without_its_tokens() {
    let workspace = Workspace::new();
    let ran = piped(&workspace, LIST, &["-"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        names(&workspace, "orgs"),
        ["acme.sforg.json", "dev-acme-example.sforg.json", "sforg-project.json"]
    );
    let org = workspace.read("orgs/acme.sforg.json");
    assert!(org.contains("\"instanceUrl\": \"https://acme.my.salesforce.com\""), "{org}");
    assert!(workspace.read("orgs/dev-acme-example.sforg.json").contains("\"sandbox\": true"));
    for file in names(&workspace, "orgs") {
        assert!(!workspace.read(&format!("orgs/{file}")).contains("FAKE"));
    }
    tells_nothing(&ran);
    assert!(ran.out.contains("Create an app in Salesforce"), "{ran:?}");
    assert!(ran.out.contains("ACME_CLIENT_SECRET"), "{ran:?}");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{ran:?}");
    let again = piped(&workspace, LIST, &["-"]);
    assert_eq!(
        (again.code, again.out.as_str()),
        (0, "Nothing is new; 2 orgs already have files, which stay as they are.\n")
    );
}

#[test]
fn an_auth_url_comes_by_a_pipe_alone() {
    let workspace = Workspace::new();
    let url = "force://3MVG9FAKE:FAKESECRET:FAKETOKEN@acme.my.salesforce.com";
    workspace.write("url.txt", url);
    for arguments in [&[url][..], &["url.txt"]] {
        let ran = import(&workspace, arguments).run();
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("pipe it"), "{ran:?}");
        tells_nothing(&ran);
    }
    assert!(names(&workspace, "orgs").is_empty());
    let ran = piped(&workspace, url, &["-", "--secrets", "env"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    tells_nothing(&ran);
    assert_eq!(workspace.read("orgs/.env"), "ACME_CLIENT_SECRET=FAKESECRET\n");
    let org = workspace.read("orgs/acme.sforg.json");
    assert!(org.contains("${env:ACME_CLIENT_SECRET}") && !org.contains("FAKETOKEN"), "{org}");
}

#[test]
fn secrets_go_where_a_person_says() {
    let workspace = Workspace::new();
    workspace.write("legacy.env", ENV);
    // Nobody there to ask: they stay, and are left to set.
    let ran = import(&workspace, &["legacy.env", "--into", "a"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("SALESFORCE_PASSWORD"), "{ran:?}");
    assert_eq!(
        names(&workspace, "a"),
        ["acme.sforg.json", "salesforce.sforg.json", "sforg-project.json"]
    );
    tells_nothing(&ran);
    let ran = import(&workspace, &["legacy.env", "--into", "b", "--secrets", "env"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("Stored 2 secrets in b/.env"), "{ran:?}");
    assert!(!ran.out.contains("Set these values"), "{ran:?}");
    tells_nothing(&ran);
    assert_eq!(
        workspace.read("b/.env"),
        "SALESFORCE_PASSWORD='FAKE pass'\nSF_CLIENT_SECRET=FAKESECRET\n"
    );
    for file in names(&workspace, "b").iter().filter(|name| name.ends_with(".json")) {
        let text = workspace.read(&format!("b/{file}"));
        assert!(!text.contains("FAKE pass") && !text.contains("FAKESECRET"), "{text}");
    }
    // What is looked up there anyway stays where it is.
    workspace.write("c/.env", ENV);
    let ran = import(&workspace, &["c/.env", "--into", "c"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(workspace.read("c/salesforce.sforg.json").contains("${env:SALESFORCE_PASSWORD}"));
    assert_eq!(workspace.read("c/.env"), ENV);
    assert!(!ran.out.contains("Set these values"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn at_a_terminal_it_asks_where_secrets_go() {
    use test_support::Terminal;
    for (answer, is_stored) in [("e\n", true), ("\n", false), ("yes\n", false)] {
        let workspace = Workspace::new();
        workspace.write("legacy.env", ENV);
        let mut terminal = Terminal::open();
        let running = import(&workspace, &["legacy.env"])
            .reads(terminal.stream())
            .writes_to(Stdio::piped(), terminal.stream())
            .start();
        terminal.answer("[n]one", answer);
        let ran = running.finish();
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(workspace.path("orgs/.env").exists(), is_stored, "{answer:?}");
        tells_nothing(&ran);
    }
}

#[test]
fn a_design_studio_project_is_linked_and_only_read() {
    let workspace = Workspace::new();
    let orgs = [["g-1", "[sf_username]", "64.0", "0"], ["g-2", "u@acme.example.uat", "65.0", "1"]];
    design_studio(&workspace, "Acme orders", &orgs);
    let ran = import(&workspace, &["Acme orders"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    tells_nothing(&ran);
    assert_eq!(
        workspace.read("orgs/sforg-project.json"),
        "{\n  \"name\": \"Acme orders\",\n  \"apiVersion\": \"64.0\",\n  \"designStudioVersion\": \"11.63\",\n  \"designStudioProject\": \"../Acme orders\"\n}\n"
    );
    let org = workspace.read("orgs/u-acme-example-uat.sforg.json");
    assert!(org.contains("\"designStudioOrg\": \"g-2\""), "{org}");
    assert!(org.contains("\"apiVersion\": \"65.0\""), "{org}");
    assert!(org.contains("\"username\": \"u@acme.example.uat\""), "{org}");
    assert!(workspace.read("orgs/sf_username.sforg.json").contains("${env:SF_USERNAME}"));
    // A second run says what is new in the source, and changes no file.
    let before = workspace.read("orgs/u-acme-example-uat.sforg.json");
    design_studio(
        &workspace,
        "Acme orders",
        &[["g-2", "u@acme.example.uat", "64.0", "1"], ["g-3", "new@acme.example", "64.0", "0"]],
    );
    let ran = import(&workspace, &["Acme orders"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("apiVersion: the file has 65.0, the source 64.0"), "{ran:?}");
    assert_eq!(workspace.read("orgs/u-acme-example-uat.sforg.json"), before);
    assert!(workspace.path("orgs/new-acme-example.sforg.json").exists());
    assert!(ran.out.contains("Wrote 1 org file; 2 orgs already have files"), "{ran:?}");
    // The check finds the project and the orgs by what was written, so it tells what differs by now.
    let check = CommandLine::new(&workspace, &["check", "orgs", "--format", "json"]).run();
    let findings = check.json();
    let codes: Vec<&str> =
        findings.as_array().expect("a list").iter().filter_map(|it| it["code"].as_str()).collect();
    let of_the_link = codes.iter().filter(|code| code.starts_with("design-studio-"));
    assert_eq!(of_the_link.collect::<Vec<_>>(), [&"design-studio-differs"], "{codes:?}");
    assert!(!codes.contains(&"unknown-member"), "{codes:?}");
}

#[test]
fn what_is_shown_first_is_not_written() {
    let workspace = Workspace::new();
    workspace.write("legacy.env", ENV);
    let ran = import(&workspace, &["legacy.env", "--diff", "--secrets", "env"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("+++ orgs/sforg-project.json"), "{ran:?}");
    assert!(ran.out.contains("+    \"username\": \"u@acme.example\""), "{ran:?}");
    tells_nothing(&ran);
    assert_eq!(names(&workspace, "."), ["legacy.env"]);
    let ran = import(&workspace, &["legacy.env", "--diff", "--format", "json"]).run();
    let report = ran.json();
    assert_eq!(report["written"], false);
    assert_eq!(report["orgs"][0]["status"], "new");
    assert_eq!(report["orgs"][0]["file"], "orgs/salesforce.sforg.json");
    assert_eq!(names(&workspace, "."), ["legacy.env"]);
}

#[test]
fn bad_input_is_said_and_the_rest_is_imported() {
    let workspace = Workspace::new();
    workspace.write("legacy.env", ENV);
    workspace.write("empty", "");
    workspace.write("plain.env", "DATABASE_URL=postgres://FAKE\n");
    workspace.write("other.json", "{\"FAKE\": 1}");
    workspace.write("broken.jpk", "FAKE no archive");
    workspace.write("looks/project.xml", "<Project name=\"x\"/>");
    workspace.write(
        "failed.json",
        r#"{"status": 1, "name": "NoOrgFound", "message": "none\u001b[2J", "exitCode": 1}"#,
    );
    let cases = [
        ("empty", "not something that sforg can import"),
        ("plain.env", "no Salesforce login"),
        ("other.json", "not something that sforg can import"),
        ("broken.jpk", "not a zip archive"),
        ("looks", "not a Design Studio project"),
        ("failed.json", "NoOrgFound: none␛[2J"),
        ("missing", "it does not exist"),
        (".", "name one of those in it: \"broken.jpk\""),
    ];
    for (source, words) in cases {
        let ran = import(&workspace, &[source, "--into", "alone"]).run();
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(words), "{source}: {ran:?}");
        tells_nothing(&ran);
    }
    assert!(!workspace.path("alone").exists());
    let ran = import(&workspace, &["missing", "legacy.env"]).run();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(workspace.path("orgs/salesforce.sforg.json").exists());
}

/// 0: all of it; 1: a part of it; 2: nothing was written.
#[test]
fn the_exit_code_and_the_report_tell_whether_something_is_left_out() {
    let workspace = Workspace::new();
    let orgs = [["g-1", "u@acme.example", "64.0", "0"], ["g-2", "v@acme.example", "64.0", "1"]];
    design_studio(&workspace, "whole", &orgs);
    let unused = "whole/Data/Operation/o-1.xml";
    std::fs::create_dir_all(workspace.path("whole/Data/Operation")).expect("a folder");
    std::fs::write(workspace.path(unused), b"\xff\xfe<\0").expect("a file");
    let ran = import(&workspace, &["whole", "--into", "a"]).run();
    assert_eq!(ran.code, 0, "what uses orgs is not imported: {ran:?}");
    assert!(!ran.out.contains("left out") && ran.err.is_empty(), "{ran:?}");

    design_studio(&workspace, "part", &[orgs[0], ["g-3", "w@acme.example", "64.0", "yes"]]);
    workspace.write(
        "part/Data/SalesforceConnector/G-4.XML",
        connector("g-1", "x@acme.example", "64.0", "0"),
    );
    workspace.write("part/project.xml", "<Project name=\"Acme orders\">");
    let ran = import(&workspace, &["part", "--into", "b"]).run();
    assert_eq!(ran.code, 1, "{ran:?}");
    for words in [
        "part: Data/SalesforceConnector/g-3.xml is not imported: its \"sandbox\" is neither 0 nor 1",
        "part: Data/SalesforceConnector/g-1.xml is not imported: Data/SalesforceConnector/G-4.XML has the same ID",
        "part: project.xml is broken, and may list more orgs",
    ] {
        assert!(ran.err.contains(words), "{words}: {ran:?}");
    }
    assert!(ran.out.contains("3 things were left out (see above)."), "{ran:?}");
    let again = import(&workspace, &["part", "missing", "--into", "b", "--format", "json"]).run();
    assert_eq!(again.code, 1, "{again:?}");
    assert_eq!(again.json()["problems"].as_array().map(Vec::len), Some(4), "{again:?}");

    design_studio(&workspace, "none", &[]);
    std::fs::create_dir_all(workspace.path("none/Data")).expect("a folder");
    let ran = import(&workspace, &["none", "--into", "c"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("none: no Salesforce org in it"), "{ran:?}");
    assert!(!workspace.path("c").exists());

    workspace.write("org.xml", connector("g-1", "u@acme.example", "64.0", "0"));
    let ran = import(&workspace, &["org.xml", "--into", "d"]).run();
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("name the folder with project.xml and Data/"), "{ran:?}");
}

#[test]
fn no_name_leads_out_of_the_folder_and_no_file_is_overwritten() {
    let workspace = Workspace::new();
    let orgs = [
        ["1", "../../escape", "64.0", "0"],
        ["2", "/etc/passwd", "64.0", "0"],
        ["3", "CON", "64.0", "0"],
        ["4", "con", "64.0", "0"],
        ["6", "&#x202e;gpj", "64.0", "0"],
    ];
    design_studio(&workspace, "p", &orgs);
    workspace.write("orgs/con-org.sforg.json", "mine");
    let ran = import(&workspace, &["p"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!ran.out.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{ran:?}");
    let made = names(&workspace, "orgs");
    assert_eq!(made.len(), 7, "{made:?}");
    assert_eq!(names(&workspace, "."), ["orgs", "p"]);
    assert_eq!(workspace.read("orgs/con-org.sforg.json"), "mine");
    for name in &made {
        assert!(!name.contains(['\u{1b}', '\u{202e}', '/', '\\']), "{name}");
    }
    assert!(made.contains(&"con-org-2.sforg.json".to_owned()), "{made:?}");
    assert!(made.contains(&"escape.sforg.json".to_owned()), "{made:?}");
}

#[test]
fn where_nothing_can_be_written_nothing_is() {
    let workspace = Workspace::new();
    workspace.write("legacy.env", ENV);
    workspace.write("file", "");
    let ran = import(&workspace, &["legacy.env", "--into", "file"]).run();
    assert_eq!((ran.code, ran.err.contains("file is a file")), (2, true), "{ran:?}");
    let ran = import(&workspace, &["legacy.env", "--into", "file/below"]).run();
    assert_eq!(ran.code, 2, "{ran:?}");
    #[cfg(unix)]
    {
        // The secrets cannot be stored, so the files that were made for them go again.
        workspace.write("b/x", "");
        std::os::unix::fs::symlink("../legacy.env", workspace.path("b/.env")).expect("a link");
        let ran = import(&workspace, &["legacy.env", "--into", "b", "--secrets", "env"]).run();
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("it is a link"), "{ran:?}");
        assert_eq!(names(&workspace, "b"), [".env", "x"]);
        tells_nothing(&ran);
    }
}
