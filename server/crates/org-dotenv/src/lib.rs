//! The `.env` file: a second place for the values behind `${env:NAME}`.
//!
//! One assignment a line: `NAME=value`, optionally after `export`. A `#` begins a comment at the
//! start of a line or after a blank. A value may stand in single quotes or backticks (taken as it
//! is) or in double quotes (where, as in a shell, a backslash takes the special meaning from `"`,
//! `\`, `$` and `` ` `` and is an ordinary character before any other). Nothing is expanded, no
//! value spans lines, and of two assignments to a name the later counts, also when that one is not
//! understood: a value that somebody meant to replace is not sent.
//!
//! It only reads text: it never changes the process, so nothing in the file reaches a proxy or
//! certificate setting.

use std::collections::HashMap;
use std::ops::Range;

mod line;
mod problem;

pub use problem::{BrokenLine, LineProblem};

use secrecy::SecretString;

use line::{Line, Quote};

/// The assignments of a `.env` file.
#[derive(Debug, Default)]
pub struct EnvFile {
    assignments: Vec<Assignment>,
    broken_lines: Vec<BrokenLine>,
}

/// A line that gives a name a value.
#[derive(Debug)]
pub struct Assignment {
    /// The name.
    pub name: String,
    /// Its value.
    pub value: SecretString,
    /// The line's number, from 1.
    pub line: usize,
    /// Byte range of what stands behind the equals sign in that line, with its quotes and a comment
    /// behind it, without blanks around.
    pub written: Range<usize>,
}

/// What a file says about a name.
#[derive(Debug)]
pub enum Lookup<'a> {
    /// Nothing.
    Missing,
    /// The line that counts.
    Assigned(&'a Assignment),
    /// The line that would count is not understood.
    Broken(&'a BrokenLine),
}

impl EnvFile {
    /// Reads the text of a file. Never fails: lines that make no sense are counted as broken.
    pub fn parse(text: &str) -> EnvFile {
        let whole = text;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut file = EnvFile::default();
        // Line ends of Unix, of Windows, and of old Macs.
        let lines: Vec<&str> = text
            .split('\n')
            .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
            .collect();
        let mut next = 0;
        while let Some(line) = lines.get(next) {
            let number = next + 1;
            next += 1;
            match line::read(line) {
                Line::Nothing => {}
                Line::Assignment(name, value) => file.assignments.push(Assignment {
                    name: name.to_owned(),
                    value: SecretString::from(value),
                    line: number,
                    written: written(whole, line, name),
                }),
                Line::Broken(name, problem) => file.add_broken(number, name, problem),
                Line::Open(name, quote) => {
                    let rest = lines_until_closed(&lines[next..], quote);
                    let problem =
                        if rest == 0 { LineProblem::NotClosed } else { LineProblem::SpansLines };
                    file.add_broken(number, Some(name), problem);
                    // The value goes on there: what looks like an assignment is none.
                    for _ in 0..rest {
                        next += 1;
                        file.add_broken(next, None, LineProblem::PartOfValue);
                    }
                }
            }
        }
        file
    }

    fn add_broken(&mut self, number: usize, name: Option<&str>, problem: LineProblem) {
        self.broken_lines.push(BrokenLine { number, name: name.map(str::to_owned), problem });
    }

    /// The line that counts for `name`.
    pub fn get(&self, name: &str) -> Lookup<'_> {
        let assigned = self.assignments.iter().rev().find(|assigned| assigned.name == name);
        let of_name = |line: &&BrokenLine| line.name.as_deref() == Some(name);
        let broken = self.broken_lines.iter().rev().find(of_name);
        match (assigned, broken) {
            (None, None) => Lookup::Missing,
            (Some(assigned), Some(broken)) if assigned.line < broken.number => {
                Lookup::Broken(broken)
            }
            (Some(assigned), _) => Lookup::Assigned(assigned),
            (None, Some(broken)) => Lookup::Broken(broken),
        }
    }

    /// The assignments that count: of several to one name the last, and none before a line for that
    /// name that is not understood. In the order of the file.
    pub fn assignments(&self) -> impl Iterator<Item = &Assignment> {
        let last = self.last_lines();
        self.assignments
            .iter()
            .filter(move |line| last.get(line.name.as_str()) == Some(&(line.line, true)))
    }

    /// The names that have a value, sorted, each once.
    pub fn names(&self) -> Vec<String> {
        let assigned = self.last_lines().into_iter().filter(|(_, (_, is_assigned))| *is_assigned);
        let mut names: Vec<String> = assigned.map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names
    }

    /// By name the number of its last line, and whether that assigns something.
    fn last_lines(&self) -> HashMap<&str, (usize, bool)> {
        let mut last: HashMap<&str, (usize, bool)> = HashMap::new();
        let assigned = self.assignments.iter().map(|a| (a.name.as_str(), a.line, true));
        let broken = self.broken_lines.iter();
        let broken = broken.filter_map(|b| Some((b.name.as_deref()?, b.number, false)));
        for (name, line, is_assigned) in assigned.chain(broken) {
            let counts = last.entry(name).or_insert((line, is_assigned));
            if counts.0 <= line {
                *counts = (line, is_assigned);
            }
        }
        last
    }

    /// The lines that are not understood. What stands there is not kept: it may be half a secret.
    pub fn broken_lines(&self) -> &[BrokenLine] {
        &self.broken_lines
    }
}

/// Where in the text the value of a line stands; both are parts of the text.
fn written(text: &str, line: &str, name: &str) -> Range<usize> {
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let behind_name = offset(name) + name.len() - offset(line);
    let value = line.get(behind_name..).and_then(|rest| rest.split_once('='));
    let Some((_, value)) = value else { return 0..0 };
    let value = value.trim_ascii();
    let start = offset(value);
    start..start + value.len()
}

