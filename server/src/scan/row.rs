//! A login as programs read it.

use org_scan::Row;
use org_text::Position;
use serde::Serialize;

/// One login: 0-based lines and UTF-16 columns. No secret is in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RowData {
    file: String,
    range: Range,
    tool: &'static str,
    name: Option<String>,
    host: Option<String>,
    sandbox: Option<bool>,
    auth: &'static str,
    api_version: Option<String>,
    username: Option<String>,
    secret: &'static str,
    confidence: &'static str,
    /// Where it stands, when that makes it no more than information: `test`, `comment`, `documentation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'static str>,
    breaks: Vec<Break>,
}

/// What stops working.
#[derive(Debug, Serialize)]
pub struct Break {
    /// The first day on which it does; nothing when that is over.
    pub date: Option<String>,
    /// Why.
    pub why: String,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Range {
    /// Where it begins.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
}

/// A position.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Place {
    line: u32,
    character: u32,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, character: position.character }
    }
}

impl RowData {
    /// Of a row at a place of a file.
    pub fn new(file: String, (start, end): (Position, Position), row: &Row) -> Self {
        let breaks = row.deadlines.iter().map(|deadline| Break {
            date: deadline.when.date().map(|date| date.to_string()),
            why: deadline.reason.what(deadline.when),
        });
        Self {
            file,
            range: Range { start: start.into(), end: end.into() },
            tool: row.subject.tool,
            name: row.name.clone(),
            host: row.host.clone(),
            sandbox: row.sandbox,
            auth: row.flow.as_str(),
            api_version: row.api_version.clone(),
            username: row.username.clone(),
            secret: row.secret.as_str(),
            confidence: if row.subject.is_possible { "possible" } else { "certain" },
            mark: row.subject.mark.map(org_scan::Mark::as_str),
            breaks: breaks.collect(),
        }
    }
}
