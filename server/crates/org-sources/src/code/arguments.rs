//! The arguments of a call.

use super::lexer::{Kind, Token};
use super::names::{Names, is_self};
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
    /// Single names, which inside an object are its members.
    pub shorthand: Vec<(String, Given)>,
}

/// No call has more tokens: what goes on longer is a mistake.
const MAX_TOKENS: usize = 500;

/// A text in tokens, with what its names stand for.
#[derive(Clone, Copy)]
pub(super) struct Code<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its names; none while an object is read that a name stands for.
    pub names: Option<&'a Names<'a>>,
}

impl<'a> Code<'a> {
    /// The word at `at`, by the name that it has at home.
    pub fn name_at(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        let written = token.span.text(self.text);
        Some(self.names.map_or(written, |names| names.at_home(written)))
    }
}

impl Arguments {
    /// Those behind the opening bracket at `open`.
    pub fn between_brackets(code: Code<'_>, open: usize) -> Self {
        Self::of(inside_brackets(code.tokens, open), code)
    }

    /// Those behind a name without brackets, as Ruby has them: up to the end of the line, and on behind a
    /// comma.
    pub fn on_line(code: Code<'_>, start: usize) -> Self {
        let rest = code.tokens.get(start..).unwrap_or_default();
        let ends = |(index, token): &(usize, &Token)| {
            let goes_on = index.checked_sub(1).and_then(|before| rest.get(before));
            let is_behind_comma = goes_on.is_some_and(|before| before.kind == Kind::Mark(b','));
            *index < MAX_TOKENS && (*index == 0 || !token.is_first || is_behind_comma)
        };
        let length = rest.iter().enumerate().take_while(ends).count();
        Self::of(&rest[..length], code)
    }

    /// The first of these names that is given.
    pub fn get(&self, names: &[&str]) -> Option<&Given> {
        let find = |name: &&str| self.named.iter().find(|(it, _)| it == name);
        names.iter().find_map(find).map(|(_, given)| given)
    }

    /// What is set on an object up to the word that ends the block: `config.password = …`.
    pub fn in_block(code: Code<'_>, start: usize, end: &str) -> Self {
        let rest = code.tokens.get(start..).unwrap_or_default();
        let block = rest.iter().take(MAX_TOKENS);
        let block = block.take_while(|token| !token.is_first || token.span.text(code.text) != end);
        let block = &rest[..block.count()];
        let starts = (0..block.len()).filter(|at| block[*at].is_first);
        let mut ends: Vec<usize> = starts.collect();
        ends.push(block.len());
        let mut arguments = Self::default();
        for line in ends.windows(2) {
            let set = &block[line[0]..line[1]];
            if set.len() > 4 && set[1].kind == Kind::Mark(b'.') {
                arguments.take(&set[2..], code);
            }
        }
        arguments
    }

    fn of(tokens: &[Token], code: Code<'_>) -> Self {
        let mut arguments = Self::default();
        let mut start = 0;
        while start < tokens.len() {
            let end = end_of_argument(tokens, start);
            arguments.take(&tokens[start..end], code);
            start = end + 1;
        }
        arguments
    }

    fn take(&mut self, argument: &[Token], code: Code<'_>) {
        let Some(first) = argument.first() else { return };
        if let Some((name, value)) = named(argument, code.text) {
            match bracketed(value) {
                // What an object holds has names of its own.
                Some(inside) => self.take_inside(inside, code),
                None => self.named.extend(given(value, code).map(|given| (name, given))),
            }
        } else if let Some(inside) = bracketed(argument) {
            self.take_inside(inside, code);
        } else if self.take_object(argument, code) {
            // `**settings`: its members are what is handed over.
        } else {
            let position = given(argument, code).unwrap_or(Given::Expression(first.span));
            let open =
                argument.iter().position(|token| matches!(token.kind, Kind::Mark(b'{' | b'[')));
            self.positional.push(position);
            if let Some(open) = open {
                // `&Credentials{…}`, `new Config { … }`: the members count.
                let inside = Self::of(inside_brackets(argument, open), code);
                self.named.extend(inside.named);
            } else if let [name] = argument {
                self.take_shorthand(name, code);
            }
        }
    }

