//! What a change of Design Studio's files means for others.

use org_ide::FileKind;

use super::*;

const ORG: &str = "/w/ds/Data/SalesforceConnector/g.xml";

fn org(version: &str) -> String {
    format!(
        "<Entity type='SalesforceConnector'><Header ID='g' Name='A'/><Properties>\
         <Item key='api_version' value='{version}'/></Properties></Entity>"
    )
}

fn document(text: &str) -> Document {
    Document::new(FileKind::DesignStudioOrg, text)
}

fn with_project() -> Workspace {
    let mut workspace = Workspace::default();
    let files =
        [("project.xml", "<Project name='P'/>".to_owned()), (&ORG["/w/ds/".len()..], org("64.0"))];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    let linking = r#"{"apiVersion": "64.0", "designStudioProject": "ds"}"#;
    let linking = Document::new(FileKind::Project, linking);
    let _ = workspace.set("/w/sforg-project.json", None, &linking);
    let linked = r#"{"name": "A", "designStudioOrg": "g"}"#;
    let _ = workspace.set("/w/a.sforg.json", None, &Document::new(FileKind::Org, linked));
    let affected = workspace.set_design_studio("/w/ds", &Project::read(files));
    assert!(affected.contains(ORG) && affected.contains("/w/a.sforg.json"), "{affected:?}");
    workspace
}

#[test]
fn another_text_of_an_org_concerns_those_that_are_linked_to_it() {
    let mut workspace = with_project();
    assert!(workspace.set(ORG, None, &document(&org("64.0"))).is_empty());
    let affected = workspace.set(ORG, None, &document(&org("61.0")));
    let all: Vec<_> = affected.iter().collect();
    assert_eq!(all, ["/w/a.sforg.json", "/w/ds/project.xml", "/w/sforg-project.json"]);
    let linked = workspace.linked_to(ORG);
    assert_eq!(linked.iter().map(|it| it.file.as_str()).collect::<Vec<_>>(), ["/w/a.sforg.json"]);
    let affected = workspace.remove(ORG);
    assert!(affected.contains("/w/a.sforg.json"));
    assert!(workspace.linked_to(ORG).is_empty());
}

#[test]
fn a_file_belongs_to_its_project_alone() {
    let mut workspace = with_project();
    let of = |workspace: &Workspace, file: &str| {
        workspace.project_of(file).map(|project| project.is_design_studio)
    };
    assert_eq!(of(&workspace, ORG), Some(true));
    assert_eq!(of(&workspace, "/w/other/project.xml"), None);
    assert_eq!(of(&workspace, "/w/ds/files/project.xml"), None);
    assert_eq!(of(&workspace, "/w/a.sforg.json"), Some(false));
    assert!(workspace.remove_design_studio("/w/ds").contains(ORG));
    assert_eq!(of(&workspace, ORG), None);
    assert_eq!(workspace.unread_links().len(), 1);
}

#[test]
fn folders_that_matter_are_read_again() {
    let workspace = with_project();
    for (path, expected) in [
        ("/w", 1),
        ("/w/ds", 1),
        ("/w/ds/Data", 1),
        ("/w/ds/Data/Operation", 1),
        ("/w/ds/Data/Script", 0),
        ("/w/ds/files", 0),
        ("/w/d", 0),
        ("/v", 0),
    ] {
        assert_eq!(workspace.design_studio_touched_by(path).len(), expected, "{path}");
    }
}

#[test]
fn the_jitterpak_around_a_project_is_told_by_its_root() {
    for (root, target) in [
        ("/w/a.jpk!", "/w/a.jpk"),
        ("/w/A.JPK!/Orders", "/w/A.JPK"),
        ("/w/wow!/Orders", "/w/wow!/Orders"),
        ("/w/ds", "/w/ds"),
    ] {
        assert_eq!(target_of(root), target);
    }
}
