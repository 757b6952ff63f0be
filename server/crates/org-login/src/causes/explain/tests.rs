//! Each reason's words, as a person gets to read them, in one snapshot for each cause.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use org_schema::ApiVersion;

use super::*;
use crate::bindings::{Account, SecretKind, SecretUse};
use crate::causes::Subject;
use crate::secrets::SecretError;
use crate::target::Flow::{self, OAuth, Soap};

fn situation(flow: Flow) -> Situation {
    let host = match flow {
        Soap => "login.salesforce.com",
        OAuth => "acme.my.salesforce.com",
    };
    Situation {
        flow,
        host: host.to_owned(),
        origin: format!("https://{host}"),
        host_written: flow == OAuth,
        username: (flow == Soap).then(|| "integration@example.com".to_owned()),
        has_security_token: true,
        api_version: Some(ApiVersion::new(64)),
        api_version_written: true,
        login_retired: false,
        code: Some("A_CODE".to_owned()),
        retry_after: None,
        served: None,
        ignored_proxy: None,
        hints: Vec::new(),
    }
}

/// Every reason with the flows in which it can come up.
fn reasons() -> Vec<(Reason, &'static [Flow])> {
    const BOTH: &[Flow] = &[Soap, OAuth];
    const S: &[Flow] = &[Soap];
    const O: &[Flow] = &[OAuth];
    let proxy = || Some("proxy.example:3128".to_owned());
    let text = |text: &str| text.to_owned();
    use Reason::*;
    vec![
        (InvalidLogin, S),
        (SecurityTokenMissing, BOTH),
        (PasswordExpired, BOTH),
        (PasswordLockout, BOTH),
        (UserInactive, BOTH),
        (IdentityChallenge, BOTH),
        (IpRestricted, BOTH),
        (LoginHours, BOTH),
        (IpRestrictedOrLoginHours, O),
        (AnyApiAuthMissing, S),
        (ClientNotAllowed, S),
        (TransactionSecurity, BOTH),
        (PortalUser, BOTH),
        (LicenseMissing, BOTH),
        (SingleSignOnGateway, BOTH),
        (SingleSignOnOnly, BOTH),
        (SingleSignOnDown, BOTH),
        (SoapLoginDisabled, S),
        (SoapLoginRemoved, S),
        (ClientIdUnknown, O),
        (ClientSecretWrong, O),
        (FlowDisabled, O),
        (GrantTypeRefused, O),
        (RunAsUserMissing, O),
        (RunAsUserRefused { says_why: false }, O),
        (RunAsUserRefused { says_why: true }, O),
        (GrantRefused, O),
        (ScopeMissing, O),
        (ScopeRefused, O),
        (AppWantsProof, O),
        (AppNotApproved, O),
        (AppNotInOrg, O),
        (AppBlocked, O),
        (NotThisDomain, O),
        (MyDomainOnly, BOTH),
        (NoLoginAtThisAddress, BOTH),
        (HostMoved { to: text("newname.my.salesforce.com") }, BOTH),
        (Redirected { to: Some(text("na139.salesforce.com")) }, BOTH),
        (Redirected { to: None }, O),
        (HttpsRequired, BOTH),
        (WrongInstance, BOTH),
        (ApiDisabled, BOTH),
        (UnsupportedApiVersion, BOTH),
        (OrgUnavailable, BOTH),
        (TrialExpired, BOTH),
        (OrgInMaintenance, BOTH),
        (OrgBeingCreated, BOTH),
        (RateLimited, BOTH),
        (RequestsUsedUp, BOTH),
        (TooManyAtOnce, BOTH),
        (SalesforceUnavailable, BOTH),
        (
            GatewayTrouble { title: Some(text("ERROR: The requested URL could not be retrieved")) },
            O,
        ),
        (GatewayTrouble { title: None }, S),
        (HostNotFound, BOTH),
        (ConnectionRefused, O),
        (TimedOut { connected: false }, O),
        (TimedOut { connected: true }, O),
        (ConnectionLost, O),
        (NetworkTrouble { detail: text("Network is unreachable (os error 101)") }, O),
        (CertificateRefused { detail: text("it is revoked") }, O),
        (CertificateOfAnotherHost, O),
        (CertificateExpired, O),
        (CertificateFromUnknownIssuer, O),
        (NoTls { detail: text("the other side does not speak TLS") }, O),
        (NoCertificateStore { detail: text("no certificates were found") }, O),
        (
            ExtraCaUnusable {
                path: text("company.pem"),
                detail: text("there is no certificate in it"),
            },
            O,
        ),
        (TlsTooOld, BOTH),
        (ClientCertificateRequired, BOTH),
        (ProxyAuthentication { proxy: proxy() }, O),
        (ProxyAuthentication { proxy: None }, O),
        (ProxyRefused { proxy: proxy() }, O),
        (ProxyUnreachable { proxy: text("proxy.example:3128") }, O),
        (ProxySilent { proxy: text("proxy.example:3128") }, O),
        (NetworkSignIn, O),
        (RedirectedAway { to: text("hotspot.example") }, BOTH),
        (ProxyPage { title: Some(text("Access denied")) }, O),
        (ProxyPage { title: None }, O),
        (NotALoginAnswer { what: text("a web page") }, BOTH),
        (AnswerTooLarge, O),
        (UnsafeXml, S),
        (RequestNotUnderstood, S),
        (NoSession, BOTH),
        (OtherRequest, O),
        (ClientUnsupported, S),
        (Unknown { about: None }, BOTH),
        (Unknown { about: Some(Subject::App) }, O),
        (Unknown { about: Some(Subject::User) }, BOTH),
        (Unknown { about: Some(Subject::Org) }, BOTH),
        (Unknown { about: Some(Subject::Network) }, BOTH),
        (
            SecretUnavailable {
                member: "/auth/clientSecret",
                problem: Box::new(SecretError::NotSet {
                    name: text("ACME_SECRET"),
                    env_file: None,
                }),
            },
            O,
        ),
        (
            SecretNotConfirmed {
                secrets: ["ACME_PASSWORD", "ACME_TOKEN"]
                    .map(|name| SecretUse {
                        kind: SecretKind::Environment,
                        name: text(name),
                        member: "/auth/password",
                        host: text("test.salesforce.com"),
                        account: Account::user("integration@acme.example"),
                    })
                    .to_vec(),
            },
            S,
        ),
        (HostNotAllowed { host: text("evil.example") }, BOTH),
        (LoginHostTakesNoClientCredentials { host: text("login.salesforce.com") }, O),
        (Cancelled, O),
    ]
}

