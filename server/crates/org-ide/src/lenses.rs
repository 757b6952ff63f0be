//! Code lenses: what can be done with an org, and what its last login test said.

use org_schema::members::AuthType;
use org_syntax::Span;

use crate::context::Context;
use crate::document::Document;

/// What a lens does when it is clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensAction {
    /// Tests the login.
    TestLogin,
    /// Converts to OAuth 2.0 client credentials.
    ConvertToOAuth,
    /// Shows the last result; its age is for the caller to add.
    LastResult,
}

/// A lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Byte span that it stands over.
    pub span: Span,
    /// Its text.
    pub title: String,
    /// What it does.
    pub action: LensAction,
}

/// The lenses of a document, all over `auth`.
pub fn lenses(document: &Document, context: &Context<'_>) -> Vec<Lens> {
    let Some(org) = document.org() else {
        return Vec::new();
    };
    let Some(auth) = &org.auth_field else {
        return Vec::new();
    };
    let span = auth.key_span;
    let lens = |title: &str, action| Lens { span, title: title.to_owned(), action };
    let mut lenses = vec![lens(crate::assists::TEST_LOGIN_TITLE, LensAction::TestLogin)];
    if org.auth_type() == Some(AuthType::Basic) {
        lenses.push(lens("Convert to OAuth", LensAction::ConvertToOAuth));
    }
    if let Some(mark) = context.login {
        lenses.push(lens(&mark.short, LensAction::LastResult));
    }
    lenses
}
