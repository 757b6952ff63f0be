//! Markdown for a terminal: headings stand out, text is wrapped, code is indented and never wrapped.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::layout::indented;
use super::screen::Screen;
use super::style::Style;

/// What code is indented by.
const CODE_INDENT: &str = "    ";

/// One line of ours in which code stands between backticks: it stands out instead.
pub fn code_stands_out(line: &str) -> String {
    let mut parts = line.split('`');
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let Some(code) = parts.next() {
        match parts.next() {
            Some(after) => text.push_str(&format!("{}{after}", Style::Strong.paint(code))),
            // One backtick is what it is.
            None => text.push_str(&format!("`{code}")),
        }
    }
    text
}

/// A page of our own Markdown as text.
pub fn rendered(markdown: &str, screen: &Screen) -> String {
    let mut page = Page { screen: *screen, text: String::new(), words: String::new(), bullets: 0 };
    let mut is_code = false;
    let mut is_heading = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => is_heading = true,
            Event::End(TagEnd::Heading(_)) => {
                is_heading = false;
                page.end_block();
            }
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => {
                is_code = false;
                page.text.push('\n');
            }
            Event::Start(Tag::Item) => {
                page.end_block();
                page.bullets += 1;
            }
            Event::End(TagEnd::Item) => {
                page.end_block();
                page.bullets -= 1;
            }
            Event::End(TagEnd::Paragraph) => page.end_block(),
            Event::Code(code) => page.words.push_str(&Style::Strong.paint(&code)),
            Event::Text(text) if is_code => page.code(&text),
            Event::Text(text) if is_heading => page.words.push_str(&Style::Strong.paint(&text)),
            Event::Text(text) => page.words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => page.words.push(' '),
            _ => {}
        }
    }
    page.end_block();
    format!("{}\n", page.text.trim_end())
}

struct Page {
    screen: Screen,
    text: String,
    /// The words of the block at hand.
    words: String,
    /// How many lists are open.
    bullets: usize,
}

impl Page {
    fn end_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let (first, rest) = if self.bullets > 0 { ("- ", "  ") } else { ("", "") };
        self.text.push_str(&indented(first, rest, words.trim(), self.screen.width));
        if self.bullets == 0 {
            self.text.push('\n');
        }
    }

    fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.text.push_str(format!("{CODE_INDENT}{line}").trim_end());
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_gone_and_text_is_wrapped() {
        let screen = Screen { width: 40, is_unicode: true, has_links: false };
        let page = "# a-rule\n\nSet `sandbox` to *true*, which is what the host says, in `auth`.\n\n## Wrong\n\n`a.json`\n\n```json\n{\n  \"a\": 1\n}\n```\n\n- one\n- two\n";
        let painted = rendered(page, &screen);
        assert!(painted.contains("\u{1b}[1msandbox\u{1b}[0m"), "{painted:?}");
        let plain = anstream::adapter::strip_str(&painted).to_string();
        insta::assert_snapshot!(plain, @r#"
        a-rule

        Set sandbox to true, which is what the
        host says, in auth.

        Wrong

        a.json

            {
              "a": 1
            }

        - one
        - two
        "#);
    }
}
