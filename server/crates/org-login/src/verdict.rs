//! What an answer to a login means.

use org_schema::hosts::{self, HostKind};
use url::Url;

use crate::answer::{Answer, BodyKind};
use crate::causes::{Reason, recognise_code, recognise_page};
use crate::policy::{Destination, session_host};
use crate::result::SalesforceAnswer;
use crate::scrub::Scrubber;
use crate::server_error::{ServerError, server_error};
use crate::session::Session;
use crate::soap::{self, LoginAnswer};
use crate::target::Flow;
use crate::xml::Document;
use crate::{Cause, oauth};

/// The meaning of an answer.
pub(crate) enum Verdict {
    Session(Box<Session>),
    Refused(Reason, SalesforceAnswer),
}

/// Judges `answer`. Whatever of it ends up in the verdict is scrubbed, but for the session.
pub(crate) fn verdict(
    flow: Flow,
    destination: &Destination,
    answer: &Answer,
    scrubber: &Scrubber,
) -> Verdict {
    let status_alone =
        || SalesforceAnswer { http_status: Some(answer.status), ..SalesforceAnswer::default() };
    if (300..400).contains(&answer.status) {
        return Verdict::Refused(redirect(flow, destination, answer, scrubber), status_alone());
    }
    let error = match server_error(answer) {
        Ok(error) => error,
        Err(_) => {
            return Verdict::Refused(refused_xml(answer, destination), status_alone());
        }
    };
    if error.as_ref().is_none_or(|error| error.code.is_none()) {
        match session(flow, answer) {
            Some(Ok(session)) => return Verdict::Session(Box::new(session)),
            Some(Err(reason)) => return Verdict::Refused(reason, status_alone()),
            None => {}
        }
    }
    let reason = match &error {
        Some(ServerError { code: Some(code), message }) => {
            by_code(flow, answer.status, code, message.as_deref())
        }
        _ => recognise_page(answer, &destination.host),
    };
    let clean = |text: Option<String>| text.map(|text| scrubber.clean(&text));
    let ServerError { code, message } = error.unwrap_or_default();
    Verdict::Refused(
        cleaned(reason, scrubber),
        SalesforceAnswer {
            code: clean(code),
            message: clean(message),
            http_status: Some(answer.status),
        },
    )
}

/// XML that is not read. Where the status alone says enough, it need not be.
fn refused_xml(answer: &Answer, destination: &Destination) -> Reason {
    let declares = answer.body.contains("<!DOCTYPE") || answer.body.contains("<!ENTITY");
    match answer.status {
        404 | 405 | 407 | 410 | 429 | 501.. if !declares => {
            recognise_page(answer, &destination.host)
        }
        _ => Reason::UnsafeXml,
    }
}

/// The session in a success, or why there is none although the answer has the form of one.
fn session(flow: Flow, answer: &Answer) -> Option<Result<Session, Reason>> {
    if !(200..300).contains(&answer.status) {
        return None;
    }
    match flow {
        Flow::OAuth => match oauth::read(&answer.body) {
            Some(session) => Some(Ok(session)),
            None => oauth::is_success(&answer.body).then_some(Err(Reason::NoSession)),
        },
        Flow::Soap if answer.kind() == BodyKind::Xml => {
            let document = Document::parse(&answer.body).ok()?;
            Some(match soap::read(&document)? {
                LoginAnswer::Session(session) => Ok(session),
                LoginAnswer::PasswordExpired => Err(Reason::PasswordExpired),
                LoginAnswer::NoSession => Err(Reason::NoSession),
            })
        }
        Flow::Soap => None,
    }
}

