//! Login tests in the editor: one, many, the question before a secret is sent, and the last results.

mod confirm;
pub mod fingerprint;
pub mod many;
pub mod one;
