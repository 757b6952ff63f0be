//! As [`super::harmless`], of the files of Design Studio.
//!
//! Harmless are the keys that are known, and values that have the shape of what belongs there: a
//! version, 0 or 1, a host of Salesforce, a GUID. Nothing with `enc="true"` is, nor any other text.

use org_schema::{ApiVersion, design_studio, hosts};
use org_sources::Located;
use org_sources::design_studio::{Entity, Item, ProjectXml};
use org_syntax::Span;

use crate::document::Document;

pub(super) fn harmless(document: &Document) -> Vec<Span> {
    let mut finder = Finder { text: document.text(), spans: Vec::new() };
    finder.indentation();
    if let Some(entity) = document.entity() {
        finder.entity(entity);
    }
    if let Some(project) = document.project_xml() {
        finder.project(project);
    }
    let mut spans = finder.spans;
    spans.retain(|span| !span.is_empty());
    spans.sort();
    without_overlap(spans)
}

/// Spans in order, each joined with those that begin inside it.
fn without_overlap(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => joined.push(span),
        }
    }
    joined
}

struct Finder<'a> {
    text: &'a str,
    spans: Vec<Span>,
}

impl Finder<'_> {
    /// The blanks that lines begin with.
    fn indentation(&mut self) {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            self.push(start, start + blanks);
            start += line.len();
        }
    }

    fn entity(&mut self, entity: &Entity) {
        // Behind a missing quote nobody knows where a name begins and ends.
        let is_sure = entity.errors.is_empty();
        self.name(entity.root);
        if entity.kind.as_ref().is_some_and(|kind| kind.value == "SalesforceConnector") {
            self.attribute(entity.kind.as_ref());
        }
        self.name(entity.header.span);
        self.attribute(entity.header.id.as_ref().filter(|id| is_guid(&id.value)));
        self.attribute(entity.header.name.as_ref().filter(|_| is_sure));
        for item in &entity.items {
            self.item(item);
        }
    }

    fn project(&mut self, project: &ProjectXml) {
        self.name(project.root);
        self.attribute(project.name.as_ref().filter(|_| project.errors.is_empty()));
        self.attribute(project.id.as_ref().filter(|id| is_guid(&id.value)));
    }

    fn item(&mut self, item: &Item) {
        let (start, end) = (item.span.start as usize, item.span.end as usize);
        self.text_at(start, "<Item");
        self.text_at(end.saturating_sub("/>".len()), "/>");
        if design_studio::item(&item.key.value).is_none() {
            return;
        }
        self.attribute(Some(&item.key));
        let is_shown = !item.is_encrypted
            && design_studio::item(&item.key.value).is_some_and(|it| !it.is_secret());
        let value = item.value.as_ref().filter(|value| is_shown && is_public(&value.value));
        self.attribute(value);
    }

    /// An element's name and the bracket before it.
    fn name(&mut self, name: Option<Span>) {
        if let Some(name) = name {
            self.push((name.start as usize).saturating_sub(1), name.end as usize);
        }
    }

    /// A value with its quotes and the name before it.
    fn attribute(&mut self, value: Option<&Located>) {
        let Some(value) = value else { return };
        let is_inside = !value.value.is_empty();
        let (start, end) = (value.span.start as usize, value.span.end as usize);
        let start = if is_inside { start.saturating_sub(1) } else { start };
        self.push(start, if is_inside { end + 1 } else { end });
        for name in [" key=", " value=", " Name=", " ID=", " type=", " name=", " projectId="] {
            self.text_at(start.saturating_sub(name.len()), name);
        }
    }

    /// This text, where it stands there.
    fn text_at(&mut self, start: usize, expected: &str) {
        let end = start + expected.len();
        if self.text.get(start..end) == Some(expected) {
            self.push(start, end);
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        let offset = |at: usize| u32::try_from(at.min(self.text.len())).unwrap_or(0);
        self.spans.push(Span::new(offset(start), offset(end)));
    }
}

/// A version, a truth value, a host of Salesforce as Design Studio stores it, or a GUID.
fn is_public(value: &str) -> bool {
    let host = value.strip_prefix("https://").unwrap_or(value);
    let host = host.strip_suffix('/').unwrap_or(host);
    ApiVersion::parse(value).is_some()
        || matches!(value, "0" | "1")
        || hosts::is_salesforce_host(host)
        || is_guid(value)
}

fn is_guid(text: &str) -> bool {
    const PARTS: [usize; 5] = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == PARTS.len()
        && parts.iter().zip(PARTS).all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;

    /// One character more or less anywhere, as a typing mistake makes it, shows no secret.
    #[test]
    fn no_mistake_shows_a_secret() {
        let text = "<Entity type=\"SalesforceConnector\">\n<Header Odd=\"NOTREAL\" ID=\"c1\" Name=\"a@b.example\"/>\n\
            <Properties><Item key=\"api_version\" value=\"63.0\"/>\n<Item key=\"password\" value=\"NOTREAL\"/>\n\
            <Item value='NOTREAL' key='security_token'/><Item key=\"pasword\" value=\"NOTREAL\"/>\n\
            <Item key=\"server_host\" value=\"https://NOTREAL@test.salesforce.com/\"/>\n\
            <!-- NOTREAL --></Properties>NOTREAL</Entity>";
        for at in 0..text.len() {
            let rest = text.get(at + 1..).unwrap_or_default();
            for put in ["", "\"", "'", "<", ">", "/", "=", "&", "<Item ", "key=\"", "<!--"] {
                for mistake in [
                    format!("{}{put}{rest}", &text[..at]),
                    format!("{}{put}{}", &text[..at], &text[at..]),
                ] {
                    let document = Document::new(FileKind::DesignStudioOrg, mistake.as_str());
                    let shown: Vec<_> =
                        harmless(&document).into_iter().map(|it| it.text(&mistake)).collect();
                    assert!(!shown.concat().contains("NOTREAL"), "{mistake}");
                }
            }
        }
    }

    #[test]
    fn keys_and_plain_facts_are_shown() {
        let text = "<Entity type=\"SalesforceConnector\">\n  <Header ID=\"1f0c1a52-6a3b-4f0e-9a94-0d8f6f7f0001\" Name=\"a@b.example\" Odd=\"NOTREAL\"/>\n  \
            <Properties>NOTREAL<Item key=\"api_version\" value=\"63.0\"/>\n  <Item enc=\"true\" key=\"password\" value=\"$00NOTREAL\"/>\n  \
            <Item key='server_host' value='https://test.salesforce.com/'/><Item key=\"user_name\" value=\"NOTREAL\"/>\
            <Item key=\"pasword\" value=\"NOTREAL\"/></Properties></Entity>";
        let document = Document::new(FileKind::DesignStudioOrg, text);
        let shown: Vec<_> = harmless(&document).into_iter().map(|span| span.text(text)).collect();
        let shown = shown.concat();
        assert!(!shown.contains("NOTREAL"), "{shown}");
        for expected in [
            " key=\"api_version\" value=\"63.0\"",
            "key=\"password\"",
            "value='https://test.salesforce.com/'",
            "Name=\"a@b.example\"",
        ] {
            assert!(shown.contains(expected), "{expected} is not in {shown}");
        }
    }
}
