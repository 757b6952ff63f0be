use super::*;
use crate::document::FileKind;

#[test]
fn paths_tell_files_of_one_name_apart() {
    let mut project = ProjectFacts::default();
    let shown = |project: &ProjectFacts, file: &'static str, seen_from: &str| {
        project.path_shown(file, seen_from).to_owned()
    };
    assert_eq!(shown(&project, "/w/x/org.sforg.json", "/w/y/org.sforg.json"), "x/org.sforg.json");
    assert_eq!(shown(&project, "/w/org.sforg.json", "/w/other.sforg.json"), "org.sforg.json");
    assert_eq!(shown(&project, "/w/xa/o.sforg.json", "/w/xb/o.sforg.json"), "xa/o.sforg.json");
    assert_eq!(shown(&project, "a.sforg.json", "b.sforg.json"), "a.sforg.json");
    let file = Document::new(FileKind::Project, "{}");
    project.set_file("/w/sforg-project.json", &file);
    assert_eq!(shown(&project, "/w/x/org.sforg.json", "/w/x/a.sforg.json"), "x/org.sforg.json");
    project.set_file("sforg-project.json", &file);
    assert_eq!(shown(&project, "x/org.sforg.json", "x/a.sforg.json"), "x/org.sforg.json");
}

#[test]
fn an_org_whose_authentication_is_hidden_could_break() {
    let could_break = |org: Document| {
        let mut project = ProjectFacts::default();
        project.set_org("a.sforg.json", OrgFacts::of(&org));
        project.has_org_that_could_break()
    };
    for text in [
        r#"{"name": "A", "auth": {"Type": "basic"}}"#,
        r#"{"name": "A", "Auth": {"type": "basic"}}"#,
        r#"{"name": "A", "auth": {"type": "Basic"}}"#,
        r#"{"name": "A", "auth": {"username": "a@acme.example"}}"#,
        r#"{"name": "A", "apiVersion": "", "auth": {"type": "basic"}}"#,
        r#"{"name": "A", "apiVersion": null, "auth": {"type": "basic"}}"#,
        r#"{"name": "A", "apiVersion": "bad"}"#,
        "",
    ] {
        assert!(could_break(Document::new(FileKind::Org, text)), "{text}");
    }
    let latin = b"{\"name\": \"Z\xfcrich\"}".to_vec();
    assert!(could_break(Document::from_bytes(FileKind::Org, latin)));
    let large = " ".repeat(crate::MAX_FILE_BYTES + 1);
    assert!(could_break(Document::new(FileKind::Org, large)));
    for text in [
        r#"{"auth": {"type": "oauth2-client-credentials"}}"#,
        r#"{"apiVersion": "64.0", "auth": {"type": "basic"}}"#,
        r#"{"apiVersion": "64.0", "auth": {"Type": "basic"}}"#,
    ] {
        assert!(!could_break(Document::new(FileKind::Org, text)), "{text}");
    }
}
