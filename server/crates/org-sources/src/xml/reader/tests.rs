use super::*;
use crate::xml::MAX_ATTRIBUTES;

/// The errors of a text as (kind, what is written there).
fn errors(text: &str) -> Vec<(XmlErrorKind, &str)> {
    let xml = Xml::read(text);
    xml.errors().iter().map(|error| (error.kind, error.span.text(text))).collect()
}

/// The attribute `v` of the first element `i`, as meant and as written.
fn value(text: &str) -> Option<(String, &str)> {
    let xml = Xml::read(text);
    let element = xml.elements().iter().find(|element| element.name == "i")?;
    let value = element.attribute("v")?;
    Some((value.value.clone(), value.span.text(text)))
}

#[test]
fn values_have_the_place_where_they_are_written() {
    for (text, meant, written) in [
        ("<r><i k='a' v=\"64.0\"/></r>", "64.0", "64.0"),
        ("<r><i v='64.0' k='a'/></r>", "64.0", "64.0"),
        (
            "\u{feff}<?xml version=\"1.0\"?>\r\n<r>\r\n  <i\r\n v = 'ü &amp; &#x41;' >\r\n</i></r>",
            "ü & A",
            "ü &amp; &#x41;",
        ),
        ("<r><!-- <i v='no'/> --><i v=''/></r>", "", "''"),
        ("<r><i v='a\nb'/></r>", "a b", "a\nb"),
        ("<r><i v='\"'/></r>", "\"", "\""),
    ] {
        assert_eq!(value(text), Some((meant.to_owned(), written)), "{text}");
        assert_eq!(errors(text), [], "{text}");
    }
}

#[test]
fn text_is_put_together_from_its_pieces() {
    let text = "<r>a &lt; <![CDATA[b & c]]><x>no</x>&#33;</r>";
    let xml = Xml::read(text);
    let root = xml.root().expect("a root");
    assert_eq!(root.text, "a < b & c!");
    assert_eq!(
        root.text_span.map(|span| span.text(text)),
        Some("a &lt; <![CDATA[b & c]]><x>no</x>&#33;")
    );
    assert_eq!(errors(text), []);
}

#[test]
fn children_are_direct_ones() {
    let xml = Xml::read("<r><a><b/><b/></a><b/><c><b/></c></r>");
    let names = |index| xml.children(index).map(|(index, _)| index).collect::<Vec<_>>();
    assert_eq!(names(0), [1, 4, 5]);
    assert_eq!(names(1), [2, 3]);
    assert_eq!(names(4), [0; 0]);
}

#[test]
fn mistakes_have_their_place_and_what_can_be_read_counts() {
    use XmlErrorKind::*;
    for (text, expected) in [
        ("", vec![(Empty, "")]),
        ("  <!-- nothing -->\n", vec![(Empty, "")]),
        ("no xml", vec![(Outside, "no xml"), (Empty, "")]),
        ("<r><i v='1'/>", vec![(UnclosedElement, "r")]),
        ("<r><i v='1'></r>", vec![(MismatchedEnd, "</r>")]),
        ("<r><i v='1'/></x></r>", vec![(MismatchedEnd, "</x>")]),
        ("<r><i v='1'/></r><r/>", vec![(Outside, "<r/>")]),
        ("<r><i v='1' w/></r>", vec![(BadAttribute, "")]),
        ("<r><i v='1' w=2/></r>", vec![(BadAttribute, "")]),
        ("<r><i v='1' v='2'/></r>", vec![(DuplicateAttribute, "v")]),
        ("<r><i v='1' w='&nbsp;'/></r>", vec![(UnknownReference, "nbsp")]),
        ("<r><i v='1'/>&nbsp;</r>", vec![(UnknownReference, "&nbsp;")]),
        ("<r><i v='1' w='a & b'/></r>", vec![(BareAmpersand, "&")]),
        ("<r><i v='1'/>a & b</r>", vec![(BareAmpersand, "&")]),
        ("<r><i v='1' w='a < b'/></r>", vec![(LessThanInValue, "'")]),
        ("<r><j w='2/>\n<i v='1'/></r>", vec![(Unclosed, "<j w='2/>")]),
        (
            "<r><j w='2/><k x='3/><i v='1'/></r>",
            vec![(Unclosed, "<j w='2/>"), (Unclosed, "<k x='3/>")],
        ),
        ("<r><i v='1'/><j x=2 <k/></r>", vec![(Unclosed, "<j x=2")]),
        ("<r><i v='1'/><!-- ", vec![(Unclosed, "")]),
        ("<r><i v='1'/><j ", vec![(Unclosed, "<j")]),
    ] {
        assert_eq!(errors(text), expected, "{text}");
        if text.contains("<i") {
            assert_eq!(value(text).map(|(value, _)| value).as_deref(), Some("1"), "{text}");
        }
    }
}

#[test]
fn bombs_are_not_followed() {
    let bomb = "<!DOCTYPE b [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><r><i v='&b;'/></r>";
    let xml = Xml::read(bomb);
    assert_eq!(xml.errors().first().map(|error| error.kind), Some(XmlErrorKind::DocumentType));
    assert!(xml.elements().is_empty());
    let deep = format!("{}{}", "<a>".repeat(MAX_DEPTH + 1), "</a>".repeat(MAX_DEPTH + 1));
    assert_eq!(errors(&deep).first().map(|error| error.0), Some(XmlErrorKind::TooDeep));
    let wide = format!("<r>{}</r>", "<a/>".repeat(MAX_ELEMENTS));
    assert_eq!(errors(&wide).first().map(|error| error.0), Some(XmlErrorKind::TooManyElements));
    let attributes: String = (0..=MAX_ATTRIBUTES).map(|n| format!(" a{n}=''")).collect();
    let many = format!("<r{attributes}/>");
    assert_eq!(errors(&many).first().map(|error| error.0), Some(XmlErrorKind::TooManyAttributes));
    let mistakes = format!("<r>{}</r>", "&x;".repeat(1000));
    assert_eq!(errors(&mistakes).len(), MAX_ERRORS);
}
