//! Logins in source code: calls of known libraries with a user name and a password, addresses of SOAP
//! `login()`, and requests of the OAuth 2.0 username-password flow.
//!
//! Nothing is compiled or run, so all of it is possible and never certain. The libraries stand in one
//! table ([`libraries`]).

mod addresses;
mod arguments;
mod calls;
mod lexer;
mod libraries;
mod names;

use crate::logins::{Flow, Language, Login};

pub use libraries::markers;

/// The logins of a text in a language, in the order of the text.
pub(crate) fn read(language: Language, text: &str) -> Vec<Login> {
    let lexed = lexer::read(language, text);
    let mut logins = Vec::new();
    if language != Language::Prose {
        logins = calls::read(language, text, &lexed.code);
        let mut in_comments = calls::read(language, text, &lexed.comments);
        in_comments.iter_mut().for_each(|login| login.is_comment = true);
        logins.extend(in_comments);
    }
    let is_in_comment = |at: u32| lexed.comment_at(at);
    let addresses = addresses::soap(text, is_in_comment);
    let requests = addresses::password_grants(text, is_in_comment);
    complete(&mut logins, &addresses, text);
    // A library that is called in the same file is what uses the address.
    let calls_a_library =
        |flow: Flow| logins.iter().any(|login| login.flow == flow && !login.is_comment);
    let (has_soap, has_grant) =
        (calls_a_library(Flow::Basic), calls_a_library(Flow::UsernamePassword));
    logins.extend(addresses.into_iter().filter(|address| address.is_comment || !has_soap));
    logins.extend(requests.into_iter().filter(|request| request.is_comment || !has_grant));
    logins.iter_mut().for_each(|login| login.is_possible = true);
    logins
}

/// A login that says neither host nor version has those that the file has only one of.
fn complete(logins: &mut [Login], addresses: &[Login], text: &str) {
    let mut in_code = addresses.iter().filter(|address| !address.is_comment);
    let value = |it: &Option<crate::Located>| it.as_ref().map(|it| it.value.clone());
    let is_same = |a: &Login, b: &Login| {
        value(&a.host) == value(&b.host) && value(&a.api_version) == value(&b.api_version)
    };
    let first = in_code.next();
    let address = first.filter(|first| in_code.all(|other| is_same(first, other)));
    let host = addresses::only_host(text);
    for login in logins.iter_mut().filter(|login| !login.is_comment) {
        if let Some(address) = address.filter(|_| login.flow == Flow::Basic) {
            login.host = login.host.take().or_else(|| address.host.clone());
            login.api_version = login.api_version.take().or_else(|| address.api_version.clone());
        }
        login.host = login.host.take().or_else(|| host.clone());
    }
}

#[cfg(test)]
mod tests;
