//! The arguments of a call.

use super::lexer::{Kind, Token};
use crate::Located;
use org_syntax::Span;

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// A string, written out.
    Literal(Located),
    /// Anything else.
    Expression(Span),
}

impl Given {
    /// The text, when it is written out.
    pub fn literal(&self) -> Option<&Located> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Expression(_) => None,
        }
    }
}

/// The arguments of a call.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    /// Those without a name, in order.
    pub positional: Vec<Given>,
    /// Those with a name, at any depth: keyword arguments, members of objects, keys of hashes. Names are in
    /// lower case and without `_`.
    pub named: Vec<(String, Given)>,
}

/// No call has more tokens: what goes on longer is a mistake.
const MAX_TOKENS: usize = 2000;

impl Arguments {
    /// Those behind the opening bracket at `open`.
    pub fn between_brackets(tokens: &[Token], open: usize, text: &str) -> Self {
        let mut depth = 0usize;
        let inside = tokens.iter().skip(open).take(MAX_TOKENS).take_while(|token| {
            match token.kind {
                Kind::Mark(b'(' | b'[' | b'{') => depth += 1,
                Kind::Mark(b')' | b']' | b'}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > 0
        });
        let end = open + inside.count();
        Self::of(tokens.get(open + 1..end).unwrap_or_default(), text)
    }

    /// Those behind a name without brackets, as Ruby has them: up to the end of the line, and on behind a
    /// comma.
    pub fn on_line(tokens: &[Token], start: usize, text: &str) -> Self {
        let rest = tokens.get(start..).unwrap_or_default();
        let ends = |(index, token): &(usize, &Token)| {
            let goes_on = index.checked_sub(1).and_then(|before| rest.get(before));
            let is_behind_comma = goes_on.is_some_and(|before| before.kind == Kind::Mark(b','));
            *index < MAX_TOKENS && (*index == 0 || !token.is_first || is_behind_comma)
        };
        let length = rest.iter().enumerate().take_while(ends).count();
        Self::of(&rest[..length], text)
    }

    /// The first of these names that is given.
    pub fn get(&self, names: &[&str]) -> Option<&Given> {
        let find = |name: &&str| self.named.iter().find(|(it, _)| it == name);
        names.iter().find_map(find).map(|(_, given)| given)
    }

    fn of(tokens: &[Token], text: &str) -> Self {
        let mut arguments = Self::default();
        let mut start = 0;
        while start < tokens.len() {
            let end = end_of_argument(tokens, start);
            arguments.take(&tokens[start..end], text);
            start = end + 1;
        }
        arguments
    }

    fn take(&mut self, argument: &[Token], text: &str) {
        let Some(first) = argument.first() else { return };
        if let Some((name, value)) = named(argument, text) {
            match bracketed(value) {
                // What an object holds has names of its own.
                Some(inside) => self.take_inside(inside, text),
                None => self.named.extend(given(value, text).map(|given| (name, given))),
            }
        } else if let Some(inside) = bracketed(argument) {
            self.take_inside(inside, text);
        } else {
            let position = given(argument, text).unwrap_or(Given::Expression(first.span));
            let has_more =
                argument.iter().any(|token| matches!(token.kind, Kind::Mark(b'{' | b'[')));
            self.positional.push(position);
            if has_more {
                // `&Credentials{…}`, `new Config { … }`: the members count.
                let open =
                    argument.iter().position(|token| matches!(token.kind, Kind::Mark(b'{' | b'[')));
                let open = open.unwrap_or_default();
                let inside = Self::between_brackets(argument, open, text);
                self.named.extend(inside.named);
            }
        }
    }

    fn take_inside(&mut self, inside: &[Token], text: &str) {
        self.named.extend(Self::of(inside, text).named);
    }
}

/// Where the comma stands that ends the argument.
fn end_of_argument(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0usize;
    let end = tokens.iter().enumerate().skip(start).find(|(_, token)| match token.kind {
        Kind::Mark(b'(' | b'[' | b'{') => {
            depth += 1;
            false
        }
        Kind::Mark(b')' | b']' | b'}') => {
            depth = depth.saturating_sub(1);
            false
        }
        // `;` ends a member of an object type and a statement alike.
        Kind::Mark(b',' | b';') => depth == 0,
        _ => false,
    });
    end.map_or(tokens.len(), |(at, _)| at)
}

/// `name = value`, `name: value`, `:name => value`, `"name": value`.
fn named<'a>(argument: &'a [Token], text: &str) -> Option<(String, &'a [Token])> {
    let is = |at: usize, mark: u8| argument.get(at).is_some_and(|it| it.kind == Kind::Mark(mark));
    let start = usize::from(is(0, b':'));
    let name = argument.get(start)?;
    if !matches!(name.kind, Kind::Word | Kind::Text) {
        return None;
    }
    let value = match (is(start + 1, b'='), is(start + 1, b':')) {
        (true, _) if is(start + 2, b'>') => start + 3,
        (true, _) if is(start + 2, b'=') => return None,
        (true, _) => start + 2,
        (_, true) if is(start + 2, b':') => return None,
        (_, true) => start + 2,
        _ => return None,
    };
    let name: String = name.span.text(text).chars().filter(|c| !matches!(c, '_' | '-')).collect();
    Some((name.to_ascii_lowercase(), argument.get(value..)?))
}

/// What stands in brackets, where nothing else does.
fn bracketed(tokens: &[Token]) -> Option<&[Token]> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let is_open = matches!(first.kind, Kind::Mark(b'{' | b'['));
    let is_closed = matches!(last.kind, Kind::Mark(b'}' | b']'));
    (is_open && is_closed && tokens.len() >= 2).then(|| &tokens[1..tokens.len() - 1])
}

fn given(value: &[Token], text: &str) -> Option<Given> {
    let (first, last) = (value.first()?, value.last()?);
    // A prefix of a string (`r'…'`, `@"…"`, `$"…"`) is a token in front of it.
    let string = match value {
        [string] => Some(string),
        [prefix, string] if prefix.span.end + 1 == string.span.start => Some(string),
        // The token is appended to a password that is written out.
        [string, joins, ..] if matches!(joins.kind, Kind::Mark(b'+' | b'.')) => Some(string),
        _ => None,
    };
    Some(match string {
        Some(string) if string.kind == Kind::Text => {
            let value = string.span.text(text).to_owned();
            Given::Literal(Located { value, span: string.span })
        }
        _ => Given::Expression(first.span.cover(last.span)),
    })
}
