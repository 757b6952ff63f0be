//! Around tower-lsp's service: what LSP asks for and tower-lsp does not do.
//!
//! - A handler that panics answers `InternalError`; the server lives on.
//! - Params are made such that tower-lsp takes them (see [`lenient`]): `shutdown` with params, which
//!   Emacs and IntelliJ send, is taken.
//! - A request that begins with `$/` is answered with an error, as LSP says, not dropped.
//! - A message that cannot be read is answered with an error (see [`super::incoming`]).
//! - Messages that follow `initialize` before its answer wait for it.
//! - `exit` ends the process not before the requests that came earlier are answered (tower-lsp would
//!   cancel them, `shutdown` included).

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_service::Service;

use super::later::Later;
use super::writer::Outgoing;
use super::{End, lenient};

/// How long `exit` waits for answers to earlier requests.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// What is done without the service.
pub trait Shortcuts {
    /// Takes a notification by the bytes of its message. False for any other message, and for one in which anything is
    /// out of the ordinary.
    fn notified(&self, message: &[u8]) -> bool;

    /// Answers a request, or takes the promise to. `None` for one that is for the service.
    fn asked(&self, request: &Request, later: &Later) -> Option<AtOnce>;
}

/// What has become of a request that needs no service.
#[derive(Debug)]
pub enum AtOnce {
    /// This is the answer, as the protocol has it.
    Answered(Vec<u8>),
    /// Another thread will answer.
    Promised,
}

/// Hands requests and notifications to the service, and its answers to the writer.
pub struct Calls<S, A> {
    service: S,
    shortcuts: A,
    /// Takes what is answered later without the service.
    later: Later,
    replies: Replies,
    /// Requests without an answer so far.
    unanswered: Arc<watch::Sender<usize>>,
    runtime: Handle,
}

#[derive(Clone)]
struct Replies {
    writer: UnboundedSender<Outgoing>,
    gate: fn(Response) -> Response,
    /// Whether `initialize` was answered with success.
    initialized: Arc<AtomicBool>,
    /// Whether `shutdown` was answered with success.
    shut_down: Arc<AtomicBool>,
}

/// Who is to be answered.
struct Asked {
    method: String,
    /// `None` for a notification.
    id: Option<Id>,
}

/// What a handler came to; an error when it panicked.
type Handled<E> = std::thread::Result<Result<Option<Response>, E>>;

