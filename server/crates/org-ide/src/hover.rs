//! Hover: what a member is, in the words of the wizard, and what holds for this org. Never a secret.

use org_schema::members::{self, AuthType, MemberSpec, ObjectKind, ValueKind};
use org_schema::{ApiVersion, versions};
use org_syntax::{Member, NodeId, NodeKind, Span};

use crate::context::Context;
use crate::document::Document;
use crate::effective::{EffectiveVersion, VersionOrigin, derived_server_host};
use crate::lower::key_of;
use crate::rules::{self, Cx};

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
    let (object_kind, member) = member_at(&cx, offset)?;
    let tree = cx.tree();
    let name = key_of(cx.text(), tree, member);
    let value_span = member.value.map(|value| tree.span(value));
    let span = match value_span {
        Some(value) if !tree.span(member.key).touches(offset) => value,
        _ => tree.span(member.key),
    };
    if object_kind == ObjectKind::Rules {
        let rule = rules::find(&name)?;
        let markdown = format!(
            "**{}** ({})\n\n{}\n\n{}",
            rule.name,
            rule.severity.as_str(),
            rule.summary,
            rule.documentation
        );
        return Some(Hover { span, markdown });
    }
    let spec = members::find(object_kind, &name)?;
    let mut markdown = format!("**{}** `{}`\n\n{}", spec.title, spec.name, spec.doc);
    for line in facts(&cx, spec) {
        markdown.push_str("\n\n");
        markdown.push_str(&line);
    }
    Some(Hover { span, markdown })
}

/// The member whose name or plain value is at `offset`, with the kind of its object.
fn member_at(cx: &Cx<'_>, offset: u32) -> Option<(ObjectKind, Member)> {
    let tree = cx.tree();
    let mut node = tree.node_at(offset)?;
    if tree.kind(node) == NodeKind::Object || tree.kind(node) == NodeKind::Array {
        return None;
    }
    loop {
        if let Some(member) = tree.member(node) {
            let on_key = tree.span(member.key).touches(offset);
            let on_value = member.value.is_some_and(|value| tree.span(value).touches(offset));
            let object = tree.parent(node)?;
            return (on_key || on_value).then(|| Some((kind_of(cx, object)?, member)))?;
        }
        node = tree.parent(node)?;
    }
}

fn kind_of(cx: &Cx<'_>, object: NodeId) -> Option<ObjectKind> {
    let known = cx.known_objects().into_iter().find(|(id, _)| *id == object).map(|(_, kind)| kind);
    let is_auth = cx.org().is_some_and(|org| org.auth.object == Some(object));
    known.or(is_auth.then_some(ObjectKind::OAuthAuth))
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
    if matches!(spec.name, "auth" | "name") {
        lines.extend(effective_version(cx));
        lines.extend(server_host(cx));
        lines.extend(login_status(cx));
    }
    lines
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
    let host = written.map(str::to_owned).or_else(|| derived_server_host(org))?;
    Some(format!("Server host: `{}`", host.replace('`', "")))
}

fn login_status(cx: &Cx<'_>) -> Option<String> {
    let mark = cx.context.login?;
    let mut status = format!("Last login test: {}", mark.summary);
    for (number, step) in mark.instructions.iter().enumerate() {
        status.push_str(&format!("\n{}. {step}", number + 1));
    }
    Some(status)
}
