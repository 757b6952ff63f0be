//! Opening, changing, saving and closing: the server's text is the client's.

use serde_json::json;
use test_support::{Client, Encoding, Position, Range, Setup, Workspace, basic_org, notification};

const URI: &str = "untitled:document";

const TEXT: &str =
    "{\n  \"x-é\": \"🏢\",\n  \"name\": \"Acme\", \"x-b\": 1,\n  \"x-c\": [1, 2]\n}\n";

fn at(line: usize, character: usize) -> Position {
    Position::new(line, character)
}

fn range(start: (usize, usize), end: (usize, usize)) -> Range {
    Range::new(at(start.0, start.1), at(end.0, end.1))
}

/// A session with [`TEXT`] open as version 1.
fn session() -> Client {
    let mut server = Setup::new().start();
    server.open(URI, 1, TEXT);
    server.expect_text(URI, 1, TEXT);
    server
}

/// Applies one change and compares.
fn check_change(place: Range, with: &str, expected: &str) {
    let mut server = session();
    server.change(URI, 2, place, with);
    server.expect_text(URI, 2, expected);
}

#[test]
fn a_change_inserts_removes_or_replaces() {
    check_change(
        Range::empty(at(2, 0)),
        "\"x-new\": true,\n",
        &TEXT.replace("  \"name\"", "\"x-new\": true,\n  \"name\""),
    );
    check_change(range((2, 2), (2, 18)), "", &TEXT.replace("\"name\": \"Acme\", ", ""));
    check_change(range((1, 4), (3, 4)), "-z\": 0, \"x", "{\n  \"x-z\": 0, \"x-c\": [1, 2]\n}\n");
}

#[test]
fn a_change_without_a_range_is_the_whole_text() {
    let mut server = session();
    let new = "{\"x-other\": {}}";
    server.replace(URI, 7, new);
    server.expect_text(URI, 7, new);
}

#[test]
fn changes_in_one_message_build_on_each_other() {
    let mut server = session();
    let changes = json!([
        {"range": range((0, 1), (0, 1)).json(), "text": "\n  \"x-1\": 1,"},
        // Line 1 is the one that the first change made.
        {"range": range((1, 4), (1, 6)).json(), "text": "x-one"},
        {"text": "{\"x-🏢\": 1}"},
        {"range": range((0, 4), (0, 6)).json(), "rangeLength": 2, "text": "end🏢"},
    ]);
    server.change_all(URI, 2, changes);
    server.expect_text(URI, 2, "{\"x-end🏢\": 1}");
}

#[test]
fn no_change_at_all_is_a_new_version() {
    let mut server = session();
    server.change_all(URI, 2, json!([]));
    server.expect_text(URI, 2, TEXT);
}

#[test]
fn lines_end_as_in_lsp() {
    for line_end in ["\r\n", "\r", "\n"] {
        let text = TEXT.replace('\n', line_end);
        let mut server = session();
        server.replace(URI, 2, &text);
        server.expect_text(URI, 2, &text);
        // The end of a line is before its line break, however long that is.
        server.change(URI, 3, range((2, 99), (3, 2)), " ");
        let text = text.replace(&format!("1,{line_end}  "), "1, ");
        server.expect_text(URI, 3, &text);
    }
    // Other separators of Unicode do not end a line.
    let text = "{\"name\": \"a\u{2028}b\u{85}c\u{b}\", \"x-same-line\": 1}";
    let mut server = session();
    server.replace(URI, 2, text);
    server.expect_text(URI, 2, text);
}

#[test]
fn a_line_break_can_be_torn_apart_and_joined() {
    let mut server = session();
    let text = TEXT.replace('\n', "\r\n");
    server.replace(URI, 2, &text);
    // Puts a carriage return in front of a line feed that stands alone, then takes it away.
    server.replace(URI, 3, TEXT);
    server.change(URI, 4, Range::empty(at(1, 99)), "\r");
    server.expect_text(URI, 4, &TEXT.replace("🏢\",\n", "🏢\",\r\n"));
    server.change(URI, 5, range((1, 99), (2, 0)), "\r");
    server.expect_text(URI, 5, &TEXT.replace("🏢\",\n", "🏢\",\r"));
}