    /// Takes the members of an object that a name stands for; `false` when it stands for none.
    fn take_object(&mut self, argument: &[Token], code: Code<'_>) -> bool {
        let is_spread = |token: &&Token| matches!(token.kind, Kind::Mark(b'*' | b'.' | b'&'));
        let marks = argument.iter().take_while(is_spread).count();
        let (Some([name]), Some(names)) = (argument.get(marks..), code.names) else { return false };
        if name.kind != Kind::Word {
            return false;
        }
        let object = names.object_of(name.span.text(code.text), code.tokens, code.text);
        let Some(open) = object else { return false };
        // A name in it that stands for an object again is left alone, so that this ends.
        let inside = inside_brackets(code.tokens, open);
        let alone = Self::of(inside, Code { names: None, ..code });
        let is_known = |name: &str| self.named.iter().any(|(it, _)| it == name);
        let members = alone.named.into_iter().filter(|(name, _)| !is_known(name));
        let members: Vec<_> = members.map(|(name, given)| (name, resolved(given, code))).collect();
        self.named.extend(members);
        true
    }

    /// `{ username, password }` of JavaScript is `{ username: username, … }`.
    fn take_shorthand(&mut self, name: &Token, code: Code<'_>) {
        if name.kind == Kind::Word {
            let given = resolved(Given::Expression(name.span), code);
            self.shorthand.push((plain(name.span.text(code.text)), given));
        }
    }

    fn take_inside(&mut self, inside: &[Token], code: Code<'_>) {
        let inside = Self::of(inside, code);
        self.named.extend(inside.named);
        self.named.extend(inside.shorthand);
    }
}

/// What stands behind the opening bracket at `open`, up to the one that closes it.
fn inside_brackets(tokens: &[Token], open: usize) -> &[Token] {
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
    tokens.get(open + 1..end).unwrap_or_default()
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
    Some((plain(name.span.text(text)), argument.get(value..)?))
}

/// A name in lower case and without `_`: `security_token` is `securityToken`.
fn plain(name: &str) -> String {
    let name: String = name.chars().filter(|c| !matches!(c, '_' | '-')).collect();
    name.to_ascii_lowercase()
}

/// What stands in brackets, where nothing else does.
fn bracketed(tokens: &[Token]) -> Option<&[Token]> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let is_open = matches!(first.kind, Kind::Mark(b'{' | b'['));
    let is_closed = matches!(last.kind, Kind::Mark(b'}' | b']'));
    (is_open && is_closed && tokens.len() >= 2).then(|| &tokens[1..tokens.len() - 1])
}

fn given(value: &[Token], code: Code<'_>) -> Option<Given> {
    let (first, last) = (value.first()?, value.last()?);
    let is_joined = |token: &Token| matches!(token.kind, Kind::Mark(b'+' | b'.'));
    // A prefix of a string (`r'…'`, `@"…"`, `b'…'`) is a token in front of it.
    let string = match value {
        [string] => Some(string),
        [prefix, string, rest @ ..]
            if prefix.span.end + 1 == string.span.start && rest.first().is_none_or(is_joined) =>
        {
            Some(string)
        }
        // The token is appended to a password that is written out, or follows it at once.
        [string, joins, ..] if is_joined(joins) || joins.kind == Kind::Text => Some(string),
        _ => None,
    };
    Some(match string {
        Some(string) if string.kind == Kind::Text => {
            let value = string.span.text(code.text).to_owned();
            Given::Literal(Located { value, span: string.span })
        }
        _ => resolved_expression(value, first.span.cover(last.span), code),
    })
}

/// What an expression stands for: a name alone, or one that something is appended to.
fn resolved_expression(value: &[Token], whole: Span, code: Code<'_>) -> Given {
    let name = match value {
        [owner, dot, name, ..]
            if dot.kind == Kind::Mark(b'.') && is_self(owner.span.text(code.text)) =>
        {
            Some(name)
        }
        [name] => Some(name),
        [name, joins, ..] if matches!(joins.kind, Kind::Mark(b'+' | b'.')) => Some(name),
        _ => None,
    };
    let found = name
        .filter(|name| name.kind == Kind::Word)
        .and_then(|name| code.names?.text_of(name.span.text(code.text), code.tokens, code.text));
    found.map_or(Given::Expression(whole), Given::Literal)
}

/// What a single name stands for.
fn resolved(given: Given, code: Code<'_>) -> Given {
    match &given {
        Given::Expression(span) => {
            let found = code
                .names
                .and_then(|names| names.text_of(span.text(code.text), code.tokens, code.text));
            found.map_or(given, Given::Literal)
        }
        Given::Literal(_) => given,
    }
}
