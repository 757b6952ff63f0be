//! Code actions, found by range: what a client sends as diagnostics does not matter.

use std::ops::Range;

use lsp_types as lsp;
use org_ide::{Edit, Finding, assists, rules};
use org_schema::ApiVersion;
use org_syntax::Span;

use crate::lsp::commands::{Command, Conversion, Moved, OneFile, SecretPlace};
use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::{Converter, workspace_edit};
use crate::lsp::files::Files;
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::handlers::capabilities::fix_all_kind;
use crate::lsp::refactor::convert::Converted;
use crate::lsp::refactor::{convert, convert_all, upgrade};

/// Why *Test Salesforce Login* is disabled in a workspace that is not trusted.
pub const UNTRUSTED: &str =
    "Trust this workspace first: until then nothing is sent and no secret is read.";

/// The actions for a range, or those of some kinds.
pub fn code_actions(
    files: &Files,
    id: &str,
    snapshot: &Snapshot,
    range: lsp::Range,
    only: Option<&[lsp::CodeActionKind]>,
) -> Vec<lsp::CodeAction> {
    let request = Request {
        files,
        id,
        snapshot,
        range: from_proto::byte_range(snapshot.text(), range, files.encoding()),
        converter: Converter { text: snapshot.text(), encoding: files.encoding() },
    };
    let mut actions = request.quick_fixes();
    actions.extend(request.move_secrets());
    actions.extend(request.convert());
    actions.extend(request.test_login());
    actions.extend(request.complete_server_host());
    actions.extend(request.upgrades());
    actions.extend(request.convert_all());
    let wants_fix_all =
        only.is_some_and(|kinds| kinds.iter().any(|k| includes(k, &fix_all_kind())));
    if wants_fix_all {
        actions.extend(request.fix_all());
    }
    if let Some(kinds) = only {
        actions.retain(|action| {
            action.kind.as_ref().is_some_and(|own| kinds.iter().any(|kind| includes(kind, own)))
        });
    }
    actions
}

/// Kinds are a hierarchy with dots; the empty one includes all.
fn includes(kind: &lsp::CodeActionKind, own: &lsp::CodeActionKind) -> bool {
    let (kind, own) = (kind.as_str(), own.as_str());
    kind.is_empty()
        || own.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

struct Request<'a> {
    files: &'a Files,
    id: &'a str,
    snapshot: &'a Snapshot,
    /// Byte range.
    range: Range<u32>,
    converter: Converter<'a>,
}

