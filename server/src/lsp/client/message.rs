//! What a message to a person is made of.

use std::fmt;

use super::outgoing;

/// A message of one or more lines. Only what is given as lines is shown as such: a line end within one
/// is foreign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    lines: Vec<String>,
}

impl Message {
    /// A text that was put together of lines already.
    pub fn of_lines(text: &str) -> Self {
        Self { lines: text.split('\n').map(str::to_owned).collect() }
    }

    /// Adds a line.
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Adds the steps that a person takes, numbered, a line each.
    pub fn steps<S: AsRef<str>>(mut self, steps: &[S]) -> Self {
        let numbered = steps.iter().enumerate();
        self.lines
            .extend(numbered.map(|(index, step)| format!("{}. {}", index + 1, step.as_ref())));
        self
    }
}

impl<S: Into<String>> From<S> for Message {
    fn from(line: S) -> Self {
        Self { lines: vec![line.into()] }
    }
}

/// A message is no Markdown: what is code in it stands in quotes.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |line: &String| outgoing::line(line).replace('`', "\"");
        let lines: Vec<String> = self.lines.iter().map(plain).collect();
        f.write_str(&lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_lines_are_lines() {
        let message =
            Message::from("A\nB: it failed.").steps(&["Do [this](command:x)", "and\r`that`"]);
        assert_eq!(
            message.to_string(),
            "A␊B: it failed.\n1. Do [this] (command:x)\n2. and␍\"that\""
        );
        assert_eq!(Message::from("a").line("b").to_string(), "a\nb");
    }
}
