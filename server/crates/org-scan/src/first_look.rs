//! A look at bytes that is cheaper than reading them.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use org_sources::code;
use org_sources::logins::{Format, Language};

/// What each login in a format that is no source code has, whatever its keys: in lower case.
const OF_FORMATS: [&str; 4] = ["salesforce", "sfdc", "sf_", "sourceapiversion"];

/// So many bytes tell whether a file is binary.
const START: usize = 8 * 1024;

/// Searches for words one of which is in each file with a login.
pub struct FirstLook {
    formats: Option<AhoCorasick>,
    /// Each language has its own words: what tells a library of one is an everyday word of another.
    code: Vec<(Language, Option<AhoCorasick>)>,
}

impl Default for FirstLook {
    fn default() -> Self {
        Self::new()
    }
}

impl FirstLook {
    /// Prepares the search.
    pub fn new() -> Self {
        let of_language = |language| {
            let words: BTreeSet<&str> = code::markers(language).collect();
            (language, searcher(words))
        };
        Self { formats: searcher(OF_FORMATS), code: Language::ALL.map(of_language).into() }
    }

    /// Whether there may be a login in the bytes of a file.
    pub fn is_worth_reading(&self, format: Format, bytes: &[u8]) -> bool {
        let searcher = match format {
            Format::Code(language) => {
                self.code.iter().find(|(it, _)| *it == language).map(|(_, it)| it)
            }
            _ => Some(&self.formats),
        };
        searcher.and_then(Option::as_ref).is_none_or(|searcher| searcher.is_match(bytes))
    }

    /// Whether bytes are no text: there is a zero among the first.
    pub fn is_binary(bytes: &[u8]) -> bool {
        bytes[..bytes.len().min(START)].contains(&0)
    }
}

/// `None` would be a mistake in the words; then everything is read.
fn searcher<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_without_the_words_are_passed_over() {
        let look = FirstLook::new();
        let python = Format::Code(Language::Python);
        assert!(look.is_worth_reading(python, b"from simple_salesforce import Salesforce"));
        assert!(look.is_worth_reading(python, b"url = '/services/Soap/u/58.0'"));
        assert!(!look.is_worth_reading(python, b"password = enforced(login)"));
        let shell = Format::Code(Language::Shell);
        assert!(look.is_worth_reading(shell, b"force login -u=u"));
        assert!(!look.is_worth_reading(python, b"# enforce logins, and force login pages"));
        assert!(look.is_worth_reading(Format::Xml, b"<SFDC:config/>"));
        assert!(!look.is_worth_reading(Format::Xml, b"<project/>"));
    }

    #[test]
    fn zeros_are_binary() {
        assert!(FirstLook::is_binary(b"\x7fELF\0"));
        assert!(!FirstLook::is_binary("Zürich".as_bytes()));
        assert!(!FirstLook::is_binary(b""));
    }
}
