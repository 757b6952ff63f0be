//! A look at bytes that is cheaper than reading them.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use aho_corasick::packed;
use org_sources::code;
use org_sources::logins::{Format, Language};

/// What each login in a format that is no source code has, whatever its keys: in lower case.
const OF_FORMATS: [&str; 3] = ["salesforce", "sfdc", "sourceapiversion"];
/// The same in `.env` files, where names may have a shorter beginning.
const OF_ENV: [&str; 3] = ["salesforce", "sfdc", "sf_"];

/// So many bytes tell whether a file is binary.
const START: usize = 8 * 1024;

/// Searches for words one of which is in each file with a login.
pub struct FirstLook {
    formats: Words,
    env: Words,
    /// Each language has its own words: what tells a library of one is an everyday word of another.
    code: Vec<(Language, Words)>,
}

impl Default for FirstLook {
    fn default() -> Self {
        Self::new()
    }
}

impl FirstLook {
    /// Prepares the search.
    pub fn new() -> Self {
        let of_language = |language| (language, Words::new(&code::markers(language).collect()));
        Self {
            formats: Words::new(&BTreeSet::from(OF_FORMATS)),
            env: Words::new(&BTreeSet::from(OF_ENV)),
            code: Language::ALL.map(of_language).into(),
        }
    }

    /// Whether there may be a login in the bytes of a file.
    pub fn is_worth_reading(&self, format: Format, bytes: &[u8]) -> bool {
        let words = match format {
            Format::Code(language) => {
                self.code.iter().find(|(it, _)| *it == language).map(|(_, it)| it)
            }
            Format::Env => Some(&self.env),
            _ => Some(&self.formats),
        };
        words.is_none_or(|words| words.are_in(bytes))
    }

    /// Whether bytes are no text: there is a zero among the first.
    pub fn is_binary(bytes: &[u8]) -> bool {
        memchr::memchr(0, &bytes[..bytes.len().min(START)]).is_some()
    }
}

/// Words in lower case, to be found in any case: by a rare part of each, for which many bytes are compared at once.
struct Words {
    words: Vec<&'static [u8]>,
    /// `None` on processors that cannot, and for too many words.
    parts: Option<packed::Searcher>,
    /// Where there are no parts. `None` would be a mistake in the words; then everything is read.
    whole: Option<AhoCorasick>,
}

impl Words {
    fn new(words: &BTreeSet<&'static str>) -> Self {
        let mut parts = packed::Config::new().builder();
        parts.extend(rare_parts(words).iter().flat_map(|part| in_every_case(part)));
        let whole = AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok();
        let words = words.iter().map(|word| word.as_bytes()).collect();
        Self { words, parts: parts.build(), whole }
    }

    fn are_in(&self, bytes: &[u8]) -> bool {
        let Some(parts) = &self.parts else {
            return self.whole.as_ref().is_none_or(|whole| whole.is_match(bytes));
        };
        let mut from = 0;
        while let Some(part) = parts.find_in(bytes, (from..bytes.len()).into()) {
            if self.words.iter().any(|word| is_around(word, bytes, part.start())) {
                return true;
            }
            from = part.start() + 1;
        }
        false
    }
}

/// Whether the word stands where one of its bytes is at `at`.
fn is_around(word: &[u8], bytes: &[u8], at: usize) -> bool {
    let byte = bytes[at].to_ascii_lowercase();
    let begins = word.iter().enumerate().filter(|(_, it)| **it == byte).map(|(offset, _)| offset);
    begins
        .filter_map(|offset| bytes.get(at.checked_sub(offset)?..))
        .any(|from| from.get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
}

/// So long is a part.
const PART: usize = 3;
/// What text is made of, the most frequent first.
const BY_FREQUENCY: &[u8] = b" etaoinsrlhdcumpf.g_yw/-b'\"v0k123456789xjqz\\";
/// Words that are everywhere in source code and texts: no part of one of them is rare.
const EVERYDAY: &[u8] = b"for before source service services device type mime_type content_type string import \
    package login logging simple client token grant partner enterprise base database library example class \
    public private function return com.example api apis bulk build public connector common http:// https://";

/// Parts, in lower case, one of which is in each of the words.
fn rare_parts<'a>(words: &BTreeSet<&'a str>) -> Vec<&'a [u8]> {
    let mut left: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    let mut parts = Vec::new();
    // Each round takes a part of one of the words that are left at least.
    while let Some(part) = left
        .iter()
        .flat_map(|word| word.windows(PART.min(word.len())))
        .filter(|part| !part.is_empty())
        .min_by_key(|part| frequency(part) / left.iter().filter(|word| has(word, part)).count())
    {
        parts.push(part);
        left.retain(|word| !has(word, part));
    }
    parts
}

fn has(word: &[u8], part: &[u8]) -> bool {
    word.windows(part.len()).any(|window| window == part)
}

/// How often a part occurs, compared with others.
fn frequency(part: &[u8]) -> usize {
    let of_byte = |byte: &u8| {
        let rank = BY_FREQUENCY.iter().position(|it| it == byte);
        1 + BY_FREQUENCY.len() - rank.unwrap_or(BY_FREQUENCY.len())
    };
    let everyday = if has(EVERYDAY, part) { 1000 } else { 1 };
    part.iter().map(of_byte).product::<usize>() * everyday * 100
}

/// A part in all mixtures of capitals and small letters.
fn in_every_case(part: &[u8]) -> Vec<Vec<u8>> {
    part.iter().fold(vec![Vec::new()], |begun, byte| {
        let cases = BTreeSet::from([byte.to_ascii_lowercase(), byte.to_ascii_uppercase()]);
        let longer = |begin: &Vec<u8>| {
            let begin = begin.clone();
            cases.clone().into_iter().map(move |case| [&*begin, &[case]].concat())
        };
        begun.iter().flat_map(longer).collect()
    })
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

    /// The quick search never misses what the thorough one finds, and there is one for all languages.
    #[test]
    fn each_word_is_found_in_any_case_and_place() {
        let look = FirstLook::new();
        let all =
            look.code.iter().map(|(language, words)| (words, code::markers(*language).collect()));
        for (words, texts) in
            all.chain([(&look.formats, OF_FORMATS.to_vec()), (&look.env, OF_ENV.to_vec())])
        {
            assert!(words.parts.is_some() || !cfg!(target_arch = "x86_64"), "{texts:?}");
            for text in texts {
                let capitals = text.to_ascii_uppercase();
                let mixed: String = text
                    .char_indices()
                    .map(|(at, it)| if at % 2 == 0 { it } else { it.to_ascii_uppercase() })
                    .collect();
                for text in [text, &capitals, &mixed] {
                    for gap in [0, 1, 7, 16, 33, 64] {
                        let around = "-".repeat(gap);
                        let found = words.are_in(format!("{around}{text}{around}").as_bytes());
                        assert!(found, "{text} behind {gap} bytes");
                    }
                }
            }
            assert!(!words.are_in(b""));
            assert!(!words.are_in("grant sale source data force ".repeat(20).as_bytes()));
        }
    }

    #[test]
    fn zeros_are_binary() {
        assert!(FirstLook::is_binary(b"\x7fELF\0"));
        assert!(!FirstLook::is_binary("Zürich".as_bytes()));
        assert!(!FirstLook::is_binary(b""));
    }
}