fn written(explanation: &Explanation) -> String {
    let mut text = format!("{}\n", explanation.summary);
    for (index, step) in explanation.instructions.iter().enumerate() {
        let _ = writeln!(text, "  {}. {step}", index + 1);
    }
    let _ = writeln!(text, "  at {}", explanation.member.as_deref().unwrap_or("no member"));
    text
}

#[test]
fn the_words_for_each_cause() {
    let mut by_cause: BTreeMap<&str, String> = BTreeMap::new();
    for (reason, flows) in reasons() {
        for flow in flows {
            let words = written(&explain(&reason, &situation(*flow)));
            let text = by_cause.entry(reason.cause().as_str()).or_default();
            let _ = writeln!(text, "{reason:?}, {flow:?}\n{words}");
        }
    }
    insta::with_settings!({ omit_expression => true }, {
        for (cause, words) in by_cause {
            insta::assert_snapshot!(cause, words);
        }
    });
}

#[test]
fn every_cause_has_words() {
    // These three are worded where the login is refused as a whole.
    let elsewhere = [Cause::InvalidDefinition, Cause::LockoutGuard, Cause::UntrustedWorkspace];
    for cause in Cause::ALL {
        let worded = reasons().iter().any(|(reason, _)| reason.cause() == cause);
        assert_eq!(worded, !elsewhere.contains(&cause), "{cause}");
    }
}

#[test]
fn every_explanation_is_whole() {
    for (reason, flows) in reasons() {
        for flow in flows {
            let explanation = explain(&reason, &situation(*flow));
            assert!(!explanation.instructions.is_empty(), "{reason:?}");
            for line in explanation.instructions.iter().chain([&explanation.summary]) {
                assert!(line.ends_with(['.', '`']), "{reason:?}: {line}");
                assert!(!line.contains("  "), "{reason:?}: {line}");
            }
            if let Some(member) = &explanation.member {
                let known = match flow {
                    Soap => [
                        "/auth",
                        "/auth/type",
                        "/auth/username",
                        "/auth/password",
                        "/auth/securityToken",
                        "/apiVersion",
                    ]
                    .as_slice(),
                    OAuth => [
                        "/auth",
                        "/auth/instanceUrl",
                        "/auth/clientId",
                        "/auth/clientSecret",
                        "/apiVersion",
                    ]
                    .as_slice(),
                };
                assert!(known.contains(&member.as_str()), "{reason:?}: {member}");
            }
        }
    }
}

/// Salesforce answers the same for a right and a wrong secret while the flow is off, and nothing
/// on the way to Salesforce says anything about it.
#[test]
fn no_new_secret_is_asked_for_where_the_secret_may_be_right() {
    let may_ask = [
        Cause::WrongCredentials,
        Cause::SecurityTokenRequired,
        Cause::PasswordExpired,
        Cause::WrongClientId,
        Cause::WrongClientSecret,
        Cause::AppNotInOrg,
        Cause::SecretUnavailable,
        Cause::UserInactive,
    ];
    for (reason, flows) in reasons() {
        if may_ask.contains(&reason.cause()) {
            continue;
        }
        for flow in flows {
            let text = written(&explain(&reason, &situation(*flow))).to_lowercase();
            for advice in [
                "rotate",
                "reset my security token",
                "consumer secret",
                "`clientsecret`",
                "`password` again",
            ] {
                assert!(!text.contains(advice), "{reason:?} says {advice}: {text}");
            }
        }
    }
}

