//! Markdown whose marks, links and images are our own.
//!
//! What is written in the source code is Markdown; every other text is shown as it is, whatever it looks
//! like: nothing in it is a link, an image, HTML, or the end of a code span.

use std::fmt;

use org_text::{Foreign, neutral};

/// A text in Markdown that a person reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Own(&'static str),
    Text(String),
    Code(String),
}

impl Markdown {
    /// Adds Markdown of our own.
    #[must_use]
    pub fn own(mut self, markdown: &'static str) -> Self {
        self.parts.push(Part::Own(markdown));
        self
    }

    /// Adds a text that is shown as it is, on one line.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.parts.push(Part::Text(neutral(text).into_owned()));
        self
    }

    /// Adds a code span.
    #[must_use]
    pub fn code(mut self, text: &str) -> Self {
        self.parts.push(Part::Code(Foreign(text).to_string()));
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(mut self, paragraph: Markdown) -> Self {
        if !self.parts.is_empty() {
            self.parts.push(Part::Own("\n\n"));
        }
        self.parts.extend(paragraph.parts);
        self
    }

    /// Adds steps, numbered, each on a line of its own that begins with a line break.
    #[must_use]
    pub fn steps(mut self, steps: &[String]) -> Self {
        for (index, step) in steps.iter().enumerate() {
            self.parts.push(Part::Own("\n"));
            self.parts.push(Part::Text((index + 1).to_string()));
            self.parts.push(Part::Own(". "));
            self = self.text(step);
        }
        self
    }

    /// For clients that show no Markdown: without its marks.
    pub fn plain(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Own(markdown) => without_marks(markdown),
            Part::Text(text) | Part::Code(text) => without_links(text),
        });
        parts.collect()
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Own(markdown) => f.write_str(markdown)?,
                Part::Text(text) => f.write_str(&escaped(text))?,
                Part::Code(text) if text.is_empty() => {}
                // A quote in it would end the span.
                Part::Code(text) => write!(f, "`{}`", without_links(text).replace('`', "'"))?,
            }
        }
        Ok(())
    }
}

/// A text as Markdown that shows it: what is a mark, HTML or an entity is escaped, and so is what GitHub's
/// Markdown takes for an address (CommonMark 0.31, 2.4; GFM 6.9).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let is_mark = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '@' | '!' | '$'
        );
        let is_target = c == '(' && text[..at].ends_with(']');
        let begins = at == 0 && matches!(c, '#' | '+' | '-' | '=');
        let is_address =
            rest.starts_with("//") || c == '.' && text[..at].len() >= 3 && is_www(text, at);
        if is_mark || is_target || begins || is_address {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Where no mark is escaped, what would be a link for somebody who looks for one anyway.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

/// Whether `www` stands right before the byte offset.
fn is_www(text: &str, at: usize) -> bool {
    text.get(at - 3..at).is_some_and(|before| before.eq_ignore_ascii_case("www"))
}

/// Our own Markdown without its marks: emphasis and code.
fn without_marks(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut in_code = false;
    for c in markdown.chars() {
        match c {
            '`' => in_code = !in_code,
            '*' if !in_code => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_shows_itself() {
        for (text, markdown) in [
            ("Acme production", "Acme production"),
            ("![x](https://evil.example/p.png)", "\\!\\[x\\]\\(https:\\//evil.example/p.png)"),
            ("[a](command:b)", "\\[a\\]\\(command:b)"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("&lt; www.evil.example a@b.example", "\\&lt; www\\.evil.example a\\@b.example"),
            ("# a", "\\# a"),
            ("a\n# b", "a␊# b"),
            ("C:\\x_y", "C:\\\\x\\_y"),
        ] {
            let shown = Markdown::default().text(text);
            assert_eq!(shown.to_string(), markdown, "{text}");
            assert_eq!(shown.plain(), neutral(text).replace("](", "] ("), "{text}");
        }
    }

    #[test]
    fn a_code_span_does_not_end_early() {
        let shown = Markdown::default().own("**A** ").code("a`b`[c](d)\u{1b}");
        assert_eq!(shown.to_string(), "**A** `a'b'[c] (d)␛`");
        assert_eq!(shown.plain(), "A a`b`[c] (d)␛");
        assert_eq!(Markdown::default().code("").to_string(), "");
    }

    #[test]
    fn marks_of_our_own_go_in_plain_text() {
        let shown = Markdown::default().own("**Name** `a*b` *x*").steps(&["a*".to_owned()]);
        assert_eq!(shown.plain(), "Name a*b x\n1. a*");
        assert_eq!(shown.to_string(), "**Name** `a*b` *x*\n1. a\\*");
    }
}
