//! What an editor shows of the files that Design Studio keeps, and of the org files that are linked to them.
//! Nothing here changes them.

mod hover;
mod lenses;
mod steps;
mod symbols;

use org_sources::Located;
use org_sources::design_studio::{Entity, Item, OperationUse, ProjectFile};
use org_syntax::Span;

use crate::context::Context;
use crate::design_studio_link::{DesignStudioLink, LinkedOrg, LinkedProject};
use crate::document::Document;
use crate::finding::Related;
use crate::lower::Field;

pub use lenses::lenses;
pub use steps::oauth_steps;

pub(crate) use hover::{about_uses, hover};
pub(crate) use symbols::symbols;

/// The operations that log in with an org, and where they are.
#[derive(Clone, Copy, Debug)]
pub struct Uses<'a> {
    /// What the paths of their files are below.
    root: &'a str,
    operations: &'a [OperationUse],
}

impl<'a> Uses<'a> {
    /// Those of the org in a document: one of Design Studio, or one of ours that is linked to such a one.
    pub fn of(document: &'a Document, context: &Context<'a>) -> Option<Self> {
        if document.entity().is_some() {
            let project = context.project?;
            let root = project.file.as_deref()?.strip_suffix(ProjectFile::PROJECT_XML)?;
            let operations = &project.org(context.file)?.used_by;
            return Some(Self { root: root.trim_end_matches('/'), operations });
        }
        let (linked, guid) = linked(document, context)?;
        linked.org(guid)?;
        Some(Self { root: &linked.root, operations: linked.used_by(guid) })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.operations.len()
    }

    /// `2 operations`
    pub fn counted(&self) -> String {
        match self.operations.len() {
            1 => "1 operation".to_owned(),
            many => format!("{many} operations"),
        }
    }

    /// What each does, in a few words: `Query Accounts (query, Account)`.
    pub fn described(&self) -> impl ExactSizeIterator<Item = String> + use<'a> {
        self.operations.iter().map(|using| {
            let name = using.name().unwrap_or("an operation without a name");
            let object = using.result.object.as_ref().map(|object| object.value.as_str());
            let kind = using.result.kind_in_words();
            match object.filter(|object| !object.is_empty()) {
                Some(object) => format!("{name} ({kind}, {object})"),
                None => format!("{name} ({kind})"),
            }
        })
    }

    /// Where each operation is named.
    pub fn places(&self) -> Vec<Related> {
        let place = |(using, message): (&OperationUse, String)| {
            let named = using.operation.name.as_ref().map(|name| name.span);
            let span = named.unwrap_or_default();
            Related { file: format!("{}/{}", self.root, using.file), span, message }
        };
        self.operations.iter().zip(self.described()).map(place).collect()
    }
}

/// The project that the org file's project is linked to, and the GUID of the org's own link.
fn linked<'a>(
    document: &'a Document,
    context: &Context<'a>,
) -> Option<(&'a LinkedProject, &'a str)> {
    let DesignStudioLink::Read(linked) = &context.project?.link else { return None };
    let guid = document.org()?.design_studio_org.as_ref()?.str()?;
    Some((linked, guid))
}

/// The org of Design Studio that an org file is linked to.
pub(crate) fn linked_org<'a>(
    document: &'a Document,
    context: &Context<'a>,
) -> Option<&'a LinkedOrg> {
    let (linked, guid) = linked(document, context)?;
    linked.org(guid)
}

/// Where the link under the cursor leads: from `designStudioOrg` to the org, from `designStudioProject` to the
/// project.
pub(crate) fn link_under_cursor(
    document: &Document,
    context: &Context<'_>,
    offset: u32,
) -> Option<Related> {
    let touched = |field: &Option<Field>| {
        field.as_ref().is_some_and(|field| field.key_span.cover(field.span()).touches(offset))
    };
    if document.org().is_some_and(|org| touched(&org.design_studio_org)) {
        let org = linked_org(document, context)?;
        let message = "The org in Design Studio".to_owned();
        return Some(Related { file: org.file.clone(), span: org.place, message });
    }
    if !document.project().is_some_and(|project| touched(&project.design_studio_project)) {
        return None;
    }
    let DesignStudioLink::Read(linked) = &context.project?.link else { return None };
    let message = "The Design Studio project".to_owned();
    Some(Related { file: linked.file.clone(), span: linked.place, message })
}

/// Whether the cursor is on what tells an org from others: its name, or its GUID.
pub fn is_on_name(document: &Document, offset: u32) -> bool {
    let Some(entity) = document.entity() else { return false };
    let guid = entity.value("salesforceconnector_id");
    let told = [entity.header.name.as_ref(), entity.header.id.as_ref(), guid];
    told.into_iter().flatten().any(|written| written.span.touches(offset))
}

/// The item at an offset.
fn item_at(entity: &Entity, offset: u32) -> Option<&Item> {
    entity.items.iter().find(|item| item.span.touches(offset))
}

/// Where lenses about an org stand: at the top, over its name.
fn top(entity: &Entity) -> Span {
    let name = entity.header.name.as_ref().map(|name: &Located| name.span);
    name.or(entity.header.span).or(entity.root).unwrap_or_default()
}
