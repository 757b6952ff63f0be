//! LSP's base protocol: a header with the length of the body, an empty line, the body.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;

/// A longer body (in bytes) is taken for a broken header.
const LONGEST: usize = 1 << 30;
const LENGTH: &str = "content-length:";
/// Bytes of memory that the next message finds at most.
const KEPT: usize = 64 * 1024;

/// What stands between two headers.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A body; it may be empty, which is no message.
    Body(Vec<u8>),
    /// A header without a length that can be read. The next header may stand behind other text.
    BrokenHeader,
}

/// Reads the next frame; `None` at the end of the input.
///
/// # Errors
/// The input ends inside of a body, or cannot be read.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let length = match read_header(input)? {
        None => return Ok(None),
        Some(Header::Broken) => return Ok(Some(Frame::BrokenHeader)),
        Some(Header::Length(length)) => length,
    };
    let mut body = Vec::new();
    if input.take(length as u64).read_to_end(&mut body)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(Frame::Body(body)))
}

enum Header {
    /// Bytes of the body.
    Length(usize),
    Broken,
}

/// Reads up to and with the empty line before a body.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<Header>> {
    let mut length = None;
    let mut empty = true;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
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

/// Writes frames, as many with one write as are there.
pub struct Frames<W> {
    output: W,
    body: Vec<u8>,
    unsent: Vec<u8>,
}

impl<W: Write> Frames<W> {
    /// Writes to `output`.
    pub fn new(output: W) -> Self {
        Self { output, body: Vec::new(), unsent: Vec::new() }
    }

    /// Takes a message.
    ///
    /// # Errors
    /// The message is no JSON.
    pub fn add(&mut self, message: &impl Serialize) -> io::Result<()> {
        let mut body = std::mem::take(&mut self.body);
        body.clear();
        serde_json::to_writer(&mut body, message)?;
        self.add_body(&body);
        body.shrink_to(KEPT);
        self.body = body;
        Ok(())
    }

    /// Takes a message that is JSON already.
    pub fn add_body(&mut self, body: &[u8]) {
        self.unsent.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        self.unsent.extend_from_slice(body);
    }

    /// Whether there is so much that it should be sent before more comes.
    pub fn is_full(&self) -> bool {
        self.unsent.len() >= KEPT
    }

    /// Writes what was taken.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn send(&mut self) -> io::Result<()> {
        self.output.write_all(&self.unsent)?;
        self.unsent.clear();
        self.unsent.shrink_to(KEPT);
        self.output.flush()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn all(mut input: &[u8]) -> Vec<Result<Option<Frame>, io::ErrorKind>> {
        let mut frames = Vec::new();
        loop {
            let frame = read(&mut input).map_err(|error| error.kind());
            let is_last = !matches!(frame, Ok(Some(_)));
            frames.push(frame);
            if is_last {
                return frames;
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut output = Vec::new();
        let mut frames = Frames::new(&mut output);
        let messages = [json!({"a": "é\n🏢"}), json!(null), json!("x".repeat(2 * KEPT))];
        for message in &messages {
            frames.add(message).expect("a message");
        }
        frames.send().expect("memory takes all");
        let read: Vec<_> =
            all(&output).into_iter().filter_map(|frame| frame.ok().flatten()).collect();
        let bodies = messages.map(|message| Frame::Body(message.to_string().into_bytes()));
        assert_eq!(read, bodies);
    }

    #[test]
    fn headers_are_read_in_every_spelling() {
        for header in [
            "Content-Length: 2\r\n\r\n",
            "content-length:2\r\n\r\n",
            "Content-Length: 2\n\n",
            "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n",
            "\r\n\r\nContent-Length: 2\r\n\r\n",
            "words of a shell Content-Length: 2\r\n\r\n",
        ] {
            let frames = all(format!("{header}{{}}").as_bytes());
            assert_eq!(frames, [Ok(Some(Frame::Body(b"{}".to_vec()))), Ok(None)], "{header:?}");
        }
    }

    #[test]
    fn a_header_that_cannot_be_read_costs_itself_alone() {
        for header in ["Content-Length: two", "Content-Length: 99999999999", "X: 1"] {
            let frames = all(format!("{header}\r\n\r\nContent-Length: 2\r\n\r\n{{}}").as_bytes());
            let expected =
                [Ok(Some(Frame::BrokenHeader)), Ok(Some(Frame::Body(b"{}".to_vec()))), Ok(None)];
            assert_eq!(frames, expected, "{header}");
        }
    }

    #[test]
    fn an_end_inside_of_a_frame_is_the_end() {
        assert_eq!(all(b""), [Ok(None)]);
        assert_eq!(all(b"Content-Len"), [Ok(None)]);
        let cut = all(b"Content-Length: 20\r\n\r\n{\"jsonrpc\"");
        assert_eq!(cut, [Err(io::ErrorKind::UnexpectedEof)]);
    }
}
