//! `sforg why`: what another tool's login error means, and what to do about it.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use clap::Args;
use org_files::Links;
use org_login::LONGEST_TEXT;
use org_text::Foreign;

use super::layout::indented;
use super::output::{more, text};
use super::rendered::code_stands_out;
use super::screen::Screen;
use super::style::Style;
use super::{CannotRun, Format, Outcome, json};
use crate::settings::today;
use crate::why::Answer;

/// A larger file is no text that somebody looks at.
const LARGEST_FILE: u64 = 256 << 20;

/// Arguments of `sforg why`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct WhyArgs {
    /// The text of the error, a file with it, or - for standard input
    #[arg(value_name = "TEXT | FILE | -")]
    text: Vec<String>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

const EXAMPLES: &str = "\
Finds the Salesforce login error in what any tool printed (curl, Mule, jsforce,
simple-salesforce, Data Loader, Airbyte, the sf CLI, a stack trace, a log) and
prints its cause and what to do. Nothing is sent anywhere. Only the last 1 MiB
of a long text is read.

Examples:
  sforg why 'LOGIN_MUST_USE_SECURITY_TOKEN: Invalid username, password, ...'
  sforg why mule_ee.log
  kubectl logs sync-job | sforg why
  pbpaste | sforg why -

The exit code is 0 even when sforg recognizes no login error (with --format
json, \"cause\" is null then), and 2 when the text cannot be read.";

/// Endings by which a missing file is told from a text.
const FILE_ENDINGS: &[&str] = &["log", "txt", "json", "xml", "html", "out", "err", "csv"];

/// Runs the command.
pub fn run(arguments: &WhyArgs) -> Result<Outcome, CannotRun> {
    let given = given(&arguments.text)?;
    let today = today().map_err(|error| CannotRun(error.to_string()))?;
    let answer = Answer::about(&given, today);
    match arguments.format {
        Format::Json => json::print(&answer),
        Format::Text => text(&page(&answer, &given)),
    }
    Ok(Outcome::Fine)
}

/// The text that is asked about.
fn given(arguments: &[String]) -> Result<String, CannotRun> {
    match arguments {
        [] => from_standard_input(),
        [one] if one == "-" => from_standard_input(),
        [one] if !one.contains('\n') && org_files::is_there(Path::new(one)) => from_file(one),
        [one] if is_file_name(one) => Err(CannotRun(format!(
            "no file is called \"{}\"; give the text of the error itself in quotes, or - to read \
             it from standard input",
            Foreign(one)
        ))),
        words => Ok(words.join(" ")),
    }
}

fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let has_ending = ending.is_some_and(|ending| FILE_ENDINGS.contains(&ending.as_str()));
    has_ending && !text.contains(char::is_whitespace)
}

fn from_file(path: &str) -> Result<String, CannotRun> {
    let bytes = org_files::read(Path::new(path), Links::Follow, LARGEST_FILE)
        .map_err(|error| CannotRun(format!("{} cannot be read: {error}", Foreign(path))))?;
    Ok(decoded(&bytes))
}

fn from_standard_input() -> Result<String, CannotRun> {
    let mut stdin = io::stdin().lock();
    if stdin.is_terminal() {
        more(
            "Paste the error, then press Ctrl-D on a line of its own (Windows: Ctrl-Z and Enter).",
        );
    }
    let mut kept = Vec::new();
    let mut piece = [0; 1 << 16];
    loop {
        match stdin.read(&mut piece) {
            Ok(0) => return Ok(decoded(&kept)),
            Ok(length) => kept.extend_from_slice(piece.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Err(CannotRun(format!("standard input cannot be read: {error}")));
            }
        }
        // An even number of bytes goes, so that UTF-16 stays readable.
        if kept.len() > 4 * LONGEST_TEXT {
            let keep_mark = 2 * usize::from(is_utf_16(&kept).is_some());
            let end = (kept.len() - 2 * LONGEST_TEXT) & !1;
            kept.drain(keep_mark..end);
        }
    }
}

/// Whether bytes begin as UTF-16 does, as Windows PowerShell redirects; and then whether the lower byte
/// comes first.
fn is_utf_16(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [0xff, 0xfe, ..] => Some(true),
        [0xfe, 0xff, ..] => Some(false),
        _ => None,
    }
}

/// Bytes as text; what is none becomes a sign that says so.
fn decoded(bytes: &[u8]) -> String {
    let Some(is_little) = is_utf_16(bytes) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().skip(1).map(|pair| match is_little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The answer for a person.
fn page(answer: &Answer, given: &str) -> String {
    let width = Screen::of_output().width;
    let paragraph = |first: &str, rest: &str, words: &str| indented(first, rest, words, width);
    let headline = answer.headline().replace('`', "");
    let lines = paragraph("", "", &headline);
    let lines = lines.lines().map(|line| format!("{}\n", Style::Strong.paint(line)));
    let mut page: String = lines.collect();
    if let Some(said) = answer.said() {
        page.push_str(&paragraph("", "  ", &format!("Salesforce said: {said}")));
    }
    if let Some(line) = line_of(answer, given) {
        page.push_str(&format!("Found on line {line} of the text.\n"));
    }
    page.push('\n');
    for (index, step) in answer.steps().iter().enumerate() {
        let head = format!("  {}", answer.mark(index));
        page.push_str(&paragraph(&head, &" ".repeat(head.len()), &code_stands_out(step)));
    }
    let others = answer.others();
    if !others.is_empty() {
        page.push_str("\nOther errors in the same text:\n");
    }
    for other in others {
        page.push_str(&paragraph("  ", "    ", &code_stands_out(&other)));
    }
    page
}

/// The line of the error, in a text of several.
fn line_of(answer: &Answer, given: &str) -> Option<usize> {
    let Answer::Known(why) = answer else { return None };
    let before = given.get(..why.first.place.start)?;
    (given.trim_end().contains('\n')).then(|| before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_told_from_texts() {
        for (text, is_file) in [
            ("mule.log", true),
            ("logs/A.TXT", true),
            ("INVALID_LOGIN", false),
            ("see mule.log", false),
            ("login.salesforce.com", false),
        ] {
            assert_eq!(is_file_name(text), is_file, "{text}");
        }
    }

    #[test]
    fn utf_16_is_read() {
        let big: Vec<u8> = "\u{feff}aé😀".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = "\u{feff}aé😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&big), "aé😀");
        assert_eq!(decoded(&little), "aé😀");
        assert_eq!(decoded(b"a\xffb"), "a\u{fffd}b");
    }
}
