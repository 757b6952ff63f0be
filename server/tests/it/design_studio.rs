//! The orgs that Design Studio itself keeps, as `sforg check` finds them: in folders and in Jitterpaks, in
//! every spelling, and when they are not as they should be.

mod missing;

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use test_support::{CommandLine, Ran, Workspace};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The project's folder.
const NAME: &str = "Initech payroll";

/// The files of the made-up project, below its folder.
fn project() -> Vec<(String, Vec<u8>)> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/design-studio").join(NAME);
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(&root).expect("below").to_string_lossy();
                files.push((below.replace('\\', "/"), fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

/// Every XML file's text through `change`.
fn changed(change: impl Fn(String) -> String) -> Vec<(String, Vec<u8>)> {
    let mut files = project();
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path.ends_with(".xml")) {
        let text = String::from_utf8(std::mem::take(bytes)).expect("UTF-8");
        *bytes = change(text).into_bytes();
    }
    files
}

fn write_into(folder: &Path, files: &[(String, Vec<u8>)]) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
}

fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

fn check(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.iter().copied()).collect();
    CommandLine::new(workspace, &arguments).env("SFORG_TODAY", "2026-11-24").run()
}

/// `file:line:column rule`, each 1-based, in order.
fn found(workspace: &Workspace, arguments: &[&str]) -> Vec<String> {
    let arguments: Vec<&str> =
        ["--format", "json"].into_iter().chain(arguments.iter().copied()).collect();
    let ran = check(workspace, &arguments);
    let rows = ran.json();
    let rows = rows.as_array().expect("a list").iter();
    rows.map(|row| {
        let start = &row["range"]["start"];
        let at = |name: &str| start[name].as_u64().expect("a number") + 1;
        let (file, code) = (row["file"].as_str(), row["code"].as_str());
        format!(
            "{}:{}:{} {}",
            file.expect("a file"),
            at("line"),
            at("character"),
            code.expect("a rule")
        )
    })
    .collect()
}

/// What is wrong with the made-up project.
fn expected(root: &str) -> Vec<String> {
    let org = |n: u8| {
        format!("{root}Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-0000000000{n:02x}.xml")
    };
    vec![
        format!("{}:7:36 upgrade-available", org(1)),
        format!("{}:8:27 basic-auth-retiring", org(1)),
        format!("{}:8:27 basic-auth-removed", org(2)),
        format!("{}:7:36 api-version-retired", org(3)),
        format!("{}:10:32 sandbox-mismatch", org(3)),
        format!("{root}project.xml:2:16 basic-auth-blocks-upgrade"),
    ]
}

#[test]
fn a_folder_and_a_jitterpak_say_the_same() {
    let workspace = Workspace::new();
    write_into(&workspace.root().join(NAME), &project());
    fs::write(workspace.root().join("payroll.jpk"), pack(&project())).expect("an archive");
    let mut all = expected(&format!("{NAME}/"));
    all.extend(expected("payroll.jpk!/"));
    assert_eq!(found(&workspace, &[]), all);
    assert_eq!(found(&workspace, &["payroll.jpk"]), expected("payroll.jpk!/"));
    assert_eq!(found(&workspace, &[NAME]), expected(&format!("{NAME}/")));
    let alone = format!("{NAME}/project.xml");
    assert_eq!(found(&workspace, &[&alone]), expected(&format!("{NAME}/"))[5..]);
    let in_folder: Vec<_> =
        project().into_iter().map(|(path, bytes)| (format!("{NAME}/{path}"), bytes)).collect();
    fs::write(workspace.root().join("payroll.jpk"), pack(&in_folder)).expect("an archive");
    assert_eq!(found(&workspace, &["payroll.jpk"]), expected(&format!("payroll.jpk!/{NAME}/")));
}

