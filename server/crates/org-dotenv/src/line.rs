//! The grammar of one line.

use org_schema::invisible::{self, Instead};
use org_schema::secret_ref::is_env_name;

use super::LineProblem;

/// What a line says.
pub(super) enum Line<'a> {
    /// It is blank or a comment.
    Nothing,
    /// A name and its value.
    Assignment(&'a str, String),
    /// The name that it was meant for, where that can be told, and what is wrong.
    Broken(Option<&'a str>, LineProblem),
    /// A name and the quote that begins its value and does not end in this line.
    Open(&'a str, Quote),
}

/// What may stand around a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Single,
    Double,
    Backtick,
}

/// Opening and closing marks of the languages of Europe, and what keyboards and word processors
/// make of `"` and `'`.
const TYPOGRAPHIC: &str = "“”„‟‘’‚‛«»‹›″′´＂＇「」『』";

/// Reads one line, without its line end.
pub(super) fn read(line: &str) -> Line<'_> {
    let line = line.trim_ascii();
    if line.is_empty() || line.starts_with('#') {
        return Line::Nothing;
    }
    let line = after_word(line, "export").unwrap_or(line);
    let Some((name, value)) = line
        .split_once('=')
        .map(|(name, value)| (name.trim_end(), value))
        .filter(|(name, _)| is_env_name(name))
    else {
        let (name, problem) = other_dialect(line);
        return Line::Broken(name, problem);
    };
    let unquoted = value;
    if has_unseen_end(value) {
        return Line::Broken(Some(name), LineProblem::Unseen);
    }
    let value = value.trim_ascii_start();
    match Quote::before(value) {
        Some(quote) => match quote.read(&value[1..]) {
            Quoted::Value(value) => Line::Assignment(name, value),
            Quoted::TextBehind => Line::Broken(Some(name), LineProblem::AfterQuote),
            Quoted::Open => Line::Open(name, quote),
        },
        None if value.starts_with(|c| TYPOGRAPHIC.contains(c)) => {
            Line::Broken(Some(name), LineProblem::TypographicQuotes)
        }
        None if is_in_shell_quotes(value) => Line::Broken(Some(name), LineProblem::ShellQuotes),
        // A no-break space and its kind belong to the value: no shell takes them for a blank.
        None => Line::Assignment(name, without_comment(unquoted).trim_ascii().to_owned()),
    }
}

/// Whether a value begins or ends with a character that has no width.
fn has_unseen_end(value: &str) -> bool {
    let value = value.trim_ascii();
    let is_unseen = |c: char| matches!(invisible::look_up(c), Some((_, Instead::Nothing)));
    value.starts_with(is_unseen)
        || value.ends_with(|c: char| is_unseen(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}'))
}

/// `$'…'` and `$"…"` of bash.
fn is_in_shell_quotes(value: &str) -> bool {
    ['\'', '"'].into_iter().any(|mark| {
        let inside = value.strip_prefix('$').and_then(|rest| rest.strip_prefix(mark));
        inside.is_some_and(|rest| rest.ends_with(mark))
    })
}

/// What follows a word and a blank.
fn after_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(word)?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// What a line that is no assignment was meant for, so that the one who looks for that name is told
/// of it.
fn other_dialect(line: &str) -> (Option<&str>, LineProblem) {
    if let Some((name, _)) = line.split_once('=')
        && let seen = invisible::trim(name)
        && seen != name
        && is_env_name(after_word(seen, "export").unwrap_or(seen))
    {
        return (Some(after_word(seen, "export").unwrap_or(seen)), LineProblem::Unseen);
    }
    // PowerShell and cmd take commands in any letter case.
    let powershell = line.get(..5).filter(|start| start.eq_ignore_ascii_case("$env:"));
    if powershell.is_some() {
        return (leading_name(&line[5..]), LineProblem::Command("PowerShell"));
    }
    if let Some(rest) = line.strip_prefix("$env.") {
        return (leading_name(rest), LineProblem::Command("Nushell"));
    }
    for (word, shell) in [
        ("set -x", "fish"),
        ("set -gx", "fish"),
        ("set -Ux", "fish"),
        ("let-env", "Nushell"),
        ("typeset -x", "a shell"),
        ("readonly", "a shell"),
        ("local", "a shell"),
        ("arg", "a Dockerfile"),
        ("set", "cmd"),
        ("setx", "cmd"),
        ("setenv", "csh"),
        ("declare -x", "a shell"),
        ("env", "a shell or a Dockerfile"),
    ] {
        let is_word = line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if let Some(rest) = is_word.then(|| after_word(line, &line[..word.len()])).flatten()
            && let Some(name) = leading_name(rest.trim_start_matches('"'))
        {
            return (Some(name), LineProblem::Command(shell));
        }
    }
    // As a list or a map of YAML or JSON has it.
    let bare = line.trim_start_matches(['-', ' ', '\t', '"', '\'', '$']);
    let Some(name) = leading_name(bare) else { return (None, LineProblem::NotAnAssignment) };
    match bare[name.len()..].trim_start_matches(['"', '\'', ' ', '\t', '?', '+']).chars().next() {
        Some(':') => (Some(name), LineProblem::Colon),
        Some('=' | '＝') => (Some(name), LineProblem::NotAnAssignment),
        _ => (None, LineProblem::NotAnAssignment),
    }
}

/// The name that a text begins with.
fn leading_name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    Some(&text[..end]).filter(|name| is_env_name(name))
}

/// The part of an unquoted value before ` #`; in `a#b` the `#` belongs to the value.
fn without_comment(value: &str) -> &str {
    let comment =
        value.char_indices().find(|&(at, c)| c == '#' && value[..at].ends_with([' ', '\t']));
    comment.map_or(value, |(at, _)| &value[..at])
}

/// What stands behind an opening quote.
enum Quoted {
    Value(String),
    TextBehind,
    Open,
}

impl Quote {
    fn before(value: &str) -> Option<Quote> {
        match value.as_bytes().first()? {
            b'\'' => Some(Quote::Single),
            b'"' => Some(Quote::Double),
            b'`' => Some(Quote::Backtick),
            _ => None,
        }
    }

    fn mark(self) -> char {
        match self {
            Quote::Single => '\'',
            Quote::Double => '"',
            Quote::Backtick => '`',
        }
    }

    /// The value between here and the closing quote, and the text behind that.
    fn split(self, rest: &str) -> Option<(String, &str)> {
        if self != Quote::Double {
            return rest.split_once(self.mark()).map(|(value, behind)| (value.to_owned(), behind));
        }
        let mut value = String::new();
        let mut characters = rest.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => return Some((value, &rest[at + 1..])),
                '\\' => match characters.next()? {
                    (_, escaped @ ('"' | '\\' | '$' | '`')) => value.push(escaped),
                    (_, other) => value.extend(['\\', other]),
                },
                other => value.push(other),
            }
        }
        None
    }

    fn read(self, rest: &str) -> Quoted {
        match self.split(rest) {
            None => Quoted::Open,
            Some((value, behind)) if nothing_but_comment(behind) => Quoted::Value(value),
            Some(_) => Quoted::TextBehind,
        }
    }

    /// Whether a line of a value that this quote began ends it: `Some(true)` when nothing but a
    /// comment stands behind.
    pub(super) fn closes_in(self, line: &str) -> Option<bool> {
        self.split(line).map(|(_, behind)| nothing_but_comment(behind))
    }
}

/// What may follow a closing quote.
fn nothing_but_comment(after: &str) -> bool {
    let trimmed = after.trim_start();
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < after.len())
}
