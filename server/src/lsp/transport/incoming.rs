//! A message of the client, as it was meant.

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// A message of the client.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of the server.
    Answer(Response),
    /// Something else, and what the client is told about it.
    Refused(Error),
}

/// Reads the body of a message.
pub fn read(body: &[u8]) -> Incoming {
    let parsed = serde_json::from_slice(body)
        .or_else(|error| serde_json::from_slice(&without_lone_surrogates(body)).map_err(|_| error));
    let mut message: Value = match parsed {
        Ok(message) => message,
        Err(error) => {
            // The category and place alone: the text may hold a secret.
            let place = format!("line {}, column {}", error.line(), error.column());
            let problem = format!("The message is not valid JSON ({place}).");
            return refused(ErrorCode::ParseError, &problem);
        }
    };
    if message["jsonrpc"] != "2.0" {
        return not_a_message("\"jsonrpc\" must be \"2.0\"");
    }
    let mut take = |name: &str| message.as_object_mut().and_then(|members| members.remove(name));
    let id = match take("id") {
        None => None,
        Some(Value::Null) => Some(Id::Null),
        Some(Value::String(id)) => Some(Id::String(id)),
        Some(id) => match id.as_i64() {
            Some(id) => Some(Id::Number(id)),
            None => return not_a_message("\"id\" must be a whole number or a string"),
        },
    };
    match (take("method"), id) {
        (Some(Value::String(method)), id) => Incoming::Request(request(method, id, take("params"))),
        (Some(_), _) => not_a_message("\"method\" must be a string"),
        (None, None) => not_a_message("it has neither \"method\" nor \"id\""),
        (None, Some(id)) => {
            Incoming::Answer(Response::from_parts(id, outcome(take("result"), take("error"))))
        }
    }
}

fn request(method: String, id: Option<Id>, params: Option<Value>) -> Request {
    let mut request = Request::build(method);
    if let Some(params) = params {
        request = request.params(params);
    }
    if let Some(id) = id {
        request = request.id(id);
    }
    request.finish()
}

/// What the client answered. Whoever waits for an answer must also hear of one that holds nothing.
fn outcome(result: Option<Value>, error: Option<Value>) -> Result<Value, Error> {
    if let Some(result) = result {
        return Ok(result);
    }
    Err(error.and_then(|error| serde_json::from_value(error).ok()).unwrap_or_else(|| Error {
        message: "The client's answer has neither a result nor an error.".into(),
        ..Error::invalid_request()
    }))
}

/// Editors whose strings are UTF-16 can send half of a surrogate pair, as an escape, and serde_json
/// refuses it. A replacement character instead of it takes as many UTF-16 units.
fn without_lone_surrogates(body: &[u8]) -> Vec<u8> {
    let unit_at = |at: usize| {
        let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut mended = body.to_vec();
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        at += match (byte, unit_at(at), unit_at(at + 6)) {
            (b'\\', Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (b'\\', Some(0xD800..=0xDFFF), _) => {
                mended[at..at + 6].copy_from_slice(b"\\ufffd");
                6
            }
            (b'\\', ..) => 2,
            _ => 1,
        };
    }
    mended
}

fn not_a_message(problem: &str) -> Incoming {
    refused(ErrorCode::InvalidRequest, &format!("This is not a JSON-RPC 2.0 message: {problem}."))
}

/// A message that cannot be read.
pub fn refused(code: ErrorCode, problem: &str) -> Incoming {
    tracing::warn!("a message from the client is left out: {problem}");
    Incoming::Refused(Error { code, message: problem.to_owned().into(), data: None })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn requests_and_answers_stay_what_they_are() {
        for message in [
            json!({"jsonrpc": "2.0", "method": "x", "params": ["é🏢"], "id": 1}),
            json!({"jsonrpc": "2.0", "method": "x", "params": null, "id": "a"}),
            json!({"jsonrpc": "2.0", "method": "x", "id": null}),
            json!({"jsonrpc": "2.0", "method": "x"}),
            json!({"jsonrpc": "2.0", "result": null, "id": "a"}),
            json!({"jsonrpc": "2.0", "error": {"code": 1, "message": "no", "data": [1]}, "id": 0}),
        ] {
            let read = match read(message.to_string().as_bytes()) {
                Incoming::Request(request) => json!(request),
                Incoming::Answer(answer) => json!(answer),
                Incoming::Refused(error) => json!(error),
            };
            assert_eq!(read, message);
        }
    }

    #[test]
    fn what_is_no_message_becomes_an_error() {
        for (body, expected) in [
            ("{", ErrorCode::ParseError),
            ("[]", ErrorCode::InvalidRequest),
            ("{}", ErrorCode::InvalidRequest),
            (r#"{"jsonrpc": "2.0"}"#, ErrorCode::InvalidRequest),
            (r#"{"jsonrpc": "2.0", "id": 1.5, "method": "x"}"#, ErrorCode::InvalidRequest),
            (r#"{"jsonrpc": "2.0", "id": 1, "method": null}"#, ErrorCode::InvalidRequest),
        ] {
            let Incoming::Refused(error) = read(body.as_bytes()) else {
                panic!("{body} was read");
            };
            assert_eq!(error.code, expected, "{body}");
        }
    }

    #[test]
    fn an_answer_without_content_becomes_an_error_for_whoever_waits() {
        for body in [r#"{"jsonrpc": "2.0", "id": 7}"#, r#"{"jsonrpc": "2.0", "id": 7, "error": 1}"#]
        {
            let Incoming::Answer(answer) = read(body.as_bytes()) else {
                panic!("{body} is no answer");
            };
            assert_eq!(answer.id(), &Id::Number(7));
            assert_eq!(answer.error().map(|error| error.code), Some(ErrorCode::InvalidRequest));
        }
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_replacement_character() {
        for (escaped, expected) in [
            (r"\ud83c\udfe2", "🏢"),
            (r"\ud83c", "\u{fffd}"),
            (r"\udfe2\ud83c", "\u{fffd}\u{fffd}"),
            (r"\ud83c\u0041", "\u{fffd}A"),
            (r"\\ud83c\ud83c", "\\ud83c\u{fffd}"),
        ] {
            let body = format!(r#"{{"jsonrpc": "2.0", "method": "{escaped}"}}"#);
            let Incoming::Request(request) = read(body.as_bytes()) else {
                panic!("{body} is no request");
            };
            assert_eq!(request.method(), expected, "{escaped}");
        }
    }
}
