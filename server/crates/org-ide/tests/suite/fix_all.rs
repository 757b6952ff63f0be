//! *Apply all safe fixes* on every scenario: it comes to an end, and no login changes.

use org_ide::assists::fix_all;
use org_ide::{Edit, Field, OrgDef};

use crate::findings::worlds;

/// What a login reads, as far as it can be read.
fn login_of(org: &OrgDef) -> Vec<Option<String>> {
    let auth = &org.auth;
    let fields = [
        &auth.kind,
        &auth.username,
        &auth.password,
        &auth.security_token,
        &auth.instance_url,
        &auth.client_id,
        &auth.client_secret,
        &org.api_version,
        &org.sandbox,
    ];
    let written = |field: &&Option<Field>| {
        let field = field.as_ref()?;
        field.str().map(str::to_owned).or_else(|| Some(format!("{:?}", field.boolean()?)))
    };
    fields.iter().map(written).collect()
}

/// Whether there is all that a login cannot do without.
fn is_complete(login: &[Option<String>]) -> bool {
    let [kind, username, password, _, instance_url, client_id, client_secret, ..] = login else {
        return false;
    };
    match kind.as_deref() {
        Some("basic") => username.is_some() && password.is_some(),
        Some(_) => instance_url.is_some() && client_id.is_some() && client_secret.is_some(),
        None => false,
    }
}

#[test]
fn two_misspellings_never_become_two_members() {
    let text = r#"{ "name": "Acme", "auth": { "type": "basic", "userName": "a@acme.example", "user_name": "b@acme.example", "password": "${keyring:acme}" } }"#;
    let world = crate::world::World::new([("acme.sforg.json", text)]);
    assert_eq!(world.ask("acme.sforg.json", fix_all), []);
}

#[test]
fn fixing_ends_and_changes_no_login() {
    let mut fixed = 0;
    for mut world in worlds() {
        let files: Vec<String> = world.files().map(str::to_owned).collect();
        for file in &files {
            let login = |world: &crate::world::World| {
                world.ask(file, |document, _| document.org().map(login_of))
            };
            for round in 0.. {
                assert!(round < 5, "{file} is never done:\n{}", world.text(file));
                let edits = world.ask(file, fix_all);
                if edits.is_empty() {
                    break;
                }
                let before = login(&world);
                let text = Edit::apply_all(world.text(file), &edits);
                world = world.with_text(file, &text);
                let after = login(&world);
                if before.as_ref().is_some_and(|before| is_complete(before)) {
                    assert_eq!(before, after, "{file}:\n{text}");
                }
                // What could not be read before may become readable, nothing else changes.
                for (before, after) in before.into_iter().flatten().zip(after.into_iter().flatten())
                {
                    assert!(before.is_none() || before == after, "{file}:\n{text}");
                }
                fixed += 1;
            }
        }
    }
    assert!(fixed > 5, "{fixed}");
}
