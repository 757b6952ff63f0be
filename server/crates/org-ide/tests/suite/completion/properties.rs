//! Whatever is accepted wherever: the text stays JSON, or the beginning of JSON.

use std::collections::BTreeSet;

use org_ide::FileKind;
use org_ide::completion::ending_at_cursor;
use org_syntax::{NodeKind, Span, SyntaxErrorKind};

use super::accept::{CLIENTS, accept, assert_protocol, assert_within_quotes, items};
use super::json_prefix::{Judgement, judge};
use crate::clean::fixtures;

/// Files whose every position is tried.
fn files() -> Vec<(FileKind, String)> {
    let mut files: Vec<_> = fixtures("clean")
        .into_iter()
        .filter_map(|(name, text)| {
            let base = name.rsplit('/').next()?.to_owned();
            Some((FileKind::of_name(&base)?, text))
        })
        .collect();
    files.push((FileKind::Org, String::new()));
    files.push((FileKind::Org, EVERY_VALUE.to_owned()));
    files.push((FileKind::Project, EVERY_RULE.to_owned()));
    files
}

const EVERY_VALUE: &str = "{\r\n\t\"$schema\" : \"s\" ,\r\n\t\"name\":\"Zu\u{308}rich \u{1f680}\",\t\"sandbox\":  true\r\n\t,\"serverHost\": \"\",\r\n\t\"other\": [ {\"name\": 1.5e3, \"auth\": null }, [ ], \"x\" ],\r\n\t\"apiVersion\":\r\n\t\t\"64.0\",\r\n\t\"auth\": { }\r\n}";
const EVERY_RULE: &str = "{\n  \"rules\": {\n    \"comment\": \"off\",\n    \"plaintext-secret\": \"err\"\n  },\n  \"apiVersion\": \"68.0\"\n}\n";

/// Longer files have no other places than these.
const LONGEST: usize = 700;

fn boundaries(text: &str) -> impl Iterator<Item = usize> + '_ {
    (0..=text.len()).filter(|&at| text.is_char_boundary(at))
}

#[test]
fn accepting_in_a_prefix_leaves_the_beginning_of_json() {
    let mut seen = BTreeSet::new();
    let mut accepted = 0;
    for (kind, text) in files() {
        for end in boundaries(&text).filter(|&end| end <= LONGEST) {
            let prefix = &text[..end];
            if !seen.insert((kind == FileKind::Org, prefix.to_owned())) {
                continue;
            }
            for item in items(kind, prefix, end) {
                assert_protocol(prefix, end, &item);
                for client in CLIENTS {
                    let (after, _) = accept(prefix, &item, client);
                    let judged = judge(&after);
                    assert_ne!(
                        judged,
                        Judgement::Wrong,
                        "{client:?} {item:#?}\n{prefix}│\n→\n{after}"
                    );
                    accepted += 1;
                }
            }
        }
    }
    assert!(accepted > 10_000, "{accepted}");
}

#[test]
fn accepting_in_a_whole_file_leaves_a_whole_file() {
    let mut accepted = 0;
    for (kind, text) in files().into_iter().filter(|(_, text)| text.len() <= LONGEST) {
        for offset in boundaries(&text) {
            for item in items(kind, &text, offset) {
                assert_protocol(&text, offset, &item);
                for client in CLIENTS {
                    let (after, _) = accept(&text, &item, client);
                    let place = format!(
                        "{client:?} {item:#?}\n{}│{}\n→\n{after}",
                        &text[..offset],
                        &text[offset..]
                    );
                    assert_eq!(judge(&after), Judgement::Whole, "{place}");
                    assert_eq!(duplicates(&after), Vec::<String>::new(), "{place}");
                    accepted += 1;
                }
            }
        }
    }
    assert!(accepted > 10_000, "{accepted}");
}

