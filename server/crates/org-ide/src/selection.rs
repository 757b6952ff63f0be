//! Selection ranges: what grows around the cursor, step by step.

use org_schema::secret_ref::{self, SecretValue};
use org_syntax::{NodeId, NodeKind, Span, TokenKind, Tree};

use crate::document::Document;

/// How many steps there are at most, the whole text not counted.
const MAX_STEPS: usize = 64;

/// The spans around byte `offset`, each with the one before it inside; the last is the whole text.
pub fn selection_spans(document: &Document, offset: u32) -> Vec<Span> {
    let (text, tree) = (document.text(), &document.parse().tree);
    let mut steps = Steps { offset, spans: Vec::new() };
    if tree.is_in_comment(offset)
        && let Some(comment) = tree.token_before(offset)
    {
        steps.comment(text, comment.span, comment.kind);
    }
    let innermost = tree.node_at(offset);
    let around = innermost.into_iter().flat_map(|node| tree.ancestors(node));
    for node in innermost.into_iter().chain(around) {
        steps.node(text, tree, node);
        if steps.spans.len() >= MAX_STEPS {
            break;
        }
    }
    steps.push(Span::new(0, text.len() as u32));
    if steps.spans.is_empty() {
        steps.spans.push(Span::at(0));
    }
    steps.spans
}

struct Steps {
    offset: u32,
    spans: Vec<Span>,
}

impl Steps {
    /// Adds a span, unless it leaves something out that is inside already, or adds nothing.
    fn push(&mut self, span: Span) {
        let inner = self.spans.last().copied().unwrap_or(Span::at(self.offset));
        if span.start <= inner.start && inner.end <= span.end && span != inner {
            self.spans.push(span);
        }
    }

    fn node(&mut self, text: &str, tree: &Tree, node: NodeId) {
        let span = tree.span(node);
        match tree.kind(node) {
            NodeKind::String => self.string(text, span, tree.is_closed(node)),
            NodeKind::Object | NodeKind::Array => {
                let close = u32::from(tree.is_closed(node));
                self.push(trimmed(text, Span::new(span.start + 1, span.end - close)));
            }
            _ => {}
        }
        self.push(span);
    }

    /// The name in a secret reference, and the text without its quotes.
    fn string(&mut self, text: &str, span: Span, is_closed: bool) {
        let content = content_of(text, span, is_closed);
        if let SecretValue::Env(name) | SecretValue::Keyring(name) =
            secret_ref::parse(content.text(text))
        {
            let end = content.end - 1;
            self.push(Span::new(end - name.len() as u32, end));
        }
        self.push(content);
    }

    fn comment(&mut self, text: &str, span: Span, kind: TokenKind) {
        let written = span.text(text);
        let open = if written.starts_with('#') { 1 } else { 2 };
        let is_closed = kind == TokenKind::BlockComment && written.ends_with("*/");
        let close = if is_closed { 2 } else { 0 };
        self.push(trimmed(text, Span::new(span.start + open, span.end - close)));
        self.push(span);
    }
}

/// What is between the quotes of a string.
pub(crate) fn content_of(text: &str, span: Span, is_closed: bool) -> Span {
    let written = span.text(text);
    let quote_len = |quote: Option<char>| {
        quote.filter(|c| !c.is_alphanumeric()).map_or(0, |c| c.len_utf8() as u32)
    };
    let open = quote_len(written.chars().next());
    let close = if is_closed { quote_len(written.chars().next_back()) } else { 0 };
    Span::new(span.start + open, (span.end - close).max(span.start + open))
}

/// Without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.text(text);
    let start = inside.len() - inside.trim_start().len();
    let end = inside.trim_end().len();
    Span::new(span.start + start.min(end) as u32, span.start + end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;

    /// What is selected step by step, from the `|` on.
    fn steps(marked: &str) -> String {
        let offset = marked.find('|').expect("a cursor");
        let text = marked.replace('|', "");
        let document = Document::new(FileKind::Org, text.as_str());
        let spans = selection_spans(&document, offset as u32);
        spans.iter().map(|span| format!("{}\n", span.text(&text))).collect()
    }

    #[test]
    fn a_value_grows_to_its_member_and_object() {
        insta::assert_snapshot!(steps(r#"{ "auth": { "type": "ba|sic", "a": 1 } } "#), @r#"
        basic
        "basic"
        "type": "basic"
        "type": "basic", "a": 1
        { "type": "basic", "a": 1 }
        "auth": { "type": "basic", "a": 1 }
        { "auth": { "type": "basic", "a": 1 } }
        { "auth": { "type": "basic", "a": 1 } }
        "#);
    }

    #[test]
    fn a_name_grows_to_its_member() {
        insta::assert_snapshot!(steps(r#"{ "na|me": "Acme" }"#), @r#"
        name
        "name"
        "name": "Acme"
        { "name": "Acme" }
        "#);
    }

    #[test]
    fn the_name_in_a_reference_comes_first() {
        insta::assert_snapshot!(steps(r#"["${keyring:Ac|me UAT}"]"#), @r#"
        Acme UAT
        ${keyring:Acme UAT}
        "${keyring:Acme UAT}"
        ["${keyring:Acme UAT}"]
        "#);
    }

    #[test]
    fn white_space_belongs_to_the_object_around_it() {
        insta::assert_snapshot!(steps("{ \"a\": 1, | \"b\": [ ] }"), @r#"
        "a": 1,  "b": [ ]
        { "a": 1,  "b": [ ] }
        "#);
        insta::assert_snapshot!(steps("[ | ]"), @"[  ]");
    }

    #[test]
    fn a_comment_grows_from_its_text() {
        insta::assert_snapshot!(steps("[] #who| knows\n"), @"
        who knows
        #who knows
        [] #who knows
        ");
        insta::assert_snapshot!(steps("{ // who| knows\n \"a\": 1 }"), @r#"
        who knows
        // who knows
        // who knows
         "a": 1
        { // who knows
         "a": 1 }
        "#);
        insta::assert_snapshot!(steps("{ /* who| knows */ \"a\": 1 }"), @r#"
        who knows
        /* who knows */
        /* who knows */ "a": 1
        { /* who knows */ "a": 1 }
        "#);
    }

    #[test]
    fn broken_texts_have_selections_too() {
        insta::assert_snapshot!(steps("{ \"a\": \"op|en\n"), @r#"
        open
        "open
        "a": "open
        { "a": "open
        "#);
        insta::assert_snapshot!(steps("{ \"a\": 'ok|' }"), @r#"
        ok
        'ok'
        "a": 'ok'
        { "a": 'ok' }
        "#);
        insta::assert_snapshot!(steps("|"), @"");
        insta::assert_snapshot!(steps("{} |"), @"{}");
    }

    #[test]
    fn steps_grow_and_are_never_too_many() {
        let text = format!("{}\"é🏢\" // ü\n/* ", "[ ".repeat(1_000));
        let document = Document::new(FileKind::Org, text.as_str());
        for offset in 0..=text.len() as u32 {
            let spans = selection_spans(&document, offset);
            assert!((1..=MAX_STEPS + 3).contains(&spans.len()));
            for pair in spans.windows(2) {
                assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end);
                assert_ne!(pair[0], pair[1]);
            }
        }
    }
}
