//! From bytes to text: UTF-8, with or without a byte order mark.

/// Why bytes are no text that is read. Positions in the file are those of UTF-8, so nothing else is
/// converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// UTF-16, told by its byte order mark or by the zero bytes of its first characters.
    #[error("it is UTF-16; save it as UTF-8, as Design Studio does")]
    Utf16,
    /// Neither UTF-8 nor UTF-16.
    #[error("it is not UTF-8 (byte {at} and after)")]
    NotUtf8 {
        /// Byte offset of the first byte that is not UTF-8.
        at: usize,
    },
}

/// The text of `bytes`. A byte order mark stays in it, so that offsets are those of the file.
///
/// # Errors
/// When it is not UTF-8; with the bytes as they were.
pub fn decode(bytes: Vec<u8>) -> Result<String, (NotText, Vec<u8>)> {
    if is_utf16(&bytes) {
        return Err((NotText::Utf16, bytes));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        (NotText::NotUtf8 { at }, error.into_bytes())
    })
}

/// By the byte order mark, else by a zero beside the first character. Zeros alone are no text at all, and
/// each of them is valid UTF-8.
fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, ..] | [1..=255, 0, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_alone_is_read() {
        let decode = |bytes: Vec<u8>| decode(bytes).map_err(|(why, _)| why);
        assert_eq!(decode(b"\xef\xbb\xbf<a/>".to_vec()).as_deref(), Ok("\u{feff}<a/>"));
        assert_eq!(decode(Vec::new()).as_deref(), Ok(""));
        assert_eq!(decode(vec![0; 3]).as_deref(), Ok("\0\0\0"));
        for utf16 in [&b"\xff\xfe<\0"[..], b"\xfe\xff\0<", b"<\0a\0", b"\0<\0a"] {
            assert_eq!(decode(utf16.to_vec()), Err(NotText::Utf16));
        }
        assert_eq!(decode(b"<a b='\xfc'/>".to_vec()), Err(NotText::NotUtf8 { at: 6 }));
    }
}
