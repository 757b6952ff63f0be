//! Addresses whose signs are written in another way: with percent signs, with the dots in brackets of
//! a report about security, or in full width.

use std::borrow::Cow;
use std::ops::Deref;

/// A text in which signs of addresses are written as usual.
pub(super) struct Plain<'a> {
    text: Cow<'a, str>,
    what: &'static str,
}

impl Plain<'_> {
    /// Whether something was written in another way.
    pub(super) fn is_disguised(&self) -> bool {
        !self.what.is_empty()
    }

    /// What was: completes "Leave only the address: …".
    pub(super) fn what(&self) -> &'static str {
        self.what
    }
}

impl Deref for Plain<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Takes one disguise off: the plain text, and what it was.
type Take = fn(&str) -> Option<(String, &'static str)>;

/// Writes the signs of an address as usual.
pub(super) fn take_off(text: &str) -> Plain<'_> {
    let takes: [Take; 4] = [without_percents, without_brackets, in_half_width, with_hyphens];
    let mut plain = Plain { text: Cow::Borrowed(text), what: "" };
    for take in takes {
        if let Some((text, what)) = take(&plain) {
            plain = Plain { text: Cow::Owned(text), what };
        }
    }
    if let Some(text) = apart(&plain) {
        plain.text = Cow::Owned(text);
    }
    plain
}

/// Whether something could be disguised in letters, digits, dots and hyphens.
pub(super) fn may_be_in(host: &str) -> bool {
    host.contains(HTTP)
}

/// How a scheme is written so that nothing makes a link of it.
const HTTP: &str = "hxxp";

/// Percent signs decoded where a whole address is written with them, as in wrapped links.
fn without_percents(text: &str) -> Option<(String, &'static str)> {
    let folded = text.to_ascii_lowercase();
    if !(folded.contains("%3a%2f%2f") || folded.contains("-3a__")) {
        return None;
    }
    let text = text.replace("-3A__", "://").replace("-3a__", "://");
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        decoded.push_str(before);
        let code = escape.get(1..3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.filter(u8::is_ascii_graphic) {
            Some(code) => {
                decoded.push(char::from(code));
                rest = &escape[3..];
            }
            None => {
                decoded.push('%');
                rest = &escape[1..];
            }
        }
    }
    decoded.push_str(rest);
    Some((decoded, "its signs are written with percent signs"))
}

/// `hxxps[://]acme[.]my[.]salesforce[.]com`, so that no program makes a link of it.
fn without_brackets(text: &str) -> Option<(String, &'static str)> {
    const BRACKETS: [(&str, &str); 6] = [
        ("[.]", "."),
        ("(.)", "."),
        ("[dot]", "."),
        ("[://]", "://"),
        ("[:]", ":"),
        (HTTP, "http"),
    ];
    let is_any = BRACKETS.iter().any(|(written, _)| text.contains(written));
    is_any.then(|| {
        let replace = |text: String, (written, plain): &(&str, &str)| text.replace(written, plain);
        let plain = BRACKETS.iter().fold(text.to_owned(), replace);
        (plain, "its signs are written so that nothing makes a link of it")
    })
}

/// `https：//acme．my．salesforce．com`. Where one host could be read as another, nothing is changed.
fn in_half_width(text: &str) -> Option<(String, &'static str)> {
    let is_wide = |c: char| matches!(c, '：' | '／' | '．');
    let is_in_scheme = text.contains("：//") || text.contains("：／／") || text.contains("://");
    let dots = text.matches('．').count();
    let is_whole = dots == 0 || !text.contains('.');
    (text.contains(is_wide) && is_in_scheme && is_whole).then(|| {
        let plain = text.replace('：', ":").replace('／', "/").replace('．', ".");
        (plain, "its signs are written in full width")
    })
}

/// `acme—uat.sandbox.my.salesforce.com`: word processors make a dash of two hyphens.
fn with_hyphens(text: &str) -> Option<(String, &'static str)> {
    let is_dash = |c: char| matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}');
    let (at, dash) = text.char_indices().find(|(_, c)| is_dash(*c))?;
    let is_in_word = |c: char| c.is_ascii_alphanumeric() || is_dash(c);
    let behind = &text[at + dash.len_utf8()..];
    if !text[..at].ends_with(is_in_word) || !behind.starts_with(is_in_word) {
        return None;
    }
    let hyphens =
        if text.contains(".sandbox.") && text.matches(is_dash).count() == 1 { "--" } else { "-" };
    Some((text.replace(is_dash, hyphens), "a dash is written in place of its hyphens"))
}

/// `https://acme.my.salesforce.comhttps://…`: a blank between two addresses that stick together.
fn apart(text: &str) -> Option<String> {
    let (at, _) = text
        .match_indices("https://")
        .find(|(at, _)| text[..*at].ends_with(".com") || text[..*at].ends_with(".mil"))?;
    Some(format!("{} {}", &text[..at], &text[at..]))
}