#[test]
fn places_outside_of_the_text_are_its_nearest() {
    let huge = 2_147_483_647;
    check_change(range((1, huge), (1, huge)), " ", &TEXT.replace("🏢\",", "🏢\", "));
    check_change(
        range((huge, 0), (huge, 5)),
        "{\"x-after\": 1}",
        &format!("{TEXT}{{\"x-after\": 1}}").replace("\"x-after\"", "\"y-after\""),
    );
    check_change(range((3, 0), (huge, huge)), "}", &TEXT.replace("  \"x-c\": [1, 2]\n}\n", "}"));
    check_change(range((0, 0), (huge, huge)), "{\"x-all\": 1}", "{\"x-all\": 1}");
}

#[test]
fn an_inverted_range_is_taken_the_other_way_round() {
    check_change(range((2, 18), (2, 2)), "", &TEXT.replace("\"name\": \"Acme\", ", ""));
    check_change(range((3, 2), (1, 2)), "", "{\n  \"x-c\": [1, 2]\n}\n");
}

#[test]
fn half_a_surrogate_pair_is_its_beginning() {
    // The building's second half is at 11.
    check_change(range((1, 11), (1, 12)), "house", &TEXT.replace("🏢", "house"));
}

#[test]
fn a_change_of_what_was_never_opened_is_left_out() {
    let workspace = Workspace::new();
    let on_disk = workspace.write("acme.sforg.json", "{\"x-disk\": 1}");
    let mut server = Setup::new().folder(&workspace).start();
    assert_eq!(server.published(&on_disk).version, None);
    for uri in [on_disk.as_str(), "untitled:never-opened"] {
        server.replace(uri, 1, "{\"x-changed\": 1}");
        server.change(uri, 2, Range::empty(at(5, 5)), "x");
        assert_eq!(server.hover(uri, at(0, 0)), None);
    }
    server.open(URI, 1, TEXT);
    server.expect_text(URI, 1, TEXT);
    assert_eq!(server.waiting_diagnostics(), []);
}

#[test]
fn a_version_that_goes_back_is_left_out() {
    let mut server = session();
    server.replace(URI, 10, "{\"x-ten\": 1}");
    server.replace(URI, 9, "{\"x-nine\": 1}");
    server.replace(URI, -1, "{\"x-less\": 1}");
    server.change(URI, 11, Range::empty(at(0, 1)), "\"x-eleven\": 1, ");
    server.expect_text(URI, 11, "{\"x-eleven\": 1, \"x-ten\": 1}");
}

#[test]
fn a_second_opening_replaces_the_first() {
    let mut server = session();
    server.replace(URI, 10, "{\"x-ten\": 1}");
    server.open(URI, 1, "{\"x-again\": 1}");
    server.published_when(URI, |published| published.version == Some(1));
    server.change(URI, 2, Range::empty(at(0, 1)), "\"x-two\": 1, ");
    server.expect_text(URI, 2, "{\"x-two\": 1, \"x-again\": 1}");
}

#[test]
fn closing_forgets_the_text_and_opening_begins_anew() {
    let mut server = session();
    server.close(URI);
    server.replace(URI, 2, "{\"x-late\": 1}");
    assert_eq!(server.hover(URI, at(2, 3)), None);
    assert_eq!(server.code_actions(URI, Range::empty(at(2, 3))), [] as [serde_json::Value; 0]);
    server.open(URI, 1, "{\"x-anew\": 1}");
    let published = server.published_when(URI, |published| published.version == Some(1));
    assert_eq!(published.only("unknown-member").range, range((0, 1), (0, 9)));
}

/// Editors that forget diagnostics when they close a file want them again.
#[test]
fn opening_again_at_once_publishes_again() {
    let mut server = session();
    for _ in 0..20 {
        let document =
            json!({"uri": URI, "languageId": "salesforce-org", "version": 1, "text": TEXT});
        server.write(&[
            notification("textDocument/didClose", json!({"textDocument": {"uri": URI}})),
            notification("textDocument/didOpen", json!({"textDocument": document})),
        ]);
        server.expect_text(URI, 1, TEXT);
    }
}

