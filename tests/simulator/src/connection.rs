//! Serves one connection: HTTP by the library, everything else by hand.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;

use crate::answer::{Answer, Delivery, Reply};
use crate::options::RequestLine;
use crate::raw::{Connection, Step, play};
use crate::world::{Received, World};
use crate::{proxy, router};

/// Which of the simulator's ports a connection came in at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Port {
    Http,
    Https,
    Proxy,
}

/// More than any login sends.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Ends the library's work on a connection so that steps can be played on it.
#[derive(Debug)]
struct HandOver;

impl fmt::Display for HandOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is handed over")
    }
}

impl std::error::Error for HandOver {}

type Answered = Pin<Box<dyn Future<Output = Result<Response<Full<Bytes>>, HandOver>> + Send>>;

/// Serves requests until either side closes the connection.
pub(crate) async fn serve<C: Connection>(connection: C, world: Arc<World>, port: Port) {
    let handed_over: Arc<Mutex<Option<Vec<Step>>>> = Arc::default();
    let slot = Arc::clone(&handed_over);
    let service = service_fn(move |request: Request<Incoming>| -> Answered {
        let world = Arc::clone(&world);
        let slot = Arc::clone(&slot);
        Box::pin(async move {
            let reply = answer(&world, request, port).await;
            if let Delivery::After(pause) = reply.delivery {
                tokio::time::sleep(pause).await;
            }
            match reply.delivery {
                Delivery::Raw(steps) => {
                    *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(steps);
                    Err(HandOver)
                }
                Delivery::Normal | Delivery::After(_) => Ok(response(reply.answer)),
            }
        })
    });
    let mut http = http1::Builder::new().serve_connection(TokioIo::new(connection), service);
    // How it ended does not matter: what is left to do stands in the slot.
    let _ = poll_fn(|context| http.poll_without_shutdown(context)).await;
    let parts = http.into_parts();
    let steps = handed_over.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(steps) = steps {
        // A client that goes away is what many of these scripts wait for.
        let _ = play(parts.io.into_inner(), &parts.read_buf, steps).await;
    }
}

/// Counts, reads, answers and logs one request.
async fn answer(world: &World, request: Request<Incoming>, port: Port) -> Reply {
    let method = request.method().as_str().to_owned();
    let path = request.uri().path().to_owned();
    if port == Port::Proxy {
        match proxy::gate(world, &request) {
            proxy::Gate::Answer(reply) => {
                let target = request.uri().authority().map_or(path, ToString::to_string);
                return logged(world, method, target, reply);
            }
            proxy::Gate::Forward => {}
        }
    }
    if !router::is_own_page(&path) {
        world.counters.request(&method, &path);
    }
    let received = match receive(world, request, port).await {
        Ok(received) => received,
        Err(answer) => return logged(world, method, path, answer.into()),
    };
    let reply = router::answer(world, &received);
    if router::is_own_page(&path) { reply } else { logged(world, method, path, reply) }
}

fn logged(world: &World, method: String, path: String, reply: Reply) -> Reply {
    if let Some(log) = &world.options.on_request {
        let Answer { status, note, .. } = &reply.answer;
        log(&RequestLine { method, path, status: *status, note: note.clone() });
    }
    reply
}

async fn receive(
    world: &World,
    request: Request<Incoming>,
    port: Port,
) -> Result<Received, Answer> {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(_) => return Err(Answer::text(413, "The body is too long or broken.\n")),
    };
    let named = head.uri.authority().map(ToString::to_string).or_else(|| {
        let host = head.headers.get("host")?.to_str().ok()?;
        is_authority(host).then(|| host.to_owned())
    });
    let own = if port == Port::Https { world.addresses.https } else { world.addresses.http };
    Ok(Received {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
        secure: port == Port::Https,
        authority: named.unwrap_or_else(|| own.to_string()),
    })
}

/// Only what can stand in an address: it is copied into answers.
fn is_authority(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b))
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut builder = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        builder = builder.header(name, value);
    }
    builder.body(Full::new(Bytes::from(answer.body))).unwrap_or_else(|error| {
        let body = format!("sforg-simulator: an answer of its own is no HTTP: {error}\n");
        let mut response = Response::new(Full::new(Bytes::from(body)));
        *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}
