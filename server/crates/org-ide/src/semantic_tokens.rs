//! Semantic tokens, where they add to what a JSON grammar colours: references to secrets, which are
//! no text, and API versions, of which some are on their way out.

use org_schema::members::ValueKind;
use org_schema::secret_ref::{self, SecretValue};
use org_schema::versions::{self, Support};
use org_schema::{ApiVersion, Date};
use org_syntax::Span;

use crate::context::Context;
use crate::document::Document;
use crate::rules::RuleContext;
use crate::selection::content_of;

/// What a token is, by the names of LSP's standard token types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenType {
    /// `env` or `keyring` in a reference.
    Keyword,
    /// The name in a reference.
    Variable,
    /// An API version.
    Number,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SemanticToken {
    /// Byte span; never of more than one line.
    pub span: Span,
    /// What it is.
    pub token_type: TokenType,
    /// Salesforce has retired the version, or is about to.
    pub deprecated: bool,
}

/// The tokens of a document, in its order and apart from each other.
pub fn semantic_tokens(document: &Document, context: &Context<'_>) -> Vec<SemanticToken> {
    let cx = RuleContext::new(document, context);
    cx.known_strings()
        .iter()
        .flat_map(|known| {
            let (spec, span) = (known.spec, known.string.span);
            // As it is written: what has escapes in it is no reference or version as people know it.
            let content = content_of(document.text(), span, true);
            let written = content.text(document.text());
            match spec.value {
                _ if spec.reference => reference(written, content),
                ValueKind::ApiVersion => version(written, content, context.today),
                _ => Vec::new(),
            }
        })
        .collect()
}

fn reference(written: &str, content: Span) -> Vec<SemanticToken> {
    let (store, name) = match secret_ref::parse(written) {
        SecretValue::Env(name) => ("env", name),
        SecretValue::Keyring(name) => ("keyring", name),
        SecretValue::Literal(_) | SecretValue::Invalid => return Vec::new(),
    };
    let store_start = content.start + "${".len() as u32;
    let store_end = store_start + store.len() as u32;
    let name_start = store_end + ":".len() as u32;
    let token = |span, token_type| SemanticToken { span, token_type, deprecated: false };
    vec![
        token(Span::new(store_start, store_end), TokenType::Keyword),
        token(Span::new(name_start, name_start + name.len() as u32), TokenType::Variable),
    ]
}

fn version(written: &str, content: Span, today: Date) -> Vec<SemanticToken> {
    let token = ApiVersion::parse(written).map(|version| {
        let support = versions::support(version, today);
        let deprecated = matches!(support, Support::Retired | Support::Retiring);
        SemanticToken { span: content, token_type: TokenType::Number, deprecated }
    });
    token.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;
    use crate::test_context::in_context;

    /// The tokens as `text type`, with `!` behind those that are deprecated.
    fn tokens(kind: FileKind, text: &str) -> Vec<String> {
        let document = Document::new(kind, text);
        in_context(|context| semantic_tokens(&document, context))
            .into_iter()
            .map(|token| {
                let mark = if token.deprecated { "!" } else { "" };
                format!("{} {:?}{mark}", token.span.text(text), token.token_type)
            })
            .collect()
    }

    #[test]
    fn references_have_their_parts() {
        let text = r#"{"auth": {"type": "basic", "password": "${env:ACME}", "securityToken": "${keyring:Acme é}"}}"#;
        assert_eq!(
            tokens(FileKind::Org, text),
            ["env Keyword", "ACME Variable", "keyring Keyword", "Acme é Variable"]
        );
    }

    #[test]
    fn only_members_that_may_be_references_count() {
        let text = r#"{"name": "${env:A}", "auth": {"type": "basic", "instanceUrl": "${env:B}", "password": "$${env:C}", "securityToken": "${env:D e}", "clientSecret": "${env:F}"}}"#;
        assert_eq!(tokens(FileKind::Org, text), [""; 0]);
        assert_eq!(tokens(FileKind::Org, r#"{"auth": {"password": "${env\u003aA}"}}"#), [""; 0]);
    }

    #[test]
    fn versions_tell_whether_they_last() {
        let of = |version: &str| {
            tokens(FileKind::Project, &format!("{{\"apiVersion\": \"{version}\"}}"))
        };
        assert_eq!(of("29.0"), ["29.0 Number!"]);
        assert_eq!(of("31.0"), ["31.0 Number!"]);
        assert_eq!(of("64.0"), ["64.0 Number"]);
        assert_eq!(of("64"), [""; 0]);
    }
}
