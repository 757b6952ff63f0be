//! Places in other files as LSP locations.

use lsp_types as lsp;
use org_ide::Related;

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::state::State;

/// The location of a place. The file is read where it is not open.
pub fn location(state: &State, place: &Related) -> Option<lsp::Location> {
    let snapshot = state.snapshot(&place.file)?;
    let converter = Converter { text: snapshot.text(), encoding: state.encoding() };
    Some(lsp::Location { uri: snapshot.uri().clone(), range: converter.range(place.span) })
}
