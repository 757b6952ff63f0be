//! The command that mends what a finding is about.

use org_ide::deadlines::Migration;
use org_ide::rules::Rule;

/// The command for a rule's findings below `paths` (as the person wrote them); `None` where an editor is the
/// place to mend them.
pub fn next_step(rule: &Rule, paths: &str) -> Option<String> {
    let migration = match rule.name {
        "basic-auth-removed" | "basic-auth-retiring" | "basic-auth-blocks-upgrade" => {
            Migration::Convert
        }
        "api-version-retired" | "api-version-retiring" | "upgrade-available" => Migration::Upgrade,
        _ => return None,
    };
    command(migration, paths)
}

/// The command for a deadline; `None` where the file has to be edited.
pub fn command(migration: Migration, paths: &str) -> Option<String> {
    match migration {
        Migration::Convert => Some(format!("sforg convert {paths} --diff")),
        Migration::Upgrade => Some("sforg upgrade".to_owned()),
        Migration::UseMyDomain => None,
    }
}
