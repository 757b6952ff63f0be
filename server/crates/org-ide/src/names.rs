//! The org's name across its project, and the way from an inherited version to where it is written.

use org_schema::members::FORBIDDEN_IN_ORG_NAMES;
use org_syntax::Span;

use crate::context::Context;
use crate::design_studio;
use crate::document::Document;
use crate::finding::{Edit, Related};
use crate::lower::{Field, StringValue};

/// Where the version that an org uses is written, asked from its `name`, `apiVersion` or
/// `auth.type`; from a link to Design Studio where that leads.
pub fn definition(document: &Document, context: &Context<'_>, offset: u32) -> Option<Related> {
    if let Some(place) = design_studio::link_under_cursor(document, context, offset) {
        return Some(place);
    }
    let org = document.org()?;
    let touched = |field: &Option<Field>| {
        field.as_ref().is_some_and(|field| field.key_span.cover(field.span()).touches(offset))
    };
    if ![&org.name, &org.api_version, &org.auth.kind].into_iter().any(touched) {
        return None;
    }
    let project = context.project?;
    let message = "The project's API version".to_owned();
    Some(Related { file: project.file.clone()?, span: project.api_version_span?, message })
}

/// The name under the cursor: the value of `name` of an org file.
fn name_at(document: &Document, offset: u32) -> Option<&StringValue> {
    let name = document.org()?.name.as_ref()?.string()?;
    (name.span.touches(offset) && !name.value.is_empty()).then_some(name)
}

/// All org files of the project that have the name under the cursor, each with the span of the name, then
/// the org of Design Studio that it is linked to, and the operations there that use it.
pub fn references(document: &Document, context: &Context<'_>, offset: u32) -> Vec<Related> {
    let Some(name) = name_at(document, offset) else { return Vec::new() };
    let Some(project) = context.project else { return Vec::new() };
    let named = project
        .named(&name.value)
        .filter(|file| *file == context.file || project.is_another(file, context.file))
        .filter_map(|file| {
            let (_, span) = project.org(file)?.name.as_ref()?;
            Some(Related { file: file.to_owned(), span: *span, message: name.value.clone() })
        });
    let linked = design_studio::linked_org(document, context).map(|org| Related {
        file: org.file.clone(),
        span: org.place,
        message: org.name.clone().unwrap_or_default(),
    });
    let uses = design_studio::Uses::of(document, context).map(|uses| uses.places());
    named.chain(linked).chain(uses.into_iter().flatten()).collect()
}

/// The span inside the quotes and the name, when it can be renamed.
pub fn prepare_rename(document: &Document, offset: u32) -> Option<(Span, String)> {
    // The name of an org of Design Studio is Design Studio's.
    let name = name_at(document, offset)?;
    if !document.parse().tree.is_closed(document.org()?.name.as_ref()?.member?.value?) {
        return None;
    }
    Some((Span::new(name.span.start + 1, name.span.end - 1), name.value.clone()))
}

/// Why a new name is refused; says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenameRefused {
    /// There is no name under the cursor.
    NoName,
    /// Nothing is left of it without blanks.
    Empty,
    /// It holds `/` or `:`.
    Character(char),
    /// Another org of the project has it.
    Taken {
        /// That org's file.
        file: String,
    },
}

impl std::fmt::Display for RenameRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoName => f.write_str("put the cursor on the value of \"name\""),
            Self::Empty => f.write_str("enter a name"),
            Self::Character(c) => write!(f, "leave {c:?} out: Jitterbit uses it in paths"),
            Self::Taken { file } => {
                let shown = file.rsplit('/').next().unwrap_or(file);
                write!(f, "choose another name: {shown} has this one")
            }
        }
    }
}

/// Renames the org under the cursor.
///
/// # Errors
/// The new name is not one that an org of this project may have.
pub fn rename(
    document: &Document,
    context: &Context<'_>,
    offset: u32,
    new_name: &str,
) -> Result<Edit, RenameRefused> {
    let name = name_at(document, offset).filter(|_| !document.kind().is_design_studio());
    let name = name.ok_or(RenameRefused::NoName)?;
    if new_name.trim().is_empty() {
        return Err(RenameRefused::Empty);
    }
    if let Some(c) = new_name.chars().find(|c| FORBIDDEN_IN_ORG_NAMES.contains(c)) {
        return Err(RenameRefused::Character(c));
    }
    let taken = context.project.and_then(|project| {
        project.named(new_name).find(|file| project.is_another(file, context.file))
    });
    if let Some(file) = taken {
        return Err(RenameRefused::Taken { file: file.to_owned() });
    }
    Ok(Edit::replace(name.span, org_syntax::quote(new_name)))
}

#[cfg(test)]
mod tests {
    use org_schema::Date;

    use super::*;
    use crate::{FileKind, OrgFacts, ProjectFacts};

    const TEXT: &str = r#"{"name": "Acme", "auth": {"type": "basic"}}"#;

    fn ask<T>(offset: u32, ask: impl FnOnce(&Document, &Context<'_>, u32) -> T) -> T {
        let document = Document::new(FileKind::Org, TEXT);
        let mut project = ProjectFacts::default();
        let file = Document::new(FileKind::Project, r#"{"apiVersion": "64.0"}"#);
        project.set_file("sforg-project.json", &file);
        let other = Document::new(FileKind::Org, r#"{"name": "Other"}"#);
        for (file, org) in
            [("a.sforg.json", &document), ("c.sforg.json", &document), ("b.sforg.json", &other)]
        {
            project.set_org(file, OrgFacts::of(org));
        }
        let context = Context {
            project: Some(&project),
            ..Context::alone("a.sforg.json", Date { year: 2026, month: 11, day: 24 })
        };
        ask(&document, &context, offset)
    }

    #[test]
    fn a_version_leads_to_the_project_file() {
        let at_type = TEXT.find("basic").map_or(0, |at| at as u32);
        let place = ask(at_type, definition);
        assert_eq!(
            place.map(|p| (p.file, p.span)),
            Some(("sforg-project.json".to_owned(), Span::new(15, 21)))
        );
        assert_eq!(ask(18, definition), None);
    }

    #[test]
    fn references_are_the_files_of_that_name() {
        let files: Vec<_> = ask(11, references).into_iter().map(|place| place.file).collect();
        assert_eq!(files, ["a.sforg.json", "c.sforg.json"]);
        assert!(ask(20, references).is_empty());
    }

    #[test]
    fn a_rename_takes_only_names_that_are_free_and_allowed() {
        let renamed = |name: &str| ask(11, |d, c, o| rename(d, c, o, name).map(|edit| edit.text));
        assert_eq!(renamed("New \"one\""), Ok(r#""New \"one\"""#.to_owned()));
        assert_eq!(renamed("Acme"), Err(RenameRefused::Taken { file: "c.sforg.json".to_owned() }));
        assert_eq!(renamed("Other"), Err(RenameRefused::Taken { file: "b.sforg.json".to_owned() }));
        assert_eq!(renamed("acme"), Ok("\"acme\"".to_owned()));
        assert_eq!(renamed("a/b"), Err(RenameRefused::Character('/')));
        assert_eq!(renamed("  "), Err(RenameRefused::Empty));
        assert_eq!(ask(1, |d, c, o| rename(d, c, o, "x")), Err(RenameRefused::NoName));
        assert_eq!(
            ask(11, |d, _, o| prepare_rename(d, o)),
            Some((Span::new(10, 14), "Acme".to_owned()))
        );
    }
}
