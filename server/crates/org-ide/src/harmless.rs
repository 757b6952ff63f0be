//! What of a file is known to be harmless: the parts that excerpts and diffs may show, because they can
//! hold no secret, however broken or misspelled the file is.
//!
//! Harmless are punctuation, names of members that the tables know, values of members that the tables
//! call public and that have the right shape, and references. Everything else is not: what is in unknown
//! members, arrays, comments, what the parser skipped, what stands outside of the tree.

use org_schema::members::{self, AuthType, MemberSpec, ObjectKind, RULE_LEVELS, ValueKind};
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{ApiVersion, value_shapes};
use org_syntax::{Member, NodeId, NodeKind, Span, SyntaxErrorKind, TokenKind, Tree, decode_string};

mod xml;

use crate::document::{Document, FileKind};
use crate::rules;

/// The byte spans that are known to be harmless, in order, without overlap. White space between tokens is
/// among them.
pub fn harmless(document: &Document) -> Vec<Span> {
    if document.unreadable().is_some() {
        return Vec::new();
    }
    if document.kind().is_design_studio() {
        return xml::harmless(document);
    }
    let mut finder = Finder {
        text: document.text(),
        tree: &document.parse().tree,
        is_broken: is_broken(document),
        spans: Vec::new(),
    };
    finder.tokens();
    for (object, names) in known_objects(document) {
        finder.object(object, &names);
    }
    let mut spans = finder.spans;
    spans.retain(|span| !span.is_empty());
    spans.sort();
    spans.dedup();
    spans
}

/// Whether a quote may be missing somewhere, so that nobody knows where a text begins and ends.
fn is_broken(document: &Document) -> bool {
    let errors = &document.parse().errors;
    errors.iter().any(|error| {
        !matches!(error.kind, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
    })
}

/// What the members of an object are compared with.
enum Names {
    /// Members of one kind of object, or of two while the type of `auth` is unknown.
    Of(Vec<ObjectKind>),
    /// The names of the rules.
    Rules,
}

impl Names {
    fn find(&self, name: &str) -> Option<Known> {
        match self {
            Self::Of(kinds) => {
                kinds.iter().find_map(|kind| members::find(*kind, name)).map(Known::Member)
            }
            Self::Rules => rules::find(name).map(|_| Known::Rule),
        }
    }
}

enum Known {
    Member(&'static MemberSpec),
    Rule,
}

fn known_objects(document: &Document) -> Vec<(NodeId, Names)> {
    let mut objects = Vec::new();
    match document.kind() {
        FileKind::Org => {
            let Some(org) = document.org() else { return objects };
            objects.extend(org.root.map(|root| (root, Names::Of(vec![ObjectKind::Org]))));
            let kinds = match org.auth_type() {
                Some(auth_type) => vec![auth_type.object_kind()],
                None => AuthType::ALL.map(AuthType::object_kind).to_vec(),
            };
            objects.extend(org.auth.object.map(|auth| (auth, Names::Of(kinds))));
        }
        FileKind::Project => {
            let Some(project) = document.project() else { return objects };
            objects.extend(project.root.map(|root| (root, Names::Of(vec![ObjectKind::Project]))));
            let rules = project.rules_field.as_ref().and_then(|field| field.object());
            objects.extend(rules.map(|rules| (rules, Names::Rules)));
        }
        FileKind::DesignStudioOrg | FileKind::DesignStudioProject | FileKind::OtherTool => {}
    }
    objects
}

struct Finder<'a> {
    text: &'a str,
    tree: &'a Tree,
    is_broken: bool,
    spans: Vec<Span>,
}

impl Finder<'_> {
    /// What is harmless wherever it stands: white space, and what begins a comment.
    fn tokens(&mut self) {
        for token in self.tree.tokens() {
            let (start, end) = (token.span.start, token.span.end);
            match token.kind {
                TokenKind::Whitespace => {
                    let text = token.span.text(self.text);
                    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
                        self.spans.push(token.span);
                    }
                }
                TokenKind::ByteOrderMark => self.spans.push(token.span),
                TokenKind::LineComment | TokenKind::BlockComment => {
                    let opening = if token.span.text(self.text).starts_with('#') { 1 } else { 2 };
                    self.spans.push(Span::new(start, (start + opening).min(end)));
                }
                _ => {}
            }
        }
    }

    /// The object's own brackets and commas, and its members.
    fn object(&mut self, object: NodeId, names: &Names) {
        let span = self.tree.span(object);
        self.spans.push(Span::new(span.start, (span.start + 1).min(span.end)));
        if self.tree.is_closed(object) && span.end > span.start + 1 {
            self.spans.push(Span::new(span.end - 1, span.end));
        }
        let mut at = span.start;
        for member in self.tree.members(object) {
            let own = self.tree.span(member.id);
            self.commas(Span::new(at.min(own.start), own.start));
            at = own.end;
            self.member(member, names);
        }
        self.commas(Span::new(at.min(span.end), span.end));
    }

    fn commas(&mut self, between: Span) {
        let tokens = self.tree.tokens();
        let first = tokens.partition_point(|token| token.span.start < between.start);
        let inside = tokens[first..].iter().take_while(|token| token.span.end <= between.end);
        self.spans.extend(inside.filter(|token| token.kind == TokenKind::Comma).map(|t| t.span));
    }

    fn member(&mut self, member: Member, names: &Names) {
        let name = self.tree.name(member, self.text);
        let known = names.find(&name);
        self.spans.extend(member.colon);
        if known.is_some() || is_known_name(&name) {
            self.spans.push(self.tree.span(member.key));
        } else {
            self.quotes(member.key);
        }
        let Some(value) = member.value else { return };
        let is_harmless = known.is_some_and(|known| self.is_harmless(value, &known));
        if is_harmless {
            self.spans.push(self.tree.span(value));
        } else {
            self.quotes(value);
        }
    }

    /// The quotes of a string in double ones.
    fn quotes(&mut self, node: NodeId) {
        let span = self.tree.span(node);
        if self.tree.kind(node) != NodeKind::String || !span.text(self.text).starts_with('"') {
            return;
        }
        self.spans.push(Span::new(span.start, span.start + 1));
        if self.tree.is_closed(node) && span.end > span.start + 1 {
            self.spans.push(Span::new(span.end - 1, span.end));
        }
    }

    fn is_harmless(&self, value: NodeId, known: &Known) -> bool {
        let raw = self.tree.span(value).text(self.text);
        match self.tree.kind(value) {
            NodeKind::True | NodeKind::False | NodeKind::Null => true,
            NodeKind::Number => is_short_number(raw),
            NodeKind::String if self.tree.is_closed(value) && raw.starts_with('"') => {
                let text = decode_string(raw);
                match known {
                    Known::Rule => RULE_LEVELS.iter().any(|(level, _)| *level == text),
                    Known::Member(spec) => self.is_harmless_text(spec, &text),
                }
            }
            _ => false,
        }
    }

    fn is_harmless_text(&self, spec: &MemberSpec, text: &str) -> bool {
        let is_reference =
            || matches!(secret_ref::parse(text), SecretValue::Env(_) | SecretValue::Keyring(_));
        if text.is_empty() || is_reference() {
            return true;
        }
        spec.public
            && match spec.value {
                ValueKind::Boolean => matches!(text, "true" | "false"),
                ValueKind::ApiVersion => ApiVersion::parse(text).is_some() || is_short_number(text),
                ValueKind::ProductVersion => is_short_number(text),
                ValueKind::AuthType => AuthType::parse(text).is_some(),
                ValueKind::HostName => is_host(text),
                ValueKind::InstanceUrl => is_origin(text),
                ValueKind::Uri => !text.contains(['@', '?', '#', ' ']),
                // In a broken file a text may reach to the quote of the next one.
                ValueKind::String if self.is_broken => false,
                ValueKind::String if spec.name == "username" => {
                    !value_shapes::username_cannot_be_right(text)
                }
                ValueKind::String => true,
                ValueKind::Secret | ValueKind::Object => false,
            }
    }
}

