//! Members that are still missing, required ones first, with a value to start from.

use org_schema::members::{self, AuthType, MemberSpec, ObjectKind, ValueKind};
use org_schema::versions;

use super::blocks;
use super::item::{Item, ItemKind};
use super::place::KeyPlace;
use crate::document::Document;
use crate::finding::Edit;
use crate::lower::key_of;
use crate::rules;

pub(super) fn complete(document: &Document, place: &KeyPlace) -> Vec<Item> {
    if place.kind == ObjectKind::Rules {
        return rule_names(document, place);
    }
    let mut items = Vec::new();
    let candidates = candidates(document, place);
    for required in [true, false] {
        for spec in candidates.iter().filter(|spec| spec.required == required) {
            if spec.name == "auth" && !place.has_colon {
                items.extend(auth_items(document, place, spec));
            } else {
                items.push(member_item(document, place, spec));
            }
        }
    }
    items
}

/// Members that are not written, but for the one whose name is being typed.
fn candidates(document: &Document, place: &KeyPlace) -> Vec<&'static MemberSpec> {
    let (text, tree) = (document.text(), &document.parse().tree);
    let own = place.member.map(|member| member.id);
    let written: Vec<_> = tree
        .members(place.object)
        .filter(|member| Some(member.id) != own)
        .map(|member| key_of(text, tree, member))
        .collect();
    let mut specs: Vec<&MemberSpec> = members::members(place.kind).iter().collect();
    let org = document.org();
    let type_is_open =
        org.is_some_and(|org| org.auth.object == Some(place.object) && org.auth_type().is_none());
    if type_is_open {
        specs.extend(
            members::members(ObjectKind::BasicAuth)
                .iter()
                .filter(|s| s.name != "type"),
        );
    }
    specs.retain(|spec| !written.iter().any(|name| name == spec.name));
    specs
}

fn member_item(document: &Document, place: &KeyPlace, spec: &MemberSpec) -> Item {
    let (value, snippet, retrigger) = starting_value(spec.value);
    let required = if spec.required {
        "required"
    } else {
        "optional"
    };
    key_item(document, place, spec.name, &value, &snippet).with(
        format!("{} ({required})", spec.title),
        spec.doc,
        retrigger,
    )
}

fn auth_items(document: &Document, place: &KeyPlace, spec: &MemberSpec) -> Vec<Item> {
    AuthType::ALL
        .into_iter()
        .map(|auth_type| {
            let block = blocks::auth_block(document, auth_type, place.object);
            let mut item = key_item(document, place, spec.name, &block.text, &block.snippet).with(
                auth_type.title().to_owned(),
                auth_type.doc(),
                false,
            );
            item.label = format!("auth: {}", auth_type.as_str());
            item.kind = ItemKind::Block;
            item.deprecated = auth_type == AuthType::Basic;
            item
        })
        .collect()
}

fn rule_names(document: &Document, place: &KeyPlace) -> Vec<Item> {
    let (text, tree) = (document.text(), &document.parse().tree);
    let own = place.member.map(|member| member.id);
    rules::ALL
        .iter()
        .filter(|rule| {
            !tree
                .members(place.object)
                .any(|m| Some(m.id) != own && key_of(text, tree, m) == rule.name)
        })
        .map(|rule| {
            let detail = format!("{}: {}", rule.group.title(), rule.severity.as_str());
            let documentation = format!("{}\n\n{}", rule.summary, rule.documentation);
            key_item(document, place, rule.name, "\"off\"", "\"$1\"").with(
                detail,
                &documentation,
                true,
            )
        })
        .collect()
}

fn key_item(document: &Document, place: &KeyPlace, name: &str, value: &str, snippet: &str) -> Item {
    let quoted = org_syntax::quote(name);
    let comma = if place.commas.after { "," } else { "" };
    let (text, snippet) = if place.has_colon {
        (quoted.clone(), None)
    } else {
        (
            format!("{quoted}: {value}{comma}"),
            Some(format!("{quoted}: {snippet}{comma}")),
        )
    };
    let typed = place.replace.text(document.text());
    let filter = if typed.is_empty() || typed.starts_with('"') {
        quoted
    } else {
        name.to_owned()
    };
    Item {
        label: name.to_owned(),
        kind: ItemKind::Member,
        detail: String::new(),
        documentation: String::new(),
        replace: place.replace,
        text,
        snippet,
        filter,
        additional: place
            .commas
            .before
            .map(|at| Edit::insert(at, ","))
            .into_iter()
            .collect(),
        deprecated: false,
        retrigger: false,
    }
}

impl Item {
    fn with(mut self, detail: String, documentation: &str, retrigger: bool) -> Self {
        self.detail = detail;
        self.documentation = documentation.to_owned();
        self.retrigger = retrigger && self.snippet.is_some();
        self
    }
}

/// JSON text to start from, the same as a snippet, and whether the value has a list to choose from.
fn starting_value(kind: ValueKind) -> (String, String, bool) {
    match kind {
        ValueKind::Boolean => ("false".to_owned(), "${1|true,false|}".to_owned(), false),
        ValueKind::Object => ("{}".to_owned(), "{$1}".to_owned(), true),
        ValueKind::ApiVersion => {
            let version = versions::LAST_SOAP_LOGIN;
            (format!("\"{version}\""), "\"$1\"".to_owned(), true)
        }
        ValueKind::String | ValueKind::Uri => ("\"\"".to_owned(), "\"$1\"".to_owned(), false),
        _ => ("\"\"".to_owned(), "\"$1\"".to_owned(), true),
    }
}
