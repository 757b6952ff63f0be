//! The properties files of a project, as far as one value is asked for.

/// The value of the last line with this key. Bytes are Latin-1.
pub(super) fn find(bytes: &[u8], key: &str) -> Option<String> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut read = crate::properties::read(&text).into_iter().rev();
    read.find(|property| property.key.value == key).map(|property| property.value.value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_last_line_counts_and_bytes_are_latin_1() {
        let text = b"a=1\nname:Z\xfcrich \\\n   Co\na=2";
        let find = |key: &str| super::find(text, key);
        assert_eq!(find("name").as_deref(), Some("Z\u{fc}rich Co"));
        assert_eq!(find("a").as_deref(), Some("2"));
        assert_eq!(find("x"), None);
    }
}