/// Clients that replace only what is before the cursor get items that end there, wherever that
/// comes to the same.
#[test]
fn accepting_what_ends_at_the_cursor_leaves_a_whole_file() {
    let mut accepted = 0;
    for (kind, text) in files().into_iter().filter(|(_, text)| text.len() <= LONGEST) {
        for offset in boundaries(&text) {
            let ended = items(kind, &text, offset)
                .into_iter()
                .map(|item| ending_at_cursor(item, &text, offset as u32))
                .filter(|item| item.replace.end as usize <= offset);
            for item in ended {
                assert_within_quotes(&text, offset, &item);
                for client in CLIENTS {
                    let (after, _) = accept(&text, &item, client);
                    let place =
                        format!("{item:#?}\n{}│{}\n→\n{after}", &text[..offset], &text[offset..]);
                    assert_eq!(judge(&after), Judgement::Whole, "{place}");
                    assert_eq!(duplicates(&after), Vec::<String>::new(), "{place}");
                    accepted += 1;
                }
            }
        }
    }
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn accepting_in_a_broken_file_breaks_nothing_more() {
    for whole in [PRETTY, ONE_LINE] {
        for at in boundaries(whole) {
            for broken in broken_at(whole, at) {
                let near = boundaries(&broken).filter(|offset| offset.abs_diff(at) <= 3);
                for offset in near {
                    assert_breaks_nothing(&broken, offset);
                }
            }
        }
    }
}

#[test]
fn accepting_far_from_a_mistake_breaks_nothing_more() {
    let breaks = [9, 40, 70];
    for broken in breaks.iter().flat_map(|&at| broken_at(PRETTY, at)) {
        for offset in boundaries(&broken) {
            assert_breaks_nothing(&broken, offset);
        }
    }
}

const PRETTY: &str = "{\n  \"name\": \"Acme\",\n  \"sandbox\": true,\n  \"auth\": {\n    \"type\": \"basic\",\n    \"username\": \"u@a.example\"\n  }\n}\n";
const ONE_LINE: &str = r#"{"name": "Acme", "auth": {"type": "basic", "username": "u@a.example"}, "apiVersion": "64.0"}"#;

/// The file with the character at `at` missing, or with another one before it. Without changed
/// brackets: which of them belong together is then a guess, which every further text can turn.
fn broken_at(whole: &str, at: usize) -> Vec<String> {
    let (before, after) = whole.split_at(at);
    let mut rest = after.chars();
    let missing = rest.next().filter(|c| !matches!(c, '{' | '}'));
    let missing = missing.map(|_| format!("{before}{}", rest.as_str()));
    let stray = ["\"", ",", ":", "x", "1", "/"];
    let stray = stray.iter().map(|stray| format!("{before}{stray}{after}"));
    missing.into_iter().chain(stray).collect()
}

/// There are no more mistakes at the text that is inserted than there were at the text that it
/// replaces. How the parser reads the rest of a broken file may change with every letter.
fn assert_breaks_nothing(text: &str, offset: usize) {
    for item in items(FileKind::Org, text, offset) {
        assert_protocol(text, offset, &item);
        let additional = item.additional.first();
        let start = additional.map_or(item.replace.start, |edit| edit.span.start);
        let before = mistakes_at(text, Span::new(start, item.replace.end));
        for client in CLIENTS {
            let (after, _) = accept(text, &item, client);
            let rest = text.len() - item.replace.end as usize;
            let end = (after.len() - rest) as u32;
            assert!(
                mistakes_at(&after, Span::new(start, end)) <= before,
                "{client:?} {item:#?}\n{}│{}\n→\n{after}",
                &text[..offset],
                &text[offset..]
            );
        }
    }
}

fn mistakes_at(text: &str, span: Span) -> usize {
    let errors = org_syntax::parse(text).errors.into_iter();
    let tolerable = [SyntaxErrorKind::Comment, SyntaxErrorKind::TrailingComma];
    errors
        .filter(|error| !tolerable.contains(&error.kind))
        .filter(|error| error.span.end >= span.start && error.span.start <= span.end)
        .count()
}

/// Names that are written twice in one object.
fn duplicates(text: &str) -> Vec<String> {
    let tree = org_syntax::parse(text).tree;
    let objects = tree.descendants().filter(|&id| tree.kind(id) == NodeKind::Object);
    objects
        .flat_map(|object| {
            let mut names = BTreeSet::new();
            let members = tree.members(object).map(|m| tree.name(m, text).into_owned());
            members.filter(|name| !names.insert(name.clone())).collect::<Vec<_>>()
        })
        .collect()
}
