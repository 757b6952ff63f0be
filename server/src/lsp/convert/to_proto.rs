//! From our terms to LSP.

use std::collections::HashMap;
use std::sync::LazyLock;

use lsp_types as lsp;
use org_ide::rules::{self, Rule};
use org_ide::{Edit, Finding, Related, Severity, Tag};
use org_syntax::Span;
use org_text::{Encoding, Foreign, IndexedText};

/// Whose the diagnostics are, as people see it.
pub const SOURCE: &str = "sforg";

/// A text and the session's encoding: what byte offsets need to become positions.
#[derive(Clone, Copy)]
pub struct Converter<'a> {
    /// The text.
    pub text: &'a IndexedText,
    /// Unit of `Position.character`.
    pub encoding: Encoding,
}

impl Converter<'_> {
    /// A position.
    pub fn position(&self, offset: u32) -> lsp::Position {
        let position = self.text.position(offset as usize, self.encoding);
        lsp::Position { line: position.line, character: position.character }
    }

    /// A range.
    pub fn range(&self, span: Span) -> lsp::Range {
        lsp::Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// A text edit.
    pub fn edit(&self, edit: &Edit) -> lsp::TextEdit {
        lsp::TextEdit { range: self.range(edit.span), new_text: edit.text.clone() }
    }

    /// Text edits.
    pub fn edits(&self, edits: &[Edit]) -> Vec<lsp::TextEdit> {
        edits.iter().map(|edit| self.edit(edit)).collect()
    }

    /// A diagnostic. `related` turns a place in another file into a location, where it can.
    pub fn diagnostic(
        &self,
        finding: &Finding,
        related: impl Fn(&Related) -> Option<lsp::Location>,
    ) -> lsp::Diagnostic {
        let related: Vec<_> = finding
            .related
            .iter()
            .filter_map(|place| {
                let location = related(place)?;
                let message = match org_project::in_archive(&place.file) {
                    Some((_, inside)) => format!("{} ({})", place.message, Foreign(inside)),
                    None => place.message.clone(),
                };
                Some(lsp::DiagnosticRelatedInformation { location, message })
            })
            .collect();
        let tags: Vec<_> = finding.tags.iter().copied().map(tag).collect();
        lsp::Diagnostic {
            range: self.range(finding.span),
            severity: Some(severity(finding.severity)),
            code: Some(lsp::NumberOrString::String(finding.rule.name.to_owned())),
            code_description: page_of(finding.rule),
            source: Some(SOURCE.to_owned()),
            message: finding.message.clone(),
            related_information: (!related.is_empty()).then_some(related),
            tags: (!tags.is_empty()).then_some(tags),
            data: Some(serde_json::json!({ "rule": finding.rule.name })),
        }
    }
}

/// Where a rule's documentation is. To parse the address at each finding would take longer than to find it.
fn page_of(rule: &Rule) -> Option<lsp::CodeDescription> {
    static PAGES: LazyLock<HashMap<&str, lsp::Url>> = LazyLock::new(|| {
        let page =
            |rule: &&Rule| Some((rule.name, lsp::Url::parse(&rule.documentation_url()).ok()?));
        rules::ALL.iter().filter_map(page).collect()
    });
    let href = PAGES.get(rule.name)?.clone();
    Some(lsp::CodeDescription { href })
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

fn tag(tag: Tag) -> lsp::DiagnosticTag {
    match tag {
        Tag::Unnecessary => lsp::DiagnosticTag::UNNECESSARY,
        Tag::Deprecated => lsp::DiagnosticTag::DEPRECATED,
    }
}

/// An edit of one document, with its version where the client takes it.
pub fn workspace_edit(
    uri: lsp::Url,
    version: Option<i32>,
    edits: Vec<lsp::TextEdit>,
    document_changes: bool,
) -> lsp::WorkspaceEdit {
    if document_changes {
        let edits = edits.into_iter().map(lsp::OneOf::Left).collect();
        let text_document = lsp::OptionalVersionedTextDocumentIdentifier { uri, version };
        let change = lsp::TextDocumentEdit { text_document, edits };
        return lsp::WorkspaceEdit {
            document_changes: Some(lsp::DocumentChanges::Edits(vec![change])),
            ..lsp::WorkspaceEdit::default()
        };
    }
    lsp::WorkspaceEdit {
        changes: Some(std::iter::once((uri, edits)).collect()),
        ..lsp::WorkspaceEdit::default()
    }
}

/// An edit that makes a file; refused by the client where there is one.
pub fn file_with(uri: lsp::Url, text: String) -> lsp::WorkspaceEdit {
    let create = lsp::CreateFile { uri: uri.clone(), options: None, annotation_id: None };
    let text_document = lsp::OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let edits =
        vec![lsp::OneOf::Left(lsp::TextEdit { range: lsp::Range::default(), new_text: text })];
    let operations = vec![
        lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)),
        lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit { text_document, edits }),
    ];
    lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Operations(operations)),
        ..lsp::WorkspaceEdit::default()
    }
}
