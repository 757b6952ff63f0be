//! From events to elements.

use std::ops::Range;

use org_syntax::Span;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Element, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, Xml, XmlError, XmlErrorKind, attributes};

/// So many mistakes of one text are kept.
const MAX_ERRORS: usize = 100;

/// So often the reading begins anew behind a tag that does not end: each time costs a look at the rest.
const MAX_RESTARTS: usize = 32;

pub(super) fn read(text: &str) -> Xml {
    read_part(text, 0..text.len(), false)
}

/// Reads a part of a text: several outermost elements are let pass, and a document type.
pub(super) fn read_leniently(text: &str, part: Range<usize>) -> Xml {
    read_part(text, part, true)
}

fn read_part(text: &str, part: Range<usize>, is_lenient: bool) -> Xml {
    let text = text.get(..part.end).unwrap_or(text);
    let mut reading = Reading { text, xml: Xml::default(), open: Vec::new(), is_lenient };
    if text.len() > MAX_BYTES {
        reading.error(XmlErrorKind::TooLong, Span::at(0));
        return reading.xml;
    }
    let mut start = part.start;
    // The library takes one away and does not count it, wherever it begins.
    while text.get(start..).is_some_and(|rest| rest.starts_with('\u{feff}')) {
        start += '\u{feff}'.len_utf8();
    }
    for _ in 0..=MAX_RESTARTS {
        match reading.read_from(start) {
            Reached::End => return reading.end(),
            Reached::Mistake => break,
            Reached::BrokenTag { next } => start = next,
        }
    }
    reading.xml
}

/// How far a reading came.
enum Reached {
    /// The end of the text.
    End,
    /// A mistake that nothing is read behind.
    Mistake,
    /// A tag without its end, as a rule because a quote is missing.
    BrokenTag {
        /// Byte offset of the tag behind it.
        next: usize,
    },
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn is_of_a_tag(mistake: &SyntaxError) -> bool {
    use SyntaxError::{
        UnclosedDoubleQuotedAttributeValue, UnclosedSingleQuotedAttributeValue, UnclosedTag,
    };
    matches!(
        mistake,
        UnclosedTag | UnclosedSingleQuotedAttributeValue | UnclosedDoubleQuotedAttributeValue
    )
}

fn kind_of(error: &Error) -> XmlErrorKind {
    match error {
        Error::Syntax(_) => XmlErrorKind::Unclosed,
        _ => XmlErrorKind::NotXml,
    }
}

/// A text while it is read.
pub(super) struct Reading<'text> {
    text: &'text str,
    xml: Xml,
    /// The elements around the place that is reached, outermost first.
    open: Vec<usize>,
    /// Whether what is no mistake for the programs that read such a file is none here.
    is_lenient: bool,
}

