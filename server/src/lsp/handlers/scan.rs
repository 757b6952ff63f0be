//! `sforg/scan`: every Salesforce login in the workspace's folders: what breaks when, and the findings for
//! whoever wants them among the problems. Nothing is resolved or sent.

use std::path::Path;

use lsp_types as lsp;
use org_files::Links;
use org_ide::deadlines::{Board, Group, Migration};
use org_ide::{Document, FileKind};
use org_project::{DesignStudioPlace, id_of_path};
use org_scan::{Row, Subject};
use org_schema::Date;
use org_text::{Foreign, IndexedText};
use serde::Serialize;

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::files::Files;
use crate::scan::{Scanned, ScannedFile, scan_folder};
use crate::settings;

/// The answer.
#[derive(Debug, Serialize)]
pub struct Scan {
    /// What it came to, in a sentence or two.
    message: String,
    /// What breaks when, soonest first; the logins without a deadline last.
    groups: Vec<GroupOfLogins>,
    /// The findings, by file.
    findings: Vec<FileFindings>,
}

/// Logins for which the same stops at the same time.
#[derive(Debug, Serialize)]
struct GroupOfLogins {
    /// When.
    label: String,
    /// What, and how many.
    description: String,
    /// What to do, and who says so.
    tooltip: String,
    /// The logins.
    logins: Vec<LoginPlace>,
    /// The org files among them that a conversion to OAuth 2.0 helps.
    convertible: Vec<lsp::Url>,
}

/// One login, and where it stands.
#[derive(Clone, Debug, Serialize)]
struct LoginPlace {
    label: String,
    description: String,
    uri: lsp::Url,
    range: lsp::Range,
    #[serde(skip)]
    is_ours: bool,
}

/// The findings of a file.
#[derive(Debug, Serialize)]
struct FileFindings {
    uri: lsp::Url,
    diagnostics: Vec<lsp::Diagnostic>,
}

/// A login that was found.
struct Found {
    row: Row,
    place: LoginPlace,
    diagnostics: Vec<lsp::Diagnostic>,
}

/// Looks through all folders. Waits for the disk.
pub fn handle(files: &Files) -> Scan {
    let (mut found, mut looked_at) = (Vec::new(), 0);
    for folder in files.folders() {
        let scanned = scan_folder(&folder, true);
        looked_at += scanned.passed.files;
        take(files, &folder, scanned, &mut found);
    }
    found.sort_by(|a, b| place_of(a).cmp(&place_of(b)));
    // Folders of a workspace may lie in each other.
    found.dedup_by(|a, b| place_of(a) == place_of(b));
    let (counted, marked): (Vec<_>, Vec<_>) = found.iter().partition(|it| it.row.counts());
    let today = settings::today().unwrap_or_else(|_| settings::system_date());
    let logins = counted.iter().map(|it| (&it.place, it.row.deadlines.clone()));
    let board = Board::new(today, logins);
    let mut groups: Vec<_> = board.groups.iter().map(|it| group(it, today)).collect();
    if !board.without_deadline.is_empty() {
        groups.push(GroupOfLogins {
            label: "No deadline".to_owned(),
            description: logins_counted(board.without_deadline.len()),
            tooltip: "No known deadline for these logins.".to_owned(),
            logins: board.without_deadline.iter().map(|place| (*place).clone()).collect(),
            convertible: Vec::new(),
        });
    }
    let message = message(&board, marked.len(), looked_at);
    Scan { message, groups, findings: by_file(found) }
}

fn message(board: &Board<&LoginPlace>, marked: usize, looked_at: usize) -> String {
    let mut message = match (board.orgs, board.within_a_year) {
        (0, _) => format!("No Salesforce login found in {looked_at} files."),
        (1, 0) => "The one Salesforce login does not stop working within a year.".to_owned(),
        (1, _) => "The one Salesforce login stops working within a year.".to_owned(),
        (all, 0) => format!("None of {all} Salesforce logins stops working within a year."),
        (all, 1) => format!("1 of {all} Salesforce logins stops working within a year."),
        (all, some) => format!("{some} of {all} Salesforce logins stop working within a year."),
    };
    if marked > 0 {
        message.push_str(&format!(" {marked} more in tests, comments and documentation."));
    }
    message
}

fn logins_counted(count: usize) -> String {
    format!("{count} {}", if count == 1 { "login" } else { "logins" })
}

fn group(group: &Group<&LoginPlace>, today: Date) -> GroupOfLogins {
    let (when, reason) = (group.when, group.reason);
    let label = when.date().map_or_else(|| "Now".to_owned(), |date| date.in_words());
    let count = logins_counted(group.entries.len());
    let logins: Vec<LoginPlace> = group.entries.iter().map(|entry| entry.org.clone()).collect();
    let helps = reason.migration() == Migration::Convert;
    let convertible = logins.iter().filter(|login| helps && login.is_ours);
    GroupOfLogins {
        label,
        description: format!("{} \u{b7} {count}", reason.short()),
        tooltip: format!(
            "{}{}. {} Source: {}.",
            upper_first(reason.what(when)),
            days_left(when.days_from(today)),
            reason.migration().sentence(),
            reason.source()
        ),
        convertible: convertible.map(|login| login.uri.clone()).collect(),
        logins,
    }
}

