//! Surroundings for tests.

use org_ide::{Document, FileKind};
use org_import::{Existing, ExistingOrg, ExistingProject};
use org_schema::allowed_hosts::AllowedHosts;

use crate::{Answers, Scene, Step};

/// No files, a keyring, and orgs go to `orgs`.
pub fn empty() -> Scene {
    Scene {
        folder: "orgs".to_owned(),
        existing: Existing::default(),
        allowed: AllowedHosts::default(),
        newest_version: None,
        has_keyring: true,
        last_place: None,
    }
}

/// A project with such a text, and an org file for each name.
pub fn project(text: &str, orgs: &[&str]) -> Scene {
    let mut scene = empty();
    let document = Document::new(FileKind::Project, text);
    scene.existing.project = Some(ExistingProject::of("sforg-project.json".to_owned(), &document));
    for (number, name) in orgs.iter().enumerate() {
        let text = format!(
            r#"{{"name": "{name}", "auth": {{"type": "oauth2-client-credentials", "clientSecret": "${{env:NORTHWIND_UAT_CLIENT_SECRET}}"}}}}"#
        );
        let document = Document::new(FileKind::Org, text);
        let file = format!("{number}.sforg.json");
        scene.existing.orgs.push(ExistingOrg::of(format!("orgs/{file}"), &document));
        scene.existing.entries.insert(file);
    }
    scene
}

/// Answers by the names of their steps.
pub fn answers(all: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (id, text) in all {
        answers.set(Step::of_id(id).expect("a step"), *text);
    }
    answers
}

/// A consumer key that looks right.
pub fn client_id() -> String {
    format!("3MVG9{}", "NotReal7".repeat(10))
}

/// A consumer secret that looks right.
pub fn client_secret() -> String {
    "0123456789ABCDEF".repeat(4)
}
