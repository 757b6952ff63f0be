//! Which org stops working when, why, and what keeps it working: the board *What Breaks When*.
//!
//! Plain data: today comes in, and who draws it (`sforg check --when`, a view, a report) chooses the
//! form. [`of_document`] looks at an org file, [`of_login`] at a login that was found anywhere else.

mod board;

use org_schema::hosts::{self, HostKind};
use org_schema::members::AuthType;
use org_schema::versions::{self, LAST_RETIRED, LAST_RETIRING, LAST_SOAP_LOGIN, SoapLogin};
use org_schema::{ApiVersion, Date};
use org_sources::logins::Flow;
use org_syntax::Span;

use crate::context::Context;
use crate::document::Document;
use crate::effective::EffectiveVersion;
use crate::host_analysis::written_login_host;
use crate::lower::{Field, OrgDef};

pub use board::{Board, Entry, Group};

/// From when on something does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// It does not work today.
    Now,
    /// It stops on that day; where Salesforce names a release alone, the day stands for it.
    On(Date),
}

impl When {
    fn of(date: Date, today: Date) -> Self {
        if date <= today { Self::Now } else { Self::On(date) }
    }

    /// The days from `today` until then; 0 when it is now.
    pub fn days_from(self, today: Date) -> i64 {
        match self {
            Self::Now => 0,
            Self::On(date) => today.days_until(date).max(0),
        }
    }

    /// The day; `None` when it is now.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Now => None,
            Self::On(date) => Some(date),
        }
    }
}

/// Why something stops working.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Salesforce has retired the API version.
    VersionRetired,
    /// Basic authentication at an API version that has no SOAP `login()`.
    NoSoapLogin,
    /// The OAuth 2.0 username-password flow ends.
    PasswordFlowEnds,
    /// Basic authentication: SOAP `login()` ends with Summer '27.
    SoapLoginEnds,
    /// API traffic to instance hosts ends in phases.
    InstanceHostEnds,
    /// Salesforce retires the API version with Summer '28.
    VersionRetires,
}

/// What keeps an org working.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Migration {
    /// *Convert to OAuth 2.0 client credentials* (`sforg convert`).
    Convert,
    /// A newer API version (`sforg upgrade`).
    Upgrade,
    /// The org's My Domain in place of the instance host.
    UseMyDomain,
}

impl Reason {
    /// The first day on which it does not work.
    fn date(self) -> Option<Date> {
        match self {
            Self::VersionRetired | Self::NoSoapLogin => None,
            Self::PasswordFlowEnds => Some(versions::PASSWORD_FLOW_ENDS),
            Self::SoapLoginEnds => Some(versions::SUMMER_27),
            Self::InstanceHostEnds => Some(versions::SPRING_27),
            Self::VersionRetires => Some(versions::SUMMER_28),
        }
    }

    /// What happens, for a heading.
    pub fn what(self, when: When) -> String {
        let is_over = when == When::Now;
        let tense = |over: &str, coming: &str| (if is_over { over } else { coming }).to_owned();
        match self {
            Self::VersionRetired => "API version is retired: every call fails".to_owned(),
            Self::NoSoapLogin => format!(
                "no basic authentication in API {} and later",
                ApiVersion::new(LAST_SOAP_LOGIN.number() + 1)
            ),
            Self::PasswordFlowEnds => tense(
                "the OAuth username-password flow has ended",
                "the OAuth username-password flow ends",
            ),
            Self::SoapLoginEnds => tense(
                "basic authentication has ended with Summer '27",
                "basic authentication ends with Summer '27",
            ),
            Self::InstanceHostEnds => tense(
                "instance hosts end in phases since Spring '27",
                "instance hosts end in phases from Spring '27",
            ),
            Self::VersionRetires => {
                let range = format!("{}\u{2013}{LAST_RETIRING}", after(LAST_RETIRED));
                let verb = tense("has been retired", "is retired");
                format!("API {range} {verb} with Summer '28")
            }
        }
    }

