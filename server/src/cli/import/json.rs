//! What an import did, for programs.

use org_import::{Standing, ToDo};
use serde::Serialize;

use super::report::Report;
use crate::cli::json::print as print_json;

/// The whole report.
#[derive(Serialize)]
struct Import<'a> {
    /// Whether the new files were written, and not only planned.
    written: bool,
    /// The project file that the org files belong to.
    project: Option<File>,
    orgs: Vec<Org<'a>>,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct File {
    file: String,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Org<'a> {
    source: &'a str,
    line: Option<usize>,
    /// What the source calls it.
    called: &'a str,
    /// `new`, `there` (a file of this org exists) or `twice` (it is the same as an earlier one).
    status: &'static str,
    file: Option<String>,
    name: Option<&'a str>,
    differences: Vec<Difference<'a>>,
    left_to_do: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Difference<'a> {
    member: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

#[derive(Serialize)]
struct Left<'a> {
    code: &'static str,
    member: Option<&'a str>,
    /// The environment variable to set.
    variable: Option<&'a str>,
    text: String,
}

#[derive(Serialize)]
struct Problem<'a> {
    source: &'a str,
    message: &'a str,
}

/// Prints it.
pub(super) fn print(report: &Report<'_>, failed: &[(String, String)]) {
    let source = |index: usize| report.sources.get(index).map_or("", |it| it.label.as_str());
    let orgs = report.plan.orgs.iter().map(|org| {
        let (status, file, differences) = match &org.standing {
            Standing::New { file_name, .. } => {
                ("new", Some(report.target.shown_file(file_name)), &[][..])
            }
            Standing::There { file, differences } => {
                ("there", Some(file.clone()), differences.as_slice())
            }
            Standing::Twice { .. } => ("twice", None, &[][..]),
        };
        let differences = differences.iter().map(|it| Difference {
            member: it.member,
            ours: &it.ours,
            theirs: &it.theirs,
        });
        Org {
            source: source(org.source),
            line: org.line,
            called: &org.called,
            status,
            file,
            name: org.definition().map(|definition| definition.name.as_str()),
            differences: differences.collect(),
            left_to_do: org.todos.iter().map(left).collect(),
        }
    });
    let left_out = report.plan.left_out.iter();
    let left_out = left_out.map(|it| Problem { source: source(it.source), message: &it.what });
    let failed = failed.iter().map(|(source, message)| Problem { source, message });
    print_json(&Import {
        written: report.imported.is_some(),
        project: report.project_file().map(|(file, status)| File { file, status }),
        orgs: orgs.collect(),
        problems: failed.chain(left_out).collect(),
    });
}

fn left(todo: &ToDo) -> Left<'_> {
    let (member, variable) = match todo {
        ToDo::SetValue { member, name, .. } => (Some(*member), Some(name.as_str())),
        _ => (None, None),
    };
    Left { code: todo.code(), member, variable, text: todo.sentence() }
}
