//! Nothing that a person is shown repeats a secret: no message, no title, no hover, no label.

use org_ide::completion::{Topic, complete};
use org_ide::hover::hover;
use org_ide::inlay_hints::inlay_hints;
use org_ide::lenses::lenses;
use org_ide::rules;

use crate::world::World;

/// Stands for a secret wherever one can be written.
const MARK: &str = "hunter2";

/// Org files with the mark in every secret member, right and wrong in every way.
fn texts() -> Vec<String> {
    let basic = |password: &str, token: &str| {
        format!(
            r#"{{ "name": "A", "apiVersion": "64.0", "auth": {{ "type": "basic", "username": "u@a.example", "password": {password}, "securityToken": {token} }} }}"#
        )
    };
    let oauth = |id: &str, secret: &str| {
        format!(
            r#"{{ "name": "A", "auth": {{ "type": "oauth2-client-credentials", "instanceUrl": "https://a.my.salesforce.com", "clientId": {id}, "clientSecret": {secret} }} }}"#
        )
    };
    let long = MARK.repeat(10);
    let consumer_secret = &long[..64];
    let consumer_key = format!("\"3MVG9{}{MARK}\"", "x.".repeat(40));
    let mut texts = vec![
        basic("\"hunter2\"", "\"hunter2\""),
        basic("\"xhunter2hunter2hunter2hunter2\"", "\"hunter2hunter2hunter2\""),
        basic("\" hunter2 \"", "\" hunter2hunter2hunter2 \""),
        basic("\"${hunter2}\"", "\"${env:hunter2!}\""),
        basic("\"$${env:hunter2}\"", "\"${vault:hunter2}\""),
        basic("\"hunter2...\"", "\"<hunter2>\""),
        basic("'hunter2'", "hunter2"),
        basic("\"hunter2", "\"hunter2\""),
        basic("\"\\u0068unter2\"", "[\"hunter2\"]"),
        basic("\"hunter2\" \"hunter2\"", "\"hunter2\", \"securityToken\": \"hunter2\""),
        oauth(&consumer_key, "\"hunter2\""),
        oauth(&format!("\"{consumer_secret}\""), &consumer_key),
        oauth("\"3MVG9\"", &format!("\"{consumer_secret}\"")),
        oauth("\"3MVG9\"", "\"hunter2\", \"password\": \"hunter2\", \"secret\": \"hunter2\""),
        oauth("\"3MVG9\"", "// hunter2\n \"hunter2\","),
    ];
    let url = r#"{ "name": "A", "serverHost": "u:hunter2@a.my.salesforce.com", "auth": { "type": "TYPE", "instanceUrl": "https://u:hunter2@a.my.salesforce.com" } }"#;
    texts.push(url.replace("TYPE", "basic"));
    texts.push(url.replace("TYPE", "oauth2-client-credentials"));
    texts.push(r#"{ "auth": { "password": "hunter2", "clientSecret": "hunter2" } }"#.to_owned());
    texts
}

/// What the findings of a file say.
fn messages(world: &World, file: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for finding in world.findings(file) {
        shown.extend(world.fixes(file, &finding).into_iter().map(|fix| fix.title));
        shown.extend(finding.related.iter().map(|related| related.message.clone()));
        shown.push(finding.message);
    }
    shown
}

/// Everything that is shown for a file.
fn shown(world: &World, file: &str) -> Vec<String> {
    let mut shown = messages(world, file);
    world.ask(file, |document, context| {
        shown.extend(
            rules::refuses_login(document, context)
                .map(|refusal| refusal.finding().message.clone()),
        );
        shown.extend(lenses(document, context).into_iter().map(|lens| lens.title));
        shown.extend(inlay_hints(document, context).into_iter().map(|hint| hint.label));
        for offset in 0..=document.text().len() as u32 {
            shown.extend(hover(document, context, offset).map(|hover| hover.markdown.to_string()));
            for item in complete(document, context, offset) {
                shown.extend([
                    item.label,
                    item.detail,
                    item.topic.map(Topic::documentation).unwrap_or_default().to_string(),
                    item.text,
                ]);
                shown.extend(item.snippet);
            }
        }
    });
    shown
}

#[test]
fn no_message_no_title_no_hover_repeats_a_secret() {
    for text in texts() {
        let org = text.replace("{ \"name\": \"A\"", "{ \"name\": \"Other\"");
        let world = World::new([
            ("acme.sforg.json", text.as_str()),
            ("other.sforg.json", org.as_str()),
            ("sforg-project.json", r#"{ "apiVersion": "64.0" }"#),
        ]);
        // The other files are shown what they have in common with this one.
        let elsewhere = ["other.sforg.json", "sforg-project.json"];
        let elsewhere = elsewhere.map(|file| messages(&world, file));
        for shown in elsewhere.into_iter().chain([shown(&world, "acme.sforg.json")]) {
            let loud: Vec<_> = shown.iter().filter(|text| text.contains(MARK)).collect();
            assert_eq!(loud, Vec::<&String>::new(), "{text}");
        }
    }
}

#[test]
fn a_number_in_place_of_a_secret_is_not_repeated() {
    let text = r#"{ "name": "A", "auth": { "type": "basic", "username": "u@a.example", "password": 4711815 } }"#;
    let world = World::new([("acme.sforg.json", text)]);
    let shown = shown(&world, "acme.sforg.json");
    assert!(shown.iter().any(|text| text.contains("\"password\"")));
    assert!(!shown.iter().any(|text| text.contains("4711815")), "{shown:#?}");
}
