//! `textDocument/codeAction`: what a client sends as diagnostics does not matter, the range does.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::actions::{Action, ActionKind, Asked, Effect, actions};
use org_ide::{Document, Field, FileKind};
use org_project::path_of_id;
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretValue};
use org_syntax::Span;

use super::capabilities::fix_all_kind;
use crate::lsp::commands::{
    Command, Conversion, ManyConversions, Moved, OneFile, OneRule, OneSecret,
};
use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::{Converter, file_with, workspace_edit};
use crate::lsp::convert::uris::id_of;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::diagnostics::indexed::index_project;
use crate::lsp::files::Files;
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::refactor::project::find_project;
use crate::lsp::refactor::{convert, convert_all};
use crate::lsp::session::ClientFeatures;

/// Answers the request.
pub async fn handle(
    diagnostics: &Arc<Diagnostics>,
    params: lsp::CodeActionParams,
) -> Option<lsp::CodeActionResponse> {
    let id = id_of(&params.text_document.uri);
    let files = &diagnostics.files;
    let open = files.open_ours(&id)?;
    let mut _known = None;
    // On a thread of its own, and once: what an upgrade breaks must be known, and which names of
    // secrets the other orgs use.
    if open.kind == FileKind::Project {
        _known = index_project(diagnostics, &id).await;
    } else if path_of_id(&id).is_some() && names_a_secret(open.document()) {
        _known = find_project(diagnostics, &id).await.and_then(|(_, known)| known);
    }
    let snapshot = Snapshot::Open(open);
    let only = params.context.only.as_deref();
    let is_wanted = |own: &lsp::CodeActionKind| {
        only.is_none_or(|kinds| kinds.iter().any(|kind| includes(kind, own)))
    };
    let range = from_proto::byte_range(snapshot.text(), params.range, files.encoding());
    let asked = Asked {
        place: Span::new(range.start, range.end),
        is_trusted: files.session.settings.is_trusted(),
        with_fix_all: only.is_some() && is_wanted(&fix_all_kind()),
        is_refactoring: only.is_some_and(|kinds| {
            kinds.iter().any(|kind| includes(kind, &lsp::CodeActionKind::REFACTOR_REWRITE))
        }),
        can_create_project: new_project_file(files, &id).is_some(),
        can_enter_secrets: files.session.client.own.enter_secret,
        has_pages: files.session.client.own.pages,
    };
    let document = snapshot.document();
    let actions =
        files.analyze(&id, document, |document, context| actions(document, context, asked));
    let conversion = Conversions { files, id: &id, snapshot: &snapshot };
    let wanted = actions.into_iter().filter(|action| is_wanted(&kind(action.kind)));
    let wanted = wanted.filter_map(|action| conversion.action(action));
    Some(wanted.filter_map(|action| for_client(action, &files.session.client)).collect())
}

/// Where a project file goes: in the workspace folder with the org file, else beside it. Only for clients
/// whose edits can make files.
fn new_project_file(files: &Files, id: &str) -> Option<PathBuf> {
    let path = path_of_id(id).filter(|_| files.session.client.creates_files)?;
    let folders = files.folders();
    let around = folders.iter().filter(|folder| path.starts_with(folder));
    let folder = around.max_by_key(|folder| folder.as_os_str().len()).map(PathBuf::as_path);
    Some(folder.or(path.parent())?.join(FileKind::PROJECT_FILE_NAME))
}

/// Whether an action may write the name of a secret into the file.
fn names_a_secret(document: &Document) -> bool {
    let Some(org) = document.org() else { return false };
    let mut secrets = org.auth.secret_fields().into_iter();
    org.auth_type() == Some(AuthType::Basic)
        || secrets.any(|(_, field)| {
            let text = field.as_ref().and_then(Field::str);
            text.is_some_and(|text| matches!(secret_ref::parse(text), SecretValue::Literal(_)))
        })
}

/// Kinds are a hierarchy with dots; the empty one includes all.
fn includes(kind: &lsp::CodeActionKind, own: &lsp::CodeActionKind) -> bool {
    let (kind, own) = (kind.as_str(), own.as_str());
    kind.is_empty()
        || own.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn kind(kind: ActionKind) -> lsp::CodeActionKind {
    match kind {
        ActionKind::QuickFix => lsp::CodeActionKind::QUICKFIX,
        ActionKind::Rewrite => lsp::CodeActionKind::REFACTOR_REWRITE,
        ActionKind::FixAll => fix_all_kind(),
        // Not `source`, which VS Code keeps out of the menu at the cursor. The empty kind is for those
        // who ask for all.
        ActionKind::Other => lsp::CodeActionKind::EMPTY,
    }
}

/// From our actions to LSP's.
struct Conversions<'a> {
    files: &'a Files,
    id: &'a str,
    snapshot: &'a Snapshot,
}

