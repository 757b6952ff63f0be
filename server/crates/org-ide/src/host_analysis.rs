//! What is wrong with an instance URL: one answer, the most specific one, that the `instance-url-*`
//! rules share.

use std::borrow::Cow;

use org_schema::address::Address;
use org_schema::hosts::{self, HostKind};
use org_schema::pasted::{self, Pasted};
use org_schema::{allowed_hosts, foreign_ref};

use crate::context::Context;
use crate::document::Document;
use crate::effective::url_host;
use crate::finding::Finding;
use crate::lower::OrgDef;
use crate::rules::{NOT_SALESFORCE_RULES, RuleContext};

/// The one thing that is wrong with an instance URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InstanceUrlProblem {
    /// Its form: scheme, port, path, query, user-info, or no host at all. In words.
    Form {
        /// What is wrong, then what to do.
        message: Cow<'static, str>,
        /// The URL as it should be, where that can be told.
        mended: Option<String>,
    },
    /// `login.salesforce.com` or `test.salesforce.com`.
    LoginHost,
    /// A host that Salesforce gives an org beside its My Domain.
    UserInterface {
        /// Completes "This is …".
        what: &'static str,
        /// The My Domain host, where it can be told.
        my_domain: Option<String>,
    },
    /// No host of Salesforce's, IP literals included.
    NotSalesforce,
    /// An instance host, which ends.
    Legacy,
}

/// Looks at the instance URL of an org; `None` when it is fine, allowed by the user, not filled in,
/// or not there.
pub(crate) fn instance_url_problem(cx: &RuleContext<'_>) -> Option<InstanceUrlProblem> {
    let string = cx.filled_in(&cx.org()?.auth.instance_url)?;
    problem_of(&string.value, cx.context)
}

fn problem_of(url: &str, context: &Context<'_>) -> Option<InstanceUrlProblem> {
    if context.allowed.find_origin(url).is_some() || is_plain_my_domain(url) {
        return None;
    }
    let pasted = pasted::find(url);
    let form = pasted.as_ref().map_or_else(|| form_problem(url), pasted_problem);
    let host = match pasted {
        Some(Pasted { host: None, .. }) => return form,
        Some(Pasted { host: Some(host), .. }) => host,
        None => Address::split(url).host_name().to_ascii_lowercase(),
    };
    let kind = hosts::classify(&host);
    let is_certain = url.contains("://") || kind.is_salesforce_host();
    // Which host it is says more than what stands around it.
    match kind {
        _ if !is_certain || url.starts_with("${") => form,
        HostKind::ProductionLogin | HostKind::SandboxLogin => Some(InstanceUrlProblem::LoginHost),
        HostKind::UserInterface => Some(InstanceUrlProblem::UserInterface {
            what: hosts::what_ui_host_is(&host).unwrap_or("a host for people"),
            my_domain: hosts::my_domain_for_ui_host(&host),
        }),
        HostKind::Invalid => form,
        HostKind::Instance | HostKind::HyperforceInstance => {
            form.or(Some(InstanceUrlProblem::Legacy))
        }
        kind if kind.is_salesforce_api_host() => form,
        _ => Some(InstanceUrlProblem::NotSalesforce),
    }
}

/// Whether it is what nearly all are, with which nothing is wrong: `https://` and a My Domain.
fn is_plain_my_domain(url: &str) -> bool {
    Address::plain_https_host(url).is_some_and(|host| {
        matches!(hosts::classify(host), HostKind::MyDomain { .. } | HostKind::MyDomainMil)
    })
}

fn pasted_problem(pasted: &Pasted) -> Option<InstanceUrlProblem> {
    Some(InstanceUrlProblem::Form {
        message: format!(
            "More than the address in the instance URL: {}. Leave only the address.",
            pasted.around
        )
        .into(),
        mended: pasted.host.as_ref().map(|host| format!("https://{host}")),
    })
}

