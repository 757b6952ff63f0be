//! Whole blocks: an `auth` object, an org file, a project file.

use org_schema::members::{self, AuthType, ObjectKind, ValueKind};
use org_schema::versions;
use org_syntax::{NodeId, Span};

use super::item::{Item, ItemKind, escape_snippet};
use crate::assists;
use crate::context::Context;
use crate::document::{Document, FileKind};
use crate::member_edits::{Layout, line_break};

/// A block as plain text and as a snippet.
pub(super) struct Block {
    pub text: String,
    pub snippet: String,
}

/// Builds a block and counts its tab stops.
struct Builder {
    text: String,
    snippet: String,
    stops: u32,
}

impl Builder {
    fn new() -> Self {
        Self {
            text: String::new(),
            snippet: String::new(),
            stops: 0,
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.snippet.push_str(&escape_snippet(text));
    }

    /// A string to fill in.
    fn stop(&mut self, example: &str) {
        self.stops += 1;
        self.text.push_str("\"\"");
        let example = escape_snippet(example);
        self.snippet
            .push_str(&format!("\"${{{}:{example}}}\"", self.stops));
    }

    fn finish(self) -> Block {
        Block {
            text: self.text,
            snippet: self.snippet,
        }
    }
}

/// An `auth` object of the given type, laid out for a member of `parent`.
pub(super) fn auth_block(document: &Document, auth_type: AuthType, parent: NodeId) -> Block {
    let tree = &document.parse().tree;
    let layout = Layout::of(document.text(), tree, parent);
    let break_ = line_break(document.text());
    let mut builder = Builder::new();
    let name = document
        .org()
        .and_then(|org| org.display_name())
        .unwrap_or("");
    push_auth(
        &mut builder,
        auth_type,
        name,
        break_,
        &layout.member_indent,
        &layout.unit,
    );
    builder.finish()
}

fn push_auth(
    builder: &mut Builder,
    auth_type: AuthType,
    org_name: &str,
    break_: &str,
    indent: &str,
    unit: &str,
) {
    builder.push("{");
    let specs = members::members(auth_type.object_kind());
    for (index, spec) in specs.iter().enumerate() {
        builder.push(if index == 0 { break_ } else { "," });
        if index > 0 {
            builder.push(break_);
        }
        builder.push(&format!("{indent}{unit}{}: ", org_syntax::quote(spec.name)));
        match spec.value {
            ValueKind::AuthType => builder.push(&org_syntax::quote(auth_type.as_str())),
            ValueKind::Secret => {
                let reference = reference_for(org_name, spec.name);
                builder.push(&org_syntax::quote(&reference));
            }
            _ => builder.stop(spec.placeholder),
        }
    }
    builder.push(&format!("{break_}{indent}}}"));
}

/// `${env:NAME}` with the name that fits the org and the member.
pub(super) fn reference_for(org_name: &str, member: &str) -> String {
    let suffix = match member {
        "password" => "PASSWORD",
        "securityToken" => "SECURITY_TOKEN",
        _ => "CLIENT_SECRET",
    };
    format!("${{env:{}}}", assists::environment_name(org_name, suffix))
}

/// Whole files for an empty one.
pub(super) fn whole_files(document: &Document, context: &Context<'_>, replace: Span) -> Vec<Item> {
    match document.kind() {
        FileKind::Org => AuthType::ALL
            .into_iter()
            .map(|auth_type| org_file(document, context, auth_type, replace))
            .collect(),
        FileKind::Project => vec![project_file(document, replace)],
    }
}

fn org_file(
    document: &Document,
    context: &Context<'_>,
    auth_type: AuthType,
    replace: Span,
) -> Item {
    let break_ = line_break(document.text());
    let name = name_from_file(context.file);
    let mut builder = Builder::new();
    builder.push(&format!("{{{break_}  \"name\": "));
    builder.stops += 1;
    builder.text.push_str(&org_syntax::quote(&name));
    builder
        .snippet
        .push_str(&format!("\"${{1:{}}}\"", escape_snippet(&name)));
    builder.push(&format!(
        ",{break_}  \"sandbox\": false,{break_}  \"auth\": "
    ));
    push_auth(&mut builder, auth_type, &name, break_, "  ", "  ");
    builder.push(&format!("{break_}}}"));
    let block = builder.finish();
    Item {
        label: format!("Org definition with {}", auth_type.title()),
        deprecated: auth_type == AuthType::Basic,
        ..file_item(document, replace, block, auth_type.doc())
    }
}

fn project_file(document: &Document, replace: Span) -> Item {
    let break_ = line_break(document.text());
    let mut builder = Builder::new();
    let version = org_syntax::quote(&versions::NEWEST.to_string());
    builder.push(&format!("{{{break_}  \"apiVersion\": {version}{break_}}}"));
    let doc = members::find(ObjectKind::Project, "apiVersion").map_or("", |spec| spec.doc);
    Item {
        label: "Project".to_owned(),
        ..file_item(document, replace, builder.finish(), doc)
    }
}

fn file_item(document: &Document, replace: Span, block: Block, documentation: &str) -> Item {
    let typed = replace.text(document.text());
    Item {
        label: String::new(),
        kind: ItemKind::Block,
        detail: String::new(),
        documentation: documentation.to_owned(),
        replace,
        filter: if typed.is_empty() {
            "{".to_owned()
        } else {
            typed.to_owned()
        },
        text: block.text,
        snippet: Some(block.snippet),
        additional: Vec::new(),
        deprecated: false,
        retrigger: false,
    }
}

/// "Acme uat" for `…/acme-uat.sforg.json`.
fn name_from_file(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = base.strip_suffix(FileKind::ORG_FILE_SUFFIX).unwrap_or("");
    let words: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let name = words.join(" ");
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "New org".to_owned(),
    }
}
