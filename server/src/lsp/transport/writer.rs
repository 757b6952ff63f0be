//! The thread that writes: answers, and every request and notification that the server sends.

use std::io::Write;

use futures_util::FutureExt;
use futures_util::stream::{self, PollNext, Stream, StreamExt};
use serde::Serialize;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tower_lsp::jsonrpc::{Request, Response};

use super::frames::Frames;
use super::spelling;

/// What goes out.
#[derive(Debug)]
pub enum Outgoing {
    /// An answer.
    Answer(Response),
    /// A request or a notification of the server's own.
    Request(Request),
    /// An answer or a notification as the protocol has it.
    Written(Vec<u8>),
    /// Nothing more.
    End,
}

/// Writes until [`Outgoing::End`]. URIs get the client's spelling back. When nobody reads any more,
/// what is to be written is taken and left.
///
/// Answers go first: what a message has led to must not come before its answer, least of all that of
/// `initialize`.
pub async fn run(
    output: impl Write,
    mut replies: UnboundedReceiver<Outgoing>,
    mut told: Receiver<Vec<u8>>,
    requests: impl Stream<Item = Request> + Unpin,
) {
    let replies = stream::poll_fn(move |cx| replies.poll_recv(cx));
    let told = stream::poll_fn(move |cx| told.poll_recv(cx)).map(Outgoing::Written);
    let requests = stream::select(told, requests.map(Outgoing::Request));
    let replies_first = |_: &mut ()| PollNext::Left;
    let mut outgoing = stream::select_with_strategy(replies, requests, replies_first);
    let mut frames = Some(Frames::new(output));
    while let Some(first) = outgoing.next().await {
        let mut next = Some(first);
        while let Some(message) = next {
            // What is written already goes out in one write with what is ready by now. Everything else is a write of
            // its own: lsp-mode 8 loses a request that stands behind an answer.
            let is_alone = !matches!(message, Outgoing::Written(_));
            if is_alone {
                send(&mut frames);
            }
            if matches!(message, Outgoing::End) {
                return;
            }
            let is_full = frames.as_mut().is_some_and(|frames| {
                take(frames, message);
                frames.is_full()
            });
            next =
                if is_alone || is_full { None } else { outgoing.next().now_or_never().flatten() };
        }
        send(&mut frames);
    }
}

/// Writes what was taken, until nobody reads any more.
fn send(frames: &mut Option<Frames<impl Write>>) {
    if let Some(Err(error)) = frames.as_mut().map(Frames::send) {
        tracing::warn!("standard output: {error}");
        *frames = None;
    }
}

/// Takes a message into the next write.
fn take(frames: &mut Frames<impl Write>, message: Outgoing) {
    let taken = match message {
        Outgoing::Answer(answer) => frames.add(&answer_as_spelled(answer)),
        Outgoing::Request(request) => frames.add(&request_as_spelled(request)),
        Outgoing::Written(body) => {
            frames.add_body(&body);
            Ok(())
        }
        Outgoing::End => Ok(()),
    };
    if let Err(error) = taken {
        tracing::error!("a message is not sent: {error}");
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

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::sync::mpsc;
    use tower_lsp::jsonrpc::Id;

    use super::*;

    /// Keeps what each write wrote.
    #[derive(Default)]
    struct Writes(Vec<String>);

    impl Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.push(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn an_answer_is_a_write_of_its_own_and_diagnostics_share_one() {
        let (answers, to_write) = mpsc::unbounded_channel();
        let diagnostics = |name: &str| Outgoing::Written(format!("\"{name}\"").into_bytes());
        let answer = Outgoing::Answer(Response::from_ok(Id::Number(1), json!(null)));
        let request = Outgoing::Request(Request::build("asked").id(2).finish());
        let all = [diagnostics("a"), diagnostics("b"), answer, request, diagnostics("c")];
        for message in all.into_iter().chain([Outgoing::End]) {
            assert!(answers.send(message).is_ok());
        }
        let mut writes = Writes::default();
        run(&mut writes, to_write, mpsc::channel(1).1, stream::pending()).await;
        let found = ["\"a\"", "\"b\"", "\"id\":1", "asked", "\"c\""]
            .map(|text| writes.0.iter().position(|write| write.contains(text)));
        assert_eq!(found, [Some(0), Some(0), Some(1), Some(2), Some(3)], "{:?}", writes.0);
    }

    #[tokio::test]
    async fn answers_are_written_before_what_came_after_them() {
        let (answers, to_write) = mpsc::unbounded_channel();
        for number in 1..=3 {
            let answer = Response::from_ok(Id::Number(number), json!(null));
            assert!(answers.send(Outgoing::Answer(answer)).is_ok());
        }
        let told =
            stream::iter((1..=3).map(|number| Request::build(format!("told/{number}")).finish()));
        // The end comes when all is told.
        let told = told.chain(stream::once(async move {
            assert!(answers.send(Outgoing::End).is_ok());
            Request::build("told/last").finish()
        }));
        let mut output = Vec::new();
        let (tell, told_too) = mpsc::channel(1);
        assert!(tell.send(b"\"told too\"".to_vec()).await.is_ok());
        run(&mut output, to_write, told_too, Box::pin(told)).await;
        let output = String::from_utf8(output).expect("text");
        let at = |text: &str| output.find(text).expect(text);
        assert!(at("\"id\":1") < at("\"id\":3"), "{output}");
        assert!(at("\"id\":3") < at("told/1"), "{output}");
        assert!(at("\"id\":3") < at("told too"), "{output}");
        assert!(at("told/1") < at("told/3"), "{output}");
    }
}