/// `https://` + host, and nothing else but a lone slash.
fn form_problem(url: &str) -> Option<InstanceUrlProblem> {
    let form = |message: &'static str, mended: Option<String>| {
        Some(InstanceUrlProblem::Form { message: message.into(), mended })
    };
    if foreign_ref::is_any(url) {
        let message = "The instance URL cannot be a reference. Write the URL itself.";
        return form(message, None);
    }
    if url.contains(char::is_whitespace) || url.contains(char::is_control) {
        let packed: String =
            url.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let mended = form_problem(&packed).is_none().then_some(packed);
        return form("Spaces in the instance URL. Write https:// and the host.", mended);
    }
    let Address { scheme, user_info, host, port, behind, .. } = Address::split(url);
    let name = host.trim_end_matches('.');
    let mended = || hosts::is_salesforce_host(name).then(|| format!("https://{name}"));
    let Some(scheme) = scheme else {
        return form("The instance URL has no https://. Write https:// and the host.", mended());
    };
    if !scheme.eq_ignore_ascii_case("https") {
        return form(
            "The instance URL has to begin with https://: Salesforce answers nothing else.",
            mended(),
        );
    }
    if host.is_empty() {
        return form("Missing host behind https://.", None);
    }
    if user_info.is_some() {
        return form("A user name in the instance URL. Write https:// and the host.", mended());
    }
    if port.is_some() {
        return form("A port in the instance URL. Remove it: Salesforce uses 443 only.", mended());
    }
    if !matches!(behind, "" | "/") {
        return form("A path or query in the instance URL. End it after the host.", mended());
    }
    if !host.starts_with('[') && hosts::classify(host) == HostKind::Invalid {
        let message = if host.ends_with('.') {
            "A dot at the end of the instance URL. Remove it."
        } else {
            "This is not a host name. Check the instance URL."
        };
        return form(message, mended());
    }
    None
}

/// The host that the org logs in at as its file says it, without a port: the instance URL's
/// (OAuth), or `serverHost` (basic). `None` when it is derived.
pub(crate) fn written_login_host(org: &OrgDef) -> Option<(String, org_syntax::Span)> {
    use org_schema::members::AuthType;
    let auth_type = match org.flow {
        // Wherever another tool's login goes by another flow, it is written like this.
        Some(_) => org.auth_type().unwrap_or(AuthType::Basic),
        None => org.auth_type()?,
    };
    let (host, span) = match auth_type {
        AuthType::OAuth2ClientCredentials => {
            let string = org.auth.instance_url.as_ref()?.string()?;
            (url_host(&string.value)?, string.span)
        }
        AuthType::Basic => {
            let string = org.server_host.as_ref()?.string()?;
            (string.value.as_str(), string.span)
        }
    };
    Some((host.to_ascii_lowercase(), span))
}

/// How a user would write the host that a finding says is not Salesforce's, in order to allow logins at it; `None`
/// for other findings, and where it cannot be allowed as it is written.
pub fn host_to_allow(document: &Document, finding: &Finding) -> Option<String> {
    NOT_SALESFORCE_RULES.iter().find(|rule| rule.name == finding.rule.name)?;
    let org = document.org()?;
    let mut fields = [&org.auth.instance_url, &org.server_host].into_iter().flatten();
    let written = fields.find(|field| field.span() == finding.span)?.str()?.trim();
    let address = Address::split(written);
    let entry = match address.scheme {
        Some("http") => format!("http://{}", address.host_and_port),
        _ => address.host_and_port.to_owned(),
    };
    Some(entry).filter(|entry| allowed_hosts::parse_entry(entry).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_at_once_is_told_so_the_long_way() {
        let mut plain = 0;
        for form in hosts::HOST_FORMS {
            let host = form.pattern.replace(['<', '>'], "");
            for url in [
                format!("https://{host}"),
                format!("HTTPS://{}/", host.to_uppercase()),
                format!("https://{host}."),
                format!("https://{host}:443"),
                format!("<https://{host}>"),
                format!("https://{host}/x"),
            ] {
                if is_plain_my_domain(&url) {
                    plain += 1;
                    assert_eq!(form_problem(&url), None, "{url}");
                    assert_eq!(pasted::find(&url).map(|pasted| pasted.around), None, "{url}");
                }
            }
        }
        assert!(plain >= 6, "{plain}");
    }
}
