//! Values out of the tables: truth values, versions, hosts, types, references to secrets.

use org_schema::members::{AuthType, ObjectKind, RULE_LEVELS, ValueKind, may_be_reference};
use org_schema::versions::{self, Support};
use org_schema::{hosts, jitterbit};

use super::blocks;
use super::item::{Body, Item, ItemKind, escape_snippet};
use super::place::ValuePlace;
use super::topic::Topic;
use crate::assists;
use crate::context::Context;
use crate::document::Document;
use crate::effective::derived_server_host;
use crate::rules::RuleContext;

pub(super) fn complete(
    document: &Document,
    context: &Context<'_>,
    place: &ValuePlace,
) -> Vec<Item> {
    let builder = Builder { document, place };
    match place.value {
        ValueKind::Boolean => truth_values(&builder),
        ValueKind::Object => auth_objects(&builder),
        ValueKind::ApiVersion => api_versions(&builder, context),
        ValueKind::Secret => references(&builder, context),
        ValueKind::AuthType => auth_types(&builder),
        ValueKind::HostName => server_hosts(&builder, context),
        ValueKind::InstanceUrl => instance_urls(&builder, context),
        ValueKind::ProductVersion => product_versions(&builder),
        ValueKind::String if place.object_kind == ObjectKind::Rules => rule_levels(&builder),
        ValueKind::String if may_be_reference(&place.key) => references(&builder, context),
        ValueKind::String | ValueKind::Uri => Vec::new(),
    }
}

struct Builder<'a> {
    document: &'a Document,
    place: &'a ValuePlace,
}

impl Builder<'_> {
    /// JSON that is no string.
    fn plain(&self, value: &str) -> Item {
        let item = self.item(value, value, &Body::plain(value));
        let typed = self.place.slot.replace.text(self.document.text());
        if typed.trim_start().is_empty() {
            return Item { filter: value.to_owned(), ..item };
        }
        item
    }

    fn string(&self, value: &str) -> Item {
        if self.document.kind().is_design_studio() {
            // Between the quotes of an attribute.
            let item = self.item(value, value, &Body::plain(value));
            return Item { filter: value.to_owned(), ..item };
        }
        self.item(value, value, &Body::plain(org_syntax::quote(value)))
    }

    fn item(&self, label: &str, name: &str, body: &Body) -> Item {
        self.place.slot.item(self.document, label, name, body)
    }
}

fn truth_values(builder: &Builder<'_>) -> Vec<Item> {
    [("true", "a Salesforce sandbox"), ("false", "any other org")]
        .map(|(value, detail)| Item { detail: detail.to_owned(), ..builder.plain(value) })
        .to_vec()
}

fn auth_objects(builder: &Builder<'_>) -> Vec<Item> {
    if builder.place.key != "auth" {
        return vec![builder.item("{ }", "{", &Body::with_snippet("{}", "{$1}"))];
    }
    AuthType::ALL
        .into_iter()
        .map(|auth_type| {
            let block = blocks::auth_block(builder.document, auth_type);
            let name = auth_type.as_str();
            Item {
                kind: ItemKind::Block,
                detail: auth_type.title().to_owned(),
                topic: Some(Topic::AuthType(auth_type)),
                deprecated: auth_type == AuthType::Basic,
                ..builder.item(name, name, &block)
            }
        })
        .collect()
}

fn auth_types(builder: &Builder<'_>) -> Vec<Item> {
    AuthType::ALL
        .into_iter()
        .map(|auth_type| Item {
            detail: auth_type.title().to_owned(),
            topic: Some(Topic::AuthType(auth_type)),
            deprecated: auth_type == AuthType::Basic,
            ..builder.string(auth_type.as_str())
        })
        .collect()
}

/// Newest available first; retired ones are not offered.
fn api_versions(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let cx = RuleContext::new(builder.document, context);
    let newest = crate::rules::newest_available(&cx);
    let breaks_basic = crate::rules::would_break_basic(&cx);
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
                let known = crate::rules::how_unavailable(&cx, info.version);
                notes.push(known.unwrap_or_else(|| "newer than you allow".to_owned()));
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
    // What the user says can be used, when the tables do not know it yet.
    let unheard_of = context.newest_version.filter(|newest| *newest > versions::NEWEST);
    let unheard_of = unheard_of.map(|newest| Item {
        detail: "the newest that you allow".to_owned(),
        deprecated: breaks_basic,
        ..builder.string(&newest.to_string())
    });
    let known = items.into_iter().map(|(_, item)| item);
    unheard_of.into_iter().chain(known).collect()
}

