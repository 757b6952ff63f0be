//! The command that mends what a finding is about.

use std::collections::BTreeSet;
use std::path::PathBuf;

use org_ide::FileKind;
use org_ide::deadlines::Migration;
use org_ide::rules::Rule;

use super::inputs::Input;
use super::paths_shown;

/// The command for a rule's findings in these files, which are among `paths` (as the person wrote them); `None`
/// where an editor is the place to mend them.
pub fn next_step(rule: &Rule, files: &[&Input], paths: &[PathBuf]) -> Option<String> {
    match rule.name {
        "basic-auth-removed" | "basic-auth-retiring" | "basic-auth-blocks-upgrade" => {
            convert(files, paths)
        }
        // An org's own version is written there; the command raises what a project says.
        "api-version-retired" | "api-version-retiring" | "upgrade-available" => {
            let projects = files.iter().filter(|input| input.kind() == FileKind::Project);
            upgrade(projects.filter_map(|input| input.project_folder()))
        }
        _ => None,
    }
}

/// The command for a deadline of these orgs; `None` where the files have to be edited.
pub fn of_deadline(migration: Migration, orgs: &[&Input], paths: &[PathBuf]) -> Option<String> {
    match migration {
        Migration::Convert => convert(orgs, paths),
        Migration::Upgrade => {
            let writes_one = |input: &&&Input| {
                input.document().org().is_some_and(|org| org.api_version.is_some())
            };
            let inherit = orgs.iter().filter(|input| !input.kind().is_design_studio());
            upgrade(inherit.filter(|it| !writes_one(it)).filter_map(|it| it.project_folder()))
        }
        Migration::UseMyDomain => None,
    }
}

/// What Design Studio itself keeps is changed there, by none of our commands.
fn convert(files: &[&Input], paths: &[PathBuf]) -> Option<String> {
    let is_ours = |input: &&Input| !input.kind().is_design_studio();
    if !files.iter().any(is_ours) {
        return None;
    }
    let takes =
        |path: &&PathBuf| org_files::is_folder(path) || org_project::kind_of(path).is_some();
    let mut taken: Vec<PathBuf> = Vec::new();
    for path in paths.iter().filter(takes) {
        if !taken.contains(path) {
            taken.push(path.clone());
        }
    }
    Some(format!("sforg convert {} --diff", paths_shown(&taken)))
}

/// One project is named, of several a person has to choose.
fn upgrade(folders: impl Iterator<Item = PathBuf>) -> Option<String> {
    let folders: Vec<PathBuf> = folders.collect::<BTreeSet<_>>().into_iter().collect();
    match folders.as_slice() {
        [] => None,
        [here] if here.as_os_str() == "." => Some("sforg upgrade".to_owned()),
        [_] => Some(format!("sforg upgrade {}", paths_shown(&folders))),
        _ => Some("sforg upgrade FOLDER".to_owned()),
    }
}
