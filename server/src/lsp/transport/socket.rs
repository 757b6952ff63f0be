//! The way from the server to the client: every request and notification that the server sends.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt};
use tower_lsp::jsonrpc::Request;
use tower_lsp::{ClientSocket, Loopback};

use super::spelling;

/// tower-lsp's way to the client, on which URIs get the client's spelling back.
pub struct Socket(pub ClientSocket);

/// What goes out.
pub struct Requests<S>(S);

impl Loopback for Socket {
    type RequestStream = Requests<<ClientSocket as Loopback>::RequestStream>;
    type ResponseSink = <ClientSocket as Loopback>::ResponseSink;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (requests, responses) = self.0.split();
        (Requests(requests), responses)
    }
}

impl<S: Stream<Item = Request> + Unpin> Stream for Requests<S> {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Request>> {
        self.0.poll_next_unpin(cx).map(|request| request.map(spelled_for_the_client))
    }
}

fn spelled_for_the_client(request: Request) -> Request {
    super::with_params(request, |_, params| {
        params.map(|mut params| {
            spelling::unmark(&mut params);
            params
        })
    })
}
