//! Calls of the libraries of the table.

use super::arguments::{Arguments, Code, Given};
use super::lexer::{Kind, Token};
use super::libraries::{ANY, By, Form, LIBRARIES, Library};
use super::names::Names;
use crate::logins::{Flow, Language, Login, Secret, Written, api_version_in, is_placeholder_host};
use crate::{Located, LoginPart};

/// The names of arguments, in lower case and without `_`.
const NAMES: [(LoginPart, &[&str]); 8] = [
    (LoginPart::Username, &["username", "user", "login", "userid"]),
    (LoginPart::Password, &["password", "pass", "passwd", "pwd"]),
    (LoginPart::SecurityToken, &["securitytoken", "token"]),
    (LoginPart::ClientId, &["clientid", "consumerkey", "consumerid"]),
    (LoginPart::ClientSecret, &["clientsecret", "consumersecret"]),
    (LoginPart::ApiVersion, &["version", "apiversion", "sfversion"]),
    (
        LoginPart::Host,
        &[
            "instanceurl",
            "loginurl",
            "loginuri",
            "instance",
            "host",
            "url",
            "endpoint",
            "serverurl",
        ],
    ),
    (LoginPart::Sandbox, &["environment"]),
];

/// Words in front of a name that define it instead of calling it.
const DEFINES: [&str; 9] =
    ["def", "class", "function", "func", "import", "interface", "public", "private", "void"];

/// Objects that are asked to log in and are none of a library: the code's own, and those of programs that
/// look at pages.
const NO_CONNECTIONS: [&str; 16] = [
    "this", "self", "$this", "super", "cy", "page", "app", "api", "auth", "passport", "firebase",
    "browser", "user", "session", "users", "account",
];
/// What the name of a connection, or what it is made by, has in it.
const CONNECTIONS: [&str; 8] =
    ["force", "sf", "conn", "soap", "beatbox", "binding", "service", "svc"];

/// So many calls of one file are looked at.
pub(super) const MAX_CALLS: usize = 20_000;
/// So many calls around one are looked at for what they prepare.
const MAX_SETUP: usize = 16;

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
    let names = Names::of(tokens, text);
    let code = Code { text, tokens, names: Some(&names) };
    let callees = |at: usize| libraries.iter().copied().filter(move |it| is_called(it, code, at));
    let calls: Vec<(usize, &Library)> = (0..tokens.len())
        .filter(|at| tokens[*at].kind == Kind::Word)
        .flat_map(|at| callees(at).map(move |library| (at, library)))
        .take(MAX_CALLS)
        .collect();
    let setups = setups(&libraries, code);
    let mut last = 0;
    for (index, (at, library)) in calls.iter().enumerate() {
        let next = calls[index + 1..].iter().map(|(next, _)| *next).find(|next| next > at);
        let around = Around { setups: &setups, from: last, to: next.unwrap_or(tokens.len()) };
        let is_taken = last == *at && !logins.is_empty();
        let login = if is_taken { None } else { login(library, code, &around, *at) };
        if let Some(login) = login {
            last = *at;
            logins.push(login);
        }
    }
    logins
}

/// Calls of all libraries that prepare a login, in order.
fn setups(libraries: &[&Library], code: Code<'_>) -> Vec<usize> {
    let is_one = |at: &usize| {
        let name = code.name_at(*at);
        mark(code.tokens, at + 1) == Some(b'(')
            && name.is_some_and(|name| libraries.iter().any(|it| it.setup.contains(&name)))
    };
    let words = (0..code.tokens.len()).filter(|at| code.tokens[*at].kind == Kind::Word);
    words.filter(is_one).collect()
}

/// Where the calls stand that may prepare one.
struct Around<'a> {
    setups: &'a [usize],
    /// Behind the last login, and in front of the next call.
    from: usize,
    to: usize,
}

