//! `textDocument/codeLens`

use std::time::SystemTime;

use lsp_types as lsp;
use org_ide::lenses::LensAction;

use super::design_studio;
use crate::lsp::commands::{Command, Conversion, OneFile};
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// Answers the request.
pub fn handle(files: &Files, params: lsp::CodeLensParams) -> Option<Vec<lsp::CodeLens>> {
    let id = id_of(&params.text_document.uri);
    let open = files.open(&id)?;
    let of_design_studio = design_studio::lenses(files, &id, &open);
    if open.kind.is_design_studio() {
        return Some(of_design_studio);
    }
    let lenses = files.analyze(&id, open.document(), org_ide::lenses::lenses);
    let tested_at = files.last_logins.tested_at(&id);
    let converter = Converter { text: &open.text, encoding: files.encoding() };
    let lenses = lenses
        .into_iter()
        .filter_map(|lens| {
            let command = match lens.action {
                LensAction::TestLogin => {
                    Command::TestLogin(OneFile { uri: open.uri.clone() }).to_lsp(&lens.title)
                }
                LensAction::ConvertToOAuth => {
                    let conversion = Conversion::of(open.uri.clone());
                    Command::ConvertToOAuth(conversion).to_lsp(&lens.title)
                }
                // It does nothing.
                LensAction::LastResult => lsp::Command {
                    title: format!("{} ({})", lens.title, age(tested_at)),
                    ..lsp::Command::default()
                },
                LensAction::Import | LensAction::ShowOperations | LensAction::ShowOAuthSteps => {
                    return None;
                }
            };
            let range = converter.range(lens.span);
            Some(lsp::CodeLens { range, command: Some(command), data: None })
        })
        .chain(of_design_studio)
        .collect();
    Some(lenses)
}

/// "just now", "5 min ago", "3 h ago", "2 days ago".
fn age(at: Option<SystemTime>) -> String {
    let minutes = at.and_then(|at| at.elapsed().ok()).map_or(0, |elapsed| elapsed.as_secs() / 60);
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}
