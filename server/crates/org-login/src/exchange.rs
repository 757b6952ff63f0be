//! One request and its answer, within a deadline, a size and a cancellation.

use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Client, Method, Response, Url};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::causes::Reason;
use crate::transport;

/// No answer is read further than this.
pub(crate) const MAX_BODY: usize = 1 << 20;

/// When and why waiting ends.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) deadline: Instant,
    pub(crate) cancel: CancellationToken,
}

impl Limits {
    pub(crate) fn new(total: Duration, cancel: CancellationToken) -> Limits {
        let now = Instant::now();
        // A duration too long to add is as good as a year.
        let deadline = now.checked_add(total).unwrap_or(now + Duration::from_secs(31_536_000));
        Limits { deadline, cancel }
    }

    /// The output of `work`, unless the time runs out (`late` is the reason then) or the person
    /// who asked for it stops it; in both cases `work` is dropped where it stands.
    pub(crate) async fn within<T>(
        &self,
        late: Reason,
        work: impl Future<Output = T>,
    ) -> Result<T, Reason> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Reason::Cancelled),
            output = work => Ok(output),
            () = sleep_until(self.deadline) => Err(late),
        }
    }
}

/// A request.
pub(crate) struct Request {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<SecretString>,
}

impl Request {
    /// A `POST` of a secret body.
    pub(crate) fn post(url: Url, content_type: &'static str, body: SecretString) -> Request {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Request { method: Method::POST, url, headers, body: Some(body) }
    }

    /// A `GET`, with the session when one is given and fits a header.
    pub(crate) fn get(url: Url, session: Option<&SecretString>) -> Request {
        let mut headers = HeaderMap::new();
        let bearer = session
            .map(|session| HeaderValue::from_str(&format!("Bearer {}", session.expose_secret())));
        if let Some(Ok(mut bearer)) = bearer {
            bearer.set_sensitive(true);
            headers.insert(AUTHORIZATION, bearer);
        }
        Request { method: Method::GET, url, headers, body: None }
    }

    pub(crate) fn accepting(self, content_type: &'static str) -> Request {
        self.with(ACCEPT, content_type)
    }

    pub(crate) fn with(mut self, name: HeaderName, value: &'static str) -> Request {
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }
}

/// Sends `request` and reads its answer. `proxy` is the system's proxy for it, for explanations.
///
/// # Errors
/// The reason why there is no (whole) answer.
pub(crate) async fn exchange(
    client: &Client,
    request: Request,
    proxy: Option<&str>,
    limits: &Limits,
) -> Result<Answer, Reason> {
    let Request { method, url, headers, body } = request;
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut builder = client.request(method, url).headers(headers);
    if let Some(body) = body {
        builder = builder.body(body.expose_secret().to_owned());
    }
    let sent = limits.within(Reason::TimedOut { connected: true }, builder.send()).await?;
    let response = sent.map_err(|error| transport::reason(error, proxy))?;
    let status = response.status().as_u16();
    tracing::debug!(host, status, "answered");
    let header = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let content_type = header(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let location = header(LOCATION);
    let retry_after = header(RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok());
    let body = limits.within(Reason::TimedOut { connected: true }, read(response, proxy)).await??;
    Ok(Answer {
        status,
        content_type,
        location,
        retry_after,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

async fn read(mut response: Response, proxy: Option<&str>) -> Result<Vec<u8>, Reason> {
    let mut body = Vec::new();
    while let Some(chunk) =
        response.chunk().await.map_err(|error| transport::reason(error, proxy))?
    {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(Reason::AnswerTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
