use std::fmt::Write as _;

use org_ide::{Document, Severity};
use org_sources::{auth_url, env_file, sf_output};

use super::*;
use crate::existing::ExistingProject;
use crate::found::{DesignStudio, FoundHost, FoundValue, Hidden};
use crate::{from_auth_url, from_env_file, from_sf_output};

fn env(text: &str) -> Source {
    from_env_file(".env".to_owned(), &env_file::read(text))
}

fn sf(text: &str) -> Source {
    let orgs = sf_output::read(text).expect("an answer").expect("orgs");
    from_sf_output("orgs.json".to_owned(), text, &orgs)
}

fn studio_org(name: &str, id: &str, version: &str, sandbox: bool) -> FoundOrg {
    let host =
        if sandbox { "https://test.salesforce.com/" } else { "https://login.salesforce.com/" };
    FoundOrg {
        name: name.to_owned(),
        line: None,
        design_studio_org: Some(id.to_owned()),
        sandbox: Some(sandbox),
        host: FoundHost::of(host),
        version: FoundVersion::set(version),
        auth: FoundAuth::Basic {
            username: FoundValue::of(name),
            password: FoundValue::Hidden(Hidden::Encrypted),
            security_token: FoundValue::Hidden(Hidden::Encrypted),
        },
    }
}

fn studio(orgs: Vec<FoundOrg>) -> Source {
    let design_studio = DesignStudio {
        name: Some("Acme orders".to_owned()),
        version: Some("11.63.0.12".to_owned()),
        link: Some("../Acme orders".to_owned()),
    };
    Source {
        label: "Acme orders".to_owned(),
        orgs,
        design_studio: Some(design_studio),
        ..Source::default()
    }
}

/// The whole plan as text.
fn shown(plan: &Plan) -> String {
    let mut text = String::new();
    text.push_str(&plan.project.text().unwrap_or_default());
    for org in &plan.orgs {
        match &org.standing {
            Standing::New { file_name, definition } => {
                let _ = write!(text, "{file_name}\n{}", definition.text());
                for secret in &definition.secrets {
                    let _ = writeln!(text, "secret {} {}", secret.member, secret.environment_name);
                }
            }
            Standing::There { file, differences } => {
                let _ = writeln!(text, "{} is {file} {differences:?}", org.called);
            }
            Standing::Twice { other } => {
                let _ = writeln!(text, "{} is {other}", org.called);
            }
        }
        for todo in &org.todos {
            let _ = writeln!(text, "- {}", todo.sentence());
        }
    }
    text
}

/// What is there after a plan was carried out.
fn carried_out(plan: &Plan) -> Existing {
    let mut existing = Existing::default();
    if let PlannedProject::New { api_version, design_studio_project, .. } = &plan.project {
        existing.project = Some(ExistingProject {
            label: "sforg-project.json".to_owned(),
            api_version: Some(*api_version),
            design_studio_project: design_studio_project.clone(),
        });
    }
    for org in &plan.orgs {
        let Standing::New { file_name, definition } = &org.standing else { continue };
        let document = Document::new(FileKind::Org, definition.text());
        existing.orgs.push(ExistingOrg::of(file_name.clone(), &document));
        existing.entries.insert(file_name.clone());
    }
    existing
}

#[test]
fn design_studio_orgs_become_files_with_their_guid() {
    let source = studio(vec![
        studio_org("[sf_username]", "b4bf46f3-15ac-4c20-a9f2-9af06b286191", "64.0", false),
        studio_org(
            "integration@acme.example.uat",
            "d4b5d51c-b860-4908-a6eb-9da14d605447",
            "65.0",
            true,
        ),
        studio_org("Acme / reporting", "0c0b2a2e-0000-4000-8000-000000000001", "64.0", false),
    ]);
    insta::assert_snapshot!(shown(&plan(&[source], &Existing::default())));
}

