//! The language server: converts in, asks the crates below, converts out.
//!
//! State changes synchronously, before the first await of a handler; nothing that waits (network,
//! client replies, disk) runs inside a handler.

mod client;
mod commands;
mod convert;
mod diagnostics;
mod files;
mod handlers;
mod listener;
mod logins;
mod refactor;
mod server;
mod session;
mod transport;
mod upgrade_offer;

use std::process::ExitCode;
use std::sync::Arc;

use tokio::sync::mpsc;
use tower_lsp::LspService;

use crate::settings::{SettingError, UserSettings};
use client::Client;
use client::outgoing;
use diagnostics::Diagnostics;
use diagnostics::{looks, readings, worker};
use files::Files;
use handlers::at_once::AtOnceHandlers;
use handlers::execute_command;
use listener::ClientListener;
use logins::Logins;
use server::SforgServer;
use session::Session;
use transport::{Connection, parent};

/// So many diagnostics are worked out ahead of a client that is slow to read them: those of a round of files, so that
/// the thread that tells them need not wait for the one that writes.
const TOLD_AHEAD: usize = 64;

/// Runs the language server on standard input and output until the client ends it; the exit code
/// is 0 after `shutdown` and `exit`, else 1, as LSP says.
pub fn run(settings: UserSettings, errors: Vec<SettingError>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(serve(settings, errors));
    // Standard input is read on a thread that cannot be interrupted, and a task may wait for the network.
    std::process::exit(code);
}

async fn serve(settings: UserSettings, errors: Vec<SettingError>) -> i32 {
    let (session, user) = (Session::default(), Arc::new(settings));
    let (files, index) = Files::new(session.clone(), Arc::clone(&user));
    let diagnostics = Arc::new(Diagnostics::new(Arc::new(files)));
    let parent = session.clone();
    let asked = Arc::clone(&diagnostics);
    let (to_write, told) = mpsc::channel(TOLD_AHEAD);
    let builder = LspService::build(|client| {
        let client = Client::new(client, session, to_write);
        let (logins, follow_ups) = Logins::new(client, Arc::clone(&diagnostics), user);
        let logins = Arc::new(logins);
        tokio::spawn(execute_command::follow(Arc::clone(&logins), follow_ups));
        let listener = ClientListener::new(&logins);
        readings::start(Arc::clone(&diagnostics));
        looks::start(Arc::clone(&diagnostics));
        worker::start(listener, diagnostics, index);
        SforgServer::new(logins, errors)
    })
    .custom_method("sforg/import", SforgServer::import)
    .custom_method("sforg/newOrg", SforgServer::new_org)
    .custom_method("sforg/newOrg/check", SforgServer::check_new_org)
    .custom_method("sforg/newOrg/finish", SforgServer::finish_new_org)
    .custom_method("sforg/scan", SforgServer::scan)
    .custom_method("sforg/trustChanged", SforgServer::trust_changed)
    .custom_method("sforg/orgs", SforgServer::orgs)
    .custom_method("sforg/project", SforgServer::project)
    .custom_method("sforg/result", SforgServer::result)
    .custom_method("sforg/enterValues", SforgServer::enter_values)
    .custom_method("sforg/why", SforgServer::why)
    .custom_method("sforg/setupSteps", SforgServer::setup_steps)
    .custom_method("window/workDoneProgress/cancel", SforgServer::work_done_progress_cancel);
    #[cfg(debug_assertions)]
    let builder = builder
        .custom_method("sforg/panic", SforgServer::panic)
        .custom_method("sforg/panicInDiagnostics", SforgServer::panic_in_diagnostics);
    let (service, socket) = builder.finish();
    let shortcuts = AtOnceHandlers(asked);
    let connection = match Connection::start(service, socket, told, outgoing::gated, shortcuts) {
        Ok(connection) => connection,
        Err(error) => {
            tracing::error!("the server cannot start: {error}");
            return 2;
        }
    };
    tokio::select! {
        code = connection.closed() => code,
        () = parent::died(|| parent.parent) => 1,
    }
}