impl Conversions<'_> {
    /// The action; `None` when there is nothing that it could do, and the client shows none that are
    /// disabled.
    fn action(&self, action: Action) -> Option<lsp::CodeAction> {
        let converter = Converter { text: self.snapshot.text(), encoding: self.files.encoding() };
        let mends = action.mends.iter().map(|finding| converter.diagnostic(finding, |_| None));
        let mends: Vec<_> = mends.collect();
        let shown = lsp::CodeAction {
            kind: Some(kind(action.kind)),
            is_preferred: action.is_preferred.then_some(true),
            diagnostics: (!mends.is_empty()).then_some(mends),
            title: action.title,
            ..lsp::CodeAction::default()
        };
        match action.disabled.filter(|_| self.files.session.client.disabled_actions) {
            Some(reason) => {
                let disabled = Some(lsp::CodeActionDisabled { reason });
                Some(lsp::CodeAction { disabled, ..shown })
            }
            None => self.with_effect(shown, action.effect?),
        }
    }

    fn with_effect(&self, shown: lsp::CodeAction, effect: Effect) -> Option<lsp::CodeAction> {
        let uri = || self.snapshot.uri().clone();
        let file = || OneFile { uri: uri() };
        let (edit, command) = match effect {
            Effect::Edits(edits) => {
                let converter =
                    Converter { text: self.snapshot.text(), encoding: self.files.encoding() };
                let edits = converter.edits(&edits);
                let changes = self.files.session.client.document_changes;
                (Some(workspace_edit(uri(), self.snapshot.version(), edits, changes)), None)
            }
            Effect::Convert(conversion) => {
                let converted = convert::to_lsp(self.files, self.snapshot, &conversion);
                // What comes next is said where the edit can be seen to have been made.
                let goes_on = self.files.session.client.apply_edit;
                let version = self.snapshot.version();
                let then = || Command::ConvertToOAuth(Conversion { uri: uri(), version });
                (Some(converted.edit), goes_on.then(then))
            }
            // Where the client lets a person choose among the orgs, by the command.
            Effect::ConvertAll if self.files.session.client.own.choose_orgs => {
                (None, Some(Command::ConvertAll(ManyConversions::of_project(uri()))))
            }
            Effect::ConvertAll => {
                let orgs = convert_all::work_out(self.files, self.id);
                (Some(convert_all::edit_of(self.files, &orgs)).filter(|_| !orgs.is_empty()), None)
            }
            Effect::EnterSecret { member } => {
                let member = Some(member.to_owned());
                (None, Some(Command::EnterSecret(OneSecret { uri: uri(), member })))
            }
            Effect::CreateProject { text } => {
                let project = new_project_file(self.files, self.id)?;
                (Some(file_with(lsp::Url::from_file_path(project).ok()?, text)), None)
            }
            Effect::ShowAllowedHosts => (None, Some(Command::ShowAllowedHosts(file()))),
            Effect::ShowSteps => (None, Some(Command::ShowLastResult(file()))),
            Effect::ExplainRule { rule } => {
                (None, Some(Command::ExplainRule(OneRule { rule: rule.to_owned() })))
            }
            Effect::MoveSecret { member, to } => {
                let member = member.map(str::to_owned);
                (None, Some(Command::MoveSecret(Moved { uri: uri(), member, to })))
            }
            Effect::TestLogin => (None, Some(Command::TestLogin(file()))),
        };
        let command = command.map(|command| command.to_lsp(&shown.title));
        Some(lsp::CodeAction { edit, command, ..shown })
    }
}

/// Older clients take commands only; actions that are nothing but an edit are not for them.
fn for_client(
    mut action: lsp::CodeAction,
    client: &ClientFeatures,
) -> Option<lsp::CodeActionOrCommand> {
    if client.code_action_literals {
        action.is_preferred = action.is_preferred.filter(|_| client.preferred_actions);
        return Some(lsp::CodeActionOrCommand::CodeAction(action));
    }
    action.command.map(lsp::CodeActionOrCommand::Command)
}
