//! The command that mends what a finding is about.

use org_ide::deadlines::Remedy;
use org_ide::rules::Rule;

/// The command for a rule's findings below `paths` (as the person wrote them); `None` where an editor is the
/// place to mend them.
pub fn next_step(rule: &Rule, paths: &str) -> Option<String> {
    let remedy = match rule.name {
        "basic-auth-removed" | "basic-auth-retiring" | "basic-auth-blocks-upgrade" => {
            Remedy::Convert
        }
        "api-version-retired" | "api-version-retiring" | "upgrade-available" => Remedy::Upgrade,
        _ => return None,
    };
    command(remedy, paths)
}

/// The command for a deadline; `None` where the file has to be edited.
pub fn command(remedy: Remedy, paths: &str) -> Option<String> {
    match remedy {
        Remedy::Convert => Some(format!("sforg convert {paths} --diff")),
        Remedy::Upgrade => Some("sforg upgrade".to_owned()),
        Remedy::UseMyDomain => None,
    }
}
