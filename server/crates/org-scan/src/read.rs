//! From a file's bytes to its logins.

use org_ide::Document;
use org_sources::logins::{self, Format, Login};
use org_syntax::Span;

use crate::first_look::FirstLook;
use crate::mark::Mark;

/// A larger file is not read, in bytes.
pub const MAX_FILE_BYTES: u64 = 5 << 20;

/// The logins of a file.
#[derive(Debug)]
pub struct Found {
    /// The text in which they stand; offsets are in it. Of a file that is not UTF-8 each byte is taken for
    /// a character, as in Latin-1, so that lines and columns are right.
    pub text: String,
    /// The logins, in the order of the text.
    pub logins: Vec<FoundLogin>,
}

/// One login of a file.
#[derive(Debug)]
pub struct FoundLogin {
    /// What it means, for the rules.
    pub document: Document,
    /// Which tool or library logs in.
    pub tool: &'static str,
    /// What says so, in bytes of the text.
    pub place: Span,
    /// Whether it may as well be something else.
    pub is_possible: bool,
    /// Why it is no more than information.
    pub mark: Option<Mark>,
}

/// The format of a file by its path below the folder that is scanned; `None` when no reader is for it.
pub fn format_of(path: &str) -> Option<Format> {
    let name = path.rsplit('/').next()?;
    // Ours, and what package managers write: long, and never a login.
    const NEVER: [&str; 4] =
        ["package-lock.json", "composer.lock", "npm-shrinkwrap.json", "sforg-project.json"];
    let is_ours = name.ends_with(org_ide::FileKind::ORG_FILE_SUFFIX);
    Format::of_name(name).filter(|_| !is_ours && !NEVER.contains(&name))
}

/// The logins of a file that is worth reading; `None` when there are none.
pub fn read(path: &str, format: Format, bytes: Vec<u8>) -> Option<Found> {
    if FirstLook::is_binary(&bytes) {
        return None;
    }
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    let mark = Mark::of_path(path);
    let found = logins::read(format, &text).into_iter().map(|login| one(&login, mark));
    let logins: Vec<FoundLogin> = found.collect();
    (!logins.is_empty()).then_some(Found { text, logins })
}

fn one(login: &Login, mark: Option<Mark>) -> FoundLogin {
    FoundLogin {
        document: Document::of_login(login),
        tool: login.tool,
        place: login.place,
        is_possible: login.is_possible,
        mark: mark.or(login.is_comment.then_some(Mark::Comment)),
    }
}
