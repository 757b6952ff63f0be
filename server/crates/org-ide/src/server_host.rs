//! What is wrong with a written *Server host*: one answer, the most specific one, that the
//! `server-host-*` rules share.

use std::borrow::Cow;

use org_schema::address::Address;
use org_schema::foreign_ref;
use org_schema::hosts::{self, HostKind};
use org_schema::members::AuthType;
use org_schema::pasted::{self, Pasted};

use crate::effective::url_host;
use crate::finding::{Edit, Fix};
use crate::lower::StringValue;
use crate::member_edits::remove_member;
use crate::rules::RuleContext;

/// The one thing that is wrong with a server host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServerHostProblem {
    /// Not a host name.
    Form {
        /// What to do, in one sentence.
        message: Cow<'static, str>,
        /// The host as it should be, where that can be told.
        mended: Option<String>,
    },
    /// No API host of Salesforce's, IP literals and hosts for people included.
    NotSalesforce {
        /// What it is, where Salesforce gives an org such a host: completes "This is …".
        what: Option<&'static str>,
        /// The My Domain host behind a host for people, where it can be told.
        my_domain: Option<String>,
    },
    /// OAuth 2.0: not the host of the instance URL, which is this.
    Mismatch {
        /// The host of the instance URL, in lower case.
        instance_host: String,
    },
}

/// The server host that is written, and filled in.
pub(crate) fn written_server_host<'a>(cx: &RuleContext<'a>) -> Option<&'a StringValue> {
    cx.filled_in(&cx.org()?.server_host)
}

/// Looks at the server host of an org; `None` when it is fine, allowed by the user, not filled in,
/// or not there.
pub(crate) fn server_host_problem(cx: &RuleContext<'_>) -> Option<ServerHostProblem> {
    let host = written_server_host(cx)?.value.as_str();
    if cx.context.allowed.find_host_port(host).is_some() {
        return None;
    }
    let instance_host = instance_host(cx);
    if instance_host.as_deref() == Some(host.to_ascii_lowercase().as_str()) {
        // A copy of the instance URL's host: if that is wrong, it is said there.
        return None;
    }
    if let Some(form) = form_problem(host) {
        return Some(in_words_of(cx, form));
    }
    if !hosts::is_salesforce_api_host(host) {
        return Some(ServerHostProblem::NotSalesforce {
            what: hosts::what_ui_host_is(host),
            my_domain: hosts::my_domain_for_ui_host(host),
        });
    }
    let instance_host = instance_host.filter(|_| cx.instance_url_problem().is_none())?;
    Some(ServerHostProblem::Mismatch { instance_host })
}

/// Design Studio keeps the host as a URL, so what is wrong with it is said otherwise there.
fn in_words_of(cx: &RuleContext<'_>, problem: ServerHostProblem) -> ServerHostProblem {
    match problem {
        ServerHostProblem::Form { mended, .. } if cx.document.kind().is_design_studio() => {
            let name = cx.document.name_of("serverHost");
            let message = format!(
                "\"{name}\" has to be https://, a host of Salesforce and a slash. Correct it in Design Studio."
            );
            ServerHostProblem::Form { message: message.into(), mended }
        }
        other => other,
    }
}

/// The host of the instance URL in lower case, with OAuth 2.0 and once it is filled in.
fn instance_host(cx: &RuleContext<'_>) -> Option<String> {
    let org = cx.org_with(AuthType::OAuth2ClientCredentials)?;
    let url = cx.filled_in(&org.auth.instance_url)?;
    url_host(&url.value).map(str::to_ascii_lowercase)
}

/// A host name and nothing around it.
fn form_problem(written: &str) -> Option<ServerHostProblem> {
    if let Some(Pasted { host, around }) = pasted::find(written) {
        return Some(ServerHostProblem::Form {
            message: format!(
                "More than the host name in the server host: {around}. Leave only the host name."
            )
            .into(),
            mended: host.filter(|host| hosts::accepts_soap_login(host)),
        });
    }
    let message = form_message(written)?.into();
    let packed: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let host = Some(bare_host(&packed)).filter(|host| hosts::is_salesforce_host(host));
    let mended =
        host.map(|host| hosts::my_domain_for_ui_host(host).unwrap_or_else(|| host.to_owned()));
    Some(ServerHostProblem::Form { message, mended })
}

fn form_message(written: &str) -> Option<&'static str> {
    if foreign_ref::is_any(written) {
        return Some("The server host cannot be a reference. Write the host itself.");
    }
    if written.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Some("Spaces in the server host. Write the host name alone.");
    }
    if written.contains("://") {
        return Some("The server host has a scheme. Write only the host name.");
    }
    if written.contains('@') {
        return Some("A user name in the server host. Write the host name alone.");
    }
    if written.contains(['/', '?', '#', '\\']) {
        return Some("A path or query in the server host. End it after the host name.");
    }
    if hosts::classify(written) != HostKind::Invalid {
        return None;
    }
    if written.ends_with('.') {
        return Some("A dot at the end of the server host. Remove it.");
    }
    if Address::split(written).port.is_some() {
        return Some("A port in the server host. Remove it: Salesforce uses 443 only.");
    }
    Some("This is not a host name. Write one like \"acme.my.salesforce.com\".")
}

/// What is left without scheme, user-info, port, path and dots at the end.
fn bare_host(written: &str) -> &str {
    Address::split(written).host_name()
}

/// Replaces the server host; `safe` as in [`Fix::safe`].
pub(crate) fn change_server_host(cx: &RuleContext<'_>, host: &str, safe: bool) -> Vec<Fix> {
    written_server_host(cx)
        .map(|string| Fix {
            title: format!("Change to \"{host}\""),
            edits: vec![Edit::replace(string.span, org_syntax::quote(host))],
            safe,
            preferred: true,
        })
        .into_iter()
        .collect()
}

/// Removes the server host, so that the system completes it.
pub(crate) fn remove_server_host(cx: &RuleContext<'_>) -> Vec<Fix> {
    cx.org()
        .and_then(|org| Some((org.root?, org.server_host.as_ref()?.member?)))
        .map(|(root, member)| Fix {
            title: "Remove \"serverHost\": the system completes it".to_owned(),
            edits: remove_member(cx.text(), cx.tree(), root, member),
            safe: false,
            preferred: false,
        })
        .into_iter()
        .collect()
}
