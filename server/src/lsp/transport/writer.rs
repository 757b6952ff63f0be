//! The thread that writes: answers, and every request and notification that the server sends.

use std::io::Write;

use futures_util::stream::{self, Stream, StreamExt};
use serde::Serialize;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::jsonrpc::{Request, Response};

use super::frames::Frames;
use super::spelling;

/// What goes out.
pub enum Outgoing {
    /// An answer.
    Answer(Response),
    /// A request or a notification of the server's own.
    Request(Request),
    /// Nothing more.
    End,
}

/// Writes until [`Outgoing::End`]. URIs get the client's spelling back. When nobody reads any more,
/// what is to be written is taken and left.
pub async fn run(
    output: impl Write,
    mut replies: UnboundedReceiver<Outgoing>,
    requests: impl Stream<Item = Request> + Unpin,
) {
    let replies = stream::poll_fn(move |cx| replies.poll_recv(cx));
    let mut outgoing = stream::select(replies, requests.map(Outgoing::Request));
    let mut frames = Some(Frames::new(output));
    while let Some(message) = outgoing.next().await {
        let Some(writing) = &mut frames else {
            if matches!(message, Outgoing::End) {
                return;
            }
            continue;
        };
        let written = match message {
            Outgoing::Answer(answer) => writing.write(&answer_as_spelled(answer)),
            Outgoing::Request(request) => writing.write(&request_as_spelled(request)),
            Outgoing::End => return,
        };
        if let Err(error) = written {
            tracing::warn!("standard output: {error}");
            frames = None;
        }
    }
}

fn request_as_spelled(request: Request) -> impl Serialize {
    super::with_params(request, |_, params| {
        params.map(|mut params| {
            spelling::unmark(&mut params);
            params
        })
    })
}

fn answer_as_spelled(answer: Response) -> impl Serialize {
    let (id, mut body) = answer.into_parts();
    if let Ok(result) = &mut body {
        spelling::unmark(result);
    }
    Response::from_parts(id, body)
}
