//! JSON for programs that stays harmless on a terminal.

use std::io::{self, Write};

use org_text::does_something;
use serde::{Serialize, Serializer as _};
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::output;

/// Prints a value as JSON with a line end. What it holds stays as it is; characters that do something
/// (a terminal obeys C1 controls, readers are misled by bidirectional marks) are written as escapes,
/// which every reader of JSON decodes.
pub fn print(value: &impl Serialize) {
    output::data(|out| {
        value.serialize(&mut Serializer::with_formatter(&mut *out, Escaped::default()))?;
        out.write_all(b"\n")
    });
}

/// As [`print`], a list whose items are made one after the other.
pub fn print_list<T: Serialize>(items: impl Iterator<Item = T>) {
    output::data(|out| {
        Serializer::with_formatter(&mut *out, Escaped::default()).collect_seq(items)?;
        out.write_all(b"\n")
    });
}

/// Pretty JSON with more escapes.
#[derive(Default)]
struct Escaped {
    pretty: PrettyFormatter<'static>,
}

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(does_something) {
            let (harmless, from) = rest.split_at(at);
            writer.write_all(harmless.as_bytes())?;
            let Some(c) = from.chars().next() else { break };
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &from[c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.pretty.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.pretty.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn nothing_is_lost_and_nothing_acts() {
        let value = json!({
            "a\u{202e}": ["\u{1b}]0;t\u{7}\u{9b}2J\u{7f}", "\u{e0041}\u{200b}ü🏢", {}, [], 1, null],
            "b": { "c": "\"\\\r\n" },
        });
        let mut written = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut written, Escaped::default());
        value.serialize(&mut serializer).expect("it is written");
        let text = String::from_utf8(written).expect("UTF-8");
        assert!(!text.contains(|c| c != '\n' && does_something(c)), "{text}");
        assert!(text.contains("\\u202e") && text.contains("\\udb40\\udc41"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        let harmless = json!({ "a": ["ü", {}], "b": [] });
        let mut written = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut written, Escaped::default());
        harmless.serialize(&mut serializer).expect("it is written");
        let pretty = serde_json::to_string_pretty(&harmless).expect("it is written");
        assert_eq!(String::from_utf8(written).expect("UTF-8"), pretty);
    }
}
