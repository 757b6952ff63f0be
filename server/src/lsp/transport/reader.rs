//! The thread that reads.

use std::io::BufRead;
use std::panic::AssertUnwindSafe;

use futures_util::{Sink, SinkExt};
use tower_lsp::jsonrpc::{ErrorCode, Request, Response};
use tower_service::Service;

use super::End;
use super::calls::{Calls, Shortcuts};
use super::frames::{self, Frame};
use super::incoming::{self, Incoming};

/// Reads `input` to its end or to `exit`, which counts although standard input stays open. Requests and
/// notifications become `calls`, the client's answers go to `answers`.
pub fn run<S, A>(
    mut input: impl BufRead,
    mut calls: Calls<S, A>,
    mut answers: impl Sink<Response> + Unpin,
) -> End
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + Unpin + 'static,
    S::Error: Send + 'static,
    A: Shortcuts,
{
    loop {
        let incoming = match frames::read(&mut input) {
            Ok(Some(Frame::Body(body))) if body.is_empty() || calls.notified(&body) => continue,
            Ok(Some(Frame::Body(body))) => incoming::read(&body),
            Ok(Some(Frame::BrokenHeader)) => incoming::refused(
                ErrorCode::ParseError,
                "A message needs the header \"Content-Length: BYTES\", then an empty line.",
            ),
            Ok(None) => break,
            Err(error) => {
                tracing::warn!("standard input: {error}");
                break;
            }
        };
        match incoming {
            Incoming::Request(request) if request.method() == "exit" => return calls.exit(),
            Incoming::Request(request) => calls.call(request),
            Incoming::Answer(answer) => hand_over(&mut answers, answer),
            Incoming::Refused(error) => calls.refuse(error),
        }
    }
    calls.end_of_input();
    End::Input
}

/// tower-lsp panics when an answer comes that nobody waits for any more.
fn hand_over(answers: &mut (impl Sink<Response> + Unpin), answer: Response) {
    let handed = std::panic::catch_unwind(AssertUnwindSafe(|| answers.start_send_unpin(answer)));
    if !matches!(handed, Ok(Ok(()))) {
        tracing::warn!("an answer of the client came too late");
    }
}
