//! The attributes of a tag.

use std::collections::HashSet;

use org_syntax::Span;
use quick_xml::XmlVersion;
use quick_xml::escape::EscapeError;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::{AttrError, Attribute as Raw};

use super::reader::Reading;
use super::{Attribute, MAX_ATTRIBUTES, XmlErrorKind};
use crate::Located;

/// Reads the attributes of `tag`, whose content (behind `<`) begins at byte `at`.
pub(super) fn read(reading: &mut Reading<'_>, tag: &BytesStart<'_>, at: u32) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut seen = HashSet::new();
    let mut raw = tag.attributes();
    // Its own check compares each with all before.
    raw.with_checks(false);
    for attribute in raw {
        if attributes.len() >= MAX_ATTRIBUTES {
            reading.error(XmlErrorKind::TooManyAttributes, Span::at(at));
            break;
        }
        match attribute {
            Ok(raw) => {
                let Some(attribute) = lower(reading, &raw) else { continue };
                if seen.insert(attribute.name.clone()) {
                    attributes.push(attribute);
                } else {
                    reading.error(XmlErrorKind::DuplicateAttribute, attribute.name_span);
                }
            }
            Err(error) => reading.error(kind_of(&error), Span::at(at + position_of(&error))),
        }
    }
    attributes
}

fn lower(reading: &mut Reading<'_>, raw: &Raw<'_>) -> Option<Attribute> {
    let name = raw.key.as_ref();
    let (name_span, inside) = (reading.span_of(name)?, reading.span_of(&raw.value)?);
    if raw.value.contains('<') {
        // What follows may be anything, a secret included: none of it is taken for the value.
        reading.error(
            XmlErrorKind::LessThanInValue,
            Span::new(inside.start.saturating_sub(1), inside.start),
        );
        return None;
    }
    let value = match raw.normalized_value(XmlVersion::Explicit1_0) {
        Ok(value) => value.into_owned(),
        Err(error) => {
            let (kind, span) = reference_error(&error, inside);
            reading.error(kind, span);
            return None;
        }
    };
    let span = match inside.is_empty() {
        true => Span::new(inside.start.saturating_sub(1), inside.end + 1),
        false => inside,
    };
    Some(Attribute { name: name.to_owned(), name_span, value: Located { value, span } })
}

fn reference_error(error: &quick_xml::Error, value: Span) -> (XmlErrorKind, Span) {
    let place = |range: &std::ops::Range<usize>| {
        let start = value.start + u32::try_from(range.start).unwrap_or(0);
        let end = value.start + u32::try_from(range.end).unwrap_or(0);
        Span::new(start.min(value.end), end.min(value.end))
    };
    match error {
        quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(range, _)) => {
            (XmlErrorKind::UnknownReference, place(range))
        }
        quick_xml::Error::Escape(EscapeError::UnterminatedEntity(range)) => {
            let ampersand = place(range).start;
            (XmlErrorKind::BareAmpersand, Span::new(ampersand, (ampersand + 1).min(value.end)))
        }
        _ => (XmlErrorKind::UnknownReference, value),
    }
}

fn kind_of(error: &AttrError) -> XmlErrorKind {
    match error {
        AttrError::ExpectedQuote(..) => XmlErrorKind::Unclosed,
        AttrError::Duplicated(..) => XmlErrorKind::DuplicateAttribute,
        _ => XmlErrorKind::BadAttribute,
    }
}

/// Byte offset in the tag's content.
fn position_of(error: &AttrError) -> u32 {
    let at = match error {
        AttrError::ExpectedEq(at) | AttrError::ExpectedValue(at) | AttrError::UnquotedValue(at) => {
            at
        }
        AttrError::ExpectedQuote(at, _) | AttrError::Duplicated(at, _) => at,
    };
    u32::try_from(*at).unwrap_or(0)
}
