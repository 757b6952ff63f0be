use super::*;
use crate::steps::first_open;
use crate::test_scene::{answers, client_id, empty, project};

const OAUTH: [(&str, &str); 4] = [
    ("name", "Northwind UAT"),
    ("kind", "sandbox"),
    ("apiVersion", "66.0"),
    ("auth", "oauth2-client-credentials"),
];

fn ask(step: Step, given: &[(&str, &str)], scene: &Scene) -> Question {
    question(step, &answers(given), scene)
}

/// The values in their order; separators as `--`.
fn values(question: &Question) -> Vec<&str> {
    let items = question.items.iter();
    items.map(|item| if item.is_separator { "--" } else { item.id.as_str() }).collect()
}

#[test]
fn the_first_open_step_is_asked() {
    let scene = empty();
    let mut given = Answers::default();
    let mut order = Vec::new();
    loop {
        let step = first_open(&given, &scene);
        let question = question(step, &given, &scene);
        order.push((step.id(), question.number, question.total));
        assert!(order.len() < 20, "{order:?}");
        if step == Step::Finish {
            break;
        }
        let text = match step {
            Step::Name => "Northwind UAT".to_owned(),
            Step::InstanceUrl => "northwind--uat.sandbox.my.salesforce.com".to_owned(),
            Step::ClientId => client_id(),
            step if step.is_secret() => crate::ENTERED.to_owned(),
            _ => question.value,
        };
        given.set(step, text);
    }
    assert_eq!(
        order,
        [
            ("name", 1, 9),
            ("kind", 2, 9),
            ("apiVersion", 3, 9),
            ("auth", 4, 9),
            ("instanceUrl", 5, 9),
            ("clientId", 6, 9),
            ("where", 7, 9),
            ("secret", 8, 9),
            ("finish", 9, 9),
        ]
    );
    let finish = question(Step::Finish, &given, &scene);
    assert_eq!(finish.prompt, "Northwind UAT · sandbox · northwind--uat.sandbox.my.salesforce.com");
    assert_eq!(finish.back, Some(Step::Secret));
    assert_eq!(values(&finish), ["test", "save", "folder"]);
    assert_eq!(
        finish.items[0].detail,
        "Logs in at northwind--uat.sandbox.my.salesforce.com with the secret from the keyring"
    );
    assert_eq!(finish.items[2].detail, "orgs/northwind-uat.sforg.json");
    // An answer that cannot stay is asked for again.
    given.set(Step::InstanceUrl, "login.salesforce.com");
    assert_eq!(first_open(&given, &scene), Step::InstanceUrl);
}

#[test]
fn basic_has_other_steps() {
    let scene = project("{\"apiVersion\": \"64.0\"}", &[]);
    let own = [
        ("name", "A"),
        ("kind", "production"),
        ("auth", "basic"),
        ("username", "i@acme.example"),
        ("serverHost", "myDomain"),
        ("myDomain", "acme.my.salesforce.com"),
        ("where", "env"),
        ("password", "entered"),
    ];
    let all: Vec<&str> = steps(&answers(&own), &scene).iter().map(|step| step.id()).collect();
    assert_eq!(
        all,
        [
            "name",
            "kind",
            "auth",
            "username",
            "serverHost",
            "myDomain",
            "where",
            "password",
            "securityToken",
            "finish"
        ]
    );
    assert_eq!(first_open(&answers(&own), &scene), Step::SecurityToken);
    let hosts = ask(Step::ServerHost, &own[..4], &scene);
    assert_eq!(values(&hosts), ["login.salesforce.com", "myDomain"]);
    let password = ask(Step::Password, &own, &scene);
    assert_eq!(
        password.prompt,
        "Password, without the security token. Stored in .env as A_PASSWORD."
    );
    assert_eq!(ask(Step::Where, &own, &scene).prompt, "Where do you keep password and token?");
}

#[test]
fn the_name_chooses_the_kind() {
    for (name, is_sandbox) in [
        ("Acme UAT", true),
        ("Staging Nord", true),
        ("acme-dev", true),
        ("acme_training 2", true),
        ("QA1", true),
        ("Hotfix", true),
        ("Acme", false),
        ("Device testing", false),
        ("Situation", false),
        ("Acme production", false),
    ] {
        let kind = ask(Step::Kind, &[("name", name)], &empty());
        assert_eq!(kind.value == "sandbox", is_sandbox, "{name}");
    }
    // What was chosen before counts.
    let chosen = ask(Step::Kind, &[("name", "Acme UAT"), ("kind", "production")], &empty());
    assert_eq!(chosen.value, "production");
}