/// The reason for a code. A server in trouble may say anything, so an overload or an error of its
/// own never counts against the credentials. A SOAP fault comes with HTTP 500 as a rule, so only a
/// gateway's statuses (502 to 504) make it doubtful; 407 and 511 are never the login host's own.
fn by_code(flow: Flow, status: u16, code: &str, message: Option<&str>) -> Reason {
    let reason = recognise_code(flow, code, message);
    let blames = reason.cause().blames_credentials();
    match (flow, status) {
        (_, 407) => Reason::ProxyAuthentication { proxy: None },
        (_, 511) => Reason::NetworkSignIn,
        (_, 429) if blames || reason.cause() == Cause::Other => Reason::RateLimited,
        (_, 502..=504) if blames || reason.cause() == Cause::Other => Reason::SalesforceUnavailable,
        (Flow::OAuth, 500..) if blames => Reason::SalesforceUnavailable,
        (_, 404 | 405) if matches!(reason, Reason::Unknown { .. }) => Reason::NoLoginAtThisAddress,
        _ => reason,
    }
}

/// A redirect is never followed; where it leads tells what it means.
fn redirect(flow: Flow, destination: &Destination, answer: &Answer, scrubber: &Scrubber) -> Reason {
    let Some(to) = redirect_target(destination, answer, scrubber) else {
        return Reason::Redirected { to: None };
    };
    let to_host = to.host_str().unwrap_or_default().to_owned();
    if to_host == destination.host {
        return Reason::Redirected { to: None };
    }
    if !is_salesforces(&to_host) {
        return Reason::RedirectedAway { to: to_host };
    }
    if announces_trouble(&to, &to_host) {
        return Reason::SalesforceUnavailable;
    }
    match session_host(to.as_str()) {
        Some(host) if takes_login(flow, &host) && may_be_renamed(&destination.host, &host) => {
            Reason::HostMoved { to: host }
        }
        _ => Reason::Redirected { to: Some(to_host) },
    }
}

/// Whether a host belongs to Salesforce, whatever answers there.
fn is_salesforces(host: &str) -> bool {
    use HostKind::{Invalid, IpLiteral, Loopback, Other};
    let site = |suffix| host.ends_with(suffix);
    site(".salesforce.com")
        || site(".salesforce.mil")
        || !matches!(hosts::classify(host), Other | Invalid | IpLiteral | Loopback)
}

/// The pages about the state of Salesforce's service.
fn announces_trouble(to: &Url, host: &str) -> bool {
    ["status.", "trust.", "maintenance."].iter().any(|label| host.starts_with(label))
        || to.path().to_lowercase().contains("maintenance")
}

/// Whether a redirect from `from` to `to` can be that of a renamed My Domain. Only a My Domain is
/// renamed, and stays in its partition; or it keeps its name and gets a partition (enhanced
/// domains). A host that the user allowed stands for a My Domain that is not known here.
fn may_be_renamed(from: &str, to: &str) -> bool {
    let label = |host: &str| host.split('.').next().map(str::to_lowercase);
    match (hosts::classify(from), hosts::classify(to)) {
        (HostKind::MyDomain { partition: old }, HostKind::MyDomain { partition: new }) => {
            old == new || label(from) == label(to)
        }
        (HostKind::MyDomainMil, HostKind::MyDomainMil) => true,
        (from, HostKind::MyDomain { .. } | HostKind::MyDomainMil) => !from.is_salesforce_api_host(),
        _ => false,
    }
}

fn takes_login(flow: Flow, host: &str) -> bool {
    match flow {
        Flow::Soap => hosts::accepts_soap_login(host),
        Flow::OAuth => hosts::accepts_client_credentials(host),
    }
}

/// The address in `Location`, else in the page's first link. Scrubbed first: an address can echo
/// what was sent, and reading it turns capitals into small letters.
fn redirect_target(destination: &Destination, answer: &Answer, scrubber: &Scrubber) -> Option<Url> {
    let written = answer.location.as_deref().or_else(|| {
        let (_, link) = answer.body.split_once("href=\"")?;
        link.split('"').next()
    })?;
    Url::parse(&destination.origin).ok()?.join(&scrubber.clean(written)).ok()
}

/// Texts inside a reason come from outside, too.
fn cleaned(reason: Reason, scrubber: &Scrubber) -> Reason {
    match reason {
        Reason::ProxyPage { title } => {
            Reason::ProxyPage { title: title.map(|title| scrubber.clean(&title)) }
        }
        Reason::GatewayTrouble { title } => {
            Reason::GatewayTrouble { title: title.map(|title| scrubber.clean(&title)) }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
