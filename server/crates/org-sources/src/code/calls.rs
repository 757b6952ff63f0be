//! Calls of the libraries of the table.

use super::arguments::{Arguments, Given};
use super::lexer::{Kind, Token};
use super::libraries::{ANY, By, Form, LIBRARIES, Library, Role};
use crate::Located;
use crate::logins::{Flow, Language, Login, Secret, Written, api_version_in, is_placeholder_host};

/// The names of arguments, in lower case and without `_`.
const NAMES: [(Role, &[&str]); 7] = [
    (Role::Username, &["username", "user", "login", "userid"]),
    (Role::Password, &["password", "pass", "passwd", "pwd"]),
    (Role::SecurityToken, &["securitytoken", "token"]),
    (Role::ClientId, &["clientid", "consumerkey", "consumerid"]),
    (Role::ClientSecret, &["clientsecret", "consumersecret"]),
    (Role::ApiVersion, &["version", "apiversion", "sfversion"]),
    (Role::Host, &["instanceurl", "loginurl", "instance", "host", "url", "endpoint", "serverurl"]),
];

/// Words in front of a name that define it instead of calling it.
const DEFINES: [&str; 9] =
    ["def", "class", "function", "func", "import", "interface", "public", "private", "void"];

/// The calls among these tokens.
pub(super) fn read(language: Language, text: &str, tokens: &[Token]) -> Vec<Login> {
    let lower = text.to_ascii_lowercase();
    let libraries: Vec<&Library> = LIBRARIES
        .iter()
        .filter(|library| library.languages.contains(&language))
        .filter(|library| library.marker.iter().any(|marker| lower.contains(marker)))
        .collect();
    let mut logins: Vec<Login> = Vec::new();
    if libraries.is_empty() {
        return logins;
    }
    let mut last = 0;
    for at in 0..tokens.len() {
        let is_it = |library: &&&Library| is_called(library, tokens, at, text);
        let Some(login) = libraries
            .iter()
            .filter(is_it)
            .find_map(|library| login(library, tokens, last, at, text))
        else {
            continue;
        };
        last = at;
        logins.push(login);
    }
    logins
}

fn word<'t>(tokens: &[Token], at: usize, text: &'t str) -> Option<&'t str> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    Some(token.span.text(text))
}

fn mark(tokens: &[Token], at: usize) -> Option<u8> {
    match tokens.get(at)?.kind {
        Kind::Mark(byte) => Some(byte),
        _ => None,
    }
}

/// Whether the names of a library end at `at`.
fn is_called(library: &Library, tokens: &[Token], at: usize, text: &str) -> bool {
    let mut here = Some(at);
    for (index, name) in library.callee.iter().rev().enumerate() {
        let Some(place) = here else { return false };
        if *name == ANY {
            return true;
        }
        if word(tokens, place, text) != Some(*name) {
            return false;
        }
        let is_last = index + 1 == library.callee.len();
        here = if library.form == Form::Command {
            place.checked_sub(1)
        } else {
            before_separator(tokens, place)
        };
        if is_last {
            let before = place.checked_sub(1).and_then(|before| word(tokens, before, text));
            return !before.is_some_and(|before| DEFINES.contains(&before));
        }
    }
    false
}

/// What stands in front of `.`, `::` or `->`.
fn before_separator(tokens: &[Token], at: usize) -> Option<usize> {
    let one = at.checked_sub(1)?;
    match mark(tokens, one)? {
        b'.' => one.checked_sub(1),
        b':' | b'>' => one.checked_sub(2),
        _ => None,
    }
}

fn arguments(library: &Library, tokens: &[Token], at: usize, text: &str) -> Option<Arguments> {
    let next = at + 1;
    match (library.form, mark(tokens, next)) {
        (Form::Call | Form::RubyCall, Some(b'(')) | (Form::Literal, Some(b'{')) => {
            Some(Arguments::between_brackets(tokens, next, text))
        }
        (Form::RubyCall, found) if !matches!(found, Some(b'.' | b'=' | b')')) => {
            Some(Arguments::on_line(tokens, next, text))
        }
        (Form::Command, _) => Some(options(tokens, next, text)),
        _ => None,
    }
}

/// `-u=…`, `-u …`, `-p …`, `-i …` of a command, on its line.
fn options(tokens: &[Token], start: usize, text: &str) -> Arguments {
    let mut arguments = Arguments::default();
    for at in start..tokens.len() {
        if tokens[at].is_first {
            break;
        }
        let name = match (mark(tokens, at), word(tokens, at + 1, text)) {
            (Some(b'-'), Some("u" | "username")) => "username",
            (Some(b'-'), Some("p" | "password")) => "password",
            (Some(b'-'), Some("i" | "instance")) => "instance",
            _ => continue,
        };
        let value = at + 2 + usize::from(mark(tokens, at + 2) == Some(b'='));
        let Some(token) = tokens.get(value) else { break };
        let is_written = token.kind == Kind::Text
            || (token.kind == Kind::Word && !token.span.text(text).starts_with('$'));
        // An unquoted word goes on with what is no letter.
        let mut span = token.span;
        let parts = tokens[value + 1..].iter().take_while(|next| {
            let joins = token.kind != Kind::Text && next.span.start == span.end;
            span = if joins { span.cover(next.span) } else { span };
            joins
        });
        let _ = parts.count();
        let located = Located { value: span.text(text).to_owned(), span };
        let given = if is_written { Given::Literal(located) } else { Given::Expression(span) };
        arguments.named.push((name.to_owned(), given));
    }
    arguments
}

