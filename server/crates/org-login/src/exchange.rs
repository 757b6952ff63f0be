//! One request and its answer, within a deadline, a size and a cancellation.

use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    TRANSFER_ENCODING,
};
use reqwest::{Client, Method, Response, Url};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::answer::{Answer, decoded, json};
use crate::causes::Reason;
use crate::transport;
use crate::xml::Document;

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

    /// The same with a fraction of the time that is left, for what may be missing at the end.
    pub(crate) fn shortened(&self, by: u32) -> Limits {
        let now = Instant::now();
        let deadline = now + self.deadline.saturating_duration_since(now) / by;
        Limits { deadline, cancel: self.cancel.clone() }
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
        if let Some(bearer) = session.and_then(bearer) {
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

/// The header that carries a session; `None` when it has characters that no header can have.
pub(crate) fn bearer(session: &SecretString) -> Option<HeaderValue> {
    let mut bearer = HeaderValue::from_str(&format!("Bearer {}", session.expose_secret())).ok()?;
    bearer.set_sensitive(true);
    Some(bearer)
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
    let retry_after = header(RETRY_AFTER).and_then(|value| seconds_to_wait(&value));
    let body = limits.within(Reason::TimedOut { connected: true }, read(response, proxy)).await??;
    Ok(Answer { status, content_type, location, retry_after, body: decoded(&body) })
}

/// The value of `Retry-After` in seconds, where it helps: not zero, and no longer than a day.
/// The other form of the header, a date, is left alone: it needs both clocks to be right.
fn seconds_to_wait(value: &str) -> Option<u64> {
    value.trim().parse().ok().filter(|seconds| (1..=86_400).contains(seconds))
}

async fn read(mut response: Response, proxy: Option<&str>) -> Result<Vec<u8>, Reason> {
    let ends_with_connection =
        response.content_length().is_none() && !response.headers().contains_key(TRANSFER_ENCODING);
    let mut body = Vec::new();
    loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return Ok(body),
            Err(error) => {
                let reason = transport::reason(error, proxy);
                // Such an answer ends where the connection does, and some middle boxes end that
                // without TLS's own farewell. What is whole by itself cannot have been cut.
                let whole = ends_with_connection && reason == Reason::ConnectionLost;
                return if whole && is_whole(&body) { Ok(body) } else { Err(reason) };
            }
        };
        if body.len() + chunk.len() > MAX_BODY {
            return Err(Reason::AnswerTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
}

/// Whether a body is a JSON object or an XML document from beginning to end.
fn is_whole(body: &[u8]) -> bool {
    let body = decoded(body);
    json(&body).is_some_and(|value| value.is_object() || value.is_array())
        || Document::parse(&body).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wait_that_helps_is_told() {
        for (value, seconds) in [
            ("120", Some(120)),
            (" 1 ", Some(1)),
            ("86400", Some(86_400)),
            ("0", None),
            ("-1", None),
            ("999999999", None),
            ("99999999999999999999999", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT", None),
            ("", None),
        ] {
            assert_eq!(seconds_to_wait(value), seconds, "{value}");
        }
    }

    #[test]
    fn a_cut_body_is_never_whole() {
        for whole in ["{\"error\":\"x\"}", "[{}]\n", "<a><b/></a>"] {
            assert!(is_whole(whole.as_bytes()), "{whole}");
            let text = whole.trim_end();
            for end in 0..text.len() {
                assert!(!is_whole(&text.as_bytes()[..end]), "{}", &text[..end]);
            }
        }
        for other in ["text", "1", "true", "\"x\"", "<html><br></html>"] {
            assert!(!is_whole(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_session_that_no_header_can_carry() {
        assert!(bearer(&"00DXX0000000000!FAKE".into()).is_some());
        assert!(bearer(&"00DXX0000000000!FAKE\r\nX-Evil: 1".into()).is_none());
    }
}
