//! Credentials in every form in which a server could send them back, for tests that look for
//! them in what a client prints.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Length of a security token.
const TOKEN_LENGTH: usize = 24;

/// The request's body as it came, then each credential plain, without and as its last 24
/// characters (where a security token stands), escaped for XML, encoded for a form, as Base64,
/// and all of them joined as HTTP Basic.
pub(crate) fn echoes(body: &[u8], credentials: &[String]) -> String {
    let mut lines = vec![String::from_utf8_lossy(body).into_owned()];
    for credential in credentials {
        lines.push(credential.clone());
        let cut = credential
            .char_indices()
            .rev()
            .nth(TOKEN_LENGTH - 1)
            .map_or(0, |(position, _)| position);
        if cut > 0 {
            let (password, token) = credential.split_at(cut);
            lines.push(format!("{password} {token}"));
            lines.push(quick_xml::escape::escape(password).into_owned());
            lines.push(form_encoded(password));
            lines.push(STANDARD.encode(password));
        }
        lines.push(quick_xml::escape::escape(credential.as_str()).into_owned());
        lines.push(form_encoded(credential));
        lines.push(STANDARD.encode(credential));
        lines.push(serde_json::Value::from(credential.as_str()).to_string());
    }
    lines.push(STANDARD.encode(credentials.join(":")));
    lines.join("\n")
}

fn form_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
