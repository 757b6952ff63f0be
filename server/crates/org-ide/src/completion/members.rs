//! Members that are still missing, required ones first, with a value to start from.

use std::borrow::Cow;
use std::collections::HashSet;

use org_schema::members::{self, AuthType, MemberSpec, ObjectKind, ValueKind};

use super::blocks;
use super::item::{Body, Item, ItemKind, escape_snippet, string_stop};
use super::place::{Behind, KeyPlace};
use super::topic::Topic;
use crate::context::Context;
use crate::document::Document;
use crate::lower::key_of;
use crate::rules::{self, RuleContext};

pub(super) fn complete(document: &Document, context: &Context<'_>, place: &KeyPlace) -> Vec<Item> {
    if place.kind == ObjectKind::Rules {
        return rule_names(document, place);
    }
    let mut items = Vec::new();
    let candidates = candidates(document, place);
    for required in [true, false] {
        for spec in candidates.iter().filter(|spec| spec.required == required) {
            if spec.name == "auth" && place.behind == Behind::Nothing {
                items.extend(auth_items(document, place, spec));
            } else {
                items.push(member_item(document, context, place, spec));
            }
        }
    }
    items
}

/// Members that are not written, but for the one whose name is being typed.
fn candidates(document: &Document, place: &KeyPlace) -> Vec<&'static MemberSpec> {
    let mut specs: Vec<&MemberSpec> = members::members(place.kind).iter().collect();
    let org = document.org();
    let type_is_open =
        org.is_some_and(|org| org.auth.object == Some(place.object) && org.auth_type().is_none());
    if type_is_open {
        specs.extend(members::members(ObjectKind::BasicAuth).iter().filter(|s| s.name != "type"));
    }
    let written = written_names(document, place);
    specs.retain(|spec| !written.contains(spec.name));
    specs
}

/// The names of the object's other members.
fn written_names<'a>(document: &'a Document, place: &KeyPlace) -> HashSet<Cow<'a, str>> {
    let (text, tree) = (document.text(), &document.parse().tree);
    let own = place.member.map(|member| member.id);
    let others = tree.members(place.object).filter(|member| Some(member.id) != own);
    others.map(|member| key_of(text, tree, member)).collect()
}

fn member_item(
    document: &Document,
    context: &Context<'_>,
    place: &KeyPlace,
    spec: &MemberSpec,
) -> Item {
    let (value, retrigger) = starting_value(document, context, spec);
    let required = if spec.required { "required" } else { "optional" };
    let item = key_item(document, place, spec.name, &value);
    Item {
        detail: format!("{} ({required})", spec.title),
        topic: Some(topic_of(place, spec)),
        retrigger: retrigger && item.snippet.is_some(),
        ..item
    }
}

/// While the type of `auth` is open, the members of both types are offered.
fn topic_of(place: &KeyPlace, spec: &MemberSpec) -> Topic {
    let is_own = members::find(place.kind, spec.name).is_some_and(|own| own == spec);
    Topic::Member(if is_own { place.kind } else { ObjectKind::BasicAuth }, spec.name)
}

fn auth_items(document: &Document, place: &KeyPlace, spec: &MemberSpec) -> Vec<Item> {
    AuthType::ALL
        .into_iter()
        .map(|auth_type| {
            let block = blocks::auth_block(document, auth_type);
            Item {
                label: format!("auth: {}", auth_type.as_str()),
                kind: ItemKind::Block,
                detail: format!("{} (required)", auth_type.title()),
                topic: Some(Topic::AuthType(auth_type)),
                deprecated: auth_type == AuthType::Basic,
                ..key_item(document, place, spec.name, &block)
            }
        })
        .collect()
}

fn rule_names(document: &Document, place: &KeyPlace) -> Vec<Item> {
    let value = Body::with_snippet("\"off\"", "\"$1\"");
    let written = written_names(document, place);
    rules::ALL
        .iter()
        .filter(|rule| !written.contains(rule.name))
        .map(|rule| {
            let item = key_item(document, place, rule.name, &value);
            Item {
                detail: format!("{}: {}", rule.group.title(), rule.severity.as_str()),
                topic: Some(Topic::Rule(rule.name)),
                retrigger: item.snippet.is_some(),
                ..item
            }
        })
        .collect()
}

fn key_item(document: &Document, place: &KeyPlace, name: &str, value: &Body) -> Item {
    let quoted = org_syntax::quote(name);
    let body = match place.behind {
        Behind::Colon => Body::plain(quoted),
        Behind::Value if place.member.is_none() => Body::plain(format!("{quoted}: ")),
        Behind::Value => Body::plain(format!("{quoted}:")),
        Behind::Nothing => Body {
            text: format!("{quoted}: {}", value.text),
            snippet: value
                .snippet
                .as_ref()
                .map(|value| format!("{}: {value}", escape_snippet(&quoted))),
        },
    };
    Item { kind: ItemKind::Member, ..place.slot.item(document, name, name, &body) }
}

/// A value to start from, and whether there is a list to choose another from.
fn starting_value(document: &Document, context: &Context<'_>, spec: &MemberSpec) -> (Body, bool) {
    match (spec.value, spec.name) {
        // No choice of two: clients that know tab stops and no choices write that as it stands. And a
        // tab stop all the same: of a plain text Neovim inserts what is before the first blank.
        (ValueKind::Boolean, _) => (Body::with_snippet("false", "${1:false}"), false),
        (ValueKind::Object, _) => (Body::with_snippet("{}", "{$1}"), true),
        (ValueKind::AuthType, _) => {
            let [first, _] = AuthType::ALL.map(AuthType::as_str);
            (suggestion(first), true)
        }
        (ValueKind::ApiVersion, _) => {
            let version = rules::newest_safe(&RuleContext::new(document, context)).to_string();
            (Body::with_snippet(org_syntax::quote(&version), "\"$1\""), true)
        }
        (ValueKind::Secret, member) => {
            let name = document.org().and_then(|org| org.display_name());
            let reference = blocks::reference_for(name.unwrap_or(""), member);
            (suggestion(&reference), false)
        }
        (_, "name") if document.org().is_some() => {
            (suggestion(&blocks::name_from_file(context.file)), false)
        }
        (ValueKind::String | ValueKind::Uri, _) => (Body::with_snippet("\"\"", "\"$1\""), false),
        (ValueKind::HostName | ValueKind::InstanceUrl | ValueKind::ProductVersion, _) => {
            (Body::with_snippet("\"\"", "\"$1\""), true)
        }
    }
}

/// A string that may do as it is.
fn suggestion(value: &str) -> Body {
    Body::with_snippet(org_syntax::quote(value), string_stop(1, value))
}