#[test]
fn words_follow_the_situation() {
    let say = |reason: Reason, situation: &Situation| written(&explain(&reason, situation));
    let base = situation(Soap);

    let sandbox = Situation { host: "test.salesforce.com".to_owned(), ..base.clone() };
    assert!(say(Reason::InvalidLogin, &sandbox).contains("set `sandbox` to false"));
    assert!(say(Reason::InvalidLogin, &base).contains("set `sandbox` to true"));
    let my_domain =
        Situation { host_written: true, host: "acme.my.salesforce.com".to_owned(), ..base.clone() };
    let told = say(Reason::InvalidLogin, &my_domain);
    assert!(!told.contains("set `sandbox`") && !told.contains("only place"), "{told}");
    assert!(say(Reason::NoLoginAtThisAddress, &my_domain).contains("at /serverHost"));

    let hinted = Situation { hints: vec!["A hint."], ..base.clone() };
    assert!(say(Reason::InvalidLogin, &hinted).contains("1. A hint."));
    assert!(!say(Reason::RateLimited, &hinted).contains("A hint."));

    for (seconds, words) in [(1, "1 second"), (120, "120 seconds"), (900, "15 minutes")] {
        let limited = Situation { retry_after: Some(seconds), ..base.clone() };
        for reason in [Reason::RateLimited, Reason::TooManyAtOnce, Reason::SalesforceUnavailable] {
            assert!(say(reason, &limited).contains(words));
        }
    }

    let ignored = Situation { ignored_proxy: Some("HTTPS_PROXY"), ..base.clone() };
    assert!(say(Reason::HostNotFound, &ignored).contains("1. HTTPS_PROXY is set"));
    assert!(!say(Reason::InvalidLogin, &ignored).contains("HTTPS_PROXY"));

    let without_token = Situation { has_security_token: false, ..base.clone() };
    assert!(say(Reason::SecurityTokenMissing, &without_token).ends_with("at /auth\n"));

    let newest = Situation {
        api_version: Some(ApiVersion::new(66)),
        api_version_written: false,
        ..base.clone()
    };
    let removed = say(Reason::SoapLoginRemoved, &newest);
    assert!(
        removed.contains("66.0") && removed.contains("sforg-project.json to 64.0 or lower"),
        "{removed}"
    );
    let retired = Situation { login_retired: true, ..newest };
    assert!(!say(Reason::SoapLoginRemoved, &retired).contains("stop-gap"));
    assert!(!say(Reason::SoapLoginDisabled, &retired).contains("stop-gap"));
    assert!(say(Reason::UnsupportedApiVersion, &retired).ends_with("at no member\n"));

    let served = Situation {
        api_version: Some(ApiVersion::new(29)),
        served: Some("31.0 to 67.0".to_owned()),
        ..base
    };
    let refused = say(Reason::UnsupportedApiVersion, &served);
    assert!(
        refused.contains("serves API 31.0 to 67.0") && refused.contains("are retired"),
        "{refused}"
    );
}

/// A login that may have gone to the wrong place is never explained by the credentials alone.
#[test]
fn a_shared_host_may_be_the_wrong_place() {
    for host in ["login.salesforce.com", "test.salesforce.com", "na139.salesforce.com"] {
        for host_written in [false, true] {
            let here = Situation { host: host.to_owned(), host_written, ..situation(Soap) };
            for reason in [Reason::InvalidLogin, Reason::IpRestricted] {
                let told = written(&explain(&reason, &here));
                assert!(told.contains("My Domain may be the only place"), "{told}");
                assert!(told.contains("set `serverHost` to"), "{told}");
            }
        }
    }
    let written_host = Situation { host_written: true, ..situation(Soap) };
    let told = written(&explain(&Reason::InvalidLogin, &written_host));
    assert!(told.contains("`serverHost` is login.salesforce.com"), "{told}");
}

/// What only the org's own Login History knows is not claimed.
#[test]
fn nobody_claims_what_stands_in_the_login_history() {
    for (reason, flows) in reasons() {
        for flow in flows {
            let told = written(&explain(&reason, &situation(*flow)));
            for claim in ["the attempt is there with", "were not looked at"] {
                assert!(!told.contains(claim), "{reason:?}: {told}");
            }
            if told.contains("its status is the real reason") {
                assert!(told.contains("went to the wrong place"), "{reason:?}: {told}");
            }
        }
    }
}

/// The switch of the whole org is named wherever the flow is to be switched on.
#[test]
fn advice_about_the_flow_names_the_switch_of_the_org() {
    for (reason, flows) in reasons() {
        for flow in flows {
            let told = written(&explain(&reason, &situation(*flow)));
            if told.contains("tick Enable Client Credentials Flow")
                || told.to_lowercase().contains("tick in settings alone")
            {
                assert!(told.contains("Allow OAuth Client Credentials Flows"), "{told}");
            }
        }
    }
}