impl<'text> Reading<'text> {
    fn read_from(&mut self, base: usize) -> Reached {
        let mut reader = Reader::from_str(self.text.get(base..).unwrap_or_default());
        // Which tag closes which is compared here, so that one mistake does not end the reading.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        loop {
            let start = base + position(reader.buffer_position());
            let event = reader.read_event();
            let end = base + position(reader.buffer_position());
            match event {
                Ok(Event::Eof) => return Reached::End,
                Ok(Event::Start(tag) | Event::Empty(tag))
                    if self.tag_inside(start, &tag).is_some() =>
                {
                    return self.broken_tag(start);
                }
                Ok(event) => {
                    if !self.take(event, self.place(start, end)) {
                        return Reached::Mistake;
                    }
                }
                Err(Error::IllFormed(IllFormedError::UnclosedReference)) if start < end => {
                    let at = base + position(reader.error_position());
                    self.error(XmlErrorKind::BareAmpersand, self.place(at, at + 1));
                }
                Err(Error::Syntax(mistake)) if is_of_a_tag(&mistake) => {
                    return self.broken_tag(start);
                }
                Err(error) => {
                    let at = base + position(reader.error_position());
                    self.error(kind_of(&error), self.place(at, at));
                    return Reached::Mistake;
                }
            }
        }
    }

    /// Where the next tag begins inside a tag that begins at `start`: it took over what is behind it.
    fn tag_inside(&self, start: usize, tag: &str) -> Option<usize> {
        let found = tag.match_indices('<').map(|(at, _)| start + 1 + at);
        found.into_iter().find(|at| self.is_tag(*at))
    }

    fn is_tag(&self, at: usize) -> bool {
        let next = self.text.as_bytes().get(at + 1);
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
    }

    /// Tells about a tag without its end, and where to go on.
    fn broken_tag(&mut self, start: usize) -> Reached {
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let next = self.tag_inside(start, rest);
        let end = next.unwrap_or(self.text.len());
        let written = self.text.get(start..end).unwrap_or_default().trim_end();
        self.error(XmlErrorKind::Unclosed, self.place(start, start + written.len()));
        match next {
            Some(next) => Reached::BrokenTag { next },
            None => Reached::Mistake,
        }
    }

    pub(super) fn error(&mut self, kind: XmlErrorKind, span: Span) {
        if self.xml.errors.len() < MAX_ERRORS {
            self.xml.errors.push(XmlError { kind, span });
        }
    }

    /// Where a part of the text stands; `None` when it is none.
    pub(super) fn span_of(&self, part: &str) -> Option<Span> {
        let start = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start.checked_add(part.len()).filter(|end| *end <= self.text.len())?;
        Some(self.place(start, end))
    }

    fn place(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at.min(self.text.len())).unwrap_or(0);
        Span::new(offset(start), offset(end))
    }

    /// Takes what comes next; `false` when nothing behind it is read.
    fn take(&mut self, event: Event<'_>, place: Span) -> bool {
        match event {
            Event::Start(tag) => return self.element(&tag, place, true),
            Event::Empty(tag) => return self.element(&tag, place, false),
            Event::End(tag) => self.close(tag.name().as_ref(), place),
            Event::Text(text) => self.append(&text.xml10_content(), place),
            Event::CData(data) => self.append(&data.xml10_content(), place),
            Event::GeneralRef(reference) => match resolved(&reference) {
                Some(character) => self.append(character.encode_utf8(&mut [0; 4]), place),
                None => self.error(XmlErrorKind::UnknownReference, place),
            },
            Event::DocType(_) if !self.is_lenient => {
                self.error(XmlErrorKind::DocumentType, place);
                return false;
            }
            Event::Comment(_) | Event::Decl(_) | Event::DocType(_) | Event::PI(_) | Event::Eof => {}
        }
        true
    }

    fn element(&mut self, tag: &BytesStart<'_>, place: Span, is_open: bool) -> bool {
        let full = if self.open.len() >= MAX_DEPTH {
            Some(XmlErrorKind::TooDeep)
        } else if self.xml.elements.len() >= MAX_ELEMENTS {
            Some(XmlErrorKind::TooManyElements)
        } else if self.open.is_empty() && !self.xml.elements.is_empty() && !self.is_lenient {
            Some(XmlErrorKind::Outside)
        } else {
            None
        };
        if let Some(kind) = full {
            self.error(kind, place);
            return false;
        }
        let name = tag.name();
        let name_span = self.span_of(name.as_ref()).unwrap_or(place);
        let element = Element {
            name: name.as_ref().to_owned(),
            name_span,
            tag_span: place,
            parent: self.open.last().copied(),
            attributes: attributes::read(self, tag, name_span.start),
            text: String::new(),
            text_span: None,
        };
        if is_open {
            self.open.push(self.xml.elements.len());
        }
        self.xml.elements.push(element);
        true
    }

    /// Closes the innermost element of this name; those inside it have no end of their own.
    fn close(&mut self, name: &str, place: Span) {
        let elements = &self.xml.elements;
        let is_it = |index: &usize| elements.get(*index).is_some_and(|it| it.name == name);
        let Some(depth) = self.open.iter().rposition(is_it) else {
            self.error(XmlErrorKind::MismatchedEnd, place);
            return;
        };
        if depth + 1 < self.open.len() {
            self.error(XmlErrorKind::MismatchedEnd, place);
        }
        self.open.truncate(depth);
    }

    fn append(&mut self, text: &str, place: Span) {
        let innermost = self.open.last().and_then(|index| self.xml.elements.get_mut(*index));
        let Some(element) = innermost else {
            if !text.trim().is_empty() {
                self.error(XmlErrorKind::Outside, place);
            }
            return;
        };
        element.text.push_str(text);
        element.text_span = Some(element.text_span.map_or(place, |span| span.cover(place)));
    }

    fn end(mut self) -> Xml {
        match self.open.last().and_then(|index| self.xml.elements.get(*index)) {
            Some(innermost) => self.error(XmlErrorKind::UnclosedElement, innermost.name_span),
            None if self.xml.elements.is_empty() => {
                let end = self.place(self.text.len(), self.text.len());
                self.error(XmlErrorKind::Empty, end);
            }
            None => {}
        }
        self.xml
    }
}

/// The character behind a reference: one by number, or one of the five names that XML defines.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character),
        Ok(None) => quick_xml::escape::resolve_xml_entity(reference)?.chars().next(),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests;
