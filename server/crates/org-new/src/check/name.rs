//! The name of the org, and of its file.

use org_import::{MAX_ORG_NAME, file_name};
use org_schema::members::FORBIDDEN_IN_ORG_NAMES;
use org_schema::value_shapes::is_placeholder;
use org_text::{Foreign, does_something};

use super::Check;
use crate::scene::Scene;

/// The name without what nobody sees and with one blank between its words.
pub(crate) fn cleaned_name(value: &str) -> String {
    let seen: String = value.chars().filter(|c| !does_something(*c) || c.is_whitespace()).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of the file that an org of this name gets.
pub(crate) fn file_of(name: &str, scene: &Scene) -> String {
    file_name(name, &scene.existing.entries)
}

pub(super) fn check(value: &str, scene: &Scene) -> Check {
    let name = cleaned_name(value);
    let length = name.chars().count();
    if length == 0 {
        return Check::empty();
    }
    if name.contains(FORBIDDEN_IN_ORG_NAMES) {
        return Check::error("A name cannot contain / or :.");
    }
    if length > MAX_ORG_NAME {
        return Check::error(format!(
            "A name has at most {MAX_ORG_NAME} characters; this has {length}."
        ));
    }
    if is_placeholder(&name) {
        return Check::error("This is a placeholder. Enter the org's name.");
    }
    let taken = |org: &org_import::ExistingOrg| {
        let own = Foreign(org.name.as_deref().unwrap_or_default()).to_string();
        (own, Foreign(&org.label).to_string())
    };
    if let Some(org) = scene.org_named(|other| other == name) {
        let (own, file) = taken(org);
        return Check::error(format!("\"{own}\" is taken by {file}."));
    }
    let lower = name.to_lowercase();
    if let Some(org) = scene.org_named(|other| other.to_lowercase() == lower) {
        let (own, file) = taken(org);
        let message = format!(
            "Only upper and lower case tell it from \"{own}\" ({file}). Enter accepts it anyway."
        );
        return Check::warning(message, name);
    }
    let file = scene.shown(&file_of(&name, scene));
    Check::information(format!("Will be saved as {}", Foreign(&file)), name)
}
