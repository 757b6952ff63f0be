use super::*;

fn entity(kind: &str, id: &str, name: &str, items: &[(&str, &str)]) -> Vec<u8> {
    let items: String =
        items.iter().map(|(key, value)| format!("<Item key='{key}' value='{value}'/>")).collect();
    let header = format!("<Header Deleted='{}' ID='{id}' Name='{name}'/>", name == "gone");
    format!("<Entity type='{kind}'>{header}<Properties>{items}</Properties></Entity>").into_bytes()
}

fn file(folder: &str, id: &str, name: &str, items: &[(&str, &str)]) -> (String, Vec<u8>) {
    (format!("Data/{folder}/{id}.xml"), entity(folder, id, name, items))
}

fn files() -> Vec<(String, Vec<u8>)> {
    let runs = |result: &'static str| [("salesforce_wizard_guid", result)];
    let uses = |org: &'static str| [("connector_id", org)];
    vec![
        file("Operation", "o2", "Update jobs", &runs("R2")),
        file("Operation", "o1", "Fetch jobs", &runs("r1")),
        file("Operation", "o3", "gone", &runs("r1")),
        file("Operation", "o4", "Other", &[("operation_type_id", "1")]),
        file("Operation", "o5", "Lost", &runs("r9")),
        file("SalesforceQuery", "r1", "Jobs", &uses("C1")),
        file("SalesforceUpdate", "r2", "Jobs", &uses("c1")),
        file("SalesforceDelete", "r3", "Never run", &uses("c1")),
        file("SalesforceConnector", "c1", "jobs@initech.example.com", &[("api_version", "63.0")]),
        file("SalesforceConnector", "c2", "gone", &[]),
        file("Script", "s1", "Script", &uses("c1")),
        ("Data/SalesforceConnector/c3.xml".to_owned(), b"\xff\xfe<\0".to_vec()),
        ("project.xml".to_owned(), b"<Project name='Initech payroll'/>".to_vec()),
        ("jitterpak.properties".to_owned(), b"created_with_version=110590000000001".to_vec()),
        ("environment.properties".to_owned(), b"saved-in-version=11.63.0.12".to_vec()),
    ]
}

#[test]
fn a_project_is_put_together_in_any_order() {
    let mut backwards = files();
    backwards.reverse();
    for files in [files(), backwards] {
        let project = Project::read(files);
        assert_eq!(project.xml.name.as_ref().map(|it| it.value.as_str()), Some("Initech payroll"));
        assert_eq!(project.version.as_deref(), Some("11.63.0.12"));
        let orgs: Vec<_> = project.orgs.iter().map(|org| org.path.as_str()).collect();
        assert_eq!(orgs, ["Data/SalesforceConnector/c1.xml"]);
        let uses = project.usage.of_org("c1");
        let names: Vec<_> = uses.iter().filter_map(|using| using.name()).collect();
        assert_eq!(names, ["Fetch jobs", "Update jobs"]);
        assert_eq!(uses[1].result.kind, "Update");
        assert_eq!(uses[1].file, "Data/Operation/o2.xml");
        assert_eq!(project.unreadable.len(), 1);
    }
}

#[test]
fn the_jitterpak_tells_the_version_when_the_environment_does_not() {
    let files = files().into_iter().filter(|(path, _)| path != "environment.properties");
    assert_eq!(Project::read(files).version.as_deref(), Some("11.59"));
}