/// Whether a message may repeat the name of a member: a table knows it, or it looks like words.
pub fn may_be_repeated(name: &str) -> bool {
    is_known_name(name) || looks_like_words(name)
}

/// Whether some object has a member of that name, or a rule has it: where it stands is another question.
fn is_known_name(name: &str) -> bool {
    [ObjectKind::Org, ObjectKind::BasicAuth, ObjectKind::OAuthAuth, ObjectKind::Project]
        .into_iter()
        .any(|kind| members::find(kind, name).is_some())
        || rules::find(name).is_some()
}

/// Whether a name that no table knows may be repeated in a message, which ends up in logs: it looks like
/// words that somebody chose, as `x-team` or `fallbackHost`, and not like a secret in the wrong place.
pub(crate) fn looks_like_words(name: &str) -> bool {
    let is_separator = |c: char| matches!(c, '-' | '_' | '.' | '$' | ' ') || !c.is_ascii();
    let is_foreseen = |c: char| c.is_alphanumeric() || is_separator(c);
    let parts: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    name.chars().count() <= MAX_NAME
        && name.chars().all(is_foreseen)
        && (1..=MAX_WORDS).contains(&parts.len())
        && parts.iter().all(|part| is_small_number(part) || is_camel_case(part))
}

/// Characters of a name that may be repeated.
const MAX_NAME: usize = 40;
/// Words of such a name; phrases of four and more are passwords, too.
const MAX_WORDS: usize = 3;
/// Letters of such a word.
const MAX_LETTERS: usize = 10;

/// `12`, or `x12`.
fn is_small_number(part: &str) -> bool {
    let digits = part.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(part);
    digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// One to three words, each in small letters but maybe for its first one (or in capitals alone), which
/// can be spoken; none of a letter alone but the only one.
fn is_camel_case(part: &str) -> bool {
    if !part.chars().all(char::is_alphabetic) {
        return false;
    }
    let is_shouted = !part.chars().any(char::is_lowercase);
    let begins =
        |(at, c): (usize, char)| (at == 0 || (c.is_uppercase() && !is_shouted)).then_some(at);
    let starts: Vec<usize> = part.char_indices().filter_map(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([part.len()]);
    let words: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| &part[*start..end]).collect();
    let is_word =
        |word: &&str| (2..=MAX_LETTERS).contains(&word.chars().count()) && can_be_spoken(word);
    words.len() <= MAX_WORDS && (part.chars().count() == 1 || words.iter().all(is_word))
}

/// Whether no more consonants follow each other than in words; what is not ASCII is taken for a vowel.
fn can_be_spoken(word: &str) -> bool {
    let is_consonant = |c: char| c.is_ascii() && !"aeiouyAEIOUY".contains(c);
    word.split(|c| !is_consonant(c)).all(|run| run.len() <= MAX_CONSONANTS)
}

/// As in `html`, and nearly as in `length`.
const MAX_CONSONANTS: usize = 4;

/// A version or what was meant as one.
fn is_short_number(text: &str) -> bool {
    text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A host, maybe with a port: nothing in front of it, nothing behind it.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "443"));
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.contains('.')
        && host.split('.').all(is_label)
        && port.len() <= 5
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// `https://` and a host, maybe with a slash: neither user-info nor path, query or fragment.
fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| is_host(rest.strip_suffix('/').unwrap_or(rest)))
}

#[cfg(test)]
mod tests;
