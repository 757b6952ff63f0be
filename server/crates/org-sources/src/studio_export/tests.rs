use super::*;

const EXPORT: &str = r#"{"apis": [], "project": {"name": "Initech payroll", "components": [
  {"name": "Payroll org", "type": 600, "adapterId": "salesforce", "id": "c1", "properties": [
    {"name": "page0", "children": [
      {"name": "url", "value": "https://test.salesforce.com"},
      {"name": "sandbox", "type": "boolean", "value": true},
      {"name": "username", "value": "[payroll_user]"},
      {"name": "password", "value": ""},
      {"name": "more", "children": [{"name": "api_version", "hidden": true, "defaultValue": "64.0"}]}]}]},
  {"name": "Get staff", "type": 500, "adapterId": "salesforce", "functionName": "query", "endpoint": {"id": "c1", "type": 600}},
  {"name": "Other", "type": 600, "adapterId": "netsuite", "id": "c2", "properties": []}
]}, "version": 4}"#;

#[test]
fn salesforce_connections_and_their_activities_are_read() {
    let export = StudioExport::read(EXPORT).expect("an export");
    assert_eq!(export.name.map(|name| name.value).as_deref(), Some("Initech payroll"));
    assert!(export.errors.is_empty());
    let [connection] = export.connections.as_slice() else { panic!("one connection") };
    let value =
        |name: &str| connection.value(name).map(|it| (it.value.as_str(), it.span.text(EXPORT)));
    let host = "https://test.salesforce.com";
    assert_eq!(value("url"), Some((host, host)));
    assert_eq!(value("sandbox"), Some(("true", "true")));
    assert_eq!(value("username"), Some(("[payroll_user]", "[payroll_user]")));
    assert_eq!(value("password"), None);
    assert_eq!(value("api_version"), Some(("64.0", "64.0")));
    let names: Vec<_> = connection.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["page0", "url", "sandbox", "username", "password", "more", "api_version"]);
    let [activity] = export.activities.as_slice() else { panic!("one activity") };
    assert_eq!(activity.function.as_ref().map(|it| it.value.as_str()), Some("query"));
    assert_eq!(activity.connection.as_ref().map(|it| it.value.as_str()), Some("c1"));
}

#[test]
fn other_json_is_no_export() {
    for text in [
        "",
        "[]",
        "{\"project\": 1}",
        "{\"project\": {\"components\": {}}}",
        "{\"name\": \"Acme\"}",
    ] {
        assert!(StudioExport::read(text).is_none(), "{text}");
    }
}

#[test]
fn of_a_broken_export_what_can_be_read_counts() {
    let cut = &EXPORT[..EXPORT.find("\"password\"").expect("a field")];
    let export = StudioExport::read(cut).expect("an export");
    assert!(!export.errors.is_empty());
    assert_eq!(export.connections.len(), 1);
}

#[test]
fn depth_costs_no_stack() {
    let nested = "{\"children\": [".repeat(100_000);
    let text = format!(
        "{{\"project\": {{\"components\": [{{\"type\": 600, \"adapterId\": \"salesforce\", \"properties\": [{nested}"
    );
    assert_eq!(StudioExport::read(&text).map(|export| export.connections.len()), Some(1));
}
