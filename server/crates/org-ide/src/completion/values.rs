//! Values out of the tables: truth values, versions, hosts, types, references to secrets.

use org_schema::members::{AuthType, ObjectKind, RULE_LEVELS, ValueKind};
use org_schema::versions::{self, Support};
use org_schema::{hosts, jitterbit};

use super::blocks;
use super::item::{Item, ItemKind, escape_snippet};
use super::place::ValuePlace;
use crate::context::Context;
use crate::document::{Document, FileKind};
use crate::rules::Cx;

pub(super) fn complete(
    document: &Document,
    context: &Context<'_>,
    place: &ValuePlace,
) -> Vec<Item> {
    let builder = Builder { document, place };
    match place.value {
        ValueKind::Boolean => ["true", "false"].map(|value| builder.plain(value)).to_vec(),
        ValueKind::Object => auth_objects(&builder),
        ValueKind::ApiVersion => api_versions(&builder, context),
        ValueKind::Secret => secrets(&builder, context),
        ValueKind::AuthType => auth_types(&builder),
        ValueKind::HostName => server_hosts(&builder),
        ValueKind::InstanceUrl => instance_urls(&builder, context),
        ValueKind::ProductVersion => product_versions(&builder),
        ValueKind::String if place.object_kind == ObjectKind::Rules => rule_levels(&builder),
        ValueKind::String | ValueKind::Uri => Vec::new(),
    }
}

struct Builder<'a> {
    document: &'a Document,
    place: &'a ValuePlace,
}

impl Builder<'_> {
    fn item(&self, label: &str, text: String, filter: String) -> Item {
        let comma = if self.place.commas.after { "," } else { "" };
        Item {
            label: label.to_owned(),
            kind: ItemKind::Value,
            detail: String::new(),
            documentation: String::new(),
            replace: self.place.replace,
            text: format!("{text}{comma}"),
            snippet: None,
            filter,
            additional: Vec::new(),
            deprecated: false,
            retrigger: false,
        }
    }

    /// JSON that is no string.
    fn plain(&self, value: &str) -> Item {
        let filter = if self.in_quotes() {
            org_syntax::quote(value)
        } else {
            value.to_owned()
        };
        self.item(value, value.to_owned(), filter)
    }

    fn string(&self, value: &str) -> Item {
        let quoted = org_syntax::quote(value);
        let typed = self.place.replace.text(self.document.text());
        let bare = !typed.is_empty() && !self.in_quotes();
        let filter = if bare {
            value.to_owned()
        } else {
            quoted.clone()
        };
        self.item(value, quoted, filter)
    }

    fn in_quotes(&self) -> bool {
        self.place
            .replace
            .text(self.document.text())
            .starts_with('"')
    }

    fn with_snippet(&self, mut item: Item, snippet: String) -> Item {
        let comma = if self.place.commas.after { "," } else { "" };
        item.snippet = Some(format!("{snippet}{comma}"));
        item
    }
}

fn auth_objects(builder: &Builder<'_>) -> Vec<Item> {
    if builder.place.key != "auth" {
        return Vec::new();
    }
    AuthType::ALL
        .into_iter()
        .map(|auth_type| {
            let block = blocks::auth_block(builder.document, auth_type, builder.place.object);
            let filter = if builder.in_quotes() {
                org_syntax::quote(auth_type.as_str())
            } else {
                auth_type.as_str().to_owned()
            };
            let item = Item {
                kind: ItemKind::Block,
                detail: auth_type.title().to_owned(),
                documentation: auth_type.doc().to_owned(),
                deprecated: auth_type == AuthType::Basic,
                ..builder.item(auth_type.as_str(), block.text, filter)
            };
            builder.with_snippet(item, block.snippet)
        })
        .collect()
}

fn auth_types(builder: &Builder<'_>) -> Vec<Item> {
    AuthType::ALL
        .into_iter()
        .map(|auth_type| Item {
            detail: auth_type.title().to_owned(),
            documentation: auth_type.doc().to_owned(),
            deprecated: auth_type == AuthType::Basic,
            ..builder.string(auth_type.as_str())
        })
        .collect()
}

/// Newest available first; retired ones are not offered.
fn api_versions(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let cx = Cx::new(builder.document, context);
    let newest = crate::rules::newest_available(&cx);
    let breaks_basic = match builder.document.kind() {
        FileKind::Org => cx.org_with(AuthType::Basic).is_some(),
        FileKind::Project => context
            .project
            .is_some_and(|p| p.inheriting_basic_orgs().next().is_some()),
    };
    let mut items: Vec<(bool, Item)> = versions::VERSIONS
        .iter()
        .rev()
        .filter(|info| versions::support(info.version, context.today) != Support::Retired)
        .map(|info| {
            let breaks = breaks_basic && info.version > versions::LAST_SOAP_LOGIN;
            let unavailable = info.version > newest;
            let mut notes = vec![info.release.to_owned()];
            if breaks {
                notes.push("breaks basic authentication".to_owned());
            }
            if unavailable {
                notes.push("not available to this project".to_owned());
            }
            let support = versions::support(info.version, context.today);
            let retiring = support == Support::Retiring;
            if retiring {
                notes.push("retiring".to_owned());
            }
            let item = Item {
                detail: notes.join(", "),
                deprecated: breaks || retiring,
                ..builder.string(&info.version.to_string())
            };
            (unavailable, item)
        })
        .collect();
    items.sort_by_key(|(unavailable, _)| *unavailable);
    items.into_iter().map(|(_, item)| item).collect()
}

