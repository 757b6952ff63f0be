//! What the names of a text stand for, as far as that is written in it: constants, objects that are handed
//! over as a whole, and other names for what is imported. Nothing is run: a name with two meanings has none.

use std::collections::HashMap;

use super::lexer::{Kind, Token};
use crate::Located;

/// So many tokens of what is assigned are looked at, to tell what it is.
const LOOKED_AT: usize = 24;

/// The names of a text.
#[derive(Debug, Default)]
pub(super) struct Names<'text> {
    /// What a name is set to each time, as tokens from where the value begins.
    values: HashMap<&'text str, Vec<usize>>,
    /// The module that a name is imported from, as the token of its address. That is no value.
    modules: HashMap<&'text str, Vec<usize>>,
    /// Other names of what is imported: `import … as …`.
    imported_as: HashMap<&'text str, &'text str>,
}

impl<'text> Names<'text> {
    /// The names that these tokens give a meaning to.
    pub fn of(tokens: &[Token], text: &'text str) -> Self {
        let mut names = Self::default();
        // Whether the innermost bracket around is one of arguments.
        let mut is_argument: Vec<bool> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Mark(b'(' | b'[') => is_argument.push(true),
                Kind::Mark(b'{') => is_argument.push(false),
                Kind::Mark(b')' | b']' | b'}') => {
                    is_argument.pop();
                }
                Kind::Mark(b'=') if !is_argument.last().unwrap_or(&false) => {
                    names.take_assignment(tokens, at, text);
                }
                Kind::Word => names.take_import(tokens, at, text),
                _ => {}
            }
        }
        names
    }

    fn take_assignment(&mut self, tokens: &[Token], at: usize, text: &'text str) {
        let mark = |at: usize| matches!(tokens.get(at), Some(Token { kind: Kind::Mark(_), .. }));
        // `==`, `=>`, `!=`, `+=` …
        let is_compared =
            matches!(tokens.get(at + 1), Some(Token { kind: Kind::Mark(b'=' | b'>' | b'~'), .. }));
        if is_compared || at == 0 {
            return;
        }
        let is_short = tokens[at - 1].kind == Kind::Mark(b':');
        let before = at - 1 - usize::from(is_short);
        if mark(before) {
            return;
        }
        if let Some(name) = name_before(tokens, before, text) {
            self.values.entry(name).or_default().push(at + 1);
        }
    }

    fn take_import(&mut self, tokens: &[Token], at: usize, text: &'text str) {
        let word = |at: usize| word(tokens, at, text);
        match word(at) {
            Some("as") => {
                if let (Some(own), Some(other)) = (at.checked_sub(1).and_then(word), word(at + 1)) {
                    self.imported_as.insert(other, own);
                }
            }
            // `define('NAME', …)` of PHP
            Some("define") => {
                let name = tokens.get(at + 2).filter(|token| token.kind == Kind::Text);
                let is_comma =
                    matches!(tokens.get(at + 3), Some(Token { kind: Kind::Mark(b','), .. }));
                if let Some(name) = name.filter(|_| is_comma) {
                    self.values.entry(name.span.text(text)).or_default().push(at + 4);
                }
            }
            // `import a, { b } from 'c'`: what is imported is of the module.
            Some("from") if matches!(tokens.get(at + 1), Some(Token { kind: Kind::Text, .. })) => {
                let names = (0..at).rev().take(LOOKED_AT).map_while(|at| match word(at) {
                    Some("import") => None,
                    found => Some(found),
                });
                for name in names.flatten() {
                    self.modules.entry(name).or_default().push(at + 1);
                }
            }
            _ => {}
        }
    }

    /// What something that was imported under another name is called at home.
    pub fn at_home<'name>(&self, name: &'name str) -> &'name str
    where
        'text: 'name,
    {
        self.imported_as.get(name).copied().unwrap_or(name)
    }

    /// The text that a name stands for, when it stands for one alone.
    pub fn text_of(&self, name: &str, tokens: &[Token], text: &str) -> Option<Located> {
        let at = self.only_value(name)?;
        let is_text = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Text);
        // A prefix of a string is a token in front of it.
        let joins = || {
            tokens
                .get(at)
                .zip(tokens.get(at + 1))
                .is_some_and(|(a, b)| a.span.end + 1 == b.span.start)
        };
        let at = if !is_text(at) && is_text(at + 1) && joins() { at + 1 } else { at };
        let string = tokens.get(at).filter(|token| token.kind == Kind::Text)?;
        let is_whole = tokens.get(at + 1).is_none_or(|next| {
            let ends = matches!(next.kind, Kind::Word | Kind::Mark(b';' | b',' | b')' | b'}'));
            next.is_first || ends
        });
        is_whole.then(|| Located { value: string.span.text(text).to_owned(), span: string.span })
    }

    /// Where the brackets open of the object that a name stands for: `{`, `[`, `dict(`, `array(`.
    pub fn object_of(&self, name: &str, tokens: &[Token], text: &str) -> Option<usize> {
        let at = self.only_value(name)?;
        match tokens.get(at)?.kind {
            Kind::Mark(b'{' | b'[') => Some(at),
            Kind::Word if matches!(word(tokens, at, text)?, "dict" | "array") => {
                matches!(tokens.get(at + 1)?.kind, Kind::Mark(b'(')).then_some(at + 1)
            }
            _ => None,
        }
    }

    fn only_value(&self, name: &str) -> Option<usize> {
        match self.values.get(name)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether a name is set in the text, and each time to something in which none of these words stands.
    pub fn is_something_else(
        &self,
        name: &str,
        words: &[&str],
        tokens: &[Token],
        text: &str,
    ) -> bool {
        let set = [self.values.get(name), self.modules.get(name)];
        let mut values = set.into_iter().flatten().flatten().peekable();
        if values.peek().is_none() {
            return false;
        }
        let speaks_of_it = |from: &usize| {
            let value = tokens.get(*from..).unwrap_or_default().iter().take(LOOKED_AT).enumerate();
            let mut value = value.take_while(|(at, token)| *at == 0 || !token.is_first);
            value.any(|(_, token)| {
                let word = token.span.text(text).to_ascii_lowercase();
                words.iter().any(|it| word.contains(it))
            })
        };
        !values.any(speaks_of_it)
    }
}

/// The name that is set in front of `=`, at `at`: the type behind it is none, and what is set of another object
/// has a meaning there alone.
fn name_before<'text>(tokens: &[Token], at: usize, text: &'text str) -> Option<&'text str> {
    let mark = |at: usize| match tokens.get(at)?.kind {
        Kind::Mark(byte) => Some(byte),
        _ => None,
    };
    let mut at = at;
    // `name: type = …`
    if at >= 2 && mark(at - 1) == Some(b':') && tokens[at - 2].kind == Kind::Word {
        at -= 2;
    }
    let name = word(tokens, at, text)?;
    if name == "string" {
        // `var name string = …` of Go
        return word(tokens, at.checked_sub(1)?, text);
    }
    let owner = match at.checked_sub(1).and_then(mark) {
        Some(b'.') => at.checked_sub(2),
        Some(b'>') => at.checked_sub(3),
        _ => return Some(name),
    };
    let owner = owner.and_then(|at| word(tokens, at, text));
    owner.filter(|owner| is_self(owner)).map(|_| name)
}

/// Whether a name stands for the object that the code is part of.
pub(super) fn is_self(name: &str) -> bool {
    matches!(name, "self" | "this" | "$this")
}

fn word<'text>(tokens: &[Token], at: usize, text: &'text str) -> Option<&'text str> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    Some(token.span.text(text))
}
