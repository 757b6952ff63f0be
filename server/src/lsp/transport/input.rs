//! Standard input, before tower-lsp sees it.
//!
//! tower-lsp takes the first message that it cannot decode for the end of the input, and a frame
//! without a body makes it deaf. So frames are read here, and what goes on to tower-lsp is one that
//! it understands: the message, or a request that the guard answers with an error.

use std::io;

use serde_json::{Value, json};
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream,
};
use tower_lsp::jsonrpc::{Error, ErrorCode};

/// The request that stands for a message that cannot be read. Its params are a JSON-RPC error.
pub const UNREADABLE: &str = "sforg/unreadable";

/// Bytes that wait for tower-lsp at most.
const WAITING: usize = 64 * 1024;
/// A longer message (in bytes) is taken for a broken header.
const LONGEST: usize = 1 << 30;
const LENGTH: &str = "content-length:";

/// Reads `input` on a task of its own, to its end or to `exit`. The stream carries messages that tower-lsp can
/// decode.
pub fn well_formed(input: impl AsyncRead + Send + Unpin + 'static) -> DuplexStream {
    let (mut here, there) = tokio::io::duplex(WAITING);
    tokio::spawn(async move {
        let mut input = BufReader::new(input);
        if let Err(error) = pass_on(&mut input, &mut here).await {
            tracing::warn!("standard input: {error}");
        }
    });
    there
}

async fn pass_on(
    input: &mut (impl AsyncBufRead + Unpin),
    output: &mut DuplexStream,
) -> io::Result<()> {
    while let Some(header) = read_header(input).await? {
        let message = match header {
            Header::Length(0) => continue,
            Header::Length(length) => {
                let mut body = Vec::new();
                if (&mut *input).take(length as u64).read_to_end(&mut body).await? < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                understood(&body)
            }
            Header::Broken => unreadable(
                ErrorCode::ParseError,
                "A message needs the header \"Content-Length: BYTES\", then an empty line.",
            ),
        };
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        output.write_all(frame.as_bytes()).await?;
        if message["method"] == "exit" {
            // Standard input may stay open, but nothing counts any more.
            break;
        }
    }
    Ok(())
}

enum Header {
    /// Bytes of the body.
    Length(usize),
    Broken,
}

/// Reads up to and with the empty line before a body; `None` at the end of the input. After a
/// broken header the body's length is not known, so the next header may stand behind other text.
async fn read_header(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Header>> {
    let mut length = None;
    let mut empty = true;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).trim().to_ascii_lowercase();
        if let Some(at) = line.rfind(LENGTH) {
            let written = line[at + LENGTH.len()..].trim().parse().ok();
            length = written.filter(|length| *length <= LONGEST);
        }
        match (line.is_empty(), length) {
            (true, Some(length)) => return Ok(Some(Header::Length(length))),
            (true, None) if !empty => return Ok(Some(Header::Broken)),
            (true, None) => {}
            (false, _) => empty = false,
        }
    }
}

/// The message as tower-lsp understands it.
fn understood(body: &[u8]) -> Value {
    let parsed = serde_json::from_slice(body)
        .or_else(|error| serde_json::from_slice(&without_lone_surrogates(body)).map_err(|_| error));
    let mut message: Value = match parsed {
        Ok(message) => message,
        Err(error) => {
            // The category and place alone: the text may hold a secret.
            let place = format!("line {}, column {}", error.line(), error.column());
            let problem = format!("The message is no JSON that can be read ({place}).");
            return unreadable(ErrorCode::ParseError, &problem);
        }
    };
    if message["jsonrpc"] != "2.0" {
        return not_a_message("\"jsonrpc\" must be \"2.0\"");
    }
    let id = message.get("id");
    if !id.is_none_or(|id| id.is_null() || id.is_i64() || id.is_string()) {
        return not_a_message("\"id\" must be a whole number or a string");
    }
    match (message.get("method"), id) {
        (Some(Value::String(_)), _) => {}
        (Some(_), _) => return not_a_message("\"method\" must be a string"),
        (None, None) => return not_a_message("it has neither \"method\" nor \"id\""),
        (None, Some(_)) if message.get("result").is_some() => {}
        (None, Some(_)) if is_error(&message["error"]) => {}
        (None, Some(_)) => {
            // Whoever waits for this answer must hear of it.
            let error = Error {
                message: "The client's answer has neither a result nor an error.".into(),
                ..Error::invalid_request()
            };
            message["error"] = json!(error);
        }
    }
    message
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

fn is_error(error: &Value) -> bool {
    error["code"].is_i64() && error["message"].is_string()
}

fn not_a_message(problem: &str) -> Value {
    unreadable(
        ErrorCode::InvalidRequest,
        &format!("This is no message of JSON-RPC 2.0: {problem}."),
    )
}

fn unreadable(code: ErrorCode, problem: &str) -> Value {
    tracing::warn!("a message from the client is left out: {problem}");
    let error = Error { code, message: problem.to_owned().into(), data: None };
    json!({"jsonrpc": "2.0", "id": null, "method": UNREADABLE, "params": error})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(message: &Value) -> Option<i64> {
        (message["method"] == UNREADABLE).then(|| message["params"]["code"].as_i64())?
    }

    #[test]
    fn messages_stay_what_they_are() {
        for message in [
            json!({"jsonrpc": "2.0", "id": 1, "method": "x", "params": ["é🏢"]}),
            json!({"jsonrpc": "2.0", "method": "x"}),
            json!({"jsonrpc": "2.0", "id": "a", "result": null}),
            json!({"jsonrpc": "2.0", "id": 0, "error": {"code": 1, "message": "no"}}),
        ] {
            assert_eq!(understood(message.to_string().as_bytes()), message);
        }
    }

    #[test]
    fn what_is_no_message_becomes_an_error() {
        for (body, expected) in [
            ("{", -32700),
            ("[]", -32600),
            ("{}", -32600),
            (r#"{"jsonrpc": "2.0"}"#, -32600),
            (r#"{"jsonrpc": "2.0", "id": 1.5, "method": "x"}"#, -32600),
            (r#"{"jsonrpc": "2.0", "id": 1, "method": null}"#, -32600),
        ] {
            assert_eq!(code(&understood(body.as_bytes())), Some(expected), "{body}");
        }
    }

    #[test]
    fn an_answer_without_content_becomes_an_error_for_whoever_waits() {
        for body in [r#"{"jsonrpc": "2.0", "id": 7}"#, r#"{"jsonrpc": "2.0", "id": 7, "error": 1}"#]
        {
            let message = understood(body.as_bytes());
            assert_eq!((&message["id"], &message["error"]["code"]), (&json!(7), &json!(-32600)));
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
            assert_eq!(understood(body.as_bytes())["method"], expected, "{escaped}");
        }
    }
}
