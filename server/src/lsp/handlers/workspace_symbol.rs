//! `workspace/symbol`: the orgs of all projects, ours and Design Studio's.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::org_search::search;
use org_project::in_archive;
use org_syntax::Span;

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::files::Files;

/// How many orgs are shown at most; whoever has more goes on typing.
const MAX_ORGS: usize = 1_000;

/// Answers the request. Where a name stands is read from the files, so not on this thread.
pub async fn handle(
    files: &Arc<Files>,
    params: lsp::WorkspaceSymbolParams,
) -> Option<Vec<lsp::SymbolInformation>> {
    let files = Arc::clone(files);
    let search = tokio::task::spawn_blocking(move || {
        let found = orgs(&files, &params.query);
        found.into_iter().filter_map(|org| symbol(&files, org)).collect()
    });
    match search.await {
        Ok(symbols) => Some(symbols),
        Err(error) => {
            tracing::error!("workspace/symbol: {error}");
            None
        }
    }
}

/// An org that was found.
struct Org {
    name: String,
    file: String,
    project: Option<String>,
}

fn orgs(files: &Files, query: &str) -> Vec<Org> {
    files.with_workspace(|workspace| {
        let orgs = workspace
            .org_files()
            .filter_map(|file| Some((file, workspace.project_of(file)?.org(file)?)));
        // Nobody can go to one in a Jitterpak.
        let of_design_studio = workspace
            .design_studio_projects()
            .filter(|(_, facts)| facts.file.as_deref().is_some_and(|it| in_archive(it).is_none()))
            .flat_map(|(_, facts)| facts.orgs());
        let found = search(query, orgs.chain(of_design_studio), MAX_ORGS);
        found
            .into_iter()
            .map(|org| Org {
                name: org.name.to_owned(),
                file: org.file.to_owned(),
                project: workspace
                    .project_of(org.file)
                    .and_then(|project| folder_name(project.file.as_deref()?)),
            })
            .collect()
    })
}

/// The name of the folder that a project file stands in.
fn folder_name(file: &str) -> Option<String> {
    file.rsplit('/').nth(1).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// `None` when the file is gone.
#[allow(deprecated, reason = "the field that tags have replaced has no default")]
fn symbol(files: &Files, org: Org) -> Option<lsp::SymbolInformation> {
    let snapshot = files.snapshot(&org.file)?;
    let name = snapshot.document().org().and_then(|org| org.name.as_ref());
    let span = name.map_or(Span::at(0), |name| name.span());
    let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
    Some(lsp::SymbolInformation {
        name: org.name,
        kind: lsp::SymbolKind::OBJECT,
        tags: None,
        deprecated: None,
        location: lsp::Location { uri: snapshot.uri().clone(), range: converter.range(span) },
        container_name: org.project,
    })
}
