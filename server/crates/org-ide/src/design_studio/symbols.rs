//! The symbols of Design Studio's files: the org with its items, the project with its orgs. Never a secret,
//! nor what is encrypted.

use org_schema::design_studio;
use org_sources::Located;
use org_sources::design_studio::{Entity, ProjectFile, ProjectXml};
use org_syntax::{NodeKind, Span};

use crate::document::Document;
use crate::symbols::{MAX_SYMBOLS, Symbol, shortened};

/// The symbols of a document that is one of Design Studio's.
pub(crate) fn symbols(document: &Document) -> Vec<Symbol> {
    let whole = Span::new(0, document.text().len() as u32);
    let (name, children) = match (document.entity(), document.project_xml()) {
        (Some(entity), _) => (entity.header.name.as_ref(), items(entity)),
        (None, Some(project)) => (project.name.as_ref(), orgs(project)),
        (None, None) => return Vec::new(),
    };
    let Some(name) = name else { return children };
    let object = symbol(name, None, NodeKind::Object, whole);
    vec![Symbol { children, ..object }]
}

fn symbol(name: &Located, detail: Option<String>, kind: NodeKind, span: Span) -> Symbol {
    let shown = shortened(&name.value);
    let shown = if shown.trim().is_empty() { "…".to_owned() } else { shown };
    Symbol { name: shown, detail, kind, span, name_span: name.span, children: Vec::new() }
}

fn items(entity: &Entity) -> Vec<Symbol> {
    let items = entity.items.iter().take(MAX_SYMBOLS).map(|item| {
        // Of an item that nobody knows nobody knows whether it is a secret.
        let is_public = design_studio::item(&item.key.value)
            .is_some_and(|spec| !spec.is_secret() && !item.is_encrypted);
        let detail = item.value.as_ref().filter(|_| is_public).map(|it| shortened(&it.value));
        symbol(&item.key, detail, NodeKind::String, item.span.cover(item.key.span))
    });
    items.collect()
}

fn orgs(project: &ProjectXml) -> Vec<Symbol> {
    let orgs = project.entities.iter().filter(|entity| entity.kind == ProjectFile::ORGS);
    let orgs = orgs.take(MAX_SYMBOLS).map(|org| {
        let name = org.name.as_ref().unwrap_or(&org.id);
        symbol(name, None, NodeKind::Object, org.id.span.cover(name.span))
    });
    orgs.collect()
}