#[test]
fn findings_name_the_org_and_what_uses_it_in_every_format() {
    let workspace = Workspace::new();
    fs::write(workspace.root().join("payroll.jpk"), pack(&project())).expect("an archive");
    for format in ["text", "json", "sarif", "github"] {
        let ran = check(&workspace, &["--format", format]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let out = ran.out.replace("\\\"", "\"");
        // For people the name stands below the place, for programs at the head of the message.
        let name = match format {
            "text" => "\n     [payroll_user]  PROD\n",
            _ => "Org \"[payroll_user]\": ",
        };
        for words in [
            "payroll.jpk!/Data/SalesforceConnector/",
            name,
            "2 operations use it.",
            "1 operation uses it.",
            "\"archive@initech.example.com\"",
            "and 2 operations with it",
        ] {
            assert!(out.contains(words), "{words} is not in {format}: {out}");
        }
        assert!(!out.contains("bm90IGEgcmVhbC"), "{format}: {out}");
        assert!(!out.contains("gone@"), "{format}: {out}");
    }
}

#[test]
fn every_spelling_says_the_same() {
    /// What it is, and the change of each XML file.
    type Spelling = (&'static str, fn(String) -> String);
    let spellings: [Spelling; 4] = [
        ("line ends", |text| text.replace('\n', "\r\n")),
        ("a byte order mark", |text| format!("\u{feff}{text}")),
        ("single quotes", |text| text.replace('"', "'")),
        ("an unknown item", |text| {
            text.replace(
                "  </Properties>",
                "    <Item key=\"new_in_12\" value=\"1\"/>\n  </Properties>",
            )
        }),
    ];
    for (what, change) in spellings {
        let workspace = Workspace::new();
        write_into(workspace.root(), &changed(change));
        assert_eq!(found(&workspace, &[]), expected(""), "{what}");
    }
    // Elsewhere in the line, but the same.
    let workspace = Workspace::new();
    let turned = changed(|text| {
        let lines = text.lines().map(|line| {
            let Some((key, rest)) =
                line.split_once("<Item key=").and_then(|(_, it)| it.split_once(' '))
            else {
                return format!("{line}\n");
            };
            format!("<!-- by hand --> <Item {} key={key} />\n", rest.trim_end_matches("/>"))
        });
        lines.collect()
    });
    write_into(workspace.root(), &turned);
    let rules = |found: Vec<String>| -> Vec<String> {
        found.into_iter().filter_map(|one| Some(one.rsplit_once(' ')?.1.to_owned())).collect()
    };
    assert_eq!(rules(found(&workspace, &[])), rules(expected("")));
}

#[test]
fn a_project_file_around_it_sets_the_severities() {
    let workspace = Workspace::new();
    let rules = r#"{"apiVersion": "64.0", "rules": {"basic-auth-removed": "off", "api-version-retired": "hint"}}"#;
    workspace.write("sforg-project.json", rules);
    write_into(&workspace.root().join("ds"), &project());
    let all = found(&workspace, &[]);
    assert!(!all.iter().any(|one| one.ends_with("basic-auth-removed")), "{all:?}");
    let ran = check(&workspace, &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn nothing_is_written_there() {
    let workspace = Workspace::new();
    write_into(workspace.root(), &project());
    for command in ["fix", "convert"] {
        let ran = CommandLine::new(&workspace, &[command, "."]).run();
        assert!(!ran.err.contains("panicked"), "{ran:?}");
    }
    for (path, bytes) in project() {
        assert_eq!(fs::read(workspace.root().join(&path)).expect("a file"), bytes, "{path}");
    }
}

#[test]
fn other_files_of_that_name_are_no_project() {
    let workspace = Workspace::new();
    workspace.write("ant/project.xml", "<project name='build'/>");
    workspace.write("other/project.xml", "<project name='build'/>");
    workspace.write("other/Data/SalesforceConnector/a.xml", "<Entity/>");
    let ran = check(&workspace, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.contains("no Design Studio project"), "{ran:?}");
}

/// An archive by its name, and a part of what is said about it.
fn bad_archives() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let with = |path: &str, bytes: &[u8]| {
        let mut files = project();
        files.push((path.to_owned(), bytes.to_vec()));
        pack(&files)
    };
    let twice: Vec<_> = ["a", "b"]
        .into_iter()
        .flat_map(|folder| {
            project().into_iter().map(move |(path, it)| (format!("{folder}/{path}"), it))
        })
        .collect();
    let whole = pack(&project());
    // "bzip2" at both places where the method of the first member is written.
    let mut method = pack(&project());
    let directory = method.windows(4).position(|it| it == b"PK\x01\x02").expect("a directory");
    (method[8], method[directory + 10]) = (12, 12);
    vec![
        ("method.jpk", method, "packed by a method that is not read"),
        ("text.jpk", b"<Project/>".to_vec(), "it is not a zip archive"),
        ("cut.jpk", whole[..whole.len() / 2].to_vec(), "ends early"),
        ("bomb.jpk", with("Data/Operation/z.xml", &vec![b' '; 20 << 20]), "zip bomb"),
        ("out.jpk", with("../../evil.xml", b"x"), "a path that leads out of it"),
        ("two.jpk", pack(&twice), "several Design Studio projects"),
        (
            "none.jpk",
            pack(&[("readme.txt".to_owned(), Vec::new())]),
            "no Design Studio project in it",
        ),
    ]
}

#[test]
fn archives_that_are_none_are_told_and_the_check_does_not_pass() {
    let workspace = Workspace::new();
    write_into(&workspace.root().join(NAME), &project());
    for (name, bytes, words) in bad_archives() {
        let path: PathBuf = workspace.root().join(name);
        fs::write(&path, bytes).expect("an archive");
        for arguments in [&[name][..], &[]] {
            let ran = check(&workspace, arguments);
            assert_eq!(ran.code, 2, "{name}: {ran:?}");
            assert!(ran.err.contains(words) && ran.err.contains(name), "{name}: {ran:?}");
        }
        fs::remove_file(path).expect("gone");
    }
}

#[test]
fn what_is_wrong_with_an_org_has_its_place() {
    let org = |text: &str| {
        let workspace = Workspace::new();
        workspace.write("project.xml", "<Project name='P'/>");
        workspace.write("Data/SalesforceConnector/a.xml", text);
        found(&workspace, &[])
    };
    let file = "Data/SalesforceConnector/a.xml";
    let whole = "<Entity type='SalesforceConnector'>\n<Header Name='a@initech.example.com'/>\n<Properties>\n\
        <Item key='api_version' value='66.0'/>\n<Item key='sandbox' value='maybe'/>\n</Properties></Entity>";
    assert_eq!(
        org(whole),
        [
            format!("{file}:2:2 missing-member"),
            format!("{file}:4:32 upgrade-available"),
            format!("{file}:5:28 invalid-value"),
        ]
    );
    let bomb = "<!DOCTYPE E [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n<Entity/>";
    assert_eq!(org(bomb), [format!("{file}:1:1 syntax-error")]);
    assert_eq!(org("\u{0}<\u{0}a"), [format!("{file}:1:1 invalid-encoding")]);
    let twice = "<Entity type='SalesforceConnector'>\n<Header ID='1' Name='a@initech.example.com'/>\n<Properties>\n\
        <Item key='sandbox' value='0'/>\n<Item key='sandbox' value='1'/>\n</Properties></Entity>";
    let no_version = format!("{file}:1:2 api-version-missing");
    assert_eq!(org(twice), [no_version.clone(), format!("{file}:5:12 duplicate-member")]);
    let other =
        "<Entity type='Salesforce'>\n<Header ID='1' Name='a@initech.example.com'/>\n</Entity>";
    assert_eq!(org(other), [no_version, format!("{file}:1:15 syntax-error")]);
}

#[test]
fn two_orgs_with_one_id_are_told() {
    let workspace = Workspace::new();
    workspace.write("project.xml", "<Project name='P'/>");
    for (file, id, name) in
        [("a", "AB-1", "a@initech.example.com"), ("b", "ab-1", "b@initech.example.com")]
    {
        let text = format!(
            "<Entity type='SalesforceConnector'>\n<Header ID='{id}' Name='{name}'/>\n</Entity>"
        );
        workspace.write(&format!("Data/SalesforceConnector/{file}.xml"), text);
    }
    let expected =
        ["a", "b"].map(|file| format!("Data/SalesforceConnector/{file}.xml:2:13 invalid-value"));
    let mut all = found(&workspace, &[]);
    all.retain(|row| !row.ends_with("api-version-missing"));
    assert_eq!(all, expected);
}

/// Our files, linked to the project at `named`; one of its orgs is a sandbox there in our eyes.
fn linked(workspace: &Workspace, named: &str) {
    let orgs = workspace.root().join("orgs");
    fs::create_dir_all(&orgs).expect("a folder");
    let project = format!(
        "{{\n  \"apiVersion\": \"63.0\",\n  \"rules\": {{ \"basic-auth-retiring\": \"off\" }},\n  \"designStudioProject\": \"{named}\"\n}}\n"
    );
    fs::write(orgs.join("sforg-project.json"), project).expect("a file");
    let org = "{\n  \"name\": \"Payroll\",\n  \"sandbox\": true,\n  \"designStudioOrg\": \"7D1E5C0A-2B3F-4C8D-9E10-000000000001\",\n  \"auth\": { \"type\": \"basic\", \"username\": \"jobs@initech.example.com.uat\", \"password\": \"${keyring:payroll}\" }\n}\n";
    fs::write(orgs.join("payroll.sforg.json"), org).expect("a file");
}

/// What `check` says about links, with the files named without their folder.
fn about_links(workspace: &Workspace, arguments: &[&str]) -> Vec<String> {
    let all = found(workspace, arguments);
    all.into_iter().filter(|row| row.contains(" design-studio-")).collect()
}

#[test]
fn an_org_is_compared_with_the_one_that_it_is_linked_to() {
    let workspace = Workspace::new();
    write_into(&workspace.root().join(NAME), &project());
    fs::write(workspace.root().join("payroll.jpk"), pack(&project())).expect("an archive");
    let differs = ["orgs/payroll.sforg.json:3:14 design-studio-differs"];
    for named in [format!("../{NAME}"), "../payroll.jpk".to_owned()] {
        linked(&workspace, &named);
        assert_eq!(about_links(&workspace, &[]), differs, "{named}");
        assert_eq!(about_links(&workspace, &[".", "orgs"]), differs, "{named}");
    }
    // As in a repository, of which a part is checked.
    fs::create_dir(workspace.root().join(".git")).expect("a folder");
    assert_eq!(about_links(&workspace, &["orgs"]), differs);
    assert_eq!(about_links(&workspace, &["orgs/payroll.sforg.json"]), differs);
}

#[test]
fn a_link_to_nothing_or_out_of_the_workspace_is_told_in_the_project_file() {
    let workspace = Workspace::new();
    write_into(&workspace.root().join(NAME), &project());
    let unreadable = ["orgs/sforg-project.json:4:26 design-studio-project-unreadable"];
    for named in ["../gone", "..", "../../elsewhere", "/etc", "..\\\\x", "payroll.sforg.json"] {
        linked(&workspace, named);
        assert_eq!(about_links(&workspace, &[]), unreadable, "{named}");
    }
    // What is around the working directory is no business of a check, which sees what an import there wrote.
    linked(&workspace, &format!("../{NAME}"));
    let differs = ["orgs/payroll.sforg.json:3:14 design-studio-differs"];
    assert_eq!(about_links(&workspace, &["orgs"]), differs);
    let alone = CommandLine::new(&workspace, &["check", "--format", "json"]);
    let alone = alone.in_folder(&workspace.path("orgs")).run();
    assert!(alone.out.contains("design-studio-project-unreadable"), "{alone:?}");
}
