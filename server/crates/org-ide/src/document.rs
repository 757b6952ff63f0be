//! One file as the analysis sees it.

use std::sync::OnceLock;

use org_schema::members::MemberSpec;
use org_sources::NotText;
use org_sources::design_studio::{Entity, ProjectFile, ProjectXml};
use org_sources::logins::Login;
use org_sources::xml::XmlError;
use org_syntax::{Member, Parse, Span};
use org_text::{Difference, IndexedText};

use crate::lower::{OrgDef, ProjectDef};
use crate::rules::{KnownString, Unknown};

/// Files above this size get one diagnostic and no further work.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;

/// What a file holds, and in which syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// `<anything>.sforg.json`
    Org,
    /// `sforg-project.json`
    Project,
    /// An org of Design Studio: `Data/SalesforceConnector/GUID.xml`. Read only, always.
    DesignStudioOrg,
    /// `project.xml` of Design Studio. Read only, always.
    DesignStudioProject,
    /// A login in the file of another tool, or in source code.
    OtherTool,
}

impl FileKind {
    /// The file name of a project file.
    pub const PROJECT_FILE_NAME: &'static str = "sforg-project.json";
    /// What the name of an org file ends in.
    pub const ORG_FILE_SUFFIX: &'static str = ".sforg.json";

    /// Tells by its path below the folder of a Design Studio project (`/` between the parts) whether a
    /// file of it is an org or the project.
    pub fn of_design_studio_path(path: &str) -> Option<Self> {
        Self::of_design_studio(ProjectFile::of_path(path)?)
    }

    /// What a file of a Design Studio project is for the rules; `None` for those that are only read.
    pub fn of_design_studio(file: ProjectFile) -> Option<Self> {
        match file {
            ProjectFile::Org => Some(Self::DesignStudioOrg),
            ProjectFile::ProjectXml => Some(Self::DesignStudioProject),
            _ => None,
        }
    }

    /// Whether its files are written in our JSON.
    pub const fn is_json(self) -> bool {
        matches!(self, Self::Org | Self::Project)
    }

    /// Whether Design Studio owns the file, so that nothing of ours ever writes there.
    pub const fn is_design_studio(self) -> bool {
        matches!(self, Self::DesignStudioOrg | Self::DesignStudioProject)
    }

    /// A larger file is not analysed, in bytes. A project lists all its entities.
    pub const fn max_bytes(self) -> usize {
        match self {
            Self::DesignStudioProject => org_sources::xml::MAX_BYTES,
            _ => MAX_FILE_BYTES,
        }
    }

    /// Tells the kind by the file's name (the last part of a path or URI), which decides alone.
    pub fn of_name(file_name: &str) -> Option<Self> {
        if file_name == Self::PROJECT_FILE_NAME {
            Some(Self::Project)
        } else if file_name.len() > Self::ORG_FILE_SUFFIX.len()
            && file_name.ends_with(Self::ORG_FILE_SUFFIX)
        {
            Some(Self::Org)
        } else {
            None
        }
    }
}

/// Why a file is not analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableFile {
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge,
    /// Not UTF-8 from this byte on.
    InvalidEncoding {
        /// Byte offset of the first byte that is not UTF-8.
        at: u32,
    },
}

/// A file's text, its tree and what the tree means. Immutable: a new text is a new document.
#[derive(Debug)]
pub struct Document {
    kind: FileKind,
    text: IndexedText,
    parse: Parse,
    unreadable: Option<UnreadableFile>,
    /// What it means. Boxed, because most files are of one kind.
    org: Option<Box<OrgDef>>,
    project: Option<Box<ProjectDef>>,
    xml: Option<Box<Xml>>,
    pub(crate) worked_out: WorkedOut,
}

/// What a file of Design Studio says, as it is written there.
#[derive(Debug)]
enum Xml {
    Org(Entity),
    Project(ProjectXml),
}

/// What several rules ask of a document, worked out when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct WorkedOut {
    /// The members that the tables know, in the order of the text.
    pub known_members: OnceLock<Vec<(Member, &'static MemberSpec)>>,
    /// The strings among them.
    pub known_strings: OnceLock<Vec<KnownString>>,
    /// The members that their objects do not have.
    pub unknown_members: OnceLock<Vec<Unknown>>,
}

impl Document {
    /// Parses `text` as a file of `kind`. Never fails.
    pub fn new(kind: FileKind, text: impl Into<Box<str>>) -> Self {
        Self::of_text(kind, text.into(), org_syntax::parse)
    }

    /// As [`Document::new`], for a text that edits have made of that of `before`. The fewer of its words
    /// have changed, the less there is to do.
    pub fn after(before: &Self, text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        if before.unreadable.is_some() {
            return Self::new(before.kind, text);
        }
        let difference = Difference::between(&before.text, &text);
        let Difference { start, old_end, new_end } = difference;
        let edit = Span::new(start as u32, old_end as u32);
        let reparse = |text: &str| org_syntax::reparse(&before.parse, text, edit, new_end as u32);
        let mut after = Self::of_text(before.kind, text, reparse);
        after.text.take_lines_of(&before.text, difference);
        after
    }

    fn of_text(kind: FileKind, text: Box<str>, parse: impl FnOnce(&str) -> Parse) -> Self {
        if text.len() > kind.max_bytes() {
            return Self::build(kind, text, Some(UnreadableFile::TooLarge), no_json());
        }
        let parse = if kind.is_json() { parse(&text) } else { no_json() };
        Self::build(kind, text, None, parse)
    }

