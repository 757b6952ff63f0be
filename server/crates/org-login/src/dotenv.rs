//! The `.env` file: a second place for the values behind `${env:NAME}`.
//!
//! One assignment a line: `NAME=value`, optionally after `export`. A `#` begins a comment at the
//! start of a line or after a blank. A value may stand in single quotes (taken as it is) or in
//! double quotes (where, as in a shell, a backslash takes the special meaning from `"`, `\`, `$`
//! and `` ` `` and is an ordinary character before any other). Nothing is expanded, no value
//! spans lines, and of two assignments to a name the later counts.
//!
//! It only reads text: it never changes the process, so nothing in the file reaches a proxy or
//! certificate setting.

use org_schema::secret_ref::is_env_name;
use secrecy::SecretString;

/// The assignments of a `.env` file.
#[derive(Debug, Default)]
pub struct EnvFile {
    assignments: Vec<(String, SecretString)>,
    broken_lines: Vec<usize>,
}

impl EnvFile {
    /// Reads the text of a file. Never fails: lines that make no sense are counted as broken.
    pub fn parse(text: &str) -> EnvFile {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut file = EnvFile::default();
        // Line ends of Unix, of Windows, and of old Macs.
        let lines =
            text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
        for (index, line) in lines.enumerate() {
            match assignment(line) {
                Line::Nothing => {}
                Line::Assignment(name, value) => {
                    file.assignments.push((name.to_owned(), SecretString::from(value)));
                }
                Line::Broken => file.broken_lines.push(index + 1),
            }
        }
        file
    }

    /// The value of `name`, when it is assigned.
    pub fn get(&self, name: &str) -> Option<&SecretString> {
        self.assignments.iter().rev().find(|(assigned, _)| assigned == name).map(|(_, value)| value)
    }

    /// The assigned names, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.assignments.iter().map(|(name, _)| name.as_str())
    }

    /// The numbers, from 1, of the lines that could not be read. What stands there is not kept:
    /// it may be half a secret.
    pub fn broken_lines(&self) -> &[usize] {
        &self.broken_lines
    }
}

enum Line<'a> {
    Nothing,
    Assignment(&'a str, String),
    Broken,
}

fn assignment(line: &str) -> Line<'_> {
    let line = line.trim_ascii();
    if line.is_empty() || line.starts_with('#') {
        return Line::Nothing;
    }
    let line = match line.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => line,
    };
    let Some((name, value)) = line.split_once('=') else {
        return Line::Broken;
    };
    let name = name.trim_end();
    if !is_env_name(name) {
        return Line::Broken;
    }
    let unquoted = value;
    let value = value.trim_ascii_start();
    let value = match value.as_bytes().first() {
        Some(b'\'') => single_quoted(&value[1..]),
        Some(b'"') => double_quoted(&value[1..]),
        // A no-break space and its kind belong to the value: no shell takes them for a blank.
        _ => Some(without_comment(unquoted).trim_ascii().to_owned()),
    };
    match value {
        Some(value) => Line::Assignment(name, value),
        None => Line::Broken,
    }
}

/// The part of an unquoted value before ` #`; in `a#b` the `#` belongs to the value.
fn without_comment(value: &str) -> &str {
    let comment =
        value.char_indices().find(|&(at, c)| c == '#' && value[..at].ends_with([' ', '\t']));
    comment.map_or(value, |(at, _)| &value[..at])
}

fn single_quoted(rest: &str) -> Option<String> {
    let (value, after) = rest.split_once('\'')?;
    nothing_but_comment(after).then(|| value.to_owned())
}