#[test]
fn versions_begin_with_the_newest_and_propose_what_agents_support() {
    let question = ask(Step::ApiVersion, &OAUTH[..2], &empty());
    assert_eq!(question.value, "66.0");
    assert_eq!(question.items[0].label, "68.0 · Winter '27");
    let of = |id: &str| question.items.iter().find(|item| item.id == id).expect("an item");
    assert_eq!(of("66.0").detail, "newest that Jitterbit agents are known to support");
    assert_eq!(of("64.0").label, "64.0 · Summer '25");
    assert_eq!(of("64.0").detail, "last one with basic authentication");
    assert!(question.items.iter().all(|item| item.id != "40.0"));
}

#[test]
fn there_is_no_basic_authentication_where_it_does_not_exist() {
    let with = ask(Step::Auth, &[("apiVersion", "64.0")], &empty());
    assert_eq!(values(&with), ["oauth2-client-credentials", "basic", "--", "help"]);
    let without = ask(Step::Auth, &OAUTH, &empty());
    assert_eq!(values(&without), ["oauth2-client-credentials", "--", "help"]);
    assert_eq!(without.items[1].label, "Basic authentication does not exist in API 66.0");
    assert!(without.help.len() > 4, "{:?}", without.help);
    // The project decides where there is one; a broken one decides nothing, and is not replaced.
    let newer = project("{\"apiVersion\": \"66.0\"}", &[]);
    assert!(!values(&ask(Step::Auth, &[], &newer)).contains(&"basic"));
    let broken = project("{\"apiVersion\": ", &[]);
    assert!(values(&ask(Step::Auth, &[], &broken)).contains(&"basic"));
    assert!(!steps(&Answers::default(), &broken).contains(&Step::ApiVersion));
    // Basic was chosen before the version went up.
    let stale = [("name", "A"), ("kind", "sandbox"), ("apiVersion", "66.0"), ("auth", "basic")];
    assert_eq!(first_open(&answers(&stale), &empty()), Step::Auth);
    assert_eq!(ask(Step::Auth, &stale, &empty()).value, "oauth2-client-credentials");
}

#[test]
fn places_for_secrets() {
    let mut scene = project("{}", &["Other"]);
    let place = ask(Step::Where, &OAUTH, &scene);
    assert_eq!(values(&place), ["keyring", "env", "variable", "file"]);
    // Another org has the usual name.
    assert_eq!(
        place.items[1].detail,
        "NORTHWIND_UAT_CLIENT_SECRET_2 in .env; git ignores the file"
    );
    scene.last_place = Some(Place::Store(SecretStore::EnvFile));
    assert_eq!(values(&ask(Step::Where, &OAUTH, &scene)), ["env", "keyring", "variable", "file"]);
    scene.has_keyring = false;
    let place = ask(Step::Where, &OAUTH, &scene);
    assert_eq!(values(&place), ["env", "variable", "file", "keyring"]);
    assert_eq!(place.items[3].detail, "Not available here (no keyring service)");
    assert_eq!(place.value, "env");
}

#[test]
fn without_a_secret_nothing_is_tested() {
    let mut later = OAUTH.to_vec();
    later.extend([("where", "keyring"), ("secret", "later")]);
    let finish = ask(Step::Finish, &later, &empty());
    assert_eq!((values(&finish), finish.value.as_str()), (vec!["save", "folder"], "save"));
    let mut variable = OAUTH.to_vec();
    variable.push(("where", "variable"));
    let all = steps(&answers(&variable), &empty());
    assert!(!all.contains(&Step::Secret));
    assert_eq!(values(&ask(Step::Finish, &variable, &empty())), ["test", "save", "folder"]);
}

#[test]
fn words_fit_and_do_no_harm() {
    let scene = project("{}", &["Acme"]);
    let hostile = [("name", "a\u{1b}]0;x\u{7}\u{202e}b"), ("instanceUrl", "x"), ("where", "env")];
    for step in Step::ALL {
        let asked = ask(step, &hostile, &scene);
        let mut texts = vec![asked.prompt.as_str(), asked.placeholder, asked.label];
        texts
            .extend(asked.items.iter().flat_map(|item| [&*item.label, &*item.detail, &*item.note]));
        texts.extend(asked.help.iter().map(String::as_str));
        for text in texts {
            assert!(!text.chars().any(org_text::does_something), "{step:?}: {text:?}");
        }
        assert!(asked.label.chars().count() <= 26, "{}", asked.label);
    }
}

#[test]
fn answers_come_and_go_as_json_objects() {
    let text = r#"{"name": "A", "kind": null, "nonsense": "x"}"#;
    let read: Answers = serde_json::from_str(text).expect("answers");
    assert_eq!((read.get(Step::Name), read.get(Step::Kind)), (Some("A"), None));
}