impl Around<'_> {
    /// Those in front of a call, the nearest first, and then those behind it.
    fn calls(&self, at: usize, is_set_up_behind: bool) -> impl Iterator<Item = usize> + '_ {
        let here = self.setups.partition_point(|setup| *setup < at);
        let (before, behind) = self.setups.split_at(here);
        let (from, to) = (self.from, if is_set_up_behind { self.to } else { at });
        let before = before.iter().rev().take(MAX_SETUP).take_while(move |setup| **setup >= from);
        let behind = behind.iter().take(MAX_SETUP).take_while(move |setup| **setup < to);
        before.chain(behind).copied()
    }
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
fn is_called(library: &Library, code: Code<'_>, at: usize) -> bool {
    let Code { text, tokens, .. } = code;
    let mut here = Some(at);
    for (index, name) in library.callee.iter().rev().enumerate() {
        let Some(place) = here else { return false };
        if *name == ANY {
            return !is_general(library) || may_be_connection(library, code, place);
        }
        if code.name_at(place) != Some(*name) {
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

/// Whether many things have a method of this name.
fn is_general(library: &Library) -> bool {
    library.callee.last().is_some_and(|name| matches!(*name, "login" | "authenticate"))
}

/// Whether what stands at `at` may be the library's: not when its name or what it is set to says otherwise.
fn may_be_connection(library: &Library, code: Code<'_>, at: usize) -> bool {
    let Some(name) = word(code.tokens, at, code.text) else { return true };
    if NO_CONNECTIONS.contains(&name) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    if CONNECTIONS.iter().any(|it| lower.contains(it)) {
        return true;
    }
    let words = [&CONNECTIONS[..], library.marker].concat();
    !code.names.is_some_and(|names| names.is_something_else(name, &words, code.tokens, code.text))
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

fn arguments(library: &Library, code: Code<'_>, at: usize) -> Option<Arguments> {
    let Code { text, tokens, .. } = code;
    let next = at + 1;
    match (library.form, mark(tokens, next)) {
        (Form::Call | Form::RubyCall, Some(b'(')) | (Form::Literal, Some(b'{')) => {
            Some(Arguments::between_brackets(code, next))
        }
        (Form::RubyCall, found) if !matches!(found, Some(b'.' | b'=' | b')')) => {
            Some(Arguments::on_line(code, next))
        }
        (Form::RubyBlock, _) if word(tokens, next, text) == Some("do") => {
            Some(Arguments::in_block(code, next + 1, "end"))
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
struct Handed(Vec<(LoginPart, Given)>);

impl Handed {
    fn of(library: &Library, arguments: Arguments, text: &str) -> Self {
        let mut handed = Vec::new();
        for (role, names) in NAMES {
            handed.extend(arguments.get(names).map(|given| (role, given.clone())));
        }
        // Headers that a generated method takes first, and that are left out.
        let is_nothing =
            |given: &Given| matches!(given, Given::Expression(span) if span.text(text) == "null");
        let positional: Vec<Given> =
            arguments.positional.into_iter().skip_while(is_nothing).collect();
        for (role, given) in library.positional.iter().copied().zip(positional) {
            if !handed.iter().any(|(it, _)| *it == role) {
                handed.push((role, given));
            }
        }
        Self(handed)
    }

    fn get(&self, role: LoginPart) -> Option<&Given> {
        self.0.iter().find(|(it, _)| *it == role).map(|(_, given)| given)
    }

    /// Adds what the calls around hand over, the nearest first.
    fn add_setup(&mut self, library: &Library, code: Code<'_>, around: &Around<'_>, at: usize) {
        let is_setter = library.callee.last().is_some_and(|name| name.starts_with("set"));
        for setup in around.calls(at, is_setter) {
            let Some(name) = code.name_at(setup) else { continue };
            if !library.setup.contains(&name) || is_of_other(code, setup, at) {
                continue;
            }
            let arguments = Arguments::between_brackets(code, setup + 1);
            let roles: &[LoginPart] = match name {
                "setUsername" => &[LoginPart::Username],
                "setClientId" => &[LoginPart::ClientId],
                "setClientSecret" => &[LoginPart::ClientSecret],
                "NewClient" => &[LoginPart::Host, LoginPart::ClientId, LoginPart::ApiVersion],
                "new" => &[LoginPart::Host],
                name if name.ends_with("Endpoint") => &[LoginPart::Host],
                _ => &[],
            };
            let positional: Vec<(LoginPart, Given)> =
                roles.iter().copied().zip(arguments.positional.iter().cloned()).collect();
            let more = positional.into_iter();
            for (role, given) in more.chain(Self::of(library, named_alone(arguments), code.text).0)
            {
                if self.get(role).is_none() {
                    self.0.push((role, given));
                }
            }
        }
    }
}

/// Whether two setters are called on two objects, each with a name.
fn is_of_other(code: Code<'_>, setup: usize, at: usize) -> bool {
    let is_setter =
        |at: usize| word(code.tokens, at, code.text).is_some_and(|name| name.starts_with("set"));
    let owner = |at: usize| word(code.tokens, before_separator(code.tokens, at)?, code.text);
    is_setter(setup)
        && is_setter(at)
        && owner(setup).zip(owner(at)).is_some_and(|(one, other)| one != other)
}

fn named_alone(arguments: Arguments) -> Arguments {
    Arguments { positional: Vec::new(), ..arguments }
}

fn login(library: &Library, code: Code<'_>, around: &Around<'_>, at: usize) -> Option<Login> {
    let Code { text, tokens, .. } = code;
    let given = arguments(library, code, at)?;
    let session = given.get(&["sessionid", "accesstoken"]).is_some();
    let key = given.get(&["privatekeyfile", "privatekey"]).is_some();
    let domain = given.get(&["domain"]).cloned();
    let sandbox = given.get(&["sandbox", "issandbox"]).cloned();
    let mut handed = Handed::of(library, given, text);
    let has_password = handed.get(LoginPart::Password).is_some();
    handed.add_setup(library, code, around, at);
    let has = |role| handed.get(role).is_some();
    let flow = match library.by {
        _ if key => Flow::Jwt,
        _ if session && !has_password => Flow::Session,
        _ if !has_password && has(LoginPart::ClientSecret) => Flow::ClientCredentials,
        _ if !has_password || !has(LoginPart::Username) => return None,
        By::Always(flow) => flow,
        By::Arguments if has(LoginPart::ClientSecret) => Flow::UsernamePassword,
        By::Arguments => Flow::Basic,
    };
    let first = at + 1 - library.callee.len().min(at + 1);
    let start = match library.form {
        Form::Command => tokens.get(first)?.span,
        _ => tokens.get(at)?.span,
    };
    let place = start.cover(tokens.get(at)?.span);
    let mut login = Login::new(library.tool, flow, place);
    login.username = handed.get(LoginPart::Username).map(written);
    login.client_id = handed.get(LoginPart::ClientId).map(written);
    login.password = handed.get(LoginPart::Password).map(secret);
    login.security_token = handed.get(LoginPart::SecurityToken).map(secret);
    login.client_secret = handed.get(LoginPart::ClientSecret).map(secret);
    login.api_version = handed.get(LoginPart::ApiVersion).and_then(|given| match given {
        Given::Literal(version) => api_version_in(version),
        // A number is no string.
        Given::Expression(span) => {
            api_version_in(&Located { value: span.text(text).to_owned(), span: *span })
        }
    });
    let host = handed.get(LoginPart::Host).and_then(Given::literal).cloned();
    if let Some(host) = host.filter(|host| is_address(&host.value)) {
        login.set_address(host, text);
    } else if let Some(domain) = domain.as_ref().and_then(Given::literal) {
        login.host = Some(of_domain(domain));
    }
    if let Some(Given::Expression(span)) = sandbox {
        let written = span.text(text).to_ascii_lowercase();
        login.sandbox =
            matches!(written.as_str(), "true" | "false").then(|| (written == "true", span));
    } else if let Some(environment) = handed.get(LoginPart::Sandbox).and_then(Given::literal) {
        let is_sandbox = environment.value == "sandbox";
        let is_known = is_sandbox || environment.value == "production";
        login.sandbox = is_known.then_some((is_sandbox, environment.span));
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
