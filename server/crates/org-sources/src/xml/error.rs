//! What can be wrong with a text that should be XML.

use org_syntax::Span;

/// One mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// What is wrong.
    pub kind: XmlErrorKind,
    /// Where; empty where something is missing.
    pub span: Span,
}

/// The distinct mistakes. The words say what is wrong, as Design Studio owns these files: a person
/// restores them rather than edits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlErrorKind {
    /// Nothing but white space and comments.
    #[error("There is no element in this file.")]
    Empty,
    /// Longer than [`super::MAX_BYTES`].
    #[error("The file is too long to be read.")]
    TooLong,
    /// A document type declaration.
    #[error("There is a document type (DTD): Design Studio writes none, and it is not followed.")]
    DocumentType,
    /// `&name;` that XML does not define, or a number that is no character.
    #[error("This reference is none of XML's five, and no character by its number.")]
    UnknownReference,
    /// `&` that begins no reference.
    #[error("An \"&\" must be written as \"&amp;\".")]
    BareAmpersand,
    /// `<` in an attribute's value: as a rule the closing quote before it is missing.
    #[error(
        "The closing quote of this value is missing, or a \"<\" in it is not written \"&lt;\"."
    )]
    LessThanInValue,
    /// A comment, tag, declaration, CDATA section or quoted value without its end.
    #[error("The end of this is missing: the file is damaged or was cut off.")]
    Unclosed,
    /// An attribute without `=`, value or quotes.
    #[error("This is no attribute: NAME=\"VALUE\" is expected.")]
    BadAttribute,
    /// An attribute that its element has already.
    #[error("This attribute is written twice; the first one counts.")]
    DuplicateAttribute,
    /// More than [`super::MAX_ATTRIBUTES`].
    #[error("This element has more attributes than are read.")]
    TooManyAttributes,
    /// An element without its closing tag.
    #[error("The closing tag of this element is missing: the file is damaged or was cut off.")]
    UnclosedElement,
    /// A closing tag for an element that is not open, or not the innermost one.
    #[error("This closing tag does not fit: another element is open here.")]
    MismatchedEnd,
    /// Text or an element outside of the outermost element.
    #[error("There is something outside of the outermost element.")]
    Outside,
    /// Deeper than [`super::MAX_DEPTH`].
    #[error("The elements nest too deep to be read further.")]
    TooDeep,
    /// More than [`super::MAX_ELEMENTS`].
    #[error("There are more elements than are read.")]
    TooManyElements,
    /// Other mistakes.
    #[error("This is not XML.")]
    NotXml,
}
