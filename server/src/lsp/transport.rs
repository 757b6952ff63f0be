//! Between standard input and output and the server.
//!
//! tower-lsp's service knows LSP's methods and types; bytes, order and the end are ours. Messages are read
//! ([`reader`]) and written ([`writer`]) on a thread each. A message is parsed once, and its handler begins
//! before the next message is looked at, on the thread that read it: so changes are made in the order in
//! which they were sent, and the client's answer to a question does not overtake the notification before
//! it. A handler that is not done by then goes on on the runtime ([`calls`]).

mod calls;
mod frames;
mod incoming;
pub mod later;
pub mod lenient;
pub mod parent;
mod reader;
pub mod spelling;
mod stdio;
mod writer;

use std::io;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::ClientSocket;
use tower_lsp::jsonrpc::{Request, Response};
use tower_service::Service;

use calls::Calls;
pub use calls::{AtOnce, Shortcuts};
use writer::Outgoing;

/// How long the client may take to read the last answers after `exit`.
const LAST_WRITES: Duration = Duration::from_secs(3);

/// Standard input and output, connected with the server.
pub struct Connection {
    /// Nothing more is read.
    ended: oneshot::Receiver<End>,
    /// What was to be written is written.
    written: oneshot::Receiver<()>,
}

/// Why nothing more is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The client said `exit`. The process's exit code: 0 after `shutdown`, else 1, as LSP says.
    Exit(i32),
    /// Standard input ended before `exit`.
    Input,
}

impl Connection {
    /// Starts to read and to write. What is `told` is written as it is, between the service's requests.
    /// What `shortcuts` take does not come to the service; each answer of that passes `gate` on its way. Must be called on the runtime.
    ///
    /// # Errors
    /// No standard input or output, or no thread.
    pub fn start<S>(
        service: S,
        socket: ClientSocket,
        told: mpsc::Receiver<Vec<u8>>,
        gate: fn(Response) -> Response,
        shortcuts: impl Shortcuts + Send + 'static,
    ) -> io::Result<Self>
    where
        S: Service<Request, Response = Option<Response>> + Send + 'static,
        S::Future: Send + Unpin + 'static,
        S::Error: Send + 'static,
    {
        let (input, output) = (stdio::input()?, stdio::output()?);
        let (requests, answers) = socket.split();
        let (replies, to_write) = mpsc::unbounded_channel();
        let (end, ended) = oneshot::channel();
        let (last, written) = oneshot::channel();
        let runtime = Handle::current();
        let calls = Calls::new(service, shortcuts, replies.clone(), gate, runtime.clone());
        std::thread::Builder::new().name("reader".to_owned()).spawn(move || {
            // Whoever waits for the end hears of it also when nobody listens any more.
            let _ = end.send(reader::run(input, calls, answers));
            let _ = replies.send(Outgoing::End);
        })?;
        std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            runtime.block_on(writer::run(output, to_write, told, requests));
            let _ = last.send(());
        })?;
        Ok(Self { ended, written })
    }

    /// Resolves to the process's exit code when the client has ended the session and has read what it
    /// waited for.
    pub async fn closed(self) -> i32 {
        match self.ended.await {
            Ok(End::Exit(code)) => {
                // A client that reads no more is not waited for.
                let _ = tokio::time::timeout(LAST_WRITES, self.written).await;
                code
            }
            Ok(End::Input) | Err(_) => {
                let _ = self.written.await;
                1
            }
        }
    }
}

/// The message with other params.
fn with_params(
    request: Request,
    change: impl FnOnce(&str, Option<Value>) -> Option<Value>,
) -> Request {
    let (method, id, params) = request.into_parts();
    let params = change(&method, params);
    let mut builder = Request::build(method);
    if let Some(params) = params {
        builder = builder.params(params);
    }
    match id {
        Some(id) => builder.id(id).finish(),
        None => builder.finish(),
    }
}
