//! Hover in Design Studio's files: what an item is, in the words of the wizard, what holds for the org, and
//! who uses it.

use org_schema::design_studio::{self, ItemSpec};
use org_schema::members::AuthType;
use org_sources::design_studio::Item;

use super::{Uses, item_at};
use crate::context::Context;
use crate::document::Document;
use crate::hover::{Hover, effective_version, facts, server_host};
use crate::markdown::Markdown;
use crate::names_listed::names_listed;
use crate::rules::RuleContext;

/// So many operations are named.
const OPERATIONS_NAMED: usize = 10;

/// The hover at byte `offset` of one of Design Studio's files.
pub(crate) fn hover(cx: &RuleContext<'_>, offset: u32) -> Option<Hover> {
    let document = cx.document;
    if let Some(project) = document.project_xml() {
        let name = project.name.as_ref().filter(|name| name.span.touches(offset))?;
        return Some(Hover { span: name.span, markdown: about_project(cx) });
    }
    let entity = document.entity()?;
    if let Some(name) = entity.header.name.as_ref().filter(|name| name.span.touches(offset)) {
        return Some(Hover { span: name.span, markdown: about_org(cx) });
    }
    let item = item_at(entity, offset)?;
    let place = item.value.as_ref().map(|value| value.span).filter(|span| span.touches(offset));
    Some(Hover { span: place.unwrap_or(item.key.span), markdown: about_item(cx, item) })
}

fn about_item(cx: &RuleContext<'_>, item: &Item) -> Markdown {
    let Some(spec) = design_studio::item(&item.key.value) else {
        let title = Markdown::default().code(&item.key.value);
        return title.own(": an item of Design Studio that sforg does not recognize.");
    };
    let mut about = title(spec);
    about = match spec.member_spec() {
        Some(member) => about.own("\n\n").own(member.summary),
        None => about.own("\n\n").own(spec.note),
    };
    if item.is_encrypted {
        let hidden = "Encrypted by Design Studio. sforg neither decrypts nor shows it.";
        about = about.paragraph(Markdown::default().own(hidden));
    }
    let facts = spec.member_spec().map(|member| facts(cx, member)).unwrap_or_default();
    let about = facts.into_iter().fold(about, Markdown::paragraph);
    match spec.member {
        Some("username") => username(cx).into_iter().fold(about, Markdown::paragraph),
        Some("password") => authentication(cx).into_iter().fold(about, Markdown::paragraph),
        _ => about,
    }
}

fn title(spec: &ItemSpec) -> Markdown {
    let title = Markdown::default();
    let title = match spec.member_spec() {
        Some(member) => title.own("**").own(member.title).own("** "),
        None => title,
    };
    title.code(spec.key)
}

/// The user name, which Design Studio makes the org's name of.
fn username(cx: &RuleContext<'_>) -> Option<Markdown> {
    let name = cx.org()?.auth.username.as_ref()?.str()?;
    Some(Markdown::default().own("By the org's name it is ").code(name).own("."))
}

/// What a password means for the login.
fn authentication(cx: &RuleContext<'_>) -> Option<Markdown> {
    let basic = cx.org()?.auth_type().filter(|auth_type| *auth_type == AuthType::Basic)?;
    Some(Markdown::default().own("**").own(basic.title()).own("**: ").own(basic.doc()))
}

fn about_org(cx: &RuleContext<'_>) -> Markdown {
    let name = cx.org().and_then(|org| org.display_name()).unwrap_or_default();
    let about = Markdown::default().own("**Salesforce org** ").code(name);
    let lines = [
        effective_version(cx),
        server_host(cx),
        authentication(cx),
        about_uses(cx.document, cx.context),
    ];
    lines.into_iter().flatten().fold(about, Markdown::paragraph)
}

/// The operations that use an org; `None` when nothing is known of them.
pub(crate) fn about_uses(document: &Document, context: &Context<'_>) -> Option<Markdown> {
    let uses = Uses::of(document, context)?;
    let line = Markdown::default();
    if uses.count() == 0 {
        return Some(line.own("No operation in Design Studio uses it."));
    }
    let line = line.own("Used by ").text(&uses.counted()).own(" in Design Studio: ");
    Some(line.text(&names_listed(uses.described(), OPERATIONS_NAMED)).own("."))
}

fn about_project(cx: &RuleContext<'_>) -> Markdown {
    let about = Markdown::default().own("**Design Studio project**");
    let Some(project) = cx.context.project else { return about };
    let version = project.design_studio.as_ref().map(|(version, _)| {
        Markdown::default().own("Saved by Design Studio ").text(&version.to_string()).own(".")
    });
    let (orgs, basic) = (project.orgs().count(), project.basic_orgs().count());
    let orgs = match orgs {
        1 => "1 Salesforce org".to_owned(),
        many => format!("{many} Salesforce orgs"),
    };
    let orgs = format!("{orgs}, {basic} with basic authentication.");
    let about = version.into_iter().fold(about, Markdown::paragraph);
    about.paragraph(Markdown::default().text(&orgs))
}