#[test]
fn the_logins_of_an_env_file_become_files() {
    let source = env("SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=NOTREAL\n\
         SALESFORCE_SECURITY_TOKEN=NOTREAL\nSALESFORCE_HOST=test.salesforce.com\n\
         SF_PROD_CLIENT_ID=3MVG9NOTREAL\nSF_PROD_CLIENT_SECRET=NOTREAL\nSF_PROD_INSTANCE_URL=https://acme.my.salesforce.com\n\
         SFDC_USERNAME={{user}}\nSFDC_PASSWORD=********\nSFDC_URL=https://evil.example\n");
    insta::assert_snapshot!(shown(&plan(&[source], &Existing::default())));
}

#[test]
fn orgs_of_the_salesforce_cli_need_an_app() {
    let list = sf(r#"{"status": 0, "result": {"nonScratchOrgs": [
        {"username": "admin@acme.example", "alias": "acme", "instanceUrl": "https://acme.my.salesforce.com", "instanceApiVersion": "67.0", "accessToken": "00D!NOTREAL", "clientId": "PlatformCLI"},
        {"username": "other@acme.example", "instanceUrl": "https://acme.my.salesforce.com", "instanceApiVersion": "68.0"},
        {"username": "dev@acme.example", "alias": "acme", "instanceUrl": "https://acme--dev.sandbox.my.salesforce.com", "isSandbox": true, "clientId": "3MVG9NOTREAL"}]}}"#);
    let url =
        auth_url::read("force://PlatformCLI::NOTREAL@globex.my.salesforce.com").expect("a URL");
    let url = from_auth_url("standard input".to_owned(), &url);
    let planned = shown(&plan(&[list, url], &Existing::default()));
    assert!(!planned.contains("00D!"), "{planned}");
    insta::assert_snapshot!(planned);
}

#[test]
fn a_second_run_changes_nothing_and_says_what_is_new() {
    let sources = || {
        [
            studio(vec![
                studio_org("a@acme.example", "1", "64.0", false),
                studio_org("b@acme.example", "2", "63.0", true),
                studio_org("reporting", "3", "64.0", true),
            ]),
            env(
                "SF_USERNAME=c@acme.example\nSF_PASSWORD=NOTREAL\nSFDC_CLIENT_ID=3MVG9\nSFDC_CLIENT_SECRET=NOTREAL\nSFDC_HOST=acme.my\n",
            ),
            sf(
                r#"{"status": 0, "result": {"username": "d@acme.example", "instanceUrl": "https://globex.my.salesforce.com", "apiVersion": "68.0"}}"#,
            ),
        ]
    };
    let first = plan(&sources(), &Existing::default());
    let is_new = |org: &PlannedOrg| matches!(org.standing, Standing::New { .. });
    assert_eq!(first.orgs.iter().filter(|org| is_new(org)).count(), 6);
    let existing = carried_out(&first);
    let second = plan(&sources(), &existing);
    for org in &second.orgs {
        let Standing::There { differences, .. } = &org.standing else { panic!("{org:?}") };
        assert!(differences.is_empty() && org.todos.is_empty(), "{org:?}");
    }
    let mut changed = sources();
    changed[0].orgs[1] = studio_org("b@acme.example", "2", "65.0", false);
    changed[0].orgs.push(studio_org("e@acme.example", "4", "64.0", false));
    insta::assert_snapshot!(shown(&plan(&changed, &existing)));
}

