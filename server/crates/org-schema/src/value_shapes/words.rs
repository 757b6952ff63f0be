//! Lists of words in which nearly nothing that is looked for is there.

/// Words in lower case, with what tells most texts at a glance from all of them.
#[derive(Debug)]
pub(super) struct Words {
    words: &'static [&'static str],
    /// A bit for each first letter.
    first_letters: u128,
    /// A bit for each length in bytes.
    lengths: u64,
}

impl Words {
    /// Words of at most 63 bytes, each with a first letter of ASCII; the compiler refuses others.
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let (mut first_letters, mut lengths, mut index) = (0, 0, 0);
        while index < words.len() {
            let word = words[index].as_bytes();
            first_letters |= 1 << word[0];
            lengths |= 1 << word.len();
            index += 1;
        }
        Self { words, first_letters, lengths }
    }

    /// Whether a text is one of them.
    pub(super) fn contains(&self, text: &str) -> bool {
        text.len() < 64
            && self.lengths >> text.len() & 1 == 1
            && self.may_begin(text)
            && self.words.contains(&text)
    }

    /// Whether a text begins with one of them.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.may_begin(text) && self.words.iter().any(|word| text.starts_with(word))
    }

    fn may_begin(&self, text: &str) -> bool {
        let first = text.bytes().next().filter(u8::is_ascii);
        first.is_some_and(|first| self.first_letters >> first & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_and_nothing_else() {
        static WORDS: Words = Words::new(&["todo", "#n/a", "your-"]);
        for word in WORDS.words {
            assert!(WORDS.contains(word) && WORDS.begin(word), "{word}");
            assert!(WORDS.begin(&format!("{word}x")) && !WORDS.contains(&format!("{word}x")));
        }
        for other in ["", "tod", "yodo", "\u{f6}todo", "TODO", &"t".repeat(64)] {
            assert!(!WORDS.contains(other) && !WORDS.begin(other), "{other}");
        }
    }
}
