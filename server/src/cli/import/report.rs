//! What an import did and what is left to do, for people.

mod left;

use std::fmt::Write as _;

use org_import::{Plan, PlannedOrg, PlannedProject, Source, Standing};
use org_text::Foreign;

use crate::cli::layout::{self, width_of};
use crate::cli::output::{note, text};
use crate::cli::screen::Screen;
use crate::import::{Imported, Target, quoted};

/// Columns of the files at most.
const FILES: usize = 42;
/// So many rows of one kind are shown.
pub(super) const ROWS: usize = 20;
/// Columns before a file.
const STATUS: usize = 7;

/// An import that was planned, and carried out unless it was only to be shown.
pub(super) struct Report<'a> {
    pub plan: &'a Plan,
    pub sources: &'a [Source],
    pub target: &'a Target,
    pub imported: Option<Imported>,
    /// How many sources and parts of sources become no org file.
    pub left_out: usize,
}

impl Report<'_> {
    /// Prints it.
    pub(super) fn print(&self) {
        for left_out in &self.plan.left_out {
            let source = self.sources.get(left_out.source).map_or("", |it| it.label.as_str());
            note(format_args!("{}: {}", Foreign(source), left_out.what));
        }
        for source in self.sources.iter().filter(|it| it.orgs.is_empty() && it.left_out.is_empty())
        {
            note(format_args!("{}: no Salesforce org in it", Foreign(&source.label)));
        }
        for line in self.links() {
            note(line);
        }
        let mut page = self.rows();
        let left = left::to_do(self.plan, self.target);
        if !page.is_empty() || !left.is_empty() {
            page.push_str(&format!("\n{left}"));
        }
        page.push_str(&self.sum());
        text(&page);
    }

    /// What keeps a Design Studio project from being linked, or is to be done for it.
    fn links(&self) -> Vec<String> {
        let projects = self.sources.iter().filter_map(|source| {
            source.design_studio.as_ref().map(|project| (Foreign(&source.label), project))
        });
        let projects: Vec<_> = projects.collect();
        let [(label, project)] = projects.as_slice() else {
            let many = "a project file links to only one Design Studio project, so none of these \
                        is linked: import each --into its own folder";
            return if projects.is_empty() { Vec::new() } else { vec![many.to_owned()] };
        };
        let Some(link) = &project.link else {
            let workspace = self.target.workspace().display().to_string();
            return vec![format!(
                "{label} is not linked, because it is outside {}: move it there to be told about \
                 differences",
                Foreign(&workspace)
            )];
        };
        match &self.plan.project {
            PlannedProject::There(there) if there.design_studio_project.as_ref() != Some(link) => {
                vec![format!(
                    "{} is not linked to {label}: add \"designStudioProject\": \"{}\" to it",
                    Foreign(&there.label),
                    Foreign(link)
                )]
            }
            _ => Vec::new(),
        }
    }

    /// The project file as people see it, and whether it is new.
    pub(super) fn project_file(&self) -> Option<(String, &'static str)> {
        match &self.plan.project {
            PlannedProject::New { .. } => {
                Some((self.target.shown_file(org_ide::FileKind::PROJECT_FILE_NAME), "new"))
            }
            PlannedProject::There(project) => Some((project.label.clone(), "there")),
            PlannedProject::None => None,
        }
    }

    /// What became of each org.
    fn rows(&self) -> String {
        let mut rows: Vec<Row> = Vec::new();
        if let PlannedProject::New { api_version, design_studio_version, .. } = &self.plan.project {
            let mut detail = format!("API {api_version}");
            if let Some(version) = design_studio_version {
                let _ = write!(detail, ", Design Studio {version}");
            }
            let (file, _) = self.project_file().unwrap_or_default();
            rows.push(Row { status: "new", file, detail, more: Vec::new() });
        }
        rows.extend(self.plan.orgs.iter().filter_map(|org| self.row(org)));
        let widest = rows.iter().map(|row| width_of(&row.file)).max().unwrap_or(0);
        let files = widest.min(FILES);
        let mut page: String = rows.iter().take(ROWS).map(|row| row.shown(files)).collect();
        if rows.len() > ROWS {
            let more = format!("{}… {} more\n", " ".repeat(STATUS), rows.len() - ROWS);
            page.push_str(&Screen::of_output().own(&more));
        }
        page
    }

    fn row(&self, org: &PlannedOrg) -> Option<Row> {
        match &org.standing {
            Standing::New { file_name, definition } => {
                let kind = if definition.sandbox { "sandbox" } else { "PROD" };
                let detail = format!("{:.36}  {kind}", Foreign(&definition.name));
                let file = Foreign(&self.target.shown_file(file_name)).to_string();
                Some(Row { status: "new", file, detail, more: Vec::new() })
            }
            // What is as it was is counted.
            Standing::There { differences, .. } if differences.is_empty() => None,
            Standing::There { file, differences } => {
                let more = differences.iter().map(|it| {
                    format!(
                        "{}: the file has {}, the source {}",
                        it.member,
                        Foreign(&it.ours),
                        Foreign(&it.theirs)
                    )
                });
                Some(Row {
                    status: "differs",
                    file: Foreign(file).to_string(),
                    detail: format!("{:.36}", Foreign(&org.called)),
                    more: more.collect(),
                })
            }
            Standing::Twice { other } => Some(Row {
                status: "same",
                file: format!("{:.36}", Foreign(&org.called)),
                detail: format!("is the same org as {:.36}", Foreign(other)),
                more: Vec::new(),
            }),
        }
    }

    /// What it came to, in a few words.
    fn sum(&self) -> String {
        let orgs = || self.plan.orgs.iter();
        let new = orgs().filter(|org| org.definition().is_some()).count();
        let there = orgs().filter(|org| matches!(org.standing, Standing::There { .. })).count();
        let verb = if self.imported.is_some() { "Wrote" } else { "Would write" };
        let mut sum = match (new, &self.plan.project) {
            (0, _) => "Nothing is new".to_owned(),
            (_, PlannedProject::New { .. }) => {
                format!("{verb} {} and sforg-project.json", counted(new))
            }
            _ => format!("{verb} {}", counted(new)),
        };
        match there {
            0 => {}
            1 => sum.push_str("; 1 org already has a file, which stays as it is"),
            many => {
                let _ = write!(sum, "; {many} orgs already have files, which stay as they are");
            }
        }
        sum.push('.');
        if let Some(imported) = self.imported.as_ref().filter(|it| !it.secrets.is_empty()) {
            let _ = write!(sum, " Stored {}.", imported.secrets);
        }
        match self.left_out {
            0 => {}
            1 => sum.push_str(" 1 thing was left out (see above)."),
            many => {
                let _ = write!(sum, " {many} things were left out (see above).");
            }
        }
        let mut page = indented("", "", &sum);
        if new > 0 && self.imported.is_some() {
            let folder = quoted(&self.target.shown);
            page.push_str(&indented(
                "",
                "",
                &format!("Next: sforg check {folder}, then sforg login {folder}"),
            ));
        }
        page
    }
}

fn counted(orgs: usize) -> String {
    if orgs == 1 { "1 org file".to_owned() } else { format!("{orgs} org files") }
}

struct Row {
    status: &'static str,
    file: String,
    detail: String,
    more: Vec<String>,
}

impl Row {
    fn shown(&self, files: usize) -> String {
        let length = width_of(&self.file);
        let behind = STATUS + files + 2;
        let mut page = format!("{:<width$}{}", self.status, self.file, width = STATUS);
        if length > files {
            let _ = write!(page, "\n{}{}", " ".repeat(behind), self.detail);
        } else {
            let _ = write!(page, "{}{}", " ".repeat(files - length + 2), self.detail);
        }
        page.push('\n');
        let indent = " ".repeat(STATUS + 2);
        page.extend(self.more.iter().map(|more| indented(&indent, &indent, more)));
        page
    }
}

/// A text in lines that fit the terminal; the first begins with `first`, the others with `rest`.
pub(super) fn indented(first: &str, rest: &str, words: &str) -> String {
    layout::indented(first, rest, words, Screen::of_output().width)
}
