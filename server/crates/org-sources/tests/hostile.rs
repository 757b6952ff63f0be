//! Whatever the input: no panic, no place outside of the text, no more than linear time.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use org_sources::design_studio::{Entity, Project, ProjectXml};
use org_sources::studio_export::StudioExport;
use org_sources::xml::Xml;
use org_sources::{Located, decode, jitterpak};
use proptest::prelude::*;

const ORG: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- ü --><Entity type="SalesforceConnector"><Header Deleted="false" ID="c1" Name='[payroll_user]'>
<konga.string name="Description">a &amp; b<![CDATA[ < ]]></konga.string></Header>
<Properties><Item key="api_version" value="63.0"/><Item enc="true" key="password" value="$00AA=="/>
</Properties></Entity>
"#;

const EXPORT: &str = r#"{"project": {"name": "P", "components": [{"type": 600, "adapterId": "salesforce",
"properties": [{"name": "page0", "children": [{"name": "url", "value": "https://x"}]}]}]}}"#;

/// A part of the text, cut out and put back elsewhere or left out.
fn mutated(sample: &'static str) -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((0..sample.len(), 0..sample.len(), any::<bool>()), 0..4);
    let noise = prop::sample::select(vec![
        "",
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&#0;",
        "<!DOCTYPE a>",
        "]]>",
        "\0",
        "ü",
        "{",
        "]",
        "\u{feff}",
        "<!--",
    ]);
    (pieces, noise, 0..sample.len()).prop_map(move |(pieces, noise, at)| {
        let mut bytes = sample.as_bytes().to_vec();
        for (a, b, is_kept) in pieces {
            let (a, b) = (a.min(b).min(bytes.len()), a.max(b).min(bytes.len()));
            let part: Vec<u8> = bytes.drain(a..b).collect();
            if is_kept {
                bytes.extend(part);
            }
        }
        let at = at.min(bytes.len());
        bytes.splice(at..at, noise.bytes());
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn check_place(text: &str, located: &Located) {
    let written = text.get(located.span.range());
    assert!(written.is_some(), "{located:?} is no part of {text:?}");
}

fn check_xml(text: &str) {
    let entity = Entity::read(text);
    let header = &entity.header;
    for located in [&entity.kind, &header.id, &header.name].into_iter().flatten() {
        check_place(text, located);
    }
    for item in &entity.items {
        check_place(text, &item.key);
        item.value.iter().for_each(|value| check_place(text, value));
    }
    entity.texts.iter().for_each(|(_, located)| check_place(text, located));
    for error in Xml::read(text).errors() {
        assert!(text.get(error.span.range()).is_some(), "{error:?} in {text:?}");
    }
    let project = ProjectXml::read(text);
    project.entities.iter().for_each(|entity| check_place(text, &entity.id));
}

fn check_export(text: &str) {
    let Some(export) = StudioExport::read(text) else { return };
    for field in export.connections.iter().flat_map(|connection| &connection.fields) {
        field.value.iter().chain(&field.default).for_each(|value| check_place(text, value));
    }
}

fn packed() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (path, text) in
        [("project.xml", "<Project name='P'/>"), ("Data/SalesforceConnector/c1.xml", ORG)]
    {
        writer.start_file(path, options).expect("a member");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("an archive").into_inner()
}

/// Only the first one is a mark.
#[test]
fn byte_order_marks_in_a_row() {
    for many in 0..4 {
        check_xml(&format!("{}0", "\u{feff}".repeat(many)));
        check_xml(&format!("{}<a b='c'/>0", "\u{feff}".repeat(many)));
    }
}

proptest! {
    #[test]
    fn mutated_orgs(text in mutated(ORG)) {
        check_xml(&text);
    }

    #[test]
    fn any_text(text in ".{0,200}") {
        check_xml(&text);
        check_export(&text);
    }

    #[test]
    fn mutated_exports(text in mutated(EXPORT)) {
        check_export(&text);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(text) = decode(bytes.clone()) {
            check_xml(&text);
        }
        prop_assert!(jitterpak::read(Cursor::new(&bytes)).is_err());
        for path in ["project.xml", "environment.properties", "jitterpak.properties", "Data/Operation/o.xml"] {
            Project::read([(path.to_owned(), bytes.clone())]);
        }
    }

    #[test]
    fn damaged_archives(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<Option<prop::sample::Index>>()) {
        let mut bytes = packed();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // Refused or read, as the damage is: never a panic.
        let _ = jitterpak::read(Cursor::new(&bytes));
    }
}

/// Makes a text of so many parts.
type Generator = Box<dyn Fn(usize) -> String>;
/// Reads a text.
type Reader = fn(&str);

/// How long a size takes, the best of three: other programs run, too.
fn time_of(text: &str, run: Reader) -> Duration {
    let once = || {
        let start = Instant::now();
        run(text);
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn time_is_linear() {
    let xml: Reader = |text| drop(Entity::read(text));
    let export: Reader = |text| drop(StudioExport::read(text));
    let inside = |text: &str| {
        format!(
            "{{\"project\":{{\"components\":[{{\"type\":600,\"adapterId\":\"salesforce\",\"properties\":[{text}"
        )
    };
    let texts: [(&str, Reader, Generator); 8] = [
        (
            "items",
            xml,
            Box::new(|n| format!("<Entity><Properties>{}", "<Item key='a' value='b'/>".repeat(n))),
        ),
        ("attributes", xml, Box::new(|n| format!("<Entity {}", " a='b'".repeat(n)))),
        ("brackets", xml, Box::new(|n| "<".repeat(n))),
        ("ends", xml, Box::new(|n| format!("<Entity>{}", "</a>".repeat(n)))),
        ("references", xml, Box::new(|n| format!("<Entity a='{}'/>", "&amp;".repeat(n)))),
        ("comments", xml, Box::new(|n| "<!-- -->".repeat(n))),
        (
            "fields",
            export,
            Box::new(move |n| inside(&"{\"name\":\"url\",\"value\":\"b\"},".repeat(n))),
        ),
        ("nested", export, Box::new(move |n| inside(&"{\"children\":[".repeat(n)))),
    ];
    for (name, run, text) in texts {
        let (small, large) = (time_of(&text(2_000), run), time_of(&text(32_000), run));
        // 16 times the text; the square would be 256 times the time.
        assert!(
            large < small * 80 + Duration::from_millis(50),
            "{name}: {small:?}, then {large:?}"
        );
    }
}
