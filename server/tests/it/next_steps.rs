//! The commands that a report names do what it says, from where it says so.

use test_support::{CommandLine, Ran, Workspace, basic_org};

fn run(workspace: &Workspace, folder: &str, line: &str) -> Ran {
    let arguments: Vec<&str> = line.split(' ').skip(1).collect();
    let command = CommandLine::new(workspace, &arguments).env("SFORG_TODAY", "2026-11-24");
    command.in_folder(&workspace.path(folder)).run()
}

/// An org without a version of its own.
fn inheriting(name: &str) -> String {
    basic_org(name, &[]).replace("  \"apiVersion\": \"61.0\",\n", "")
}

/// A project with two basic orgs, and one in its folder that it does not govern.
fn projects() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("p/sforg-project.json", r#"{ "apiVersion": "40.0" }"#);
    workspace.write("p/orgs/a.sforg.json", inheriting("A"));
    workspace.write("p/orgs/b.sforg.json", inheriting("B"));
    workspace.write("p/inner/sforg-project.json", r#"{ "apiVersion": "64.0" }"#);
    workspace.write("p/inner/c.sforg.json", inheriting("C"));
    workspace
}

/// The commands that a report names, each once.
fn named<'a>(report: &'a str, before: &str) -> Vec<&'a str> {
    let mut named: Vec<&str> =
        report.lines().filter_map(|line| line.trim().strip_prefix(before)).collect();
    named.sort_unstable();
    named.dedup();
    named
}

#[test]
fn each_command_of_a_report_finds_what_it_is_about() {
    for (folder, path, upgrade) in [
        ("", "p", "sforg upgrade p"),
        ("", "p/sforg-project.json", "sforg upgrade p"),
        ("p", "sforg-project.json", "sforg upgrade"),
        ("p/orgs", "../sforg-project.json", "sforg upgrade .."),
    ] {
        let workspace = projects();
        let checked = run(&workspace, folder, &format!("sforg check {path}"));
        let convert = format!("sforg convert {path} --diff");
        assert_eq!(named(&checked.out, "= help: "), [convert.as_str(), upgrade], "{}", checked.out);
        let shown = run(&workspace, folder, &convert);
        let orgs = if path == "p" { 3 } else { 2 };
        assert!(shown.err.contains(&format!("{orgs} orgs would be rewritten")), "{}", shown.err);
        let shown = run(&workspace, folder, &format!("{upgrade} --diff"));
        assert_eq!(shown.code, 0, "{upgrade}: {}", shown.err);
        assert!(shown.out.contains("+{ \"apiVersion\": \"64.0\" }"), "{}", shown.out);
    }
}

#[test]
fn a_project_file_stands_for_the_orgs_of_its_project() {
    let workspace = projects();
    let tested = run(&workspace, "p", "sforg login sforg-project.json --format json");
    let rows: serde_json::Value = serde_json::from_str(&tested.out).expect("JSON");
    let files: Vec<_> = rows.as_array().expect("rows").iter().map(|row| &row["file"]).collect();
    assert_eq!(files, ["orgs/a.sforg.json", "orgs/b.sforg.json"]);
    let converted = run(&workspace, "p", "sforg convert sforg-project.json");
    assert!(converted.err.contains("2 orgs rewritten"), "{}", converted.err);
    let board = run(&workspace, "p", "sforg check --when sforg-project.json");
    assert!(board.out.contains("2 orgs"), "{}", board.out);
    assert!(workspace.read("p/inner/c.sforg.json").contains("\"basic\""));
}

#[test]
fn the_board_names_a_command_only_where_one_helps() {
    let workspace = projects();
    let fixes = |workspace: &Workspace| {
        let board = run(workspace, "", "sforg check --when");
        named(&board.out, "fix: ").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(fixes(&workspace), ["sforg convert . --diff", "sforg upgrade p"]);
    // One that writes its version itself is upgraded in its file.
    workspace.write("p/orgs/a.sforg.json", basic_org("A", &[("apiVersion", "\"39.0\"")]));
    workspace.remove("p/orgs/b.sforg.json");
    assert_eq!(fixes(&workspace), ["Upgrade to a newer API version.", "sforg convert . --diff"]);
}

#[test]
fn design_studios_orgs_are_changed_by_no_command_of_ours() {
    let workspace = Workspace::new();
    let id = "00000000-0000-0000-0000-000000000001";
    workspace.write("ds/project.xml", "<Project name=\"Orders\" projectId=\"1\"/>");
    let org = format!(
        "<Entity type=\"SalesforceConnector\"><Header Deleted=\"false\" ID=\"{id}\" Name=\"Old\"/>\
         <Properties><Item key=\"api_version\" value=\"40.0\"/>\
         <Item enc=\"true\" key=\"password\" value=\"$00FAKE\"/>\
         <Item key=\"sandbox\" value=\"0\"/></Properties></Entity>"
    );
    workspace.write(&format!("ds/Data/SalesforceConnector/{id}.xml"), org);
    for command in ["check", "check --when"] {
        let ran = run(&workspace, "", &format!("sforg {command}"));
        assert!(ran.out.contains("Old"), "{ran:?}");
        assert!(
            !ran.out.contains("sforg convert") && !ran.out.contains("sforg upgrade"),
            "{ran:?}"
        );
    }
    for command in ["login", "convert ."] {
        let ran = run(&workspace, "", &format!("sforg {command}"));
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
        assert!(ran.err.contains("sforg import FOLDER"), "{ran:?}");
    }
}

#[test]
fn where_there_is_no_org_it_is_said() {
    let workspace = Workspace::new();
    for command in ["login", "login --audit", "convert .", "convert . --diff"] {
        let ran = run(&workspace, "", &format!("sforg {command}"));
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{command}");
        assert_eq!(
            ran.err,
            "sforg: there are no org files here: the name of one ends in .sforg.json\n"
        );
    }
}
