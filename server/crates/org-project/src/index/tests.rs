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

mod links {
    use org_ide::DesignStudioLink;
    use org_sources::design_studio::Project;

    use super::*;

    const GUID: &str = "b4bf46f3-15ac-4c20-a9f2-9af06b286191";

    fn studio(api: &str) -> Project {
        let org = format!(
            "<Entity type=\"SalesforceConnector\"><Header ID=\"{GUID}\" Name=\"Acme\"/><Properties>\
             <Item key=\"api_version\" value=\"{api}\"/></Properties></Entity>"
        );
        Project::read([
            ("project.xml".to_owned(), b"<Project name=\"Orders\"/>".to_vec()),
            (format!("Data/SalesforceConnector/{GUID}.xml"), org.into_bytes()),
            ("environment.properties".to_owned(), b"saved-in-version=11.41.0.33\n".to_vec()),
        ])
    }

    fn linked_workspace(named: &str) -> Workspace {
        let mut workspace = Workspace::default();
        let text = format!(r#"{{"apiVersion": "64.0", "designStudioProject": "{named}"}}"#);
        let file = Document::new(FileKind::Project, text);
        let _ = workspace.set("/w/orgs/sforg-project.json", None, &file);
        let text = format!(r#"{{"name": "Acme", "designStudioOrg": "{}"}}"#, GUID.to_uppercase());
        let _ = workspace.set("/w/orgs/a.sforg.json", None, &org(&text));
        workspace
    }

    fn link(workspace: &Workspace) -> &DesignStudioLink {
        &workspace.project_of("/w/orgs/a.sforg.json").expect("a project").link
    }

    #[test]
    fn a_project_that_is_read_later_is_linked_then() {
        let mut workspace = linked_workspace("../Orders");
        let unread = [("/w/orgs/sforg-project.json".to_owned(), "/w/Orders".to_owned())];
        assert_eq!(workspace.unread_links(), unread);
        let affected = workspace.set_design_studio("/w/Orders", &studio("63.0"));
        assert!(affected.contains("/w/orgs/a.sforg.json"));
        assert!(affected.contains("/w/orgs/sforg-project.json"));
        assert!(workspace.unread_links().is_empty());
        let DesignStudioLink::Read(known) = link(&workspace) else { panic!("it is read") };
        assert!(known.org(GUID).is_some());
        let project = workspace.project_of("/w/orgs/a.sforg.json").expect("a project");
        let version = project.design_studio.as_ref().map(|(version, _)| version.to_string());
        assert_eq!(version.as_deref(), Some("11.41.0.33"));
        let place = project.design_studio_place().map(|(file, _)| file);
        assert_eq!(place, Some("/w/Orders/project.xml"));
        let xml = format!("/w/Orders/Data/SalesforceConnector/{GUID}.xml");
        let linked = workspace.linked_to(&xml);
        assert_eq!(
            linked.iter().map(|it| it.file.as_str()).collect::<Vec<_>>(),
            ["/w/orgs/a.sforg.json"]
        );
        let affected = workspace.set_design_studio("/w/Orders", &studio("63.0"));
        assert!(!affected.contains("/w/orgs/a.sforg.json"), "nothing is other than before");
    }

    #[test]
    fn what_is_typed_in_design_studios_file_affects_the_org_that_is_linked_to_it() {
        let mut workspace = linked_workspace("../Orders");
        let _ = workspace.set_design_studio("/w/Orders", &studio("63.0"));
        let xml = format!("/w/Orders/Data/SalesforceConnector/{GUID}.xml");
        let typed = studio("64.0").orgs[0].text.clone();
        let document = Document::new(FileKind::DesignStudioOrg, typed);
        assert!(workspace.set(&xml, None, &document).contains("/w/orgs/a.sforg.json"));
        assert!(workspace.set(&xml, None, &document).is_empty());
    }

    #[test]
    fn a_link_to_nothing_says_why_until_something_is_there() {
        let mut workspace = linked_workspace("../orders.jpk");
        let affected = workspace.set_design_studio_unreadable("/w/orders.jpk", "it is no zip");
        assert!(affected.contains("/w/orgs/sforg-project.json"));
        assert_eq!(link(&workspace), &DesignStudioLink::Unreadable("it is no zip".to_owned()));
        let _ = workspace.set_design_studio("/w/orders.jpk!/inner", &studio("64.0"));
        assert!(matches!(link(&workspace), DesignStudioLink::Read(_)));
        let _ = workspace.remove_design_studio("/w/orders.jpk!/inner");
        assert_eq!(link(&workspace), &DesignStudioLink::Unread);
        let outside = linked_workspace("/w/Orders");
        assert!(matches!(link(&outside), DesignStudioLink::Unreadable(_)));
    }
}
