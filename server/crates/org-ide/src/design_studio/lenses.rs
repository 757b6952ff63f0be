//! What can be done with an org of Design Studio, at the top of its file; and over an org of ours who uses it.

use org_schema::members::AuthType;
use org_syntax::Span;

use super::{Uses, top};
use crate::assists::title;
use crate::context::Context;
use crate::document::Document;
use crate::lenses::{Lens, LensAction};

/// The lenses that have to do with Design Studio. `is_linked`: an org file of ours is linked to this org.
pub fn lenses(document: &Document, context: &Context<'_>, is_linked: bool) -> Vec<Lens> {
    let Some(org) = document.org() else { return Vec::new() };
    let uses = Uses::of(document, context).filter(|uses| uses.count() > 0);
    let used_by = |span: Span, uses: Uses<'_>| Lens {
        span,
        title: format!("Used by {}", uses.counted()),
        action: LensAction::ShowOperations,
    };
    let Some(entity) = document.entity() else {
        let over_auth = org.auth_field.as_ref().map(|auth| auth.key_span);
        return over_auth.zip(uses).map(|(span, uses)| used_by(span, uses)).into_iter().collect();
    };
    if entity.header.is_deleted || !entity.is_entity {
        return Vec::new();
    }
    let span = top(entity);
    let lens = |title: &str, action| Lens { span, title: title.to_owned(), action };
    let mut lenses = vec![if is_linked {
        lens(title::TEST_LOGIN, LensAction::TestLogin)
    } else {
        lens(title::IMPORT, LensAction::Import)
    }];
    lenses.extend(uses.map(|uses| used_by(span, uses)));
    if org.auth_type() == Some(AuthType::Basic) {
        lenses.push(lens(title::OAUTH_STEPS, LensAction::ShowOAuthSteps));
    }
    lenses
}
