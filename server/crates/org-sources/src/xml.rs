//! XML as a flat list of elements with the places of everything, read as far as it can be.
//!
//! No document type, no entity but the five that XML defines, bounded depth and number of elements.
//! A mistake that ends the reading leaves what stands before it.

mod attributes;
mod error;
mod reader;

pub use error::{XmlError, XmlErrorKind};

use org_syntax::Span;

use crate::Located;

/// Elements nest no deeper than this.
pub const MAX_DEPTH: usize = 64;
/// No text has more elements: a project of 50,000 entities has as many.
pub const MAX_ELEMENTS: usize = 200_000;
/// An element has no more attributes.
pub const MAX_ATTRIBUTES: usize = 64;
/// A longer text is not read.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What stands in a text.
#[derive(Clone, Debug, Default)]
pub struct Xml {
    elements: Vec<Element>,
    errors: Vec<XmlError>,
}

/// One element.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name as written, prefix included.
    pub name: String,
    /// Byte span of the name.
    pub name_span: Span,
    /// Byte span of its first tag, brackets included.
    pub tag_span: Span,
    /// The index of the element around it.
    pub parent: Option<usize>,
    /// Its attributes in the order of the text.
    pub attributes: Vec<Attribute>,
    /// The text directly inside.
    pub text: String,
    /// Byte span from the first to the last piece of that text.
    pub text_span: Option<Span>,
}

/// One attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name as written.
    pub name: String,
    /// Byte span of the name.
    pub name_span: Span,
    /// Its value.
    pub value: Located,
}

impl Xml {
    /// Reads `text`.
    pub fn read(text: &str) -> Self {
        reader::read(text)
    }

    /// Reads `text` as other programs do: a document type is passed over, and what it defines with it.
    pub(crate) fn read_leniently(text: &str) -> Self {
        reader::read_leniently(text, 0..text.len())
    }

    /// Reads what stands in the comments of `text`, each as XML of its own: what somebody has put out of use.
    pub(crate) fn in_comments(text: &str) -> impl Iterator<Item = Self> + '_ {
        comments(text).map(|inside| reader::read_leniently(text, inside))
    }

    /// The elements in the order of the text.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// The outermost element.
    pub fn root(&self) -> Option<&Element> {
        self.elements.first()
    }

    /// What is wrong, in the order in which it was found; at most 100.
    pub fn errors(&self) -> &[XmlError] {
        &self.errors
    }

    /// The elements directly inside the one with this index, with their own.
    pub fn children(&self, parent: usize) -> impl Iterator<Item = (usize, &Element)> {
        // Children stand behind their parent, and the first element that is not below it ends them.
        let below = self.elements.iter().enumerate().skip(parent + 1);
        below
            .take_while(move |(_, element)| element.parent.is_some_and(|above| above >= parent))
            .filter(move |(_, element)| element.parent == Some(parent))
    }
}

/// So many comments with elements in them are looked at.
const MAX_COMMENTS: usize = 200;

/// Where the comments stand that hold an element, without their marks.
fn comments(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    const OPEN: &str = "<!--";
    let mut at = 0;
    let all = std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(OPEN)? + OPEN.len();
        let end = text[start..].find("-->").map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    });
    all.filter(|inside| text[inside.clone()].contains('<')).take(MAX_COMMENTS)
}

impl Element {
    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Located> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        Some(&attribute.value)
    }
}