#[test]
fn closing_and_saving_what_is_not_open_does_nothing() {
    let mut server = session();
    for uri in ["untitled:unknown", "file:///nowhere/acme.sforg.json", "file:///x.txt"] {
        server.close(uri);
        server.save(uri);
        server.close(uri);
    }
    server.save(URI);
    server.change(URI, 2, Range::empty(at(0, 1)), " ");
    server.expect_text(URI, 2, &TEXT.replacen('{', "{ ", 1));
    assert_eq!(server.waiting_diagnostics(), []);
}

#[test]
fn files_are_told_by_their_name_and_new_ones_by_their_language() {
    let mut server = Setup::new().start();
    for (uri, language) in [
        ("untitled:one", "salesforce-org"),
        ("file:///w/acme.sforg.json", "json"),
        ("file:///w/a%20b%2Esforg%2Ejson", "plaintext"),
        ("file:///other/sforg-project.json", "jsonc"),
        ("vscode-vfs://github/acme/acme.sforg.json", "json"),
        ("file:///c%3A/w/acme.sforg.json", "json"),
        ("file:///C:/w/big.sforg.json", "json"),
        ("file://server/share/acme.sforg.json", "json"),
        ("file:///w/%FF%20%E2%82%AC.sforg.json", "json"),
        ("untitled:/w/acme.sforg.json?x=1#y", "json"),
    ] {
        server.open_as(uri, language, 1, "{\"x-ours\": 1}");
        server.expect_text(uri, 1, "{\"x-ours\": 1}");
    }
    for (uri, language) in [
        ("untitled:two", "json"),
        ("file:///w/package.json", "json"),
        ("file:///w/acme.sforg.json.bak", "json"),
        ("file:///w/acme.sforg.jsonc", "jsonc"),
    ] {
        server.open_as(uri, language, 1, "{\"x-not-ours\": 1}");
        server.change(uri, 2, Range::empty(at(0, 1)), " ");
        assert_eq!(server.hover(uri, at(0, 3)), None, "{uri}");
        server.close(uri);
    }
    server.open(URI, 1, TEXT);
    server.expect_text(URI, 1, TEXT);
    assert_eq!(server.waiting_diagnostics(), []);
}

#[test]
fn a_document_keeps_the_spelling_of_its_uri() {
    let workspace = Workspace::new();
    let plain = workspace.write("a (b).sforg.json", "{\"x-disk\": 1}");
    let spelled = plain.replace("%28", "(");
    let mut server = Setup::new().folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&spelled, 1, "{\"x-open\": 1}");
    server.expect_text(&spelled, 1, "{\"x-open\": 1}");
    // The same file, spelled otherwise.
    server.change(&plain, 2, Range::empty(at(0, 1)), " ");
    server.expect_text(&spelled, 2, "{ \"x-open\": 1}");
}

#[test]
fn a_thousand_changes_in_one_write_end_with_the_last_version() {
    let mut server = session();
    let changes: Vec<_> = (2..=1001)
        .map(|version| {
            let change = json!({"range": Range::empty(at(1, 0)).json(), "text": "\n"});
            Client::change_message(URI, version, json!([change]))
        })
        .collect();
    server.write(&changes);
    let expected = TEXT.replacen('\n', &"\n".repeat(1001), 1);
    let mut last = 1;
    let published = server.published_when(URI, |published| {
        let version = published.version.expect("a version");
        assert!(version > last, "version {version} came after {last}");
        last = version;
        version == 1001
    });
    assert_eq!(published.all("unknown-member").count(), 3);
    server.change_all(URI, 1002, json!([]));
    server.expect_text(URI, 1002, &expected);
    assert_eq!(server.waiting_diagnostics(), []);
}

