//! LSP's framing: a header with the length, an empty line, the message.

use std::io::{self, BufRead};

use serde_json::Value;

/// The bytes of a message on the wire.
pub fn frame(message: &Value) -> Vec<u8> {
    frame_text(&message.to_string())
}

/// The same for a body that need not be JSON.
pub(crate) fn frame_text(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What comes next on a stream that may carry nothing but framed messages.
pub(crate) enum Next {
    /// A message.
    Message(Value),
    /// The stream ended between two messages.
    End,
    /// Something that is no framed message, as it came.
    Garbage(String),
}

/// Reads one message. Strict: exactly one `Content-Length` header and a body of JSON.
pub(crate) fn read_frame(stream: &mut impl BufRead) -> io::Result<Next> {
    let mut header = Vec::new();
    if stream.read_until(b'\n', &mut header)? == 0 {
        return Ok(Next::End);
    }
    let mut empty_line = [0; 2];
    let length = length_of(&header);
    let Some(length) = length else {
        return Ok(garbage(header));
    };
    stream.read_exact(&mut empty_line)?;
    if &empty_line != b"\r\n" {
        header.extend(empty_line);
        return Ok(garbage(header));
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(match serde_json::from_slice(&body) {
        Ok(message) => Next::Message(message),
        Err(_) => garbage(body),
    })
}

fn length_of(header: &[u8]) -> Option<usize> {
    let header = std::str::from_utf8(header).ok()?;
    let length = header.strip_prefix("Content-Length: ")?;
    length.strip_suffix("\r\n")?.parse().ok()
}

fn garbage(bytes: Vec<u8>) -> Next {
    Next::Garbage(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<Next, io::ErrorKind>> {
        let mut stream = bytes;
        let mut all = Vec::new();
        loop {
            match read_frame(&mut stream) {
                Ok(Next::End) => return all,
                Ok(Next::Garbage(text)) => {
                    all.push(Ok(Next::Garbage(text)));
                    return all;
                }
                Ok(next) => all.push(Ok(next)),
                Err(error) => {
                    all.push(Err(error.kind()));
                    return all;
                }
            }
        }
    }

    #[test]
    fn messages_come_as_they_were_framed() {
        let (one, two) = (json!({"id": 1}), json!({"text": "é🏢\r\n"}));
        let read = read(&[frame(&one), frame(&two)].concat());
        let messages = read.into_iter().map(|next| match next {
            Ok(Next::Message(message)) => message,
            _ => panic!("not a message"),
        });
        assert_eq!(messages.collect::<Vec<_>>(), [one, two]);
    }

    #[test]
    fn anything_else_is_noticed() {
        let cases: [&[u8]; 5] = [
            b"thread 'main' panicked\n",
            b"Content-Length: 2\r\nContent-Type: x\r\n\r\n{}",
            b"Content-Length: 2\n\n{}",
            b"Content-Length: two\r\n\r\n{}",
            b"Content-Length: 3\r\n\r\n{}x",
        ];
        for case in cases {
            assert!(
                matches!(read(case).last(), Some(Ok(Next::Garbage(_)))),
                "{}",
                String::from_utf8_lossy(case)
            );
        }
    }

    #[test]
    fn a_stream_that_ends_inside_a_message_is_noticed() {
        let cut = b"Content-Length: 20\r\n\r\n{}";
        assert!(matches!(read(cut).last(), Some(Err(io::ErrorKind::UnexpectedEof))));
    }
}
