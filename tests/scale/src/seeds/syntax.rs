//! Text that is no JSON, or JSON that means something else than its writer thinks.

use super::{Ground, Seed};
use crate::draft::{Member, Value, string};
use crate::layout::Layout;
use crate::marks::mark;

pub(super) static SEEDS: &[Seed] = &[
    // A comma is missing behind the name: the empty place where it belongs.
    Seed::oauth("syntax-error", Ground::OAuth, |org| {
        org.draft.member("name").comma = mark("syntax-error", "");
    }),
    Seed::oauth("syntax-error", Ground::OAuth, |org| {
        org.set("sandbox", mark("syntax-error", "False"));
    }),
    Seed::oauth("syntax-error", Ground::OAuth, |org| {
        org.set("description", mark("syntax-error", "'single quotes'"));
    }),
    Seed::basic("syntax-error", Ground::Basic, |org| {
        org.draft.member("name").lead.push(mark("syntax-error", "# a comment of another language"));
    }),
    // The outermost brace is never closed; which one that is shows the indentation.
    Seed::basic("syntax-error", Ground::Basic, |org| {
        org.layout = Some(Layout::USUAL);
        org.draft.open = mark("syntax-error", "{");
        org.draft.close.clear();
    }),
    Seed::files("syntax-error", Ground::New, 3, |site| {
        let version = string("68.0");
        let name = mark("syntax-error", "“quotes of a word processor”");
        site.project(&[("name", &name), ("apiVersion", &version)]);
        site.some_oauth();
    }),
    Seed::oauth("comment", Ground::OAuth, |org| {
        org.auth().member("clientId").lead.push(mark("comment", "// ask the admin"));
    }),
    Seed::oauth("comment", Ground::OAuth, |org| {
        let text = format!("{} {}", string("of the north"), mark("comment", "/* and south */"));
        org.set("description", text);
    }),
    Seed::files("comment", Ground::New, 3, |site| {
        let version = format!("{} {}", string("68.0"), mark("comment", "/* Winter '27 */"));
        site.project(&[("apiVersion", &version)]);
        site.some_oauth();
    }),
    Seed::oauth("trailing-comma", Ground::OAuth, |org| {
        org.draft.tail = mark("trailing-comma", ",");
    }),
    Seed::basic("trailing-comma", Ground::Basic, |org| {
        org.auth().tail = mark("trailing-comma", ",");
    }),
    Seed::oauth("duplicate-member", Ground::OAuth, |org| {
        org.set("description", string("written first"));
        let mut second = Member::raw("description", string("written last"));
        second.key = mark("duplicate-member", second.key);
        org.draft.insert(second);
    }),
    Seed::basic("duplicate-member", Ground::Basic, |org| {
        let mut second = Member::raw("username", org.auth_value("username"));
        second.key = mark("duplicate-member", "\"us\\u0065rname\"");
        org.auth().members.push(second);
    }),
    // Nothing else is said about a file of more than 1 MiB.
    Seed::oauth("file-too-large", Ground::OAuth, |org| {
        org.draft.open = format!("{}{{", mark("file-too-large", ""));
        org.set("description", string("x".repeat(1024 * 1024)));
        org.set("sandbox", "\"not looked at\"");
    }),
    Seed::oauth("invalid-encoding", Ground::OAuth, |org| {
        let name = format!("\"Gr{}n {}\"", mark("invalid-encoding", "ü"), org.label);
        org.set("name", name);
        org.set("sandbox", "\"not looked at\"");
        org.latin_1 = true;
    }),
    Seed::basic("invalid-encoding", Ground::Basic, |org| {
        let auth = org.auth();
        if let Value::Raw(name) = &mut auth.member("username").value {
            *name = name.replace("integration", &format!("j{}rg", mark("invalid-encoding", "ö")));
        }
        org.set("name", string(org.label.clone()));
        org.latin_1 = true;
    }),
];
