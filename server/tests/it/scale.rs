//! Projects of many files: `sforg check` and the server find every fault in them, in the end and
//! while they change.

mod bad_input;
mod check;
mod design_studio;
mod events;
mod server;
