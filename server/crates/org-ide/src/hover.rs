//! Hover: what a member is, in the words of the wizard, and what holds for this org. Never a secret.

use org_schema::members::{AuthType, MemberSpec, ValueKind};
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{ApiVersion, versions};
use org_syntax::{Member, NodeKind, Span};

use crate::context::Context;
use crate::design_studio;
use crate::document::Document;
use crate::effective::{EffectiveVersion, VersionOrigin, derived_server_host};
use crate::lower::key_of;
use crate::markdown::Markdown;
use crate::rules::{self, Rule, RuleContext};

/// A hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// Byte span of the member that it is about.
    pub span: Span,
    /// What is shown.
    pub markdown: Markdown,
}

/// The hover at byte `offset`.
pub fn hover(document: &Document, context: &Context<'_>, offset: u32) -> Option<Hover> {
    let cx = RuleContext::new(document, context);
    if document.kind().is_design_studio() {
        return design_studio::hover(&cx, offset);
    }
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

fn what_is(cx: &RuleContext<'_>, member: Member) -> Option<Known> {
    let known = cx.known_members().iter().find(|(known, _)| known.id == member.id);
    if let Some((_, spec)) = known {
        return Some(Known::Member(spec));
    }
    let rules_field = cx.project_def()?.rules_field.as_ref()?;
    let is_rule = cx.tree().parent(member.id) == rules_field.object();
    let rule = rules::find(&key_of(cx.text(), cx.tree(), member))?;
    is_rule.then_some(Known::Rule(rule))
}

fn about_rule(rule: &'static Rule) -> Markdown {
    let name = Markdown::default().own("**").own(rule.name).own("** (");
    name.own(rule.severity.as_str())
        .own(")\n\n")
        .own(rule.summary)
        .own("\n\n")
        .own(rule.documentation)
}

fn about_member(cx: &RuleContext<'_>, spec: &'static MemberSpec) -> Markdown {
    let title = Markdown::default().own("**").own(spec.title).own("** ").code(spec.name);
    let about = title.own("\n\n").own(spec.doc);
    facts(cx, spec).into_iter().fold(about, Markdown::paragraph)
}

/// The member whose name or plain value is at `offset`.
fn member_at(cx: &RuleContext<'_>, offset: u32) -> Option<Member> {
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
pub(crate) fn facts(cx: &RuleContext<'_>, spec: &MemberSpec) -> Vec<Markdown> {
    let mut lines = Vec::new();
    match spec.value {
        ValueKind::ApiVersion => lines.extend(written_version(cx)),
        ValueKind::AuthType => {
            if let Some(auth_type) = cx.org().and_then(|org| org.auth_type()) {
                let title = Markdown::default().own("**").own(auth_type.title()).own("**: ");
                lines.push(title.own(auth_type.doc()));
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
        lines.extend(design_studio::about_uses(cx.document, cx.context));
    }
    if is_org_as_a_whole || is_what_failed(cx, spec) {
        lines.extend(login_status(cx));
    }
    lines
}

/// Where a value is kept that is a reference; never what it is.
fn reference(cx: &RuleContext<'_>, spec: &MemberSpec) -> Option<Markdown> {
    let auth = &cx.org()?.auth;
    let (_, field) = auth.references().find(|(name, _)| *name == spec.name)?;
    match secret_ref::parse(field.str()?) {
        SecretValue::Env(name) if cx.context.environment.knows(name) => {
            Some(Markdown::default().own("Kept in the environment variable ").code(name).own("."))
        }
        SecretValue::Env(name) => {
            let kept = Markdown::default().own("Kept in the environment variable ").code(name);
            let kept = kept.own(", which is not set here");
            Some(match cx.context.environment.env_file_trouble(name) {
                Some(trouble) => kept.own(", and ").text(&trouble).own("."),
                None => kept.own("."),
            })
        }
        SecretValue::Keyring(name) => {
            Some(Markdown::default().own("Kept in the keyring as ").code(name).own("."))
        }
        SecretValue::Literal(_) | SecretValue::Invalid => None,
    }
}

/// Whether the last login test failed because of this member.
fn is_what_failed(cx: &RuleContext<'_>, spec: &MemberSpec) -> bool {
    let pointer = cx
        .context
        .login
        .filter(|last| !last.outcome.is_in())
        .and_then(|last| last.member.as_deref());
    pointer.is_some_and(|pointer| pointer.rsplit('/').next() == Some(spec.name))
}

fn version_line(version: ApiVersion) -> String {
    match versions::release_name(version) {
        Some(release) => format!("API {version} ({release})"),
        None => format!("API {version}"),
    }
}

fn written_version(cx: &RuleContext<'_>) -> Option<Markdown> {
    let (version, _) = cx.written_version()?;
    let newest = rules::newest_available(cx);
    let line = if version < newest {
        let known = rules::how_available(cx, newest);
        let known = known.map_or_else(String::new, |known| format!(", {known}"));
        let (version, newest) = (version_line(version), version_line(newest));
        format!("{version}; the newest known to be available is {newest}{known}.")
    } else {
        format!("{}.", version_line(version))
    };
    Some(Markdown::default().text(&line))
}

pub(crate) fn effective_version(cx: &RuleContext<'_>) -> Option<Markdown> {
    let EffectiveVersion { version, origin } = cx.effective_version()?;
    let from = match origin {
        VersionOrigin::Own => "written in this file",
        VersionOrigin::Project => "from the project",
    };
    let line = format!("This org uses {}, {from}.", version_line(version));
    Some(Markdown::default().text(&line))
}

pub(crate) fn server_host(cx: &RuleContext<'_>) -> Option<Markdown> {
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
    Some(Markdown::default().own("Server host: ").code(&host).own(origin).own("."))
}

fn login_status(cx: &RuleContext<'_>) -> Option<Markdown> {
    let last = cx.context.login?;
    let status = Markdown::default().own("Last login test: ").text(&last.summary);
    Some(status.steps(&last.instructions))
}
