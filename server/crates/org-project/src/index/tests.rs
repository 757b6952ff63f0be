//! Which files a change concerns.

use org_ide::ProjectVersion;

use super::*;

fn org(text: &str) -> Document {
    Document::new(FileKind::Org, text)
}

fn project(version: &str) -> Document {
    Document::new(FileKind::Project, format!(r#"{{"apiVersion": "{version}"}}"#))
}

fn version_for(workspace: &Workspace, file: &str) -> Option<String> {
    let version = workspace.project_of(file)?.version()?;
    Some(version.to_string())
}

#[test]
fn the_nearest_project_upwards_wins() {
    let mut workspace = Workspace::default();
    let _ = workspace.set("/w/sforg-project.json", None, &project("60.0"));
    let _ = workspace.set("/w/a/b/x.sforg.json", None, &org("{}"));
    assert_eq!(version_for(&workspace, "/w/a/b/x.sforg.json").as_deref(), Some("60.0"));
    let affected = workspace.set("/w/a/sforg-project.json", None, &project("64.0"));
    assert!(affected.contains("/w/a/b/x.sforg.json"));
    assert_eq!(version_for(&workspace, "/w/a/b/x.sforg.json").as_deref(), Some("64.0"));
    assert_eq!(version_for(&workspace, "/w/ab/x.sforg.json").as_deref(), Some("60.0"));
    let affected = workspace.remove("/w/a/sforg-project.json");
    assert!(affected.contains("/w/a/b/x.sforg.json"));
    assert_eq!(version_for(&workspace, "/w/a/b/x.sforg.json").as_deref(), Some("60.0"));
}

#[test]
fn orgs_outside_of_projects_share_one_for_each_root() {
    let mut workspace = Workspace::default();
    let _ = workspace.set_roots(["/w/".to_owned(), "/v".to_owned()]);
    for file in ["/w/1.sforg.json", "/w/d/2.sforg.json", "/v/3.sforg.json"] {
        let _ = workspace.set(file, None, &org(r#"{"name": "A"}"#));
    }
    let named = |file: &str| -> Vec<String> {
        let project = workspace.project_of(file);
        project.map(|p| p.named("A").map(str::to_owned).collect()).unwrap_or_default()
    };
    assert_eq!(named("/w/1.sforg.json"), ["/w/1.sforg.json", "/w/d/2.sforg.json"]);
    assert_eq!(named("/v/3.sforg.json"), ["/v/3.sforg.json"]);
    let version = workspace.project_of("/v/3.sforg.json").map(|p| p.api_version);
    assert_eq!(version, Some(ProjectVersion::NoProject));
}

#[test]
fn a_rename_affects_those_with_the_old_and_the_new_name() {
    let mut workspace = Workspace::default();
    let _ = workspace.set("sforg-project.json", None, &project("64.0"));
    let _ = workspace.set("a.sforg.json", None, &org(r#"{"name": "A"}"#));
    let _ = workspace.set("b.sforg.json", None, &org(r#"{"name": "B"}"#));
    let _ = workspace.set("c.sforg.json", None, &org(r#"{"name": "A"}"#));
    let affected = workspace.set("c.sforg.json", None, &org(r#"{"name": "B"}"#));
    let expected = ["a.sforg.json", "b.sforg.json", "sforg-project.json"];
    assert_eq!(affected.iter().collect::<Vec<_>>(), expected);
    assert!(workspace.set("c.sforg.json", None, &org(r#"{"name": "B"}"#)).is_empty());
}

#[test]
fn a_project_that_comes_or_goes_affects_the_groups_on_both_sides() {
    let mut workspace = Workspace::default();
    for file in ["a.sforg.json", "x/b.sforg.json", "x/c.sforg.json", "x/d.sforg.json"] {
        let name = if file.ends_with("d.sforg.json") { "D" } else { "A" };
        let _ = workspace.set(file, None, &org(&format!(r#"{{"name": "{name}"}}"#)));
    }
    let all = ["a.sforg.json", "x/b.sforg.json", "x/c.sforg.json", "x/d.sforg.json"];
    let affected = workspace.set("x/sforg-project.json", None, &project("64.0"));
    assert_eq!(affected.iter().collect::<Vec<_>>(), all);
    let affected = workspace.remove("x/sforg-project.json");
    assert_eq!(affected.iter().collect::<Vec<_>>(), all);
}

#[test]
fn orgs_are_affected_by_what_concerns_them_in_the_project_file() {
    let mut workspace = Workspace::default();
    let _ = workspace.set("a.sforg.json", None, &org(r#"{"name": "A"}"#));
    let mut affected = |text: &str| {
        let document = Document::new(FileKind::Project, text);
        !workspace.set("sforg-project.json", None, &document).is_empty()
    };
    assert!(affected(r#"{"apiVersion": "64.0", "name": "A"}"#));
    assert!(!affected(r#"{"apiVersion": "64.0", "name": "B"}"#));
    assert!(affected(r#"{"apiVersion": "65.0", "name": "B"}"#));
    assert!(affected(r#"{"apiVersion": "65.0", "agentVersion": "12.9"}"#));
    assert!(affected(r#"{"apiVersion": "65.0", "rules": {"comment": "off"}}"#));
    assert!(affected("{}"));
    assert!(!affected("{ }"));
}

#[test]
fn one_more_of_many_duplicates_changes_nothing_for_the_others() {
    let mut workspace = Workspace::default();
    let document = org(r#"{"name": "A"}"#);
    let affected: Vec<usize> = (100..200)
        .map(|number| workspace.set(&format!("{number}.sforg.json"), None, &document).len())
        .collect();
    assert_eq!(affected[..3], [0, 1, 2]);
    assert_eq!(affected[20..].iter().sum::<usize>(), 0);
    assert_eq!(workspace.set("000.sforg.json", None, &document).len(), 100);
    assert_eq!(workspace.remove("199.sforg.json").len(), 0);
    assert_eq!(workspace.remove("105.sforg.json").len(), 99);
}

#[test]
fn the_files_below_a_folder_are_known() {
    let mut workspace = Workspace::default();
    let _ = workspace.set("/w/a/sforg-project.json", None, &project("64.0"));
    for file in
        ["/w/a.sforg.json", "/w/a/1.sforg.json", "/w/a/b/2.sforg.json", "/w/ab/3.sforg.json"]
    {
        let _ = workspace.set(file, None, &org("{}"));
    }
    let all = ["/w/a/1.sforg.json", "/w/a/b/2.sforg.json", "/w/a/sforg-project.json"];
    assert_eq!(workspace.files_below("/w/a"), all);
    assert_eq!(workspace.files_below("/w/a/"), all);
    assert_eq!(workspace.files_below("/w/a/b"), all[1..2]);
    assert_eq!(workspace.files_below("/w").len(), 5);
    assert!(workspace.files_below("/w/c").is_empty());
}

#[test]
fn removing_a_file_leaves_nothing_of_it() {
    let mut workspace = Workspace::default();
    let _ = workspace.set("a.sforg.json", None, &org(r#"{"name": "A"}"#));
    let _ = workspace.set("b.sforg.json", None, &org(r#"{"name": "A"}"#));
    assert!(workspace.remove("a.sforg.json").contains("b.sforg.json"));
    assert!(!workspace.contains("a.sforg.json"));
    let left: Vec<_> = workspace.org_files().collect();
    assert_eq!(left, ["b.sforg.json"]);
}
