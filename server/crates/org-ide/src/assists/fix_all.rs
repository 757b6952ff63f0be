//! *Apply all safe fixes*: commas, comments, spelling; nothing that changes what a login
//! does.

use crate::context::Context;
use crate::document::Document;
use crate::finding::{Edit, Finding, Fix};
use crate::rules;

/// The edits of all safe fixes; of two that overlap the last counts, so a second run may find more: of two
/// brackets that are missing at one place, the inner one is set first.
pub fn fix_all(document: &Document, context: &Context<'_>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for finding in rules::check(document, context).into_iter().rev() {
        let Some(fix) = safe_fix(document, context, &finding) else { continue };
        let is_apart = |new: &Edit, old: &Edit| {
            new.span != old.span
                && (new.span.end <= old.span.start || old.span.end <= new.span.start)
        };
        if fix.edits.iter().all(|new| edits.iter().all(|old| is_apart(new, old))) {
            edits.extend(fix.edits);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits
}

/// The fix of a finding that may be applied unasked.
pub fn safe_fix(document: &Document, context: &Context<'_>, finding: &Finding) -> Option<Fix> {
    rules::fixes(document, context, finding).into_iter().find(|fix| fix.safe)
}
