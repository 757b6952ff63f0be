use secrecy::ExposeSecret;

use super::*;

/// A login in one line: what stands at the place, and what is known. Secrets are checked against the text.
fn shown(format: Format, text: &str) -> String {
    let lines = read(format, text).into_iter().map(|login| {
        let value = |written: &Option<Written>| match written {
            Some(Written::Literal(text)) => text.value.clone(),
            Some(Written::Reference(span)) => format!("→{}", span.text(text)),
            None => "-".to_owned(),
        };
        let secret = |secret: &Option<Secret>| match secret {
            Some(Secret::Literal(found)) => {
                assert!(found.span.text(text).contains(found.value.expose_secret()));
                "literal"
            }
            Some(Secret::Reference(_)) => "reference",
            Some(Secret::Encrypted(_)) => "encrypted",
            None => "-",
        };
        let plain =
            |it: &Option<Located>| it.as_ref().map_or("-".to_owned(), |it| it.value.clone());
        format!(
            "{} {} [{}] name={} host={} v={} user={} {}/{}/{}{}{}",
            login.tool,
            login.flow.as_str(),
            login.place.text(text),
            plain(&login.name),
            plain(&login.host),
            plain(&login.api_version),
            value(&login.username),
            secret(&login.password),
            secret(&login.security_token),
            secret(&login.client_secret),
            if login.is_possible { " possible" } else { "" },
            if login.is_comment { " comment" } else { "" },
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn mule_4_and_3() {
    let text = r##"<mule xmlns:salesforce="http://www.mulesoft.org/schema/mule/salesforce" xmlns:sf3="http://www.mulesoft.org/schema/mule/sfdc">
  <salesforce:sfdc-config name="Orders">
    <salesforce:basic-connection username="u@acme.example" password="NOTREAL" securityToken="${sf.token}" url="https://login.salesforce.com/services/Soap/u/52.0"/>
  </salesforce:sfdc-config>
  <salesforce:sfdc-config name="New"><salesforce:oauth-client-credentials-connection>
    <salesforce:oauth-client-credentials clientId="3MVG9" clientSecret="![abc]" tokenUrl="https://acme.my.salesforce.com/services/oauth2/token"/>
  </salesforce:oauth-client-credentials-connection></salesforce:sfdc-config>
  <sf3:config name="Old" username="#[p('u')]" password="${p}"/>
  <salesforce:query config-ref="Orders"/>
</mule>"##;
    assert_eq!(
        shown(Format::Xml, text),
        "MuleSoft basic [salesforce:basic-connection] name=Orders host=https://login.salesforce.com/services/Soap/u/52.0 v=52.0 user=u@acme.example literal/reference/-\n\
         MuleSoft client-credentials [salesforce:oauth-client-credentials-connection] name=New host=https://acme.my.salesforce.com/services/oauth2/token v=- user=- -/-/encrypted\n\
         MuleSoft basic [sf3:config] name=Old host=- v=- user=→#[p('u')] reference/-/-"
    );
}

#[test]
fn data_loader_and_kafka_properties() {
    let text = "sfdc.endpoint=https\\://login.salesforce.com\nsfdc.username=u@acme.example\nsfdc.password=0123456789abcdef0123456789abcdef\n";
    assert_eq!(
        shown(Format::Properties, text),
        "Data Loader basic [sfdc.password] name=- host=https://login.salesforce.com v=- user=u@acme.example encrypted/-/-"
    );
    let text = "name=leads\nsalesforce.instance=https://login.salesforce.com\nsalesforce.username=u@acme.example\nsalesforce.password=NOTREAL\nsalesforce.password.token=${file:/x:t}\nsalesforce.consumer.key=3MVG9\nsalesforce.consumer.secret=NOTREAL2\n";
    assert_eq!(
        shown(Format::Properties, text),
        "Kafka Connect oauth-username-password [salesforce.password] name=leads host=https://login.salesforce.com v=- user=u@acme.example literal/reference/literal"
    );
    for nothing in ["sfdc.endpoint=x\nsfdc.password=\n", "salesforce.url=x", "a=b", ""] {
        assert_eq!(shown(Format::Properties, nothing), "", "{nothing}");
    }
}

#[test]
fn process_conf() {
    let text = r#"<beans><bean id="leads"><property name="configOverrideMap"><map>
<entry key="sfdc.endpoint" value="https://test.salesforce.com"/><entry key="sfdc.username" value="u@acme.example"/>
<entry key="sfdc.password"><value>NOTREAL</value></entry></map></property></bean>
<bean id="other"><property><map><entry key="process.operation" value="insert"/></map></property></bean></beans>"#;
    assert_eq!(
        shown(Format::Xml, text),
        "Data Loader basic [sfdc.password] name=leads host=https://test.salesforce.com v=- user=u@acme.example literal/-/-"
    );
}

#[test]
fn kafka_and_data_factory_json() {
    let text = r#"{"name": "leads", "config": {"salesforce.username": "u@acme.example", "salesforce.password": "NOTREAL", "salesforce.consumer.key": "k", "salesforce.consumer.secret": "${s}"}}"#;
    assert_eq!(
        shown(Format::Json, text),
        "Kafka Connect oauth-username-password [salesforce.password] name=leads host=- v=- user=u@acme.example literal/-/reference"
    );
    let text = r#"{"name": "Old", "properties": {"type": "Salesforce", "typeProperties": {"environmentUrl": "https://login.salesforce.com", "username": "u@acme.example", "password": {"type": "SecureString", "value": "NOTREAL"}, "securityToken": {"type": "AzureKeyVaultSecret", "secretName": "t"}, "apiVersion": "45.0"}}}"#;
    assert_eq!(
        shown(Format::Json, text),
        "Azure Data Factory basic [Salesforce] name=Old host=https://login.salesforce.com v=45.0 user=u@acme.example literal/reference/-"
    );
    let text = r#"{"name": "New", "properties": {"type": "SalesforceV2", "typeProperties": {"environmentUrl": "https://acme.my.salesforce.com", "clientId": "k", "clientSecret": "**", "#;
    assert!(
        shown(Format::Json, text)
            .starts_with("Azure Data Factory client-credentials [SalesforceV2]")
    );
}

#[test]
fn hop_env_and_the_salesforce_cli() {
    let text = "<pipeline><transform><name>Read</name><type>SalesforceInput</type><targeturl>\n https://login.salesforce.com/services/Soap/u/50.0 </targeturl><username>u@acme.example</username><password>Encrypted 2be98afc</password></transform><transform><name>x</name><type>TableInput</type></transform></pipeline>";
    assert_eq!(
        shown(Format::Xml, text),
        "Apache Hop basic [SalesforceInput] name=Read host=https://login.salesforce.com/services/Soap/u/50.0 v=50.0 user=u@acme.example encrypted/-/-"
    );
    let text = "SALESFORCE_HOST=test.salesforce.com\nSALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD='NOTREAL'\nSALESFORCE_API_VERSION=v38.0\n";
    assert_eq!(
        shown(Format::Env, text),
        ".env basic [SALESFORCE_PASSWORD] name=- host=test.salesforce.com v=38.0 user=u@acme.example literal/-/-"
    );
    let short = "SF_DOMAIN=acme.my\nSF_CLIENT_ID=3MVG9\nSF_CLIENT_SECRET=$X\n";
    assert_eq!(
        shown(Format::Env, short),
        ".env client-credentials [SF_CLIENT_SECRET] name=- host=acme.my.salesforce.com v=- user=- -/-/reference"
    );
    let text = r#"{"packageDirectories": [], "name": "acme", "sourceApiVersion": "28.0"}"#;
    assert_eq!(
        shown(Format::SfdxProject, text),
        "Salesforce CLI unknown [28.0] name=acme host=- v=28.0 user=- -/-/-"
    );
}

#[test]
fn no_text_is_too_broken() {
    let formats = [
        Format::Xml,
        Format::Json,
        Format::SfdxProject,
        Format::Properties,
        Format::Env,
        Format::Code(Language::Python),
        Format::Code(Language::Ruby),
        Format::Code(Language::Shell),
    ];
    for format in formats {
        for text in [
            "",
            "\u{feff}",
            "<",
            "{",
            "{\"type\":",
            "a=\\",
            "\0",
            "salesforce.password=",
            "\"\\",
            "<a b='",
        ] {
            let _ = read(format, text);
        }
    }
}
