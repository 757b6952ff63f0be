//! `textDocument/codeLens`

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::lenses::LensAction;

use super::design_studio;
use crate::lsp::commands::{Command, Conversion, OneFile};
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::login_record::age;
use crate::lsp::logins::Logins;

/// Answers the request: what is or was, then what can be done.
pub fn handle(logins: &Arc<Logins>, params: lsp::CodeLensParams) -> Option<Vec<lsp::CodeLens>> {
    let id = id_of(&params.text_document.uri);
    let open = logins.files.open(&id)?;
    let of_design_studio = design_studio::lenses(&logins.files, &id, &open);
    if open.kind.is_design_studio() {
        return Some(of_design_studio);
    }
    let mut lenses = logins.files.analyze(&id, open.document(), org_ide::lenses::lenses);
    let tested_at = logins.files.last_logins.tested_at(&id);
    let testing = logins.under_test.get(&id).map(|test| test.since.elapsed().as_secs());
    let converter = Converter { text: open.text(), encoding: logins.files.encoding() };
    let lens = |range, title: &str, command: Command| lsp::CodeLens {
        range,
        command: Some(command.to_lsp(title)),
        data: None,
    };
    let file = || OneFile { uri: open.uri.clone() };
    let mut shown = Vec::new();
    if let (Some(seconds), Some(first)) = (testing, lenses.first()) {
        let range = converter.range(first.span);
        let title = format!("Testing… {seconds} s");
        shown.push(lens(range, &title, Command::ShowLastResult(file())));
        shown.push(lens(range, "Cancel", Command::CancelLogin(file())));
        lenses.retain(|lens| lens.action == LensAction::ConvertToOAuth);
    }
    shown.extend(lenses.into_iter().filter_map(|each| {
        let (title, command) = match each.action {
            LensAction::LastResult => {
                let age = tested_at.map(age).unwrap_or_default();
                (format!("{} · {age}", each.title), Command::ShowLastResult(file()))
            }
            LensAction::TestLogin if !logins.is_trusted() => {
                let title = format!("{} (trust this folder first)", each.title);
                (title, Command::TestLogin(file()))
            }
            LensAction::TestLogin => (each.title, Command::TestLogin(file())),
            LensAction::ConvertToOAuth => {
                (each.title, Command::ConvertToOAuth(Conversion::of(open.uri.clone())))
            }
            LensAction::Import | LensAction::ShowOperations | LensAction::ShowOAuthSteps => {
                return None;
            }
        };
        Some(lens(converter.range(each.span), &title, command))
    }));
    shown.extend(of_design_studio);
    Some(shown)
}
