//! What values of any format say: versions, addresses, references.

use org_syntax::Span;

use super::{Secret, Written};
use crate::Located;

/// What stands before the version in the address of SOAP `login()`: partner and enterprise.
const SOAP_PATHS: [&str; 2] = ["/services/Soap/u/", "/services/Soap/c/"];

/// What marks a value that comes from elsewhere. Encrypted values of Mule begin with `![`.
const REFERENCES: [&str; 6] = ["${", "#[", "{{", "[parameters(", "[variables(", "[concat("];
const ENCRYPTED: [&str; 3] = ["![", "Encrypted ", "ENC("];

/// A user name or a client ID as it is written; `None` when it is empty.
pub(super) fn written(value: &Located) -> Option<Written> {
    if value.value.trim().is_empty() {
        return None;
    }
    Some(match is_reference(&value.value) || is_encrypted(&value.value) {
        true => Written::Reference(value.span),
        false => Written::Literal(value.clone()),
    })
}

/// A secret as it is written; `None` when it is empty.
pub(super) fn secret(value: &Located) -> Option<Secret> {
    if value.value.trim().is_empty() {
        return None;
    }
    Some(if is_encrypted(&value.value) {
        Secret::Encrypted(value.span)
    } else if is_reference(&value.value) {
        Secret::Reference(value.span)
    } else {
        Secret::literal(value.clone())
    })
}

/// Whether a value, or a part of it, comes from elsewhere.
pub(super) fn is_reference(value: &str) -> bool {
    let value = value.trim_start();
    value.contains("${")
        || REFERENCES.iter().any(|start| value.starts_with(start))
        || (value.starts_with("@{") || value.starts_with("@Microsoft.KeyVault"))
        || (value.len() > 2 && value.starts_with('%') && value.ends_with('%'))
}

fn is_encrypted(value: &str) -> bool {
    ENCRYPTED.iter().any(|start| value.trim_start().starts_with(start))
}

/// Whether an address cannot be one: it comes from elsewhere as a whole.
pub(crate) fn is_placeholder_host(value: &str) -> bool {
    let host = value.split_once("://").map_or(value, |(_, rest)| rest);
    is_reference(host) && !host.contains(".salesforce.com")
}

/// An API version in any form (`58`, `58.0`, `v58.0`), as `58.0`.
pub(crate) fn version_number(text: &str) -> Option<String> {
    let text = text.trim();
    let number = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let number = number.strip_suffix(".0").unwrap_or(number);
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| format!("{}.0", number.trim_start_matches('0')))
}

/// A value that is an API version.
pub(crate) fn api_version_in(value: &Located) -> Option<Located> {
    Some(Located { value: version_number(&value.value)?, span: value.span })
}

/// The API version in the address of SOAP `login()` that stands in a text. Where characters of it are
/// escaped, the version stands where the address does.
pub(crate) fn soap_address(address: &Located, text: &str) -> Option<Located> {
    let span = address.span;
    let written = text.get(span.range())?;
    if let Some((_, version)) = soap_addresses(written).next() {
        let at = |offset: usize| span.start + offset as u32;
        let place = Span::new(at(version.start), at(version.end));
        return Some(Located { value: version_number(place.text(text))?, span: place });
    }
    let (_, version) = soap_addresses(&address.value).next()?;
    Some(Located { value: version_number(address.value.get(version)?)?, span })
}

/// The paths of SOAP `login()` in a text: where each begins, and where its version stands.
pub(crate) fn soap_addresses(
    text: &str,
) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> + '_ {
    text.match_indices("/services/").filter_map(|(at, _)| {
        let path = SOAP_PATHS.iter().find(|path| {
            let written = text.get(at..at + path.len());
            written.is_some_and(|written| written.eq_ignore_ascii_case(path))
        })?;
        let start = at + path.len();
        let digits = |from: usize| {
            let rest = text.as_bytes().get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let start = start + usize::from(text[start..].starts_with('v'));
        let whole = digits(start);
        let is_version = (1..=3).contains(&whole);
        let behind = start + whole;
        let dot = text[behind.min(text.len())..].starts_with('.');
        let fraction = if dot { digits(behind + 1) } else { 0 };
        let end = if fraction > 0 { behind + 1 + fraction } else { behind };
        is_version.then_some((at, start..end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_in_any_form() {
        for (text, version) in [
            ("58", Some("58.0")),
            (" v58.0 ", Some("58.0")),
            ("7.0", Some("7.0")),
            ("v", None),
            ("58.1", None),
            ("latest", None),
            ("2024", None),
        ] {
            assert_eq!(version_number(text).as_deref(), version, "{text}");
        }
    }

    #[test]
    fn addresses_have_their_version() {
        let text = "a https://login.salesforce.com/services/Soap/u/58.0 b /services/Soap/c/v37 /services/Soap/u/$v /services/Soap/c/9999";
        let found: Vec<_> = soap_addresses(text).map(|(_, version)| &text[version]).collect();
        assert_eq!(found, ["58.0", "37"]);
        assert_eq!(soap_addresses("/services/Soap/u/").count(), 0);
    }

    #[test]
    fn references_are_told_from_values() {
        for reference in ["${sf.password}", "#[p('secure::sf.password')]", "{{ vault }}", "%SF%"] {
            assert!(is_reference(reference), "{reference}");
        }
        for value in ["NOTREAL", "100%", "a#[b", "p$ss{"] {
            assert!(!is_reference(value), "{value}");
        }
    }
}
