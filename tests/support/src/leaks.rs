//! Whether something that was written has a secret in it, in any form.

use crate::client::Client;
use crate::transcript::Direction;

/// Every form in which a secret of the tests could show: they are of letters and digits, but for the
/// signs that are replaced here.
fn forms(secret: &str) -> Vec<String> {
    let marked = |(sign, other): (&str, &str)| secret.replace(sign, other);
    let mut forms: Vec<String> =
        [("&", "&amp;"), ("&", "%26"), ("&", "\\u0026"), ("<", "&lt;")].map(marked).to_vec();
    forms.push(secret.to_owned());
    // Whatever stands before it in what is encoded.
    forms.extend((0..3).map(|start| base64(&secret[start..])));
    // A part of it is too much as well.
    forms.push(secret.chars().take(12).collect());
    forms.push(secret.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect());
    forms.sort();
    forms.dedup();
    forms
}

/// Base64 without its last characters, which depend on what follows.
fn base64(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = text.as_bytes().chunks_exact(3);
    whole
        .flat_map(|three| {
            let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
            [18, 12, 6, 0].map(|shift| char::from(SIGNS[(bits >> shift) as usize & 63]))
        })
        .collect()
}

/// The first form of one of the secrets that stands in the text.
pub fn leak(text: &str, secrets: &[&str]) -> Option<String> {
    secrets.iter().flat_map(|secret| forms(secret)).find(|form| text.contains(form.as_str()))
}

/// Nothing that the server wrote has one of the secrets.
///
/// # Panics
/// Something has.
pub fn expect_silence(server: &Client, secrets: &[&str]) {
    for direction in [Direction::FromServer, Direction::StandardError] {
        for line in server.transcript(direction) {
            let form = leak(&line, secrets);
            assert_eq!(form, None, "{direction:?} has a secret: {line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_the_right_ones() {
        assert_eq!(base64("NotReal-Uat"), "Tm90UmVhbC1V");
        assert!(forms("a&b").contains(&"a%26b".to_owned()));
    }

    #[test]
    fn parts_and_forms_are_found() {
        let secret = "Marked&Secret<0123456789";
        for text in
            ["x=Marked%26Secret<0123456789;", "Secret<0123456789", "Marked&amp;Secret<0123456789"]
        {
            assert!(leak(text, &[secret]).is_some(), "{text}");
        }
        assert_eq!(leak("Marked by somebody", &[secret]), None);
    }
}
