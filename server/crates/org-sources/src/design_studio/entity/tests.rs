use super::*;

const ORG: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<Entity type="SalesforceConnector">
  <Header Deleted="false" DeployDirty="true" ID="1f0c1a52-6a3b-4f0e-9a94-0d8f6f7f0001" Name="jobs@initech.example.com">
    <konga.string name="Description"/>
  </Header>
  <Properties>
    <Item key="api_version" value="63.0"/>
    <Item enc="true" key="password" value="$00bm90IGEgcmVhbCBwYXNzd29yZA"/>
    <Item key="sandbox" value="0"/>
    <Item key="server_host" value="https://login.salesforce.com/"/>
    <Item key="something_new"/>
  </Properties>
</Entity>
"#;

/// What is read of an org, without places.
fn shape(text: &str) -> String {
    let entity = Entity::read(text);
    let show = |located: Option<&Located>| located.map_or("-".to_owned(), |it| it.value.clone());
    let items: Vec<_> = entity
        .items
        .iter()
        .map(|item| {
            let mark = if item.is_encrypted { "*" } else { "" };
            format!("{}{mark}={}", item.key.value, show(item.value.as_ref()))
        })
        .collect();
    let header = &entity.header;
    format!(
        "{} {} {} {} [{}] {} errors",
        show(entity.kind.as_ref()),
        show(header.id.as_ref()),
        show(header.name.as_ref()),
        header.is_deleted,
        items.join(" "),
        entity.errors.len()
    )
}

const SHAPE: &str = "SalesforceConnector 1f0c1a52-6a3b-4f0e-9a94-0d8f6f7f0001 \
    jobs@initech.example.com false [api_version=63.0 password*=$00bm90IGEgcmVhbCBwYXNzd29yZA \
    sandbox=0 server_host=https://login.salesforce.com/ something_new=-] 0 errors";

#[test]
fn an_org_is_read_in_every_spelling() {
    assert_eq!(shape(ORG), SHAPE);
    for other in [
        ORG.replace('\n', "\r\n"),
        format!("\u{feff}{ORG}"),
        ORG.replace('"', "'"),
        ORG.replace("enc=\"true\" key=\"password\"", "key = \"password\"\n enc = \"TRUE\""),
        ORG.replace("/>\n", "></Item>\n").replace("Description\"></Item>", "Description\"/>"),
        ORG.replace(
            "  <Properties>",
            "  <!-- by hand --><Unknown><Item key='no' value='1'/></Unknown>\n<Properties>",
        ),
        ORG.replace("jobs@", "jobs&#64;"),
        ORG.replace('\n', ""),
    ] {
        assert_eq!(shape(&other), SHAPE, "{other}");
    }
}

#[test]
fn places_are_those_of_what_is_written() {
    let entity = Entity::read(ORG);
    let written = |located: Option<&Located>| located.map(|it| it.span.text(ORG).to_owned());
    assert_eq!(written(entity.value("api_version")).as_deref(), Some("63.0"));
    assert_eq!(written(entity.header.name.as_ref()).as_deref(), Some("jobs@initech.example.com"));
    let password = entity.item("password").expect("an item");
    assert_eq!(password.key.span.text(ORG), "password");
    assert!(
        password.span.text(ORG).starts_with("<Item enc") && password.span.text(ORG).ends_with("/>")
    );
}

#[test]
fn of_a_damaged_file_what_can_be_read_counts() {
    let cut = &ORG[..ORG.find("sandbox").expect("an item")];
    let entity = Entity::read(cut);
    assert_eq!(entity.errors.len(), 1);
    assert_eq!(entity.value("api_version").map(|it| it.value.as_str()), Some("63.0"));
    let quote = ORG.replace("\"63.0\"", "\"63.0");
    let entity = Entity::read(&quote);
    assert!(!entity.errors.is_empty());
    assert_eq!(entity.value("api_version"), None);
    assert_eq!(entity.value("sandbox").map(|it| it.value.as_str()), Some("0"));
    assert_eq!(entity.guid(), Some("1f0c1a52-6a3b-4f0e-9a94-0d8f6f7f0001"));
}

#[test]
fn deleted_is_a_word_and_a_guid_is_not_empty() {
    assert!(Entity::read("<Entity><Header Deleted='true'/></Entity>").header.is_deleted);
    assert!(!Entity::read("<Entity><Header Deleted='no'/></Entity>").header.is_deleted);
    assert_eq!(Entity::read("<Entity><Header ID=' '/></Entity>").guid(), None);
    assert!(!Entity::read("<beans><Header ID='1'/></beans>").is_entity);
}