fn secrets(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let name = builder
        .document
        .org()
        .and_then(|org| org.display_name())
        .unwrap_or("");
    let fitting = blocks::reference_for(name, &builder.place.key);
    let mut references = vec![(fitting.clone(), "environment variable named after this org")];
    for known in context.environment.names() {
        let reference = format!("${{env:{known}}}");
        if reference != fitting {
            references.push((reference, "environment variable"));
        }
    }
    references.push((
        format!("${{keyring:{}}}", keyring_account(name, &builder.place.key)),
        "operating system's credential store",
    ));
    references
        .into_iter()
        .map(|(reference, detail)| Item {
            kind: ItemKind::Reference,
            detail: detail.to_owned(),
            ..builder.string(&reference)
        })
        .collect()
}

/// The account under which the keyring keeps a member of the org: "Acme UAT/clientSecret".
fn keyring_account(org_name: &str, member: &str) -> String {
    let name: String = org_name
        .chars()
        .filter(|c| !c.is_control() && *c != '}')
        .take(200)
        .collect();
    if name.is_empty() {
        member.to_owned()
    } else {
        format!("{name}/{member}")
    }
}

fn server_hosts(builder: &Builder<'_>) -> Vec<Item> {
    let org = builder.document.org();
    let sandbox = org.and_then(|org| org.is_sandbox());
    let mut items: Vec<Item> = [
        (hosts::PRODUCTION_LOGIN, false),
        (hosts::SANDBOX_LOGIN, true),
    ]
    .into_iter()
    .filter(|(_, is_sandbox)| sandbox.is_none_or(|sandbox| sandbox == *is_sandbox))
    .map(|(host, is_sandbox)| Item {
        detail: if is_sandbox {
            "sandbox login"
        } else {
            "production login"
        }
        .to_owned(),
        ..builder.string(host)
    })
    .collect();
    items.extend(host_forms(builder, "", |form| {
        form.soap_login && !form.pattern.starts_with(['l', 't'])
    }));
    items
}

fn instance_urls(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(host) = context.known_host {
        items.push(Item {
            detail: "where the last login answered".to_owned(),
            ..builder.string(&format!("https://{host}"))
        });
    }
    let sandbox = builder.document.org().and_then(|org| org.is_sandbox());
    let mut forms = host_forms(builder, "https://", |form| form.client_credentials);
    if sandbox == Some(true) {
        forms.sort_by_key(|item| !item.label.contains(".sandbox."));
    }
    items.extend(forms);
    items
}

/// My Domain forms as snippets.
fn host_forms(
    builder: &Builder<'_>,
    scheme: &str,
    takes: impl Fn(&hosts::HostForm) -> bool,
) -> Vec<Item> {
    hosts::HOST_FORMS
        .iter()
        .filter(|form| takes(form))
        .map(|form| {
            let label = format!("{scheme}{}", form.pattern);
            let item = Item {
                detail: form.kind.to_owned(),
                documentation: form.doc.to_owned(),
                ..builder.string(&label)
            };
            builder.with_snippet(item, form_snippet(&label))
        })
        .collect()
}

/// `https://<MyDomain>.my.salesforce.com` with a tab stop for each part in angle brackets.
fn form_snippet(pattern: &str) -> String {
    let mut snippet = String::from("\"");
    for (index, part) in pattern.split('<').enumerate() {
        match part.split_once('>') {
            Some((name, rest)) if index > 0 => {
                snippet.push_str(&format!("${{{index}:{}}}", escape_snippet(name)));
                snippet.push_str(&escape_snippet(rest));
            }
            _ => snippet.push_str(&escape_snippet(part)),
        }
    }
    snippet.push('"');
    snippet
}

fn product_versions(builder: &Builder<'_>) -> Vec<Item> {
    let (newest, least): (&str, &[&str]) = if builder.place.key == "agentVersion" {
        (
            jitterbit::newest_known_agent(),
            &[
                jitterbit::LEAST_OAUTH_AGENT_12,
                jitterbit::LEAST_OAUTH_AGENT_11,
            ],
        )
    } else {
        (
            jitterbit::newest_known_design_studio(),
            &[jitterbit::LEAST_OAUTH_DESIGN_STUDIO],
        )
    };
    let newest = Item {
        detail: "newest known".to_owned(),
        ..builder.string(newest)
    };
    let least = least.iter().map(|version| Item {
        detail: "least version with OAuth 2.0 client credentials".to_owned(),
        ..builder.string(version)
    });
    std::iter::once(newest).chain(least).collect()
}

fn rule_levels(builder: &Builder<'_>) -> Vec<Item> {
    RULE_LEVELS
        .iter()
        .map(|(level, doc)| Item {
            detail: (*doc).to_owned(),
            ..builder.string(level)
        })
        .collect()
}