impl<S, A> Calls<S, A>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + Unpin + 'static,
    S::Error: Send + 'static,
    A: Shortcuts,
{
    /// Tries `shortcuts`, and calls `service` for all else; what the service answers passes `gate` and goes to
    /// `writer`.
    pub fn new(
        service: S,
        shortcuts: A,
        writer: UnboundedSender<Outgoing>,
        gate: fn(Response) -> Response,
        runtime: Handle,
    ) -> Self {
        let (initialized, shut_down) = Default::default();
        let unanswered = Arc::new(watch::Sender::new(0));
        let later = Later::new(writer.clone(), Arc::clone(&unanswered));
        let replies = Replies { writer, gate, initialized, shut_down };
        Self { service, shortcuts, later, replies, unanswered, runtime }
    }

    /// Whether the message was a notification that needed no service.
    pub fn notified(&self, message: &[u8]) -> bool {
        // One that panics goes to the service, which tells that.
        let notified = AssertUnwindSafe(|| self.shortcuts.notified(message));
        self.replies.in_session() && std::panic::catch_unwind(notified).unwrap_or(false)
    }

    /// Begins a handler. One that is not done at once goes on on the runtime.
    pub fn call(&mut self, request: Request) {
        if request.method() == "$/cancelRequest" && self.later.cancel(request.params()) {
            return;
        }
        let asked = AssertUnwindSafe(|| self.shortcuts.asked(&request, &self.later));
        if self.replies.in_session()
            && let Ok(Some(done)) = std::panic::catch_unwind(asked)
        {
            return match done {
                AtOnce::Answered(answer) => self.replies.send(Outgoing::Written(answer)),
                AtOnce::Promised => {}
            };
        }
        let asked = Asked { method: request.method().to_owned(), id: request.id().cloned() };
        let _runtime = self.runtime.enter();
        // Parameters are read in `call`, handlers run in the future: both may panic.
        let begun = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let mut future = self.service.call(super::with_params(request, lenient::params));
            let first = future.poll_unpin(&mut Context::from_waker(Waker::noop()));
            (future, first)
        }));
        match begun {
            Ok((_, Poll::Ready(answer))) => self.replies.reply(asked, Ok(answer)),
            Err(panic) => self.replies.reply::<S::Error>(asked, Err(panic)),
            Ok((future, Poll::Pending)) if asked.method == "initialize" => {
                let handled = self.runtime.block_on(AssertUnwindSafe(future).catch_unwind());
                self.replies.reply(asked, handled);
            }
            Ok((future, Poll::Pending)) => self.go_on(asked, future),
        }
    }

    fn go_on(&self, asked: Asked, future: S::Future) {
        let unanswered = asked.id.is_some().then(|| Arc::clone(&self.unanswered));
        if let Some(unanswered) = &unanswered {
            unanswered.send_modify(|count| *count += 1);
        }
        let replies = self.replies.clone();
        self.runtime.spawn(async move {
            replies.reply(asked, AssertUnwindSafe(future).catch_unwind().await);
            if let Some(unanswered) = unanswered {
                unanswered.send_modify(|count| *count -= 1);
            }
        });
    }

    /// Answers a message that could not be read, and so no id.
    pub fn refuse(&self, error: Error) {
        self.replies.answer(Response::from_error(Id::Null, error));
    }

    /// The client said `exit`: it may have written requests, `shutdown` and `exit` at once and still read
    /// the answers.
    pub fn exit(&self) -> End {
        let all = self.all_answered();
        // Whether all are answered or time is up, the process ends.
        let _ = self.runtime.block_on(async { tokio::time::timeout(LAST_ANSWERS, all).await });
        End::Exit(i32::from(!self.replies.shut_down.load(Ordering::Acquire)))
    }

    /// Standard input has ended. Whoever closed it may still read the answers.
    pub fn end_of_input(&self) {
        self.runtime.block_on(self.all_answered());
    }

    async fn all_answered(&self) {
        let mut count = self.unanswered.subscribe();
        // The sender is our own.
        let _ = count.wait_for(|count| *count == 0).await;
    }
}

impl Replies {
    /// Answers what was asked; a notification is answered with nothing.
    fn reply<E>(&self, asked: Asked, handled: Handled<E>) {
        let Asked { method, id } = asked;
        let response = match handled {
            Ok(Ok(Some(response))) => Some(in_our_words(response, &method)),
            // tower-lsp drops messages whose method begins with `$/` and that it does not know. LSP
            // allows that for notifications; a request must be answered.
            Ok(Ok(None)) => id.map(|id| Response::from_error(id, Error::method_not_found())),
            // It has been told to exit, which it never is.
            Ok(Err(_)) => id.map(|id| Response::from_error(id, Error::invalid_request())),
            Err(_) => {
                tracing::error!("the handler of {method} panicked");
                id.map(|id| Response::from_error(id, internal_error(&method)))
            }
        };
        if response.as_ref().is_some_and(Response::is_ok) {
            match method.as_str() {
                "initialize" => self.initialized.store(true, Ordering::Release),
                "shutdown" => self.shut_down.store(true, Ordering::Release),
                _ => {}
            }
        }
        if let Some(response) = response {
            self.answer(response);
        }
    }

    /// Between `initialize` and `shutdown`.
    fn in_session(&self) -> bool {
        self.initialized.load(Ordering::Acquire) && !self.shut_down.load(Ordering::Acquire)
    }

    fn answer(&self, response: Response) {
        self.send(Outgoing::Answer((self.gate)(response)));
    }

    fn send(&self, outgoing: Outgoing) {
        // The writer reads on until it has been told the end.
        let _ = self.writer.send(outgoing);
    }
}

/// What cannot be read of params is told by tower-lsp in words that repeat the value, which may be a
/// secret in the wrong place. Our own words are whole sentences.
fn in_our_words(response: Response, method: &str) -> Response {
    let (id, mut body) = response.into_parts();
    if let Err(error) = &mut body
        && error.code == ErrorCode::InvalidParams
        && !error.message.ends_with('.')
    {
        error.message = format!(
            "The params of {method} cannot be read: a member is missing, or is of another type than LSP says."
        )
        .into();
    }
    Response::from_parts(id, body)
}

fn internal_error(method: &str) -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: format!(
            "sforg failed while it answered {method}; the server goes on. Please report this with the log."
        )
        .into(),
        data: None,
    }
}