/// How many of the lines below an open quote belong to its value: up to the one that ends with the
/// quote, as readers that let a value span lines have it. None where the next such quote is amid
/// other text, so that it rather opens another value.
fn lines_until_closed(below: &[&str], quote: Quote) -> usize {
    let closing = below.iter().position(|line| quote.closes_in(line).is_some());
    closing.filter(|at| quote.closes_in(below[*at]) == Some(true)).map_or(0, |at| at + 1)
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
            .map(|line| format!("{}={}", line.name, line.value.expose_secret()))
            .collect();
        shown.extend(file.broken_lines().iter().map(|line| format!("broken {}", line.number)));
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

    /// What counts for a name: its value, or the number of the line and what is wrong with it.
    fn counts(text: &str, name: &str) -> String {
        match EnvFile::parse(text).get(name) {
            Lookup::Missing => "missing".to_owned(),
            Lookup::Assigned(line) => line.value.expose_secret().to_owned(),
            Lookup::Broken(line) => format!("{}: {}", line.number, line.problem),
        }
    }

    #[test]
    fn the_later_line_counts_also_when_it_is_broken() {
        assert_eq!(counts("A=1\nA=2", "A"), "2");
        assert_eq!(counts("A=1\nA=2", "B"), "missing");
        assert!(
            counts("A=1\nA=\"2", "A").starts_with("2: has a quotation mark that is not closed")
        );
        assert_eq!(counts("A=\"1\nA=2", "A"), "2");
        assert_eq!(EnvFile::parse("B=1\nA=1\nA=2\nC=1\nC='\n").names(), ["A", "B"]);
    }

    #[test]
    fn what_counts_is_listed_with_its_place() {
        let text = "\u{feff}A=1\r\nexport B = 'x # y' # z\nA=two \nC=3\nC=\"\nD=";
        let listed: Vec<_> = EnvFile::parse(text)
            .assignments()
            .map(|a| (a.name.clone(), &text[a.written.clone()]))
            .collect();
        let expected = [("B", "'x # y' # z"), ("A", "two"), ("D", "")];
        assert_eq!(listed, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn backticks_are_quotes_as_for_other_readers() {
        assert_eq!(read("A=`it's \"x\" #$y\\n` # z\nB=``"), "A=it's \"x\" #$y\\n|B=");
        assert_eq!(read("A=`x\nB=`x`y\nC=a`b"), "C=a`b|broken 1|broken 2");
    }

    #[test]
    fn lines_of_other_dialects_are_told_with_their_name() {
        let kinds = [
            ("A: x", "colon"),
            ("export A : x", "colon"),
            ("\"A\": \"x\",", "colon"),
            ("- A: x", "colon"),
            ("set A=x", "cmd"),
            ("SET \"A=x\"", "cmd"),
            ("setx A x", "cmd"),
            ("setenv A x", "csh"),
            ("declare -x A=x", "a shell"),
            ("$env:A = \"x\"", "PowerShell"),
            ("$Env:A=\"x\"", "PowerShell"),
            ("- A=x", "is not NAME=value"),
            ("$A = 'x'", "is not NAME=value"),
            ("A+=x", "is not NAME=value"),
            ("A=“x”", "typographic"),
            ("A= ‘x’", "typographic"),
            ("A=«x»", "typographic"),
            ("A=\"x\";", "behind the closing"),
            ("A='x", "not closed"),
            ("A=$'x'", "before the quotation mark"),
            ("A=$\"x\"", "before the quotation mark"),
            ("A=x\u{200b}", "nobody sees"),
            ("A=\u{feff}x", "nobody sees"),
            ("\u{200b}A=x", "nobody sees"),
            ("A\u{200b}=x", "nobody sees"),
            ("\u{a0}export A=x", "nobody sees"),
            ("A＝x", "is not NAME=value"),
            ("set -x A x", "fish"),
            ("set -gx A x", "fish"),
            ("$env.A = 'x'", "Nushell"),
            ("typeset -x A=x", "a shell"),
            ("readonly A=x", "a shell"),
            ("ENV A=x", "a Dockerfile"),
            ("ARG A=x", "a Dockerfile"),
        ];
        for (line, words) in kinds {
            let told = counts(&format!("B=1\n{line}\nC=3"), "A");
            assert!(told.starts_with("2: ") && told.contains(words), "{line}: {told}");
            assert!(counts(&format!("A=1\n{line}\nC=3"), "C") == "3", "{line}");
        }
        // In plain quotes they belong to the value.
        assert_eq!(read("A='“x”'\nB=x”"), "A=“x”|B=x”");
        assert_eq!(read("A='x\u{200b}'\nB=a\u{200b}b"), "A=x\u{200b}|B=a\u{200b}b");
        // Exported later, as shells have it.
        assert_eq!(counts("A=1\nexport A\nA is for Acme", "A"), "1");
    }

    #[test]
    fn nothing_in_a_value_that_spans_lines_is_an_assignment() {
        let text = "A=\"first\nB=second\nC=third\" # end\nD=4\nE='x\nF='y'";
        assert_eq!(read(text), "D=4|F=y|broken 1|broken 2|broken 3|broken 5");
        assert!(counts(text, "A").contains("goes on in the lines below"));
        assert_eq!(counts(text, "B"), "missing");
    }

    #[test]
    fn unclosed_quotes_cost_linear_time() {
        let text = "A='x\nB=\"x\nC=`x\n".repeat(100_000);
        assert_eq!(EnvFile::parse(&text).broken_lines().len(), 300_000);
    }
}
