//! `textDocument/documentLink`

use lsp_types as lsp;
use org_ide::links::links;

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::{id_of, path_of};
use crate::lsp::files::Files;

/// Answers the request.
pub fn handle(files: &Files, params: lsp::DocumentLinkParams) -> Option<Vec<lsp::DocumentLink>> {
    let id = id_of(&params.text_document.uri);
    let open = files.open_ours(&id)?;
    let links = files.analyze(&id, open.document(), links);
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let with_tooltip = files.session.client.link_tooltips;
    let links = links.into_iter().filter_map(|link| {
        Some(lsp::DocumentLink {
            range: converter.range(link.span),
            target: Some(as_the_client_spells(files, target(&open.uri, &link.target)?)),
            tooltip: with_tooltip.then(|| link.tooltip.to_owned()),
            data: None,
        })
    });
    Some(links.collect())
}

/// A file that the client knows as the client knows it.
fn as_the_client_spells(files: &Files, target: lsp::Url) -> lsp::Url {
    let is_whole_file = target.fragment().is_none() && path_of(&target).is_some();
    is_whole_file.then(|| files.uri_of(&id_of(&target))).flatten().unwrap_or(target)
}

/// The address, relative ones from the document's own; web pages and files alone, so that no click
/// starts anything.
fn target(document: &lsp::Url, written: &str) -> Option<lsp::Url> {
    let target = document.join(written).or_else(|_| lsp::Url::parse(written)).ok()?;
    matches!(target.scheme(), "https" | "http" | "file").then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targeted(document: &str, written: &str) -> Option<String> {
        let document = lsp::Url::parse(document).expect("a URI");
        target(&document, written).map(String::from)
    }

    #[test]
    fn relative_addresses_begin_at_the_document() {
        let document = "file:///w/orgs/a.sforg.json";
        assert_eq!(
            targeted(document, "../org.schema.json").as_deref(),
            Some("file:///w/org.schema.json")
        );
        assert_eq!(
            targeted(document, "https://example.com/s.json").as_deref(),
            Some("https://example.com/s.json")
        );
    }

    #[test]
    fn other_schemes_are_no_links() {
        assert_eq!(targeted("file:///w/a.sforg.json", "command:do.something"), None);
        assert_eq!(targeted("file:///w/a.sforg.json", "javascript:alert(1)"), None);
        assert_eq!(targeted("untitled:Untitled-1", "s.json"), None);
        assert_eq!(
            targeted("untitled:Untitled-1", "https://example.com/").as_deref(),
            Some("https://example.com/")
        );
    }
}
