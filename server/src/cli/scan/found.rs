//! The logins of the paths that were named: of other tools, ours, and Design Studio's.

use std::path::{Path, PathBuf};

use org_ide::deadlines::{Deadline, Migration};
use org_ide::{Context, Finding};
use org_scan::{Row, Subject};
use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;
use org_syntax::Span;
use org_text::{Foreign, Position};

use crate::cli::CannotRun;
use crate::cli::board::Listed;
use crate::cli::inputs::{Inputs, shown_path};
use crate::cli::places::Places;
use crate::cli::tally::counted;
use crate::scan::{Passed, RowData, Scanned, ScannedFile, scan_file, scan_folder};

/// What was found.
pub struct Finds {
    /// The logins, by file and place.
    pub logins: Vec<Login>,
    /// Our files and Design Studio's, in their projects.
    pub inputs: Inputs,
    /// What was passed over.
    pub passed: Passed,
}

/// One login.
pub struct Login {
    /// Its file as reports show it.
    pub file: String,
    /// What is known of it.
    pub row: Row,
    /// Where it stands.
    pub range: (Position, Position),
    /// Where its deadlines and findings stand, by their spans.
    places: Vec<(Span, (Position, Position))>,
}

impl Finds {
    /// Looks at what the paths name; the working directory when there are none.
    ///
    /// # Errors
    /// A path does not exist, or cannot be read.
    pub fn of(
        paths: &[PathBuf],
        day: Option<Date>,
        honours_gitignore: bool,
        allowed: &AllowedHosts,
    ) -> Result<Self, CannotRun> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here } else { paths };
        let (mut files, mut passed, mut ours) = (Vec::new(), Passed::default(), Vec::new());
        for path in paths {
            if is_for_inputs(path) {
                ours.push(path.clone());
                continue;
            }
            let name = path.display().to_string();
            let scanned = scan_file(path).map_err(|error| {
                CannotRun(format!("{} cannot be read: {error}", Foreign(&name)))
            })?;
            passed.add(&scanned.passed);
            files.extend(scanned.files);
        }
        let inputs = Inputs::read_walked(&ours, day, |folder| {
            let Scanned { files: found, ours, passed: over } =
                scan_folder(folder, honours_gitignore);
            files.extend(found);
            passed.add(&over);
            ours
        })?;
        let mut finds = Self { logins: Vec::new(), inputs, passed };
        finds.take_ours(allowed);
        finds.take_others(files, allowed);
        finds.logins.sort_by(|a, b| (&a.file, a.row.span).cmp(&(&b.file, b.row.span)));
        // A file that is named twice is one.
        finds.logins.dedup_by(|a, b| (&a.file, a.row.span) == (&b.file, b.row.span));
        Ok(finds)
    }

    fn take_ours(&mut self, allowed: &AllowedHosts) {
        for input in &self.inputs.files {
            let is_design_studio = input.kind().is_design_studio();
            let tool = if is_design_studio { Subject::DESIGN_STUDIO } else { Subject::SFORG };
            let subject = Subject::certain(tool);
            let row = self
                .inputs
                .analyze(input, allowed, |document, context| Row::of(document, context, subject));
            if let Some(row) = row.filter(Row::is_login) {
                let places = Places::of_text(input.text());
                self.logins.push(Login::new(input.shown.clone(), row, &places));
            }
        }
    }

    fn take_others(&mut self, files: Vec<ScannedFile>, allowed: &AllowedHosts) {
        for ScannedFile { path, found } in files {
            let file = shown_path(&path);
            let context = Context { allowed, ..Context::alone(&file, self.inputs.today()) };
            let places = Places::of_text(&found.text);
            let rows = found.logins.iter().filter_map(|login| {
                let subject =
                    Subject { tool: login.tool, is_possible: login.is_possible, mark: login.mark };
                Row::of(&login.document, &context, subject)
            });
            let logins: Vec<Login> =
                rows.map(|row| Login::new(file.clone(), row, &places)).collect();
            self.logins.extend(logins);
        }
    }

    /// The day from which it is seen.
    pub fn today(&self) -> Date {
        self.inputs.today()
    }

    /// What was passed over, in words; empty when nothing was.
    pub fn passed_over(&self) -> String {
        let Passed { binary, large, ignored, links, .. } = self.passed;
        let parts = [
            (binary, "binary file", ""),
            (large, "file", " larger than 5 MiB"),
            (ignored, "entry", " that .gitignore names (--no-ignore)"),
            (links, "link", ""),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, more)| {
            let counted = counted(count, one).replace("entrys", "entries");
            format!("{counted}{more}")
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    /// Whether everything could be read.
    pub fn is_complete(&self) -> bool {
        self.inputs.problems.is_empty()
    }

    /// What could not be read may hold anything, so nothing is all right (exit code 2).
    ///
    /// # Errors
    /// Something could not be read.
    pub fn all_were_read(&self) -> Result<(), CannotRun> {
        self.inputs.all_were_read()
    }
}

/// Folders, our files and Design Studio's; also what is not there, which is said there.
fn is_for_inputs(path: &Path) -> bool {
    let is_file = matches!(org_files::look_at(path), Ok(org_files::Found::File));
    let is_named_like_ours = org_project::kind_of(path).is_some()
        || org_project::DesignStudioPlace::of_file(path).is_some()
        || is_in_folder_of_orgs(path);
    !is_file || is_named_like_ours
}

/// Whether a path is that of one of Design Studio's orgs.
fn is_in_folder_of_orgs(path: &Path) -> bool {
    let parent = path.parent().and_then(Path::file_name);
    parent.is_some_and(|name| name == "SalesforceConnector")
}

impl Login {
    fn new(file: String, row: Row, places: &Places) -> Self {
        let spans = row.deadlines.iter().map(|deadline| deadline.span);
        let spans = spans.chain(row.findings.iter().map(|finding| finding.span));
        Self {
            places: spans.map(|span| (span, places.range(span))).collect(),
            range: places.range(row.span),
            file,
            row,
        }
    }

    /// As programs read it.
    pub fn data(&self) -> RowData {
        RowData::new(self.file.clone(), self.range, &self.row)
    }

    /// Where a finding stands.
    pub fn range_of(&self, span: Span) -> (Position, Position) {
        let known = self.places.iter().find(|(it, _)| *it == span);
        known.map_or(self.range, |(_, range)| *range)
    }

    /// Its findings, for reports of findings.
    pub fn told(&self) -> impl Iterator<Item = (&Self, &Finding)> {
        self.row.findings.iter().map(move |finding| (self, finding))
    }
}

impl Listed for Login {
    const ONE: &'static str = "login";
    const TITLE: &'static str = "Login";
    const TEXT_COLUMN: usize = 28;

    fn name(&self) -> Option<&str> {
        Some(self.row.label())
    }

    fn file(&self) -> &str {
        &self.file
    }

    fn shown(&self) -> (String, String) {
        let (start, _) = self.range;
        let file = Foreign(&self.file);
        let place = format!("{file}:{}:{}", start.line + 1, start.character + 1);
        let place = format!("{place}  {}", self.row.subject.in_words());
        (Foreign(self.row.label()).to_string(), place)
    }

    fn is_production(&self) -> bool {
        self.row.sandbox == Some(false)
    }

    fn position(&self, deadline: &Deadline) -> Position {
        self.range_of(deadline.span).0
    }

    fn command(_: Migration, _: &[&Self], _: &[PathBuf]) -> Option<String> {
        // What mends our own files does not mend other tools'.
        None
    }
}
