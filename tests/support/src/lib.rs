//! A small LSP client for black-box tests of the real binary over standard input and output, and
//! what else these tests need.
//!
//! ```no_run
//! use test_support::{Setup, Workspace};
//! # use serde_json::json;
//! let workspace = Workspace::new();
//! let uri = workspace.write("acme.sforg.json", "{}");
//! let mut server = Setup::new().folder(&workspace).start();
//! server.open(&uri, 1, "{}");
//! let published = server.diagnostics(&uri, 1);
//! assert!(published.has("missing-member"));
//! // Dropping the client says `shutdown` and `exit`, and fails the test when the server sent
//! // anything that the test did not look at.
//! ```
//!
//! The binary is `SFORG_BINARY` (a release build), else the `sforg` that cargo built for the tests of its
//! package (`server/tests/it`). A wait for the server fails when nothing has come for five minutes;
//! while one works on a test that fails, `SFORG_TEST_DEADLINE=10` makes that ten seconds.
//!
//! Every message of the server is held against LSP's meta model (`meta-model`), and against what the
//! client has said it can read.

mod client;
mod command_line;
mod conformance;
mod edits;
mod ending;
mod frames;
mod keyring_session;
mod leaks;
mod logins;
mod markers;
mod messages;
mod meta_model;
mod orgs;
mod positions;
mod process;
mod requests;
mod setup;
#[cfg(unix)]
mod terminal;
mod transcript;
mod waiting;
mod workspace;

pub use client::{Client, notification};
pub use command_line::{CommandLine, Ran, RunningCommand, wait_until};
pub use edits::WorkspaceEdit;
pub use frames::frame;
pub use keyring_session::in_keyring_session;
pub use leaks::{expect_silence, leak};
pub use messages::{Diagnostic, Published, RpcError, ServerRequest, code};
pub use meta_model::{MetaModel, Problem, Type, meta_model};
pub use orgs::{basic_org, oauth_org};
pub use positions::{Encoding, Position, Range};
pub use process::{binary, is_debug_build};
pub use requests::FileEvent;
pub use setup::Setup;
#[cfg(unix)]
pub use terminal::Terminal;
pub use transcript::Direction;
pub use workspace::{Workspace, file_uri};