#[test]
fn what_is_there_is_never_taken_for_another_org() {
    let document = |text: &str| {
        ExistingOrg::of("a.sforg.json".to_owned(), &Document::new(FileKind::Org, text))
    };
    let there = |file: &str, source: Source| {
        let existing = Existing { orgs: vec![document(file)], ..Existing::default() };
        matches!(plan(&[source], &existing).orgs[0].standing, Standing::There { .. })
    };
    let by_hand = r#"{"name": "A", "sandbox": false, "auth": {"type": "basic", "username": "A@acme.example"}}"#;
    let linked = by_hand.replace("\"sandbox\"", "\"designStudioOrg\": \"2\", \"sandbox\"");
    let one = || studio(vec![studio_org("a@acme.example", "1", "64.0", false)]);
    assert!(there(by_hand, one()));
    assert!(!there(&linked, one()));
    assert!(there(&linked, studio(vec![studio_org("renamed@acme.example", "2", "64.0", true)])));
    assert!(!there(by_hand, studio(vec![studio_org("a@acme.example", "1", "64.0", true)])));
    assert!(!there(by_hand, env("SF_USERNAME=b@acme.example\nSF_PASSWORD=NOTREAL")));
    assert!(!there("{", one()));
    // By hand and not linked yet: said.
    let existing = Existing { orgs: vec![document(by_hand)], ..Existing::default() };
    let planned = plan(&[one()], &existing);
    assert_eq!(planned.orgs[0].todos, [ToDo::Link { id: "1".to_owned() }]);
    assert!(matches!(planned.project, PlannedProject::None));
}

#[test]
fn names_and_variables_are_used_once() {
    let source = studio(
        (0..3).map(|number| studio_org("Acme", &number.to_string(), "64.0", false)).collect(),
    );
    let document = Document::new(
        FileKind::Org,
        r#"{"name": "Acme", "auth": {"type": "basic", "username": "u", "password": "${env:ACME_PASSWORD}"}}"#,
    );
    let existing = Existing {
        orgs: vec![ExistingOrg {
            design_studio_org: Some("other".to_owned()),
            ..ExistingOrg::of("acme.sforg.json".to_owned(), &document)
        }],
        entries: ["acme-2.sforg.json".to_owned(), "acme.sforg.json".to_owned()].into(),
        ..Existing::default()
    };
    let planned = plan(&[source], &existing);
    let texts: Vec<String> =
        planned.orgs.iter().filter_map(|org| Some(org.definition()?.text())).collect();
    for (number, name) in ["Acme 2", "Acme 3", "Acme 4"].iter().enumerate() {
        let own = format!("ACME_{}_PASSWORD", number + 2);
        assert!(texts[number].contains(&format!("\"{name}\"")), "{}", texts[number]);
        assert!(texts[number].contains(&own), "{}", texts[number]);
    }
    let files: Vec<&str> = planned
        .orgs
        .iter()
        .filter_map(|org| match &org.standing {
            Standing::New { file_name, .. } => Some(file_name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(files, ["acme-2-2.sforg.json", "acme-3.sforg.json", "acme-4.sforg.json"]);
}

#[test]
fn variables_of_the_projects_own_env_file_stay_where_they_are() {
    let mut source = env("SF_USERNAME=u@acme.example\nSF_PASSWORD=NOTREAL\n");
    source.variables_resolve = true;
    let planned = plan(&[source], &Existing::default());
    let definition = planned.orgs[0].definition().expect("a new org");
    assert!(definition.secrets.is_empty());
    assert!(definition.text().contains("${env:SF_PASSWORD}"), "{}", definition.text());
    assert_eq!(planned.orgs[0].todos, [ToDo::ConvertBefore]);
}

/// What is written is what the formatter and the rules want, but for what is said to be left to do.
#[test]
fn texts_are_formatted_and_clean() {
    let source = env("SF_USERNAME=u@acme.example\nSF_PASSWORD=NOTREAL\nSF_HOST=acme.my\n");
    let planned = plan(&[source], &Existing::default());
    let text = planned.orgs[0].definition().expect("a new org").text();
    let document = Document::new(FileKind::Org, text.clone());
    let options = org_ide::format::Options {
        tab_size: 2,
        insert_spaces: true,
        insert_final_newline: true,
        trim_trailing_whitespace: true,
    };
    assert!(org_ide::format::document(&document, &options).is_empty(), "{text}");
    let context = org_ide::Context::alone(
        "a.sforg.json",
        org_schema::Date { year: 2026, month: 11, day: 29 },
    );
    let errors: Vec<_> = org_ide::rules::check(&document, &context)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.message)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}