#[test]
fn every_request_sees_the_changes_before_it_and_none_after() {
    const CHANGES: usize = 2000;
    let text = basic_org("Acme", &[]).replace("  \"apiVersion\": ", "\"apiVersion\":");
    let mut server = Setup::new().start();
    server.allow("textDocument/publishDiagnostics");
    server.open(URI, 0, &text);
    let value = Range::of_text(&text, "\"61.0\"", Encoding::Utf16);
    let mut messages = Vec::new();
    let mut hovers = Vec::new();
    for number in 1..=CHANGES {
        let change = json!({"range": Range::empty(at(value.start.line, 0)).json(), "text": " "});
        messages.push(Client::change_message(URI, number as i64, json!([change])));
        let start = at(value.start.line, value.start.character + number);
        let (id, message) = server.request_message("textDocument/hover", Client::at(URI, start));
        messages.push(message);
        hovers.push((id, start));
    }
    server.write(&messages);
    for (id, start) in hovers {
        let hover = server.answer(&id).expect("an answer");
        let end = at(start.line, start.character + "\"61.0\"".len());
        assert_eq!(hover["range"], Range::new(start, end).json());
    }
}

/// Random edits of whole lines and inside of values, from a fixed seed, so that the text stays JSON
/// and every marker's place depends on all edits before it.
#[test]
fn many_random_edits_leave_the_same_text_on_both_sides() {
    for (seed, encoding) in [(1, Encoding::Utf8), (2, Encoding::Utf16), (3, Encoding::Utf32)] {
        let mut server = Setup::new().encoding(encoding).start();
        let mut random = Random(seed);
        let mut text = "{\r\n\"x-0\": \"é🏢\", \"x-00\": 0}".to_owned();
        server.open(URI, 0, &text);
        for version in 1..=400 {
            let mut changes = Vec::new();
            for _ in 0..=random.below(2) {
                let (range, with) = random_edit(&text, version, &mut random);
                let place = Range::new(
                    Position::at(&text, range.start, encoding),
                    Position::at(&text, range.end, encoding),
                );
                changes.push(json!({"range": place.json(), "text": with}));
                text.replace_range(range, &with);
            }
            server.change_all(URI, version, json!(changes));
            if version % 50 == 0 {
                server.expect_text(URI, version, &text);
            }
        }
    }
}

/// A small generator of numbers that look random (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

fn random_edit(text: &str, version: i64, random: &mut Random) -> (std::ops::Range<usize>, String) {
    let line_starts: Vec<usize> = text.match_indices("\"x-").map(|(at, _)| at).collect();
    let long = line_starts.len() > 30;
    match random.below(3) {
        // A new member in front of another.
        0 if !long => {
            let at = line_starts[random.below(line_starts.len())];
            let name = random.below(1_000_000);
            let line_end = random.of(&["\n", "\r\n", "\r", " ", "\t"]);
            (at..at, format!("\"x-{version}-{name}🏢\": \"é\",{line_end}"))
        }
        // All members up to another one.
        1 if long => {
            let to = line_starts[random.below(line_starts.len())];
            (line_starts[0]..to, String::new())
        }
        // A character inside a value.
        _ => {
            let places: Vec<usize> = text.match_indices("é").map(|(at, _)| at).collect();
            match places.get(random.below(places.len().max(1))) {
                Some(at) => (*at..*at, random.of(&["🏢", "é", "e\u{301}", "x"]).to_owned()),
                None => (text.len()..text.len(), " ".to_owned()),
            }
        }
    }
}

#[test]
fn a_change_behind_its_opening_in_one_write_counts() {
    let mut server = Setup::new().start();
    let document = json!({"uri": URI, "languageId": "salesforce-org", "version": 1, "text": "{}"});
    server.write(&[
        notification("textDocument/didOpen", json!({"textDocument": document})),
        Client::change_message(URI, 2, json!([{"text": TEXT}])),
        Client::change_message(
            URI,
            3,
            json!([{"range": Range::empty(at(0, 1)).json(), "text": "\"x-3\": 3,"}]),
        ),
    ]);
    server.expect_text(URI, 3, &TEXT.replacen('{', "{\"x-3\": 3,", 1));
}
