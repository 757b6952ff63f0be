//! Places in other files as LSP locations.

use lsp_types as lsp;
use org_ide::Related;

use super::state::State;
use super::to_proto::Converter;

/// The location of a place. The file is read where it is not open.
pub fn location(state: &State, place: &Related) -> Option<lsp::Location> {
    let snapshot = state.snapshot(&place.file)?;
    let converter = Converter { text: snapshot.text(), encoding: state.encoding() };
    Some(lsp::Location { uri: snapshot.uri().clone(), range: converter.range(place.span) })
}