fn references(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let name = builder.document.org().and_then(|org| org.display_name()).unwrap_or("");
    let fitting = blocks::reference_for(name, &builder.place.key);
    let mut references = vec![
        (fitting.clone(), "environment variable named after this org"),
        (
            format!("${{keyring:{}}}", assists::keyring_account(name, &builder.place.key)),
            "keyring of this computer",
        ),
    ];
    let known = context.environment.names();
    let known = known.iter().map(|known| format!("${{env:{known}}}"));
    references.extend(
        known
            .filter(|reference| *reference != fitting)
            .map(|reference| (reference, "environment variable")),
    );
    references
        .into_iter()
        .map(|(reference, detail)| Item {
            kind: ItemKind::Reference,
            detail: detail.to_owned(),
            ..builder.string(&reference)
        })
        .collect()
}

fn server_hosts(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let org = builder.document.org();
    let derived = org.and_then(derived_server_host);
    let mut items: Vec<Item> = derived
        .iter()
        .map(|host| Item { detail: "what the system completes".to_owned(), ..builder.string(host) })
        .collect();
    if org.is_some_and(|org| org.auth_type() == Some(AuthType::OAuth2ClientCredentials)) {
        return items;
    }
    items.extend(known_host(builder, context, ""));
    let sandbox = org.and_then(|org| org.is_sandbox());
    items.extend(host_forms(builder, "", |form| {
        let is_other = derived.as_deref() != Some(form.pattern);
        is_other && fits_sandbox(form, sandbox)
    }));
    items
}

fn instance_urls(builder: &Builder<'_>, context: &Context<'_>) -> Vec<Item> {
    let sandbox = builder.document.org().and_then(|org| org.is_sandbox());
    let mut items: Vec<Item> = known_host(builder, context, "https://").into_iter().collect();
    let mut forms = host_forms(builder, "https://", |form| form.client_credentials);
    if sandbox == Some(true) {
        forms.sort_by_key(|item| !item.label.contains(".sandbox."));
    }
    items.extend(forms);
    items
}

/// The host that the last successful login answered with.
fn known_host(builder: &Builder<'_>, context: &Context<'_>, scheme: &str) -> Option<Item> {
    let host = context.known_host?;
    Some(Item {
        detail: "where the last login answered".to_owned(),
        ..builder.string(&format!("{scheme}{host}"))
    })
}

/// Whether a form says the same as the *Sandbox* checkbox, or says nothing about it.
fn fits_sandbox(form: &hosts::HostForm, sandbox: Option<bool>) -> bool {
    form.sandbox.is_none() || sandbox.is_none() || form.sandbox == sandbox
}

/// Forms of hosts, as snippets where something has to be filled in.
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
            let body = Body {
                text: org_syntax::quote(&label),
                snippet: label.contains('<').then(|| form_snippet(&label)),
            };
            Item {
                detail: form.kind.to_owned(),
                topic: Some(Topic::HostForm(form.pattern)),
                ..builder.item(&label, &label, &body)
            }
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
            &[jitterbit::LEAST_OAUTH_AGENT_12, jitterbit::LEAST_OAUTH_AGENT_11],
        )
    } else {
        (jitterbit::newest_known_design_studio(), &[jitterbit::LEAST_OAUTH_DESIGN_STUDIO])
    };
    let newest = Item { detail: "newest known".to_owned(), ..builder.string(newest) };
    let least = least.iter().map(|version| Item {
        detail: "least version with OAuth 2.0 client credentials".to_owned(),
        ..builder.string(version)
    });
    std::iter::once(newest).chain(least).collect()
}

fn rule_levels(builder: &Builder<'_>) -> Vec<Item> {
    RULE_LEVELS
        .iter()
        .map(|(level, doc)| Item { detail: (*doc).to_owned(), ..builder.string(level) })
        .collect()
}
