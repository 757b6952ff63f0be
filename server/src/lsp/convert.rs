//! Between our terms and LSP's.

pub mod from_proto;
pub mod locations;
pub mod to_proto;
