//! Code lenses: what the last login test of an org said, and what can be done with the org.

use org_schema::members::AuthType;
use org_syntax::Span;

use crate::context::Context;
use crate::document::Document;

/// What a lens does when it is clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensAction {
    /// Shows the last result; its age is for the caller to add.
    LastResult,
    /// Tests the login.
    TestLogin,
    /// Converts to OAuth 2.0 client credentials.
    ConvertToOAuth,
    /// Imports an org of Design Studio into an org file.
    Import,
    /// Shows the operations of Design Studio that use the org.
    ShowOperations,
    /// Shows how to get an org of Design Studio to OAuth 2.0 client credentials.
    ShowOAuthSteps,
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
    let mut lenses = Vec::new();
    if let Some(last) = context.login {
        let title = format!("{} {}", last.outcome.mark(), last.short);
        lenses.push(lens(&title, LensAction::LastResult));
    }
    lenses.push(lens(crate::assists::title::TEST_LOGIN, LensAction::TestLogin));
    if org.auth_type() == Some(AuthType::Basic) {
        lenses.push(lens("Convert to OAuth", LensAction::ConvertToOAuth));
    }
    lenses
}

#[cfg(test)]
mod tests {
    use org_schema::Date;

    use super::{LensAction, lenses};
    use crate::{Context, Document, FileKind, LastLogin, LoginOutcome};

    /// Titles, what they do, and the text that they stand over.
    fn shown(kind: FileKind, text: &str, login: Option<&LastLogin>) -> Vec<(String, LensAction)> {
        let document = Document::new(kind, text);
        let context = Context {
            login,
            ..Context::alone("acme.sforg.json", Date { year: 2026, month: 11, day: 24 })
        };
        let lenses = lenses(&document, &context).into_iter();
        lenses
            .map(|lens| {
                assert_eq!(lens.span.text(text), "\"auth\"");
                (lens.title, lens.action)
            })
            .collect()
    }

    fn test_login() -> (String, LensAction) {
        ("Test Salesforce Login".to_owned(), LensAction::TestLogin)
    }

    #[test]
    fn every_org_can_be_tested_and_a_basic_one_converted() {
        let convert = ("Convert to OAuth".to_owned(), LensAction::ConvertToOAuth);
        for (text, expected) in [
            (r#"{ "auth": { "type": "oauth2-client-credentials" } }"#, vec![test_login()]),
            (r#"{ "auth": { "type": "basic" } }"#, vec![test_login(), convert]),
            (r#"{ "auth": { "type": "basi" } }"#, vec![test_login()]),
            (r#"{ "auth": "#, vec![test_login()]),
            (r#"{ "name": "Acme" }"#, vec![]),
            ("", vec![]),
        ] {
            assert_eq!(shown(FileKind::Org, text, None), expected, "{text}");
        }
    }

    #[test]
    fn a_project_has_none() {
        assert_eq!(shown(FileKind::Project, r#"{ "auth": { "type": "basic" } }"#, None), []);
    }

    #[test]
    fn the_last_result_comes_first() {
        let last = LastLogin {
            outcome: LoginOutcome::Ok,
            short: "Logged in".to_owned(),
            cause: String::new(),
            summary: "Logged in as integration@acme.example.".to_owned(),
            instructions: Vec::new(),
            member: None,
            sandbox: None,
        };
        let text = r#"{ "auth": { "type": "oauth2-client-credentials" } }"#;
        let expected = [("✓ Logged in".to_owned(), LensAction::LastResult), test_login()];
        assert_eq!(shown(FileKind::Org, text, Some(&last)), expected);
    }
}