    /// At most 20 characters, for a list in a side bar.
    pub const fn short(self) -> &'static str {
        match self {
            Self::VersionRetired => "API version retired",
            Self::NoSoapLogin => "no basic auth",
            Self::PasswordFlowEnds => "password flow ends",
            Self::SoapLoginEnds => "basic auth ends",
            Self::InstanceHostEnds => "instance host ends",
            Self::VersionRetires => "API version ends",
        }
    }

    /// What keeps the org working.
    pub const fn migration(self) -> Migration {
        match self {
            Self::VersionRetired | Self::VersionRetires => Migration::Upgrade,
            Self::NoSoapLogin | Self::PasswordFlowEnds | Self::SoapLoginEnds => Migration::Convert,
            Self::InstanceHostEnds => Migration::UseMyDomain,
        }
    }

    /// Where Salesforce says so.
    pub const fn source(self) -> &'static str {
        match self {
            Self::VersionRetired | Self::VersionRetires => {
                "https://developer.salesforce.com/docs/platform/api/guide/api-eol-soap.html"
            }
            Self::NoSoapLogin | Self::SoapLoginEnds => "Salesforce Knowledge 005132110",
            Self::PasswordFlowEnds => "Salesforce release notes, Winter '27",
            Self::InstanceHostEnds => "Salesforce release notes, Spring '27",
        }
    }
}

impl Migration {
    /// One sentence that says what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Convert => "Convert to OAuth 2.0 client credentials.",
            Self::Upgrade => "Upgrade to a newer API version.",
            Self::UseMyDomain => "Use the org's My Domain (Setup > My Domain).",
        }
    }
}

/// One thing that stops working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// From when on.
    pub when: When,
    /// Why.
    pub reason: Reason,
    /// The API version that is used, where the reason is about versions.
    pub version: Option<ApiVersion>,
    /// Where in the org's own file it is written (bytes): `auth.type`, `apiVersion`, the host; where the
    /// project writes the version, the org's `name`.
    pub span: Span,
}

/// What of a login decides how long it works.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoginFacts<'a> {
    /// How it authenticates, when that can be told.
    pub auth_type: Option<AuthType>,
    /// Whether it authenticates by the OAuth 2.0 username-password flow, which is no type of ours.
    pub uses_password_flow: bool,
    /// The API version that it uses, when that can be told.
    pub version: Option<ApiVersion>,
    /// The host where it logs in, without a port, when one is written.
    pub host: Option<&'a str>,
}

/// When and why an org of a file stops working, soonest first; nothing for a project file.
pub fn of_document(document: &Document, context: &Context<'_>) -> Vec<Deadline> {
    let Some(org) = document.org() else { return Vec::new() };
    let version = EffectiveVersion::of(org, context.project).map(|effective| effective.version);
    let host = written_login_host(org);
    let facts = LoginFacts {
        auth_type: org.auth_type(),
        uses_password_flow: org.flow == Some(Flow::UsernamePassword),
        version,
        host: host.as_ref().map(|(host, _)| host.as_str()),
    };
    let mut deadlines = of_login(&facts, context.today);
    for deadline in &mut deadlines {
        let written = match deadline.reason.migration() {
            Migration::Convert => org.auth.kind.as_ref().map(Field::span),
            Migration::Upgrade => org.api_version.as_ref().map(Field::span),
            Migration::UseMyDomain => host.as_ref().map(|(_, span)| *span),
        };
        deadline.span = written.unwrap_or_else(|| place_of(org));
    }
    deadlines
}

/// When and why a login stops working, soonest first. The spans are those of the beginning.
pub fn of_login(facts: &LoginFacts<'_>, today: Date) -> Vec<Deadline> {
    let mut reasons = Vec::new();
    let is_basic = facts.auth_type == Some(AuthType::Basic);
    if let Some(version) = facts.version.filter(|version| *version >= versions::LEAST_EVER) {
        if version <= LAST_RETIRED {
            reasons.push(Reason::VersionRetired);
        } else if version <= LAST_RETIRING {
            reasons.push(Reason::VersionRetires);
        }
        if is_basic {
            reasons.extend(match versions::soap_login(version) {
                // The version is gone, and the login with it.
                SoapLogin::Gone => None,
                SoapLogin::UntilSummer27 => Some(Reason::SoapLoginEnds),
                SoapLogin::NotAvailable => Some(Reason::NoSoapLogin),
            });
        }
    } else if is_basic {
        reasons.push(Reason::SoapLoginEnds);
    }
    reasons.extend(facts.uses_password_flow.then_some(Reason::PasswordFlowEnds));
    let kind = facts.host.map(hosts::classify);
    if matches!(kind, Some(HostKind::Instance | HostKind::HyperforceInstance)) {
        reasons.push(Reason::InstanceHostEnds);
    }
    let mut deadlines: Vec<Deadline> = reasons
        .into_iter()
        .map(|reason| Deadline {
            when: reason.date().map_or(When::Now, |date| When::of(date, today)),
            reason,
            version: facts.version,
            span: Span::at(0),
        })
        .collect();
    deadlines.sort_by_key(|deadline| (deadline.when, deadline.reason));
    deadlines
}

