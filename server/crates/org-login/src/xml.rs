//! Reading the XML of an answer: no document type, no entities of its own, bounded depth and size.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// No answer of Salesforce nests deeper or has more elements.
const MAX_DEPTH: usize = 64;
const MAX_ELEMENTS: usize = 10_000;

/// The elements of a document in document order. Namespaces are left out on purpose: Salesforce's
/// prefixes and namespaces differ between endpoints and releases, its local names do not.
#[derive(Debug, Default)]
pub(crate) struct Document {
    elements: Vec<Element>,
}

#[derive(Debug)]
struct Element {
    /// The local name.
    name: String,
    parent: Option<usize>,
    /// The text directly inside.
    text: String,
}

/// An element of a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ElementId(usize);

/// The text is not XML, or XML that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused;

impl Document {
    /// Reads `text`.
    ///
    /// # Errors
    /// When it is not well-formed, or has a document type, an entity that XML does not define, or
    /// too much in it.
    pub(crate) fn parse(text: &str) -> Result<Document, Refused> {
        let mut document = Document::default();
        let mut open: Vec<usize> = Vec::new();
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        loop {
            match reader.read_event().map_err(|_| Refused)? {
                Event::Start(start) => {
                    let element = document.add(start.local_name().as_ref(), &open)?;
                    open.push(element);
                }
                Event::Empty(start) => {
                    document.add(start.local_name().as_ref(), &open)?;
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(text) => document.append(&open, &text.xml10_content()),
                Event::CData(data) => document.append(&open, &data.xml10_content()),
                Event::GeneralRef(reference) => {
                    document.append(&open, resolved(&reference)?.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => return Err(Refused),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        // A document that ends early may lack the very element that tells failure from success.
        if open.is_empty() && !document.elements.is_empty() { Ok(document) } else { Err(Refused) }
    }

    /// The first element of this local name, anywhere.
    pub(crate) fn find(&self, name: &str) -> Option<ElementId> {
        self.elements.iter().position(|element| element.name == name).map(ElementId)
    }

    /// All elements of this local name, in document order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = ElementId> + 'a {
        let named = self.elements.iter().enumerate().filter(move |(_, e)| e.name == name);
        named.map(|(index, _)| ElementId(index))
    }

    /// The first child of this local name.
    pub(crate) fn child(&self, parent: ElementId, name: &str) -> Option<ElementId> {
        let is_it = |element: &Element| element.parent == Some(parent.0) && element.name == name;
        self.elements.iter().position(is_it).map(ElementId)
    }

    /// The text of an element without blanks around it; `None` when there is none.
    pub(crate) fn text(&self, element: ElementId) -> Option<&str> {
        let text = self.elements.get(element.0)?.text.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The text of the first child of this local name.
    pub(crate) fn child_text(&self, parent: ElementId, name: &str) -> Option<&str> {
        self.text(self.child(parent, name)?)
    }

    /// The text of the first element of this local name, anywhere.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        self.text(self.find(name)?)
    }

    fn add(&mut self, name: &str, open: &[usize]) -> Result<usize, Refused> {
        if open.len() >= MAX_DEPTH || self.elements.len() >= MAX_ELEMENTS {
            return Err(Refused);
        }
        let parent = open.last().copied();
        self.elements.push(Element { name: name.to_owned(), parent, text: String::new() });
        Ok(self.elements.len() - 1)
    }

    fn append(&mut self, open: &[usize], text: &str) {
        if let Some(element) = open.last().and_then(|index| self.elements.get_mut(*index)) {
            element.text.push_str(text);
        }
    }
}

/// The character behind a reference: one by number, or one of the five names that XML defines.
fn resolved(reference: &BytesRef<'_>) -> Result<char, Refused> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Refused)? {
        return Ok(character);
    }
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(xml: &str, name: &str) -> Option<String> {
        let document = Document::parse(xml).expect("well-formed XML");
        document.text_of(name).map(ToOwned::to_owned)
    }

    #[test]
    fn local_names_text_and_references() {
        let xml =
            "<?xml version=\"1.0\"?><s:a xmlns:s='u'><s:b>x &amp; &#60;y&gt;</s:b><b>2</b></s:a>";
        assert_eq!(text_of(xml, "b"), Some("x & <y>".to_owned()));
        assert_eq!(
            text_of("<a> <b><![CDATA[1 < 2]]> &lt; 3</b> </a>", "b"),
            Some("1 < 2 < 3".to_owned())
        );
        assert_eq!(text_of("<a><b/></a>", "b"), None);
        assert_eq!(text_of("<a/>", "b"), None);
    }

    #[test]
    fn children_are_direct_ones() {
        let document = Document::parse("<r><u><id>1</id></u><id>2</id></r>").expect("XML");
        let root = document.find("r").expect("the root");
        assert_eq!(document.child_text(root, "id"), Some("2"));
        assert_eq!(document.text_of("id"), Some("1"));
        assert_eq!(document.all("id").count(), 2);
    }

    #[test]
    fn bombs_and_document_types_are_refused() {
        let bomb = "<!DOCTYPE b [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><a>&b;</a>";
        let external = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
        for xml in [bomb, external, "<!DOCTYPE a><a/>", "<a>&b;</a>", "<a>&nbsp;</a>"] {
            assert_eq!(Document::parse(xml).err(), Some(Refused), "{xml}");
        }
    }

    #[test]
    fn broken_and_truncated_documents_are_refused() {
        for xml in
            ["", "no xml", "<a>", "<a><b></a></b>", "<a", "<a>&amp</a>", "<a>&#0;</a>", "</a>"]
        {
            assert_eq!(Document::parse(xml).err(), Some(Refused), "{xml}");
        }
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(Document::parse(&deep(MAX_DEPTH)).is_ok());
        assert!(Document::parse(&deep(MAX_DEPTH + 1)).is_err());
        let wide = |count: usize| format!("<r>{}</r>", "<a/>".repeat(count));
        assert!(Document::parse(&wide(MAX_ELEMENTS - 1)).is_ok());
        assert!(Document::parse(&wide(MAX_ELEMENTS)).is_err());
    }
}