impl Request<'_> {
    fn touches(&self, span: Span) -> bool {
        span.start <= self.range.end && self.range.start <= span.end
    }

    fn edit(&self, edits: &[Edit]) -> lsp::WorkspaceEdit {
        workspace_edit(
            self.snapshot.uri().clone(),
            self.snapshot.version(),
            self.converter.edits(edits),
            self.files.session.client.document_changes,
        )
    }

    fn diagnostic(&self, finding: &Finding) -> lsp::Diagnostic {
        self.converter.diagnostic(finding, |_| None)
    }

    fn quick_fixes(&self) -> Vec<lsp::CodeAction> {
        self.files.analyze(self.id, self.snapshot.document(), |document, context| {
            rules::check(document, context)
                .iter()
                .filter(|finding| self.touches(finding.span))
                .flat_map(|finding| {
                    rules::fixes(document, context, finding).into_iter().map(|fix| {
                        lsp::CodeAction {
                            title: fix.title,
                            kind: Some(lsp::CodeActionKind::QUICKFIX),
                            diagnostics: Some(vec![self.diagnostic(finding)]),
                            edit: Some(self.edit(&fix.edits)),
                            is_preferred: fix.preferred.then_some(true),
                            ..lsp::CodeAction::default()
                        }
                    })
                })
                .collect()
        })
    }

    /// On a member with a written secret: that one; elsewhere: all of the file. It mends
    /// `plaintext-secret` wherever the cursor is, so its kind is that of a quick fix.
    fn move_secrets(&self) -> Vec<lsp::CodeAction> {
        let document = self.snapshot.document();
        let secrets = self.files.analyze(self.id, document, assists::written_secrets);
        if secrets.is_empty() {
            return Vec::new();
        }
        let touched = secrets.iter().find(|secret| self.touches(secret.member_span));
        let findings = self.files.analyze(self.id, document, rules::check);
        let diagnostics: Vec<_> = findings
            .iter()
            .filter(|f| f.rule.name == "plaintext-secret" && self.touches(f.span))
            .map(|finding| self.diagnostic(finding))
            .collect();
        [
            (assists::MOVE_TO_KEYRING_TITLE, SecretPlace::Keyring),
            (assists::MOVE_TO_ENV_TITLE, SecretPlace::Env),
        ]
        .map(|(title, to)| {
            let member = touched.map(|secret| secret.member.to_owned());
            let command =
                Command::MoveSecret(Moved { uri: self.snapshot.uri().clone(), member, to });
            lsp::CodeAction {
                title: title.to_owned(),
                kind: Some(lsp::CodeActionKind::QUICKFIX),
                diagnostics: (!diagnostics.is_empty()).then(|| diagnostics.clone()),
                command: Some(command.to_lsp(title)),
                ..lsp::CodeAction::default()
            }
        })
        .into()
    }

    fn convert(&self) -> Option<lsp::CodeAction> {
        let Converted { edit, selection, secret_name, has_instance_url } =
            convert::work_out(self.files, self.id, self.snapshot)?;
        let findings = self.files.analyze(self.id, self.snapshot.document(), rules::check);
        let mended: Vec<_> = findings
            .iter()
            .filter(|finding| finding.rule.name.starts_with("basic-auth-"))
            .filter(|finding| self.touches(finding.span))
            .map(|finding| self.diagnostic(finding))
            .collect();
        let command = Command::ConvertToOAuth(Conversion {
            uri: self.snapshot.uri().clone(),
            applied: true,
            selection: Some(selection),
            secret_name: Some(secret_name),
            has_instance_url: Some(has_instance_url),
        });
        Some(lsp::CodeAction {
            title: assists::CONVERT_TITLE.to_owned(),
            kind: Some(lsp::CodeActionKind::REFACTOR_REWRITE),
            is_preferred: (!mended.is_empty()).then_some(true),
            diagnostics: (!mended.is_empty()).then_some(mended),
            edit: Some(edit),
            command: Some(command.to_lsp(assists::CONVERT_TITLE)),
            ..lsp::CodeAction::default()
        })
    }

    /// It changes no text, so it is neither a fix nor a refactoring; and not `source`, which VS Code
    /// keeps out of the menu at the cursor. The empty kind is for those who ask for all.
    fn test_login(&self) -> Option<lsp::CodeAction> {
        self.snapshot.document().org()?.auth_field.as_ref()?;
        let untrusted =
            !self.files.session.settings.is_trusted() && self.files.session.client.disabled_actions;
        let disabled = untrusted.then(|| lsp::CodeActionDisabled { reason: UNTRUSTED.to_owned() });
        let command = Command::TestLogin(OneFile { uri: self.snapshot.uri().clone() });
        let command = command.to_lsp(assists::TEST_LOGIN_TITLE);
        Some(lsp::CodeAction {
            title: assists::TEST_LOGIN_TITLE.to_owned(),
            kind: Some(lsp::CodeActionKind::EMPTY),
            command: disabled.is_none().then_some(command),
            disabled,
            ..lsp::CodeAction::default()
        })
    }

    fn complete_server_host(&self) -> Option<lsp::CodeAction> {
        let edits = assists::complete_server_host(self.snapshot.document())?;
        Some(lsp::CodeAction {
            title: assists::COMPLETE_SERVER_HOST_TITLE.to_owned(),
            kind: Some(lsp::CodeActionKind::REFACTOR_REWRITE),
            edit: Some(self.edit(&edits)),
            ..lsp::CodeAction::default()
        })
    }

    /// On a project file: the newest version, disabled while it would break an org, and then the
    /// highest safe one too.
    fn upgrades(&self) -> Vec<lsp::CodeAction> {
        let document = self.snapshot.document();
        let (newest, safe) = self.files.analyze(self.id, document, assists::upgrade_targets);
        let mut targets: Vec<ApiVersion> = newest.into_iter().collect();
        targets.extend(safe.filter(|safe| newest != Some(*safe)));
        targets.into_iter().filter_map(|to| self.upgrade(to)).collect()
    }

    fn upgrade(&self, to: ApiVersion) -> Option<lsp::CodeAction> {
        let action = lsp::CodeAction {
            title: format!("Upgrade project to API {to}"),
            kind: Some(lsp::CodeActionKind::REFACTOR_REWRITE),
            ..lsp::CodeAction::default()
        };
        match upgrade::work_out(self.files, self.id, to) {
            Ok((edit, _)) => Some(lsp::CodeAction { edit: Some(edit), ..action }),
            Err(refused) => {
                let can = self.files.session.client.disabled_actions;
                let disabled = lsp::CodeActionDisabled { reason: refused.to_string() };
                can.then_some(lsp::CodeAction { disabled: Some(disabled), ..action })
            }
        }
    }

    fn convert_all(&self) -> Option<lsp::CodeAction> {
        self.snapshot.document().project()?;
        let conversion = convert_all::work_out(self.files, self.id)?;
        Some(lsp::CodeAction {
            title: assists::CONVERT_ALL_TITLE.to_owned(),
            kind: Some(lsp::CodeActionKind::REFACTOR_REWRITE),
            edit: Some(conversion.edit),
            ..lsp::CodeAction::default()
        })
    }

    fn fix_all(&self) -> Option<lsp::CodeAction> {
        let edits = self.files.analyze(self.id, self.snapshot.document(), assists::fix_all);
        (!edits.is_empty()).then(|| lsp::CodeAction {
            title: "Apply all safe fixes".to_owned(),
            kind: Some(fix_all_kind()),
            edit: Some(self.edit(&edits)),
            ..lsp::CodeAction::default()
        })
    }
}