fn double_quoted(rest: &str) -> Option<String> {
    let mut value = String::new();
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return nothing_but_comment(&rest[at + 1..]).then_some(value),
            '\\' => match characters.next()? {
                (_, escaped @ ('"' | '\\' | '$' | '`')) => value.push(escaped),
                (_, other) => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
    None
}

/// What may follow a closing quote.
fn nothing_but_comment(after: &str) -> bool {
    let trimmed = after.trim_start();
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < after.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    /// The file's assignments and broken lines in one text, to compare at a glance.
    fn read(text: &str) -> String {
        let file = EnvFile::parse(text);
        let mut shown: Vec<String> = file
            .assignments
            .iter()
            .map(|(name, value)| format!("{name}={}", value.expose_secret()))
            .collect();
        shown.extend(file.broken_lines().iter().map(|line| format!("broken {line}")));
        shown.join("|")
    }

    #[test]
    fn plain_assignments() {
        assert_eq!(read("A=1\nB_2=two\n_c=x=y=z"), "A=1|B_2=two|_c=x=y=z");
        assert_eq!(read("A=\nB=''\nC=\"\""), "A=|B=|C=");
        assert_eq!(read("  A = spaced out  \n\tB\t=\ttab"), "A=spaced out|B=tab");
    }

    #[test]
    fn export_is_a_word_of_its_own() {
        assert_eq!(
            read("export A=1\nexport\tB=2\nexported=3\nexport=4"),
            "A=1|B=2|exported=3|export=4"
        );
        assert_eq!(read("export A"), "broken 1");
    }

    #[test]
    fn comments_need_a_blank_before_them() {
        assert_eq!(read("# A=1\n  # B=2\nC=3 # three\nD=a#b\nE=#none"), "C=3|D=a#b|E=#none");
        assert_eq!(read("A= # nothing\nB='x' # quoted\nC=\"y\"\t#z"), "A=|B=x|C=y");
    }

    #[test]
    fn single_quotes_keep_everything() {
        assert_eq!(read(r#"A=' # "b" \n $X ${Y} '"#), r#"A= # "b" \n $X ${Y} "#);
    }

    #[test]
    fn double_quotes_know_four_escapes() {
        assert_eq!(read(r#"A="a\"b\\c\$d\`e\n\f""#), "A=a\"b\\c$d`e\\n\\f");
    }

    #[test]
    fn nothing_is_expanded() {
        assert_eq!(
            read("A=1\nB=$A\nC=${A}\nD=\"$A `id` $(id)\""),
            "A=1|B=$A|C=${A}|D=$A `id` $(id)"
        );
    }

    #[test]
    fn byte_order_mark_and_line_ends() {
        assert_eq!(read("\u{feff}A=1\r\nB='2'\r\n\r\nC=3"), "A=1|B=2|C=3");
        assert_eq!(read("A=1\rB=2\r\rC\r"), "A=1|B=2|broken 4");
        assert_eq!(read("A=1\r\n\r\nB"), "A=1|broken 3");
    }

    #[test]
    fn a_no_break_space_belongs_to_the_value() {
        assert_eq!(read("A=\u{a0}x\u{a0} \nB=x\u{a0}#y"), "A=\u{a0}x\u{a0}|B=x\u{a0}#y");
    }

    #[test]
    fn broken_lines_are_numbered_and_the_rest_is_read() {
        assert_eq!(
            read("A=1\nno equals sign\n1B=2\nC='open\nD=\"open\nE='x'y\nF=\"x\"#y\n=\nG=7"),
            "A=1|G=7|broken 2|broken 3|broken 4|broken 5|broken 6|broken 7|broken 8"
        );
    }

    #[test]
    fn broken_lines_are_not_kept() {
        let shown = format!("{:?}", EnvFile::parse("A=good-secret\nhalf a bad-secret"));
        assert!(!shown.contains("secret\""), "{shown}");
        assert!(!shown.contains("good-secret") && !shown.contains("bad-secret"), "{shown}");
    }

    #[test]
    fn the_later_assignment_counts() {
        let file = EnvFile::parse("A=1\nA=2");
        assert_eq!(file.get("A").map(ExposeSecret::expose_secret), Some("2"));
        assert!(file.get("B").is_none());
        assert_eq!(file.names().collect::<Vec<_>>(), ["A", "A"]);
    }

    #[test]
    fn the_process_is_not_changed() {
        EnvFile::parse("SFORG_DOTENV_PROBE=1\nHTTPS_PROXY=http://evil.example");
        assert!(std::env::var_os("SFORG_DOTENV_PROBE").is_none());
    }
}
