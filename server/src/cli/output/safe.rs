//! What may reach a terminal: our colours and links to our own pages. Every other character that does something is
//! shown, and on GitHub Actions no line is a command.

use org_ide::rules::{DOCUMENTATION_BASE, Rule};
use org_text::{does_something, neutral};

use super::IS_GITHUB;
use crate::cli::screen::Screen;

/// The name of a rule as a link to its page, where the terminal has links.
pub fn rule_link(rule: &Rule, shown: &str, screen: &Screen) -> String {
    if !screen.has_links {
        return shown.to_owned();
    }
    format!("{LINK}{}{LINK_END}{shown}{LINK}{LINK_END}", rule.documentation_url())
}

/// How a link begins on a terminal (OSC 8), and what ends its address.
const LINK: &str = "\u{1b}]8;;";
const LINK_END: &str = "\u{1b}\\";

/// A text of several lines: line feeds and colours stay.
pub fn safe_text(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(safe_line).collect();
    lines.join("\n")
}

/// A line. Colours and links to our own pages stay; of every other escape sequence the escape is shown.
pub fn safe_line(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(does_something) {
        safe.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = colour_length(rest).max(link_length(rest));
        if length > 0 {
            safe.push_str(&rest[..length]);
        } else {
            let length = rest.chars().next().map_or(rest.len(), char::len_utf8);
            safe.push_str(&neutral(&rest[..length]));
            rest = &rest[length..];
            continue;
        }
        rest = &rest[length..];
    }
    safe.push_str(rest);
    without_commands(safe)
}

/// The length in bytes of the colour that a text begins with: `ESC [ digits and semicolons m`.
fn colour_length(text: &str) -> usize {
    let Some(parameters) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end =
        parameters.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(parameters.len());
    if parameters[end..].starts_with('m') { "\u{1b}[".len() + end + 1 } else { 0 }
}

/// The length in bytes of the link that a text begins with, when it leads to the page of our rules or ends
/// such a link.
fn link_length(text: &str) -> usize {
    let Some(address) = text.strip_prefix(LINK) else { return 0 };
    let Some(end) = address.find(LINK_END) else { return 0 };
    let is_ours = match address[..end].strip_prefix(DOCUMENTATION_BASE) {
        Some(rule) => rule.bytes().all(|byte| matches!(byte, b'#' | b'-' | b'a'..=b'z')),
        None => end == 0,
    };
    if is_ours { LINK.len() + end + LINK_END.len() } else { 0 }
}

/// On GitHub Actions no line of ours is a command, in neither of its forms, also while commands are on.
fn without_commands(line: String) -> String {
    if *IS_GITHUB { broken_commands(&line) } else { line }
}

fn broken_commands(line: &str) -> String {
    let start = line.len() - line.trim_start().len();
    let line = line.replace("##[", "# #[");
    match line[start..].strip_prefix("::") {
        Some(rest) => format!("{}: :{rest}", &line[..start]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_the_only_escape_sequences() {
        let red = "\u{1b}[1;31mfailed\u{1b}[0m";
        assert_eq!(safe_text(&format!("{red}\n{red}")), format!("{red}\n{red}"));
        for (text, safe) in [
            ("\u{1b}[2Jx", "␛[2Jx"),
            ("\u{1b}]52;c;eA==\u{7}", "␛]52;c;eA==␇"),
            ("\u{1b}]8;;http://a\u{1b}\\x", "␛]8;;http://a␛\\x"),
            ("\u{9b}2J\r\u{8}", "\\u{9b}2J␍␈"),
            ("\u{1b}[31", "␛[31"),
            ("\u{1b}[?25l\u{1b}[m", "␛[?25l\u{1b}[m"),
        ] {
            assert_eq!(safe_line(text), safe, "{text:?}");
        }
    }

    #[test]
    fn links_lead_to_our_own_pages_alone() {
        let screen = Screen { width: 80, is_unicode: true, has_links: true };
        let rule = org_ide::rules::ALL[0];
        let link = rule_link(rule, "[syntax-error]", &screen);
        assert!(link.contains("rules.md#syntax-error"), "{link:?}");
        assert_eq!(safe_line(&link), link);
        for address in ["https://evil.example", "#x\u{7}", "?x"] {
            let link = link.replacen(&rule.documentation_url(), address, 1);
            assert!(safe_line(&link).starts_with("␛]8;;"), "{link:?}");
            let behind = format!("{LINK}{DOCUMENTATION_BASE}{address}{LINK_END}");
            assert!(
                !address.starts_with('#') && safe_line(&behind) != behind || address == "#x\u{7}"
            );
        }
        let plain = Screen { has_links: false, ..screen };
        assert_eq!(rule_link(rule, "[syntax-error]", &plain), "[syntax-error]");
    }

    #[test]
    fn no_line_is_a_command() {
        for (line, broken) in [
            ("::add-mask::x", ": :add-mask::x"),
            (" \t::stop-commands::x", " \t: :stop-commands::x"),
            ("a ##[error]x", "a # #[error]x"),
            ("a::b: :", "a::b: :"),
        ] {
            assert_eq!(broken_commands(line), broken);
        }
    }
}
