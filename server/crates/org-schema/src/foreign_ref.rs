//! Values that are meant as a reference and are none of ours: another program's form, or a slip in
//! `${env:NAME}`. Such a value would be sent to Salesforce as it is written.
//!
//! A value counts only as a whole, and where a form could as well be a password (`[…]`, `%…%`,
//! `{…}`), only a name in it does.

mod forms;

use crate::invisible;
use crate::secret_ref::{self, SecretValue};
use forms::Form;

/// Longest value that is looked at, in bytes. References are short.
const MAX_LENGTH: usize = 1024;

/// A reference of another program, or ours with a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignReference {
    /// Whose form it is, in words that complete "This is …".
    pub whose: &'static str,
    /// Our reference that it stands for, where that can be told.
    pub ours: Option<String>,
}

/// Reads the decoded value of a member that may be a reference. `None` for references and for
/// every literal, also for what [`secret_ref`] calls invalid.
pub fn parse(value: &str) -> Option<ForeignReference> {
    if value.len() > MAX_LENGTH || !matches!(secret_ref::parse(value), SecretValue::Literal(_)) {
        return None;
    }
    let is_escaped = value.strip_prefix('$').is_some_and(is_reference);
    if is_escaped {
        return None;
    }
    ours_with_something_around(value)
        .or_else(|| ours_with_a_slip(value))
        .or_else(|| forms::find(invisible::trim(value)).map(of_form))
        .or_else(|| in_quotes(value))
}

/// Another program's form in quotes.
fn in_quotes(value: &str) -> Option<ForeignReference> {
    let value = invisible::trim(value);
    let mark = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inside = value.strip_prefix(mark)?.strip_suffix(mark)?;
    forms::find(inside).map(of_form).or_else(|| {
        let name = inside.strip_prefix("${")?.strip_suffix('}')?;
        let ours = secret_ref::env_reference(name)?;
        Some(ForeignReference { whose: "a variable of a shell", ours: Some(ours) })
    })
}

/// Whether a text, as a whole and with blanks around it, is a reference of any kind: ours, one with
/// a slip, or another program's; also when ours begins within it. For values that must not be one.
pub fn is_any(value: &str) -> bool {
    is_reference(invisible::trim(value)) || value.contains("${") || parse(value).is_some()
}

fn is_reference(value: &str) -> bool {
    matches!(secret_ref::parse(value), SecretValue::Env(_) | SecretValue::Keyring(_))
}

fn of_form(Form { whose, name }: Form<'_>) -> ForeignReference {
    ForeignReference { whose, ours: name.and_then(|name| secret_ref::env_reference(&name)) }
}

/// Blanks, quotes, a comma … around a reference of ours.
fn ours_with_something_around(value: &str) -> Option<ForeignReference> {
    let is_around = |c: char| {
        matches!(c, '"' | '\'' | '`' | ',' | ';' | '.' | '\\' | '=' | '(' | ')' | '<' | '>')
            || matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›')
    };
    let inside = invisible::trim(value);
    let whose = if is_reference(inside) {
        "our reference with blanks or invisible characters around it, which make it plain text"
    } else {
        "our reference with something around it, which makes it plain text"
    };
    let inside = invisible::trim(inside.trim_matches(is_around));
    is_reference(inside).then(|| ForeignReference { whose, ours: Some(inside.to_owned()) })
}

/// `$env:NAME`, `env:NAME`, `{env:NAME}`, `${env:NAME`, `$(env:NAME)`, full-width signs.
fn ours_with_a_slip(value: &str) -> Option<ForeignReference> {
    if !value.contains([':', '：']) {
        return None;
    }
    let narrow: String = value
        .chars()
        .filter(|c| invisible::look_up(*c).is_none())
        .map(|c| match c {
            '＄' => '$',
            '｛' => '{',
            '｝' => '}',
            '：' => ':',
            other => other,
        })
        .collect();
    let inside = narrow
        .trim()
        .trim_start_matches(['$', '\\', '{', '(', '[', ' '])
        .trim_end_matches(['}', ')', ']', ' ']);
    let (kind, name) = inside.split_once(':')?;
    let name = name.trim_start_matches("//").trim();
    let ours = match kind.trim().to_ascii_lowercase().as_str() {
        "env" => secret_ref::env_reference(name),
        "keyring" => secret_ref::keyring_reference(name),
        _ => None,
    }?;
    let whose = if value.starts_with("$env:") || value.starts_with("$Env:") {
        "a reference of PowerShell"
    } else {
        "not quite our form of a reference"
    };
    Some(ForeignReference { whose, ours: Some(ours) })
}

#[cfg(test)]
mod tests;
