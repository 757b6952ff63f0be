//! Hover: what a member is, in the words of the wizard, and what holds for this org. Never a secret.

use org_schema::members::{AuthType, MemberSpec, ValueKind};
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{ApiVersion, versions};
use org_syntax::{Member, NodeKind, Span};

use crate::context::Context;
use crate::document::Document;
use crate::effective::{EffectiveVersion, VersionOrigin, derived_server_host};
use crate::lower::key_of;
use crate::rules::{self, Cx, Rule};
use crate::steps::numbered_steps;

/// A hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// Byte span of the member that it is about.
    pub span: Span,
    /// Markdown.
    pub markdown: String,
}

/// The hover at byte `offset`.
pub fn hover(document: &Document, context: &Context<'_>, offset: u32) -> Option<Hover> {
    let cx = Cx::new(document, context);
    let member = member_at(&cx, offset)?;
    let tree = cx.tree();
    let key = tree.span(member.key);
    let span = match member.value.map(|value| tree.span(value)) {
        Some(value) if !key.touches(offset) => value,
        _ => key,
    };
    let markdown = match what_is(&cx, member)? {
        Known::Member(spec) => about_member(&cx, spec),
        Known::Rule(rule) => about_rule(rule),
    };
    Some(Hover { span, markdown })
}

/// What the tables know about a member.
enum Known {
    Member(&'static MemberSpec),
    Rule(&'static Rule),
}

fn what_is(cx: &Cx<'_>, member: Member) -> Option<Known> {
    let known = cx.known_members().iter().find(|(known, _)| known.id == member.id);
    if let Some((_, spec)) = known {
        return Some(Known::Member(spec));
    }
    let rules_field = cx.project_def()?.rules_field.as_ref()?;
    let is_rule = cx.tree().parent(member.id) == rules_field.object();
    let rule = rules::find(&key_of(cx.text(), cx.tree(), member))?;
    is_rule.then_some(Known::Rule(rule))
}

fn about_rule(rule: &Rule) -> String {
    let severity = rule.severity.as_str();
    format!("**{}** ({severity})\n\n{}\n\n{}", rule.name, rule.summary, rule.documentation)
}

fn about_member(cx: &Cx<'_>, spec: &MemberSpec) -> String {
    let mut markdown = format!("**{}** `{}`\n\n{}", spec.title, spec.name, spec.doc);
    for line in facts(cx, spec) {
        markdown.push_str("\n\n");
        markdown.push_str(&line);
    }
    markdown
}

/// The member whose name or plain value is at `offset`.
fn member_at(cx: &Cx<'_>, offset: u32) -> Option<Member> {
    let tree = cx.tree();
    let node = tree.node_at(offset)?;
    if matches!(tree.kind(node), NodeKind::Object | NodeKind::Array) {
        return None;
    }
    let member =
        std::iter::once(node).chain(tree.ancestors(node)).find_map(|id| tree.member(id))?;
    let is_at = |node| tree.span(node).touches(offset);
    (is_at(member.key) || member.value.is_some_and(is_at)).then_some(member)
}

/// What holds for this file, a line each.
fn facts(cx: &Cx<'_>, spec: &MemberSpec) -> Vec<String> {
    let mut lines = Vec::new();
    match spec.value {
        ValueKind::ApiVersion => lines.extend(written_version(cx)),
        ValueKind::AuthType => {
            if let Some(auth_type) = cx.org().and_then(|org| org.auth_type()) {
                lines.push(format!("**{}**: {}", auth_type.title(), auth_type.doc()));
            }
            lines.extend(effective_version(cx));
        }
        ValueKind::Boolean | ValueKind::HostName => lines.extend(server_host(cx)),
        _ => {}
    }
    if spec.reference {
        lines.extend(reference(cx, spec));
    }
    let is_org_as_a_whole = cx.org().is_some() && matches!(spec.name, "auth" | "name");
    if is_org_as_a_whole {
        lines.extend(effective_version(cx));
        lines.extend(server_host(cx));
    }
    if is_org_as_a_whole || is_what_failed(cx, spec) {
        lines.extend(login_status(cx));
    }
    lines
}

/// Where a value is kept that is a reference; never what it is.
fn reference(cx: &Cx<'_>, spec: &MemberSpec) -> Option<String> {
    let auth = &cx.org()?.auth;
    let (_, field) = auth.references().find(|(name, _)| *name == spec.name)?;
    match secret_ref::parse(field.str()?) {
        SecretValue::Env(name) if cx.context.environment.knows(name) => {
            Some(format!("Kept in the environment variable `{name}`."))
        }
        SecretValue::Env(name) => Some(match cx.context.environment.env_file_trouble(name) {
            Some(trouble) => format!(
                "Kept in the environment variable `{name}`, which is not set here, and {trouble}."
            ),
            None => format!("Kept in the environment variable `{name}`, which is not set here."),
        }),
        SecretValue::Keyring(name) => {
            let name = name.replace('`', "'");
            Some(format!("Kept in the keyring as `{name}`."))
        }
        SecretValue::Literal(_) | SecretValue::Invalid => None,
    }
}

/// Whether the last login test failed because of this member.
fn is_what_failed(cx: &Cx<'_>, spec: &MemberSpec) -> bool {
    let pointer = cx.context.login.filter(|mark| !mark.ok).and_then(|mark| mark.member.as_deref());
    pointer.is_some_and(|pointer| pointer.rsplit('/').next() == Some(spec.name))
}

fn version_line(version: ApiVersion) -> String {
    match versions::release_name(version) {
        Some(release) => format!("API {version} ({release})"),
        None => format!("API {version}"),
    }
}

fn written_version(cx: &Cx<'_>) -> Option<String> {
    let (version, _) = cx.written_version()?;
    let newest = rules::newest_available(cx);
    Some(if version < newest {
        format!("{}; the newest available is {}.", version_line(version), version_line(newest))
    } else {
        format!("{}.", version_line(version))
    })
}

fn effective_version(cx: &Cx<'_>) -> Option<String> {
    let EffectiveVersion { version, origin } = cx.effective_version()?;
    let from = match origin {
        VersionOrigin::Own => "written in this file",
        VersionOrigin::Project => "from the project",
    };
    Some(format!("This org uses {}, {from}.", version_line(version)))
}

fn server_host(cx: &Cx<'_>) -> Option<String> {
    let org = cx.org()?;
    let written = match org.auth_type()? {
        AuthType::Basic => org.server_host.as_ref().and_then(|field| field.str()),
        AuthType::OAuth2ClientCredentials => None,
    };
    let host = match written {
        // Whoever wrote a user name and a password into it sees neither here.
        Some(written) => written.rsplit('@').next().map(str::to_owned),
        None => derived_server_host(org),
    }?;
    let origin = if written.is_some() { "" } else { ", completed by the system" };
    Some(format!("Server host: `{}`{origin}.", host.replace('`', "'")))
}

fn login_status(cx: &Cx<'_>) -> Option<String> {
    let mark = cx.context.login?;
    let mut status = format!("Last login test: {}", mark.summary);
    status.push_str(&numbered_steps(&mark.instructions));
    Some(status)
}
