//! Marks in a text that is being written: between the two characters of a mark stands what a rule
//! has to point at. They are taken out before the file is written.

use crate::findings::{Finding, Place, Range};
use crate::seeds::seeded_rules;

/// Two runs of characters for private use; the number of a rule counts from their beginning.
const OPEN: u32 = 0xe000;
const CLOSE: u32 = 0xe100;

/// `text` with a mark of `rule` around it.
///
/// # Panics
/// No seed is about the rule.
pub(crate) fn mark(rule: &str, text: impl AsRef<str>) -> String {
    let number = seeded_rules().iter().position(|seeded| *seeded == rule);
    let Some(number) = number.and_then(|number| u32::try_from(number).ok()) else {
        panic!("no seed is about {rule}");
    };
    let sign = |base| char::from_u32(base + number).unwrap_or_default();
    format!("{}{}{}", sign(OPEN), text.as_ref(), sign(CLOSE))
}

/// The text without its marks, and the findings that they stood for.
pub(crate) fn take_marks(file: &str, marked: &str) -> (String, Vec<Finding>) {
    let mut text = String::with_capacity(marked.len());
    let mut open: Vec<(&str, Place)> = Vec::new();
    let mut findings = Vec::new();
    let mut here = Place { line: 0, character: 0 };
    let mut characters = marked.chars().peekable();
    while let Some(character) = characters.next() {
        if let Some(rule) = rule_of(character, OPEN) {
            open.push((rule, here));
            continue;
        }
        if let Some(rule) = rule_of(character, CLOSE) {
            let place = open.iter().rposition(|(opened, _)| *opened == rule);
            let (_, start) = open.remove(place.unwrap_or_else(|| panic!("{rule} was not opened")));
            let range = Range { start, end: here };
            findings.push(Finding { file: file.to_owned(), rule: rule.to_owned(), range });
            continue;
        }
        text.push(character);
        let breaks_line = match character {
            '\n' => true,
            '\r' => characters.peek() != Some(&'\n'),
            _ => false,
        };
        here = if breaks_line {
            Place { line: here.line + 1, character: 0 }
        } else {
            Place { line: here.line, character: here.character + character.len_utf16() as u32 }
        };
    }
    assert!(open.is_empty(), "marks that are not closed in {file}: {open:?}");
    (text, findings)
}

fn rule_of(character: char, base: u32) -> Option<&'static str> {
    let number = u32::from(character).checked_sub(base)?;
    seeded_rules().get(usize::try_from(number).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_lines_and_utf16() {
        let name = mark("invalid-value", mark("comment", "\"x\""));
        let (text, findings) = take_marks("a", &format!("{{\r\n\r🚀{name}\n}}"));
        assert_eq!(text, "{\r\n\r🚀\"x\"\n}");
        let place = |character| Place { line: 2, character };
        let range = Range { start: place(2), end: place(5) };
        let rules: Vec<_> = findings.iter().map(|f| (f.rule.as_str(), f.range)).collect();
        assert_eq!(rules, [("comment", range), ("invalid-value", range)]);
    }
}
