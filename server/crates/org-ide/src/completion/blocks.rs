//! Whole blocks: an `auth` object, an org file, a project file.

use org_schema::members::{self, AuthType, ObjectKind, ValueKind};
use org_schema::versions::{LAST_RETIRING, VERSIONS};
use org_schema::{ApiVersion, jitterbit};

use super::item::{Body, Item, ItemKind, Slot, choice_stop, escape_snippet, string_stop};
use super::topic::Topic;
use crate::assists::{self, new_project_version};
use crate::context::Context;
use crate::document::{Document, FileKind};
use crate::member_edits::indent_unit;

/// Writes a block as text and as snippet, and counts its tab stops.
struct Builder {
    text: String,
    snippet: String,
    stops: u32,
}

impl Builder {
    fn new() -> Self {
        Self { text: String::new(), snippet: String::new(), stops: 0 }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.snippet.push_str(&escape_snippet(text));
    }

    /// A string to fill in: empty as text, with an example to type over as snippet.
    fn stop(&mut self, example: &str) {
        self.stops += 1;
        self.text.push_str("\"\"");
        self.snippet.push_str(&string_stop(self.stops, example));
    }

    /// Values to choose from, the likeliest first, as JSON.
    fn choose(&mut self, values: &[String]) {
        let Some(first) = values.first() else { return };
        self.stops += 1;
        self.text.push_str(first);
        self.snippet.push_str(&choice_stop(self.stops, values));
    }

    /// A string that may do as it is.
    fn suggest(&mut self, value: &str) {
        self.stops += 1;
        self.text.push_str(&org_syntax::quote(value));
        self.snippet.push_str(&string_stop(self.stops, value));
    }

    fn finish(self) -> Body {
        Body::with_snippet(self.text, self.snippet)
    }
}

/// An `auth` object of the given type.
pub(super) fn auth_block(document: &Document, auth_type: AuthType) -> Body {
    let mut builder = Builder::new();
    let name = document.org().and_then(|org| org.display_name()).unwrap_or("");
    push_auth(&mut builder, auth_type, name, "\n", &indent_unit(document.text()));
    builder.finish()
}

/// `break_` ends a line and indents the next one as deep as the object's own line.
fn push_auth(builder: &mut Builder, auth_type: AuthType, org_name: &str, break_: &str, unit: &str) {
    builder.push("{");
    let specs = members::members(auth_type.object_kind());
    for (index, spec) in specs.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        builder.push(&format!("{comma}{break_}{unit}{}: ", org_syntax::quote(spec.name)));
        match spec.value {
            ValueKind::AuthType => builder.push(&org_syntax::quote(auth_type.as_str())),
            ValueKind::Secret => {
                let reference = reference_for(org_name, spec.name);
                builder.push(&org_syntax::quote(&reference));
            }
            _ => builder.stop(spec.placeholder),
        }
    }
    builder.push(&format!("{break_}}}"));
}

/// `${env:NAME}` with the name that fits the org and the member.
pub(super) fn reference_for(org_name: &str, member: &str) -> String {
    format!("${{env:{}}}", assists::secret_environment_name(org_name, member))
}

/// Whole files for an empty one.
pub(super) fn whole_files(document: &Document, context: &Context<'_>, slot: &Slot) -> Vec<Item> {
    match document.kind() {
        FileKind::Org => AuthType::ALL
            .into_iter()
            .map(|auth_type| org_file(document, context, auth_type, slot))
            .collect(),
        FileKind::Project => vec![project_file(document, context, slot)],
        FileKind::DesignStudioOrg | FileKind::DesignStudioProject | FileKind::OtherTool => {
            Vec::new()
        }
    }
}

fn org_file(document: &Document, context: &Context<'_>, auth_type: AuthType, slot: &Slot) -> Item {
    let name = name_from_file(context.file);
    let mut builder = Builder::new();
    builder.push("{\n  \"name\": ");
    builder.suggest(&name);
    builder.push(",\n  \"sandbox\": ");
    builder.choose(&["false".to_owned(), "true".to_owned()]);
    builder.push(",\n  \"auth\": ");
    push_auth(&mut builder, auth_type, &name, "\n  ", "  ");
    builder.push("\n}");
    // Begun unlike, so that a client that completes what all have in common stops nowhere.
    let label = match auth_type {
        AuthType::OAuth2ClientCredentials => "OAuth 2.0 org",
        AuthType::Basic => "Basic org",
    };
    Item {
        deprecated: auth_type == AuthType::Basic,
        ..file_item(document, slot, label, &builder.finish(), Topic::AuthType(auth_type))
    }
}

fn project_file(document: &Document, context: &Context<'_>, slot: &Slot) -> Item {
    let mut builder = Builder::new();
    builder.push("{\n  \"name\": ");
    builder.suggest(&name_from_folder(context.file));
    builder.push(",\n  \"apiVersion\": ");
    let first = new_project_version(document, context);
    let served = VERSIONS.iter().rev().map(|row| row.version);
    let older = served.filter(|version| *version < first && *version > LAST_RETIRING);
    let quoted = |version: ApiVersion| org_syntax::quote(&version.to_string());
    builder.choose(&std::iter::once(first).chain(older).map(quoted).collect::<Vec<_>>());
    // Nobody can know it; without a tab stop it is left out.
    let agent = string_stop(builder.stops + 1, jitterbit::newest_known_agent());
    builder.snippet.push_str(&format!(",\n  \"agentVersion\": {agent}"));
    builder.push("\n}");
    let topic = Topic::Member(ObjectKind::Project, "apiVersion");
    file_item(document, slot, "Project", &builder.finish(), topic)
}

fn file_item(document: &Document, slot: &Slot, label: &str, body: &Body, topic: Topic) -> Item {
    // Whatever was typed, a whole file is meant.
    let typed = slot.replace.text(document.text());
    let filter = if typed.is_empty() { "{" } else { typed };
    Item {
        kind: ItemKind::Block,
        detail: "whole file".to_owned(),
        topic: Some(topic),
        filter: filter.to_owned(),
        ..slot.item(document, label, label, body)
    }
}

/// "Acme uat" for `…/acme-uat.sforg.json`.
pub(super) fn name_from_file(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = base.strip_suffix(FileKind::ORG_FILE_SUFFIX).unwrap_or("");
    in_words(stem).unwrap_or_else(|| "New org".to_owned())
}

/// "Acme integrations" for `…/acme-integrations/sforg-project.json`.
fn name_from_folder(file: &str) -> String {
    let folder = file.rsplit(['/', '\\']).nth(1).unwrap_or("");
    in_words(folder).unwrap_or_else(|| "New project".to_owned())
}

fn in_words(stem: &str) -> Option<String> {
    let words: Vec<&str> =
        stem.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let name = words.join(" ");
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect())
}
