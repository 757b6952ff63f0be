use org_ide::{Document, FileKind, format};
use secrecy::SecretString;

use super::*;
use crate::test_scene::{answers, client_id, client_secret, empty, project};
use crate::{ENTERED, LATER};

fn oauth(place: &str, secret: &str) -> Answers {
    answers(&[
        ("name", "Northwind UAT"),
        ("kind", "production"),
        ("apiVersion", "66"),
        ("auth", "oauth2-client-credentials"),
        ("instanceUrl", "northwind--uat.sandbox.lightning.force.com"),
        ("clientId", &format!(" {} ", client_id())),
        ("where", place),
        ("secret", secret),
    ])
}

fn with(step: Step, secret: &str) -> Secrets {
    let mut secrets = Secrets::default();
    secrets.set(step, &SecretString::from(secret));
    secrets
}

/// The names of the files with their texts.
fn files(plan: &Plan) -> Vec<(String, String)> {
    plan.files().into_iter().map(|file| (file.name, file.text)).collect()
}

#[test]
fn files_are_formatted_and_hold_references() {
    let scene = empty();
    let secrets = with(Step::Secret, &format!(" {}\n", client_secret()));
    let plan = plan(&oauth("env", ENTERED), &secrets, &scene, None).expect("a plan");
    let made = files(&plan);
    let expected = format!(
        r#"{{
  "name": "Northwind UAT",
  "sandbox": true,
  "auth": {{
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://northwind--uat.sandbox.my.salesforce.com",
    "clientId": "{}",
    "clientSecret": "${{env:NORTHWIND_UAT_CLIENT_SECRET}}"
  }}
}}
"#,
        client_id()
    );
    assert_eq!(
        made[0],
        ("sforg-project.json".to_owned(), "{\n  \"apiVersion\": \"66.0\"\n}\n".to_owned())
    );
    assert_eq!(made[1], ("northwind-uat.sforg.json".to_owned(), expected));
    let definition = plan.orgs[0].definition().expect("new");
    assert_eq!(definition.secrets[0].value.expose_secret(), client_secret());
    assert!(!format!("{plan:?}").contains(&client_secret()));
    for (name, text) in made {
        let kind = if name == "sforg-project.json" { FileKind::Project } else { FileKind::Org };
        let document = Document::new(kind, text.as_str());
        let options = format::Options {
            tab_size: 2,
            insert_spaces: true,
            insert_final_newline: true,
            trim_trailing_whitespace: true,
        };
        let edits = format::document(&document, &options);
        assert!(edits.is_empty(), "{name} is not formatted: {edits:?}");
    }
}

#[test]
fn each_place_has_its_value() {
    let scene = empty();
    let secret = |place: &str, secrets: &Secrets| {
        let entered = if secrets.get(Step::Secret).is_some() { ENTERED } else { LATER };
        let plan = plan(&oauth(place, entered), secrets, &scene, None).expect("a plan");
        let text = &files(&plan)[1].1;
        let line = text.lines().find(|line| line.contains("clientSecret")).expect("a line");
        let stored = plan.orgs[0].definition().map_or(0, |it| it.secrets.len());
        (line.trim().replace("\"clientSecret\": ", ""), stored)
    };
    let (entered, none) = (with(Step::Secret, &client_secret()), Secrets::default());
    let variable = "\"${env:NORTHWIND_UAT_CLIENT_SECRET}\"".to_owned();
    assert_eq!(secret("env", &none), (variable.clone(), 0));
    assert_eq!(secret("variable", &none), (variable, 0));
    assert_eq!(secret("file", &entered), (format!("\"{}\"", client_secret()), 0));
    assert_eq!(secret("file", &none), ("\"\"".to_owned(), 0));
    assert_eq!(secret("keyring", &entered).1, 1);
    let later =
        "\"${keyring:Northwind UAT/clientSecret@northwind--uat.sandbox.my.salesforce.com}\"";
    assert_eq!(secret("keyring", &none), (later.to_owned(), 0));
}

#[test]
fn basic_orgs() {
    let scene = project("{\"apiVersion\": \"64.0\"}", &[]);
    let mut given = answers(&[
        ("name", "Acme"),
        ("kind", "sandbox"),
        ("auth", "basic"),
        ("username", "i@acme.example.uat"),
        ("serverHost", "test.salesforce.com"),
        ("where", "env"),
        ("password", ENTERED),
        ("securityToken", LATER),
    ]);
    let secrets = with(Step::Password, "n0t a real one");
    let text = |given: &Answers, secrets: &Secrets| {
        let made = files(&plan(given, secrets, &scene, None).expect("a plan"));
        assert_eq!(made.len(), 1, "the project is there");
        made[0].1.clone()
    };
    let usual = text(&given, &secrets);
    assert!(usual.contains("\"password\": \"${env:ACME_PASSWORD}\""), "{usual}");
    assert!(!usual.contains("serverHost") && !usual.contains("securityToken"), "{usual}");
    given.set(Step::ServerHost, "myDomain");
    given.set(Step::MyDomain, "https://acme--uat.sandbox.my.salesforce.com/");
    let mut both = secrets;
    both.set(Step::SecurityToken, &SecretString::from("a1".repeat(12)));
    let own = text(&given, &both);
    assert!(own.contains("\"serverHost\": \"acme--uat.sandbox.my.salesforce.com\""), "{own}");
    assert!(own.contains("\"securityToken\": \"${env:ACME_SECURITY_TOKEN}\""), "{own}");
}

#[test]
fn the_trial_holds_the_secrets_and_the_plan_does_not() {
    let scene = empty();
    let secrets = with(Step::Secret, &client_secret());
    for place in ["keyring", "env", "file"] {
        let trial = trial(&oauth(place, ENTERED), &secrets, &scene).expect("a definition");
        assert!(trial.text().contains(&client_secret()), "{place}");
    }
    let reference = trial(&oauth("variable", LATER), &Secrets::default(), &scene).expect("one");
    assert!(reference.text().contains("${env:NORTHWIND_UAT_CLIENT_SECRET}"));
}

#[test]
fn a_person_has_the_last_word_about_the_kind() {
    let scene = empty();
    let made = plan(&oauth("variable", LATER), &Secrets::default(), &scene, Some(false));
    assert!(files(&made.expect("a plan"))[1].1.contains("\"sandbox\": false"));
}

#[test]
fn what_cannot_stay_is_refused_with_its_step() {
    let scene = project("{}", &["Northwind UAT"]);
    let refused = |given: &Answers, secrets: &Secrets| {
        plan(given, secrets, &scene, None).expect_err("refused")
    };
    let taken = refused(&oauth("variable", LATER), &Secrets::default());
    assert_eq!(
        (taken.step, taken.message.as_str()),
        (Step::Name, "\"Northwind UAT\" is taken by orgs/0.sforg.json.")
    );
    let mut given = oauth("env", ENTERED);
    given.set(Step::Name, "Another");
    let swapped = refused(&given, &with(Step::Secret, &client_id()));
    assert_eq!(swapped.step, Step::Secret);
    given.forget(Step::ClientId);
    assert_eq!(refused(&given, &Secrets::default()).step, Step::ClientId);
}
