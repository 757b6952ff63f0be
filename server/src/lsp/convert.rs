//! Between our terms and LSP's.

pub mod from_proto;
pub mod to_proto;
pub mod uris;
