//! The quick fix of the shape rules: a value that is right once the blanks around it are gone.

use super::RuleContext;
use crate::finding::{Edit, Fix};
use crate::lower::Field;

/// Takes the blanks off, when that makes the value right. The title never shows the value.
pub(super) fn remove_blanks(
    cx: &RuleContext<'_>,
    field: &Option<Field>,
    cannot_be_right: fn(&str) -> bool,
) -> Vec<Fix> {
    let Some((string, _)) = cx.literal(field) else {
        return Vec::new();
    };
    let trimmed = string.value.trim();
    if trimmed == string.value || cannot_be_right(trimmed) {
        return Vec::new();
    }
    vec![Fix {
        title: "Remove the blanks around it".to_owned(),
        edits: vec![Edit::replace(string.span, org_syntax::quote(trimmed))],
        safe: false,
        preferred: true,
    }]
}
