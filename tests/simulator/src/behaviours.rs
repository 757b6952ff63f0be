//! The ways to misbehave, by name.

use std::time::Duration;

/// A behaviour's name with what it does, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BehaviourName {
    /// As it is written after `behave+` or `behave:`. A number in it may be changed.
    pub name: &'static str,
    /// What the simulator does.
    pub meaning: &'static str,
}

/// One way to answer a request that Salesforce would answer with success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Behaviour {
    Ok,
    Delay(Duration),
    Hang,
    Stall,
    Cut,
    Close,
    Reset,
    HalfClosed,
    Drip(Duration),
    Redirect(u16),
    Oversized,
    OversizedChunked,
    Endless,
    Garbage,
    GarbageBody,
    BadChunk,
    Empty,
    NoContentType,
    WrongContentType,
    Echo,
    EchoHtml,
    EchoRedirect,
    Hostile,
    ProxyPage,
    TooManyRequests(u32),
    Status(u16),
    XmlBomb,
    XmlExternalEntity,
    DeepJson,
    ForeignInstanceUrl,
    ApiOnly,
    /// The login succeeds; the named behaviour shows in every request that carries its session.
    Later(String),
}

macro_rules! names {
    ($($name:literal: $meaning:literal,)*) => {
        /// Every behaviour, in the order in which the list is printed.
        pub const BEHAVIOURS: &[BehaviourName] =
            &[$(BehaviourName { name: $name, meaning: $meaning },)*];
    };
}

names! {
    "ok": "success, whatever the password or secret; a number after it makes another user",
    "delay-5s": "success after a pause (also in milliseconds: delay-200ms)",
    "hang": "takes the request and never answers",
    "stall": "the head and half of the body, then nothing more",
    "cut": "the head and half of the body, then the connection is closed",
    "close": "the connection is closed without an answer",
    "reset": "the connection is reset (RST) without an answer",
    "half-closed": "half of the body, then only the simulator's side of the connection is closed",
    "drip": "success, one byte every 50 ms (another pace: drip-5ms)",
    "redirect-302": "redirect to the simulator under another host name (301, 302, 303, 307, 308)",
    "oversized": "success followed by 2 MiB of padding, with a Content-Length",
    "oversized-chunked": "the same without a Content-Length",
    "endless": "success followed by padding that never ends",
    "garbage": "bytes that are no HTTP",
    "garbage-body": "status 200, the right content type, a body of random bytes",
    "bad-chunk": "a chunked body with a broken chunk size",
    "empty": "status 200 without a body",
    "no-content-type": "success without a Content-Type header",
    "wrong-content-type": "success labelled as text/html",
    "echo": "an error whose text repeats the credentials in every form",
    "echo-html": "a gateway's error page that repeats the credentials in every form",
    "echo-redirect": "a redirect whose Location repeats the credentials",
    "hostile": "an error whose text would act on a terminal, in a log or in an editor; with later-, in place of the org's name",
    "proxy-page": "status 200 with a web filter's page",
    "429": "too many requests, Retry-After 30 (another number: 429-5)",
    "status-502": "that status (200 to 599) without a body",
    "xml-bomb": "XML whose entities would expand to gigabytes",
    "xml-external-entity": "XML with an entity that names a file of the client",
    "deep-json": "JSON of 200,000 nested arrays",
    "foreign-instance-url": "success with an instance address that is not Salesforce's",
    "api-only": "success for an app whose only scope is api, so that userinfo is refused",
    "later-hang": "success; the named behaviour shows in the requests that follow",
}

impl Behaviour {
    /// Reads a whole name; `None` when there is no such behaviour.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(inner) = name.strip_prefix("later-") {
            return match Self::parse(inner)? {
                Self::Later(_) => None,
                _ => Some(Self::Later(inner.to_owned())),
            };
        }
        let (word, number) = name.rsplit_once('-').unwrap_or((name, ""));
        Some(match (word, number) {
            ("ok", "") => Self::Ok,
            ("delay", time) => Self::Delay(duration(time)?),
            ("hang", "") => Self::Hang,
            ("stall", "") => Self::Stall,
            ("cut", "") => Self::Cut,
            ("close", "") => Self::Close,
            ("reset", "") => Self::Reset,
            ("half", "closed") => Self::HalfClosed,
            ("drip", "") => Self::Drip(Duration::from_millis(50)),
            ("drip", time) => Self::Drip(duration(time)?),
            ("redirect", "") => Self::Redirect(302),
            ("redirect", "301" | "302" | "303" | "307" | "308") => {
                Self::Redirect(number.parse().ok()?)
            }
            ("oversized", "") => Self::Oversized,
            ("oversized", "chunked") => Self::OversizedChunked,
            ("endless", "") => Self::Endless,
            ("garbage", "") => Self::Garbage,
            ("garbage", "body") => Self::GarbageBody,
            ("bad", "chunk") => Self::BadChunk,
            ("empty", "") => Self::Empty,
            ("no-content", "type") => Self::NoContentType,
            ("wrong-content", "type") => Self::WrongContentType,
            ("echo", "") => Self::Echo,
            ("echo", "html") => Self::EchoHtml,
            ("echo", "redirect") => Self::EchoRedirect,
            ("hostile", "") => Self::Hostile,
            ("proxy", "page") => Self::ProxyPage,
            ("429", "") => Self::TooManyRequests(30),
            ("429", seconds) => Self::TooManyRequests(seconds.parse().ok()?),
            ("status", status) => {
                Self::Status(status.parse().ok().filter(|s| (200..=599).contains(s))?)
            }
            ("xml", "bomb") => Self::XmlBomb,
            ("xml-external", "entity") => Self::XmlExternalEntity,
            ("deep", "json") => Self::DeepJson,
            ("foreign-instance", "url") => Self::ForeignInstanceUrl,
            ("api", "only") => Self::ApiOnly,
            _ => return None,
        })
    }
}

/// `5s` or `200ms`; at most an hour.
fn duration(text: &str) -> Option<Duration> {
    let (digits, unit) = match text.strip_suffix("ms") {
        Some(digits) => (digits, 1),
        None => (text.strip_suffix('s')?, 1000),
    };
    let milliseconds = digits.parse::<u64>().ok()?.checked_mul(unit)?;
    (milliseconds <= 3_600_000).then_some(Duration::from_millis(milliseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_understood() {
        for behaviour in BEHAVIOURS {
            assert!(Behaviour::parse(behaviour.name).is_some(), "{}", behaviour.name);
        }
    }

    #[test]
    fn numbers_may_vary_within_reason() {
        let delay = Behaviour::Delay(Duration::from_millis(200));
        assert_eq!(Behaviour::parse("delay-200ms"), Some(delay));
        assert_eq!(Behaviour::parse("429-5"), Some(Behaviour::TooManyRequests(5)));
        assert_eq!(Behaviour::parse("redirect"), Some(Behaviour::Redirect(302)));
        let wrong = [
            "delay",
            "delay-",
            "delay-5",
            "delay-99999s",
            "redirect-300",
            "status-1000",
            "later-later-hang",
            "hang-1",
            "",
            "-",
        ];
        for name in wrong {
            assert_eq!(Behaviour::parse(name), None, "{name}");
        }
    }
}
