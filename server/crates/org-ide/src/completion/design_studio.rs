//! Values of an org's items in Design Studio's XML: what the wizard would have written. A person accepts
//! them; nothing else is ever offered there.

use org_schema::design_studio;
use org_schema::hosts::{self, HOST_FORMS};
use org_schema::members::{ObjectKind, ValueKind};
use org_syntax::Span;

use super::item::{Item, ItemKind, Slot, escape_snippet};
use super::place::ValuePlace;
use super::values;
use crate::context::Context;
use crate::document::Document;

/// The items for the cursor inside the value of `api_version`, `sandbox` or `server_host`.
pub(super) fn complete(document: &Document, context: &Context<'_>, offset: u32) -> Vec<Item> {
    let Some((member, replace)) = value_at(document, offset) else { return Vec::new() };
    match member {
        "apiVersion" => {
            let place = ValuePlace {
                object_kind: ObjectKind::Org,
                key: member.to_owned(),
                value: ValueKind::ApiVersion,
                slot: Slot::new(replace),
            };
            values::complete(document, context, &place)
        }
        "sandbox" => [("1", "a Salesforce sandbox"), ("0", "any other org")]
            .map(|(value, detail)| item(replace, value, detail))
            .to_vec(),
        "serverHost" => server_hosts(document, replace),
        _ => Vec::new(),
    }
}

/// The member that an item holds, and the byte span of its value between the quotes.
fn value_at(document: &Document, offset: u32) -> Option<(&'static str, Span)> {
    let entity = document.entity()?;
    let in_whole_item = entity.items.iter().find_map(|written| {
        let value = written.value.as_ref()?;
        let span = match value.value.is_empty() && value.span.len() == 2 {
            // An empty value is told with its quotes.
            true => Span::at(value.span.start + 1),
            false => value.span,
        };
        let spec = design_studio::item(&written.key.value)?;
        Some((spec.member?, span)).filter(|_| span.touches(offset))
    });
    in_whole_item.or_else(|| value_in_typed_item(document.text(), offset))
}

/// As [`value_at`], in an item that somebody is still writing: its tag, or the value itself, has no end.
fn value_in_typed_item(text: &str, offset: u32) -> Option<(&'static str, Span)> {
    let before = text.get(..offset as usize)?;
    let start = before.rfind('<')?;
    let mut rest = before.get(start..)?.strip_prefix("<Item")?;
    let mut key = None;
    loop {
        // Each attribute up to the one that has no closing quote before the cursor.
        let (name, behind) = rest.trim_start().split_once('=')?;
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let value = behind.get(1..)?;
        match value.split_once(quote) {
            Some((whole, next)) => {
                if name.trim() == "key" {
                    key = Some(whole);
                }
                rest = next;
            }
            None if name.trim() == "value" && !value.contains(['>', '\n']) => {
                let end = text.get(offset as usize..)?;
                let written = end
                    .find([quote, '=', '<', '>', '\n', '\r'])
                    .filter(|at| end[*at..].starts_with(quote));
                let replace =
                    Span::new(offset - value.len() as u32, offset + written.unwrap_or(0) as u32);
                return Some((design_studio::item(key?)?.member?, replace));
            }
            None => return None,
        }
    }
}

/// Hosts as Design Studio writes them: a URL with a slash.
fn server_hosts(document: &Document, replace: Span) -> Vec<Item> {
    let sandbox = document.org().and_then(|org| org.is_sandbox());
    let general = match sandbox {
        Some(true) => hosts::SANDBOX_LOGIN,
        _ => hosts::PRODUCTION_LOGIN,
    };
    let completed = item(replace, &format!("https://{general}/"), "what the system completes");
    let fits = |form: &&hosts::HostForm| {
        form.pattern != general
            && (form.sandbox.is_none() || sandbox.is_none() || form.sandbox == sandbox)
    };
    let forms = HOST_FORMS.iter().filter(fits).map(|form| {
        let label = format!("https://{}/", form.pattern);
        let snippet = form.pattern.contains('<').then(|| snippet_of(&label));
        Item { snippet, ..item(replace, &label, form.kind) }
    });
    std::iter::once(completed).chain(forms).collect()
}

/// With a tab stop for each part in angle brackets, which XML would not take as they are.
fn snippet_of(pattern: &str) -> String {
    let mut snippet = String::new();
    for (index, part) in pattern.split('<').enumerate() {
        match part.split_once('>') {
            Some((name, rest)) if index > 0 => {
                let (name, rest) = (escape_snippet(name), escape_snippet(rest));
                snippet.push_str(&format!("${{{index}:{name}}}{rest}"));
            }
            _ => snippet.push_str(&escape_snippet(part)),
        }
    }
    snippet
}

fn item(replace: Span, value: &str, detail: &str) -> Item {
    Item {
        label: value.to_owned(),
        kind: ItemKind::Value,
        detail: detail.to_owned(),
        topic: None,
        replace,
        text: value.replace(['<', '>'], ""),
        snippet: None,
        filter: value.to_owned(),
        additional: Vec::new(),
        deprecated: false,
        retrigger: false,
    }
}