/// What a call and those that prepare it hand over, by what it is.
struct Handed(Vec<(Role, Given)>);

impl Handed {
    fn of(library: &Library, arguments: Arguments) -> Self {
        let mut handed = Vec::new();
        for (role, names) in NAMES {
            handed.extend(arguments.get(names).map(|given| (role, given.clone())));
        }
        let positional = library.positional.iter().copied().zip(arguments.positional);
        for (role, given) in positional {
            if !handed.iter().any(|(it, _)| *it == role) {
                handed.push((role, given));
            }
        }
        Self(handed)
    }

    fn get(&self, role: Role) -> Option<&Given> {
        self.0.iter().find(|(it, _)| *it == role).map(|(_, given)| given)
    }

    /// Adds what the calls in front hand over, the nearest first.
    fn add_setup(
        &mut self,
        library: &Library,
        tokens: &[Token],
        from: usize,
        to: usize,
        text: &str,
    ) {
        for at in (from..to).rev() {
            let Some(name) = word(tokens, at, text) else { continue };
            if !library.setup.contains(&name) || mark(tokens, at + 1) != Some(b'(') {
                continue;
            }
            let arguments = Arguments::between_brackets(tokens, at + 1, text);
            let role = match name {
                "setUsername" => Some(Role::Username),
                "setClientId" => Some(Role::ClientId),
                "setClientSecret" => Some(Role::ClientSecret),
                name if name.ends_with("Endpoint") => Some(Role::Host),
                "NewClient" | "new" => Some(Role::Host),
                _ => None,
            };
            let first = arguments.positional.first().cloned();
            let more = role.zip(first).into_iter();
            for (role, given) in more.chain(Self::of(library, named_alone(arguments)).0) {
                if self.get(role).is_none() {
                    self.0.push((role, given));
                }
            }
        }
    }
}

fn named_alone(arguments: Arguments) -> Arguments {
    Arguments { positional: Vec::new(), ..arguments }
}

fn login(library: &Library, tokens: &[Token], last: usize, at: usize, text: &str) -> Option<Login> {
    let given = arguments(library, tokens, at, text)?;
    let session = given.get(&["sessionid", "accesstoken"]).is_some();
    let key = given.get(&["privatekeyfile", "privatekey"]).is_some();
    let domain = given.get(&["domain"]).cloned();
    let sandbox = given.get(&["sandbox"]).cloned();
    let mut handed = Handed::of(library, given);
    let has_password = handed.get(Role::Password).is_some();
    handed.add_setup(library, tokens, last, at, text);
    let has = |role| handed.get(role).is_some();
    let flow = match library.by {
        _ if key => Flow::Jwt,
        _ if session && !has_password => Flow::Session,
        _ if !has_password && has(Role::ClientSecret) => Flow::ClientCredentials,
        _ if !has_password || !has(Role::Username) => return None,
        By::Always(flow) => flow,
        By::Arguments if has(Role::ClientSecret) => Flow::UsernamePassword,
        By::Arguments => Flow::Basic,
    };
    let first = at + 1 - library.callee.len().min(at + 1);
    let start = match library.form {
        Form::Command => tokens.get(first)?.span,
        _ => tokens.get(at)?.span,
    };
    let place = start.cover(tokens.get(at)?.span);
    let mut login = Login::new(library.tool, flow, place);
    login.username = handed.get(Role::Username).map(written);
    login.client_id = handed.get(Role::ClientId).map(written);
    login.password = handed.get(Role::Password).map(secret);
    login.security_token = handed.get(Role::SecurityToken).map(secret);
    login.client_secret = handed.get(Role::ClientSecret).map(secret);
    let version = handed.get(Role::ApiVersion).and_then(Given::literal);
    login.api_version = version.and_then(api_version_in);
    let host = handed.get(Role::Host).and_then(Given::literal).cloned();
    if let Some(host) = host.filter(|host| is_address(&host.value)) {
        login.set_address(host, text);
    } else if let Some(domain) = domain.as_ref().and_then(Given::literal) {
        login.host = Some(of_domain(domain));
    }
    if let Some(sandbox) = sandbox {
        let is_true = matches!(&sandbox, Given::Expression(span) if span.text(text).eq_ignore_ascii_case("true"));
        if let (true, Given::Expression(span)) = (is_true, &sandbox) {
            login.sandbox = Some((true, *span));
        }
    }
    Some(login)
}

fn is_address(value: &str) -> bool {
    value.contains('.') && !is_placeholder_host(value)
}

/// `test`, `acme.my`: what stands before `.salesforce.com`.
fn of_domain(domain: &Located) -> Located {
    let is_whole = domain.value.contains(".salesforce.") || domain.value.contains("://");
    let value =
        if is_whole { domain.value.clone() } else { format!("{}.salesforce.com", domain.value) };
    Located { value, span: domain.span }
}

fn written(given: &Given) -> Written {
    match given {
        Given::Literal(text) if !text.value.is_empty() => Written::Literal(text.clone()),
        Given::Literal(text) => Written::Reference(text.span),
        Given::Expression(span) => Written::Reference(*span),
    }
}

fn secret(given: &Given) -> Secret {
    match given {
        Given::Literal(text) if !text.value.is_empty() => Secret::literal(text.clone()),
        Given::Literal(text) => Secret::Reference(text.span),
        Given::Expression(span) => Secret::Reference(*span),
    }
}