    /// As [`Document::new`], for bytes from a disk that need not be UTF-8.
    pub fn from_bytes(kind: FileKind, bytes: Vec<u8>) -> Self {
        if bytes.len() > kind.max_bytes() {
            return Self::build(kind, Box::default(), Some(UnreadableFile::TooLarge), no_json());
        }
        match org_sources::decode(bytes) {
            Ok(text) => Self::new(kind, text),
            Err((why, bytes)) => {
                let at = match why {
                    NotText::Utf16 => 0,
                    NotText::NotUtf8 { at } => at as u32,
                };
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let why = UnreadableFile::InvalidEncoding { at };
                Self::build(kind, text.into(), Some(why), no_json())
            }
        }
    }

    /// A login that a reader found in the file of another tool. The text is left to whoever has the file,
    /// in which there may be many; spans are those of the file.
    pub fn of_login(login: &Login) -> Self {
        let org = Box::new(OrgDef::of_login(login));
        Self { org: Some(org), ..Self::new(FileKind::OtherTool, "") }
    }

    fn build(
        kind: FileKind,
        text: Box<str>,
        unreadable: Option<UnreadableFile>,
        parse: Parse,
    ) -> Self {
        let readable = if unreadable.is_some() { "" } else { &text };
        let (mut org, mut project, mut xml) = (None, None, None);
        match kind {
            FileKind::Org => org = Some(Box::new(OrgDef::of_json(readable, &parse.tree))),
            FileKind::Project => {
                project = Some(Box::new(ProjectDef::of_json(readable, &parse.tree)));
            }
            FileKind::DesignStudioOrg => {
                let entity = Entity::read(readable);
                org = Some(Box::new(OrgDef::of_entity(&entity)));
                xml = Some(Box::new(Xml::Org(entity)));
            }
            FileKind::DesignStudioProject => {
                xml = Some(Box::new(Xml::Project(ProjectXml::read(readable))));
            }
            // It comes from a reader: `of_login`.
            FileKind::OtherTool => {}
        }
        let (text, worked_out) = (IndexedText::new(text), WorkedOut::default());
        Self { kind, text, parse, unreadable, org, project, xml, worked_out }
    }

    /// Without the byte order mark that it may begin with: editors count positions without it.
    pub fn without_bom(self) -> Self {
        let Some(text) = self.text.strip_prefix('\u{feff}') else { return self };
        match self.unreadable {
            None => Self::new(self.kind, text),
            Some(UnreadableFile::InvalidEncoding { at }) => {
                let why = UnreadableFile::InvalidEncoding { at: at.saturating_sub(3) };
                Self::build(self.kind, text.into(), Some(why), no_json())
            }
            why => Self::build(self.kind, text.into(), why, no_json()),
        }
    }

    /// Which format this file has.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, with positions.
    pub fn indexed_text(&self) -> &IndexedText {
        &self.text
    }

    /// The text alone.
    pub fn into_text(self) -> Box<str> {
        self.text.into_text()
    }

    /// Tree and syntax errors of JSON; of an empty text when the file is XML.
    pub fn parse(&self) -> &Parse {
        &self.parse
    }

    /// Why this file is not analysed, if it is not.
    pub fn unreadable(&self) -> Option<UnreadableFile> {
        self.unreadable
    }

    /// What an org's file of Design Studio says as it is written there.
    pub fn entity(&self) -> Option<&Entity> {
        match self.xml.as_deref() {
            Some(Xml::Org(entity)) => Some(entity),
            _ => None,
        }
    }

    /// What `project.xml` of Design Studio says as it is written there.
    pub fn project_xml(&self) -> Option<&ProjectXml> {
        match self.xml.as_deref() {
            Some(Xml::Project(project)) => Some(project),
            _ => None,
        }
    }

    /// What is wrong with a file of Design Studio as XML.
    pub fn xml_errors(&self) -> &[XmlError] {
        match self.xml.as_deref() {
            None => &[],
            Some(Xml::Org(entity)) => &entity.errors,
            Some(Xml::Project(project)) => &project.errors,
        }
    }

    /// Whether `${env:NAME}` and its like stand for something in this syntax.
    pub(crate) fn has_references(&self) -> bool {
        self.kind.is_json()
    }

    /// The org, in whatever syntax it is written; members that are not written are `None`.
    pub fn org(&self) -> Option<&OrgDef> {
        self.org.as_deref()
    }

    /// The project, when this is a project file.
    pub fn project(&self) -> Option<&ProjectDef> {
        self.project.as_deref()
    }
}

/// What stands in place of a parse where there is no JSON to read.
fn no_json() -> Parse {
    org_syntax::parse("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_after_another_text_is_as_if_it_were_the_first() {
        let name =
            |document: &Document| document.org().and_then(OrgDef::display_name).map(str::to_owned);
        let before = Document::new(FileKind::Org, "{ \"name\": \"Acme\" }");
        let after = Document::after(&before, "{ \"name\": \"Acme UAT\" }");
        assert_eq!(name(&after).as_deref(), Some("Acme UAT"));
        let large = Document::after(&after, " ".repeat(MAX_FILE_BYTES + 1));
        assert_eq!(large.unreadable(), Some(UnreadableFile::TooLarge));
        let after = Document::after(&large, "{ \"name\": \"Acme\" }");
        assert_eq!((name(&after).as_deref(), after.unreadable()), (Some("Acme"), None));
    }

    #[test]
    fn a_byte_order_mark_goes_and_what_is_wrong_stays() {
        let org = |bytes: &[u8]| Document::from_bytes(FileKind::Org, bytes.to_vec()).without_bom();
        assert_eq!(org(b"\xef\xbb\xbf{}").text(), "{}");
        assert_eq!(org(b"{}").text(), "{}");
        let latin = org(b"\xef\xbb\xbf{\xfc}");
        assert_eq!(latin.unreadable(), Some(UnreadableFile::InvalidEncoding { at: 1 }));
    }
}