fn days_left(days: i64) -> String {
    match days {
        0 => String::new(),
        1 => ", tomorrow".to_owned(),
        _ => format!(", in {days} days"),
    }
}

/// What stands in the middle of a sentence elsewhere.
fn upper_first(text: impl AsRef<str>) -> String {
    let mut characters = text.as_ref().chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

fn by_file(found: Vec<Found>) -> Vec<FileFindings> {
    let mut files: Vec<FileFindings> = Vec::new();
    for Found { place, diagnostics, row } in found {
        // Ours have theirs already.
        let is_ours =
            row.subject.tool == Subject::SFORG || row.subject.tool == Subject::DESIGN_STUDIO;
        if is_ours || diagnostics.is_empty() {
            continue;
        }
        match files.last_mut().filter(|file| file.uri == place.uri) {
            Some(file) => file.diagnostics.extend(diagnostics),
            None => files.push(FileFindings { uri: place.uri, diagnostics }),
        }
    }
    files
}

fn place_of(found: &Found) -> (&str, u32, u32) {
    let start = found.place.range.start;
    (found.place.uri.as_str(), start.line, start.character)
}

fn take(files: &Files, folder: &Path, scanned: Scanned, found: &mut Vec<Found>) {
    let shown = |path: &Path| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    for ScannedFile { path, found: content } in scanned.files {
        let file = Holder::new(files, &path, shown(&path), &content.text);
        let logins = content.logins.iter().filter_map(|login| {
            let (tool, is_possible, mark) = (login.tool, login.is_possible, login.mark);
            file.as_ref()?.login(&login.document, Subject { tool, is_possible, mark })
        });
        found.extend(logins);
    }
    for path in scanned.ours.files {
        let document = match files.snapshot(&id_of_path(&path)) {
            Some(snapshot) => snapshot.document().clone(),
            None => match org_project::read(&path, Links::Within(folder)) {
                Ok(document) => document.without_bom().into(),
                Err(_) => continue,
            },
        };
        let subject = Subject::certain(Subject::SFORG);
        let file = Holder::new(files, &path, shown(&path), document.text());
        found.extend(file.and_then(|file| file.login(&document, subject)));
    }
    for place in scanned.ours.design_studio {
        // What is in an archive no editor opens.
        let DesignStudioPlace::Folder(root) = &place else { continue };
        let Ok(read) = place.read(Links::Within(folder)) else { continue };
        for org in read.project.orgs {
            let path = root.join(&org.path);
            let document = Document::new(FileKind::DesignStudioOrg, org.text).without_bom();
            let subject = Subject::certain(Subject::DESIGN_STUDIO);
            let file = Holder::new(files, &path, shown(&path), document.text());
            found.extend(file.and_then(|file| file.login(&document, subject)));
        }
    }
}

/// A file with logins.
struct Holder<'a> {
    files: &'a Files,
    id: String,
    uri: lsp::Url,
    shown: String,
    text: IndexedText,
    /// The bytes of a byte order mark, which editors take away.
    bom: u32,
}

impl<'a> Holder<'a> {
    fn new(files: &'a Files, path: &Path, shown: String, text: &str) -> Option<Self> {
        let id = id_of_path(path);
        let uri = files.uri_of(&id)?;
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        let bom = (text.len() - bare.len()) as u32;
        Some(Self { files, id, uri, shown, text: IndexedText::new(bare), bom })
    }

    fn login(&self, document: &Document, subject: Subject) -> Option<Found> {
        let row = self
            .files
            .analyze(&self.id, document, |document, context| Row::of(document, context, subject))?;
        if !row.is_login() {
            return None;
        }
        let converter = Converter { text: &self.text, encoding: self.files.encoding() };
        let moved = |span: org_syntax::Span| {
            org_syntax::Span::new(
                span.start.saturating_sub(self.bom),
                span.end.saturating_sub(self.bom),
            )
        };
        let range = converter.range(moved(row.span));
        let diagnostics = row.findings.iter().map(|finding| {
            let mut finding = finding.clone();
            finding.span = moved(finding.span);
            finding.message = row.message(&finding);
            converter.diagnostic(&finding, |related| self.files.location(related))
        });
        let diagnostics = diagnostics.collect();
        let (file, line) = (Foreign(&self.shown), range.start.line + 1);
        let place = LoginPlace {
            label: Foreign(row.label()).to_string(),
            description: format!("{file}:{line} \u{b7} {}", row.subject.in_words()),
            uri: self.uri.clone(),
            range,
            is_ours: row.subject.tool == Subject::SFORG,
        };
        Some(Found { row, place, diagnostics })
    }
}
