//! Around tower-lsp's service: what LSP asks for and tower-lsp does not do.
//!
//! - A handler that panics answers `InternalError`; the server lives on.
//! - Params are made such that tower-lsp takes them (see [`lenient`]): `shutdown` with params, which
//!   Emacs and IntelliJ send, is taken.
//! - URIs go out as the client spelled them (see [`spelling`]).
//! - A request that begins with `$/` is answered with an error, as LSP says, not dropped.
//! - A message that cannot be read is answered with an error (see [`super::input`]).
//! - Messages that follow `initialize` before its answer wait for it.
//! - Handlers begin when their message is read, not some time later: the client's answer to a
//!   question, which wakes whoever asked at once, does not overtake a notification before it.
//! - `exit` ends the process although standard input stays open, and not before the requests that
//!   came earlier are answered (tower-lsp would cancel them, `shutdown` included).

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::task::AtomicWaker;
use tokio::sync::watch;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_service::Service;

use super::{lenient, spelling};

/// How long `exit` waits for answers to earlier requests.
const LAST_ANSWERS: Duration = Duration::from_secs(1);
/// How long it waits for the client to read them.
const LAST_WRITES: Duration = Duration::from_secs(3);

/// The wrapped service.
pub struct Guard<S> {
    inner: S,
    /// Whether `shutdown` was answered with success.
    shut_down: Arc<AtomicBool>,
    initialize: Arc<Initialize>,
    /// Requests without an answer so far.
    unanswered: Arc<watch::Sender<usize>>,
    exit: Arc<watch::Sender<Option<i32>>>,
}

/// The process's exit code, once the client has said `exit`: 0 after `shutdown`, else 1.
pub struct Exit(watch::Receiver<Option<i32>>);

/// Whether `initialize` is being answered, and who waits for that.
#[derive(Default)]
struct Initialize {
    under_way: AtomicBool,
    waiting: AtomicWaker,
}

impl<S> Guard<S> {
    /// Wraps `inner`.
    pub fn new(inner: S) -> (Self, Exit) {
        let (sender, receiver) = watch::channel(None);
        let guard = Self {
            inner,
            shut_down: Arc::default(),
            initialize: Arc::default(),
            unanswered: Arc::new(watch::Sender::new(0)),
            exit: Arc::new(sender),
        };
        (guard, Exit(receiver))
    }
}

impl Exit {
    /// The code; `None` without `exit`.
    pub fn code(&self) -> Option<i32> {
        *self.0.borrow()
    }

    /// Resolves to the code when everything should have ended by itself since `exit`. Without
    /// `exit` it waits for ever.
    pub async fn overdue(&self) -> i32 {
        let mut code = self.0.clone();
        let code = code.wait_for(Option::is_some).await.map(|code| *code);
        tokio::time::sleep(LAST_WRITES).await;
        match code {
            Ok(Some(code)) => code,
            _ => std::future::pending().await,
        }
    }
}

impl<S> Service<Request> for Guard<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        if self.initialize.under_way.load(Ordering::Acquire) {
            self.initialize.waiting.register(cx.waker());
            if self.initialize.under_way.load(Ordering::Acquire) {
                return Poll::Pending;
            }
        }
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() == super::input::UNREADABLE {
            return Box::pin(std::future::ready(Ok(Some(unreadable(request)))));
        }
        let request = super::with_params(request, lenient::params);
        let method = request.method().to_owned();
        let id = request.id().cloned();
        let initialize = (method == "initialize").then(|| {
            self.initialize.under_way.store(true, Ordering::Release);
            Arc::clone(&self.initialize)
        });
        let shut_down = Arc::clone(&self.shut_down);
        if method == "exit" {
            return Box::pin(exit(Arc::clone(&self.exit), shut_down, Arc::clone(&self.unanswered)));
        }
        let unanswered = id.is_some().then(|| Arc::clone(&self.unanswered));
        if let Some(unanswered) = &unanswered {
            unanswered.send_modify(|count| *count += 1);
        }
        // Parameters are read in `call`, handlers run in the future: both may panic.
        let begun = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let mut future = Box::pin(self.inner.call(request));
            let first = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            (future, first)
        }));
        Box::pin(async move {
            let answer = match begun {
                Ok((_, Poll::Ready(answer))) => Ok(answer),
                Ok((future, Poll::Pending)) => AssertUnwindSafe(future).catch_unwind().await,
                Err(panic) => Err(panic),
            };
            if let Some(initialize) = initialize {
                initialize.under_way.store(false, Ordering::Release);
                initialize.waiting.wake();
            }
            if method == "shutdown"
                && let Ok(Ok(Some(response))) = &answer
                && response.is_ok()
            {
                shut_down.store(true, Ordering::Release);
            }
            if let Some(unanswered) = unanswered {
                unanswered.send_modify(|count| *count -= 1);
            }
            match answer {
                Ok(Ok(None)) => Ok(id.map(unknown_protocol_request)),
                Ok(answer) => answer.map(|response| {
                    response.map(|response| in_our_words(spelled_for_the_client(response), &method))
                }),
                Err(_) => {
                    tracing::error!("the handler of {method} panicked");
                    Ok(id.map(|id| Response::from_error(id, internal_error(&method))))
                }
            }
        })
    }
}

/// A client may write requests, `shutdown` and `exit` at once and still read the answers.
async fn exit<E>(
    sender: Arc<watch::Sender<Option<i32>>>,
    shut_down: Arc<AtomicBool>,
    unanswered: Arc<watch::Sender<usize>>,
) -> Result<Option<Response>, E> {
    let mut count = unanswered.subscribe();
    // Whether all are answered or time is up, the process ends.
    let _ = tokio::time::timeout(LAST_ANSWERS, count.wait_for(|count| *count == 0)).await;
    let code = if shut_down.load(Ordering::Acquire) { 0 } else { 1 };
    sender.send_replace(Some(code));
    Ok(None)
}

fn spelled_for_the_client(response: Response) -> Response {
    let (id, mut body) = response.into_parts();
    if let Ok(result) = &mut body {
        spelling::unmark(result);
    }
    Response::from_parts(id, body)
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

/// tower-lsp drops messages whose method begins with `$/` and that it does not know. LSP allows
/// that for notifications; a request must be answered.
fn unknown_protocol_request(id: Id) -> Response {
    Response::from_error(id, Error::method_not_found())
}

/// The answer to a message that could not be read, and so to no id.
fn unreadable(request: Request) -> Response {
    let params = request.params().cloned().unwrap_or_default();
    let error = serde_json::from_value(params).unwrap_or_else(|_| Error::invalid_request());
    Response::from_error(Id::Null, error)
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