/// Where a deadline stands that is not written in the org's own file.
fn place_of(org: &OrgDef) -> Span {
    org.name.as_ref().map_or(Span::at(0), Field::span)
}

fn after(version: ApiVersion) -> ApiVersion {
    ApiVersion::new(version.number() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;
    use crate::test_context::in_context;

    fn told(org: &str, today: &str) -> Vec<(Reason, Option<String>, String)> {
        let document = Document::new(FileKind::Org, org);
        let today = Date::parse(today).expect("a date");
        let deadlines =
            in_context(|context| of_document(&document, &Context { today, ..*context }));
        let told = deadlines.iter().map(|deadline| {
            let date = deadline.when.date().map(|date| date.to_string());
            (deadline.reason, date, deadline.span.text(org).to_owned())
        });
        told.collect()
    }

    #[test]
    fn soonest_first_and_at_the_place_that_decides() {
        let org = r#"{"name": "A", "apiVersion": "38.0", "serverHost": "na139.salesforce.com", "auth": {"type": "basic"}}"#;
        assert_eq!(
            told(org, "2026-11-24"),
            [
                (
                    Reason::InstanceHostEnds,
                    Some("2027-02-01".to_owned()),
                    "\"na139.salesforce.com\"".to_owned()
                ),
                (Reason::SoapLoginEnds, Some("2027-06-01".to_owned()), "\"basic\"".to_owned()),
                (Reason::VersionRetires, Some("2028-06-01".to_owned()), "\"38.0\"".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_over_is_now() {
        let org = r#"{"name": "A", "apiVersion": "40.0", "auth": {"type": "basic"}}"#;
        let reasons = |today| told(org, today).into_iter().map(|(_, date, _)| date);
        assert_eq!(reasons("2027-05-31").flatten().count(), 2);
        assert_eq!(reasons("2027-06-01").flatten().count(), 1);
        assert_eq!(reasons("2028-06-01").flatten().count(), 0);
        let retired = told(r#"{"apiVersion": "28.0", "auth": {"type": "basic"}}"#, "2026-11-24");
        assert_eq!(retired, [(Reason::VersionRetired, None, "\"28.0\"".to_owned())]);
        let removed = told(r#"{"apiVersion": "66.0", "auth": {"type": "basic"}}"#, "2026-11-24");
        assert_eq!(removed, [(Reason::NoSoapLogin, None, "\"basic\"".to_owned())]);
    }

    #[test]
    fn what_has_no_end_has_no_deadline() {
        for org in [
            r#"{"apiVersion": "66.0", "auth": {"type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com"}}"#,
            r#"{"apiVersion": "3.0", "auth": {"type": "oauth2-client-credentials"}}"#,
            r#"{"auth": {}}"#,
            "",
        ] {
            assert_eq!(told(org, "2026-11-24"), [], "{org}");
        }
        // Whatever the version is.
        assert_eq!(told(r#"{"auth": {"type": "basic"}}"#, "2026-11-24").len(), 1);
    }

    #[test]
    fn words_fit_where_they_go() {
        for reason in [
            Reason::VersionRetired,
            Reason::NoSoapLogin,
            Reason::PasswordFlowEnds,
            Reason::SoapLoginEnds,
            Reason::InstanceHostEnds,
            Reason::VersionRetires,
        ] {
            assert!(reason.short().chars().count() <= 20, "{reason:?}");
            for when in [When::Now, When::On(versions::SUMMER_28)] {
                assert!(reason.what(when).chars().count() <= 52, "{reason:?}");
            }
        }
    }
}
