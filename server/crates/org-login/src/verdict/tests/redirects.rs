//! Where a redirect leads, and what that means.

use super::*;

/// The reason for a redirect from `from` to `location`.
fn redirect(flow: Flow, from: &str, location: Option<&str>, body: &str) -> Reason {
    let answer =
        Answer { location: location.map(ToOwned::to_owned), ..answer(302, "text/html", body) };
    let destination =
        Destination { is_salesforce: hosts::is_salesforce_api_host(from), ..salesforce(from) };
    match verdict(flow, &destination, &answer, &Scrubber::default()) {
        Verdict::Refused(reason, _) => reason,
        Verdict::Session(_) => panic!("a redirect is no session"),
    }
}

const OLD: &str = "exampledomain.my.salesforce.com";
const BOTH: [Flow; 2] = [Flow::Soap, Flow::OAuth];

fn moved(to: &str) -> Reason {
    Reason::HostMoved { to: to.to_owned() }
}

fn to(host: &str) -> Reason {
    Reason::Redirected { to: Some(host.to_owned()) }
}

fn away(host: &str) -> Reason {
    Reason::RedirectedAway { to: host.to_owned() }
}

#[test]
fn a_renamed_my_domain() {
    let new = "newname.my.salesforce.com";
    let token = format!("https://{new}/services/oauth2/token");
    for flow in BOTH {
        assert_eq!(redirect(flow, OLD, Some(&token), ""), moved(new));
        assert_eq!(redirect(flow, OLD, None, &format!("<a href=\"{token}\">here</a>")), moved(new));
        for (from, new) in [
            ("acme--uat.sandbox.my.salesforce.com", "acme2--uat.sandbox.my.salesforce.com"),
            // Enhanced domains add the partition.
            ("acme--uat.my.salesforce.com", "acme--uat.sandbox.my.salesforce.com"),
            ("acme-dev-ed.my.salesforce.com", "acme-dev-ed.develop.my.salesforce.com"),
            ("127.0.0.1", "newname.my.salesforce.com"),
        ] {
            assert_eq!(redirect(flow, from, Some(&format!("https://{new}/")), ""), moved(new));
        }
    }
}

/// Any other host of Salesforce's is not the org's new My Domain, so nobody is told to write it.
#[test]
fn other_hosts_of_salesforce() {
    for flow in BOTH {
        for (from, host) in [
            (OLD, "login.salesforce.com"),
            (OLD, "test.salesforce.com"),
            ("login.salesforce.com", "test.salesforce.com"),
            ("login.salesforce.com", "acme.my.salesforce.com"),
            (OLD, "na139.salesforce.com"),
            (OLD, "evilcorp.develop.my.salesforce.com"),
            (OLD, "exampledomain2--uat.sandbox.my.salesforce.com"),
            (OLD, "exampledomain.lightning.force.com"),
            (OLD, "www.salesforce.com"),
        ] {
            let location = format!("https://{host}/services/oauth2/token");
            assert_eq!(redirect(flow, from, Some(&location), ""), to(host), "{from}");
        }
        for lookalike in [
            "http://a.my.salesforce.com/",
            "https://u@a.my.salesforce.com/",
            "https://a.my.salesforce.com:8443/",
        ] {
            assert_eq!(redirect(flow, OLD, Some(lookalike), ""), to("a.my.salesforce.com"));
        }
        assert_eq!(redirect(flow, OLD, None, ""), Reason::Redirected { to: None });
        assert_eq!(redirect(flow, OLD, Some("/login.jsp"), ""), Reason::Redirected { to: None });
    }
}

#[test]
fn pages_about_the_state_of_the_service() {
    for flow in BOTH {
        for page in [
            "https://status.salesforce.com/x",
            "https://trust.salesforce.com/",
            "https://maintenance.salesforce.com/?id=1",
            "https://www.salesforce.com/Maintenance.html",
        ] {
            let reason = redirect(flow, OLD, Some(page), "");
            assert_eq!(reason, Reason::SalesforceUnavailable, "{page}");
        }
        // The word in a query says nothing.
        let asked = "https://www.salesforce.com/?q=maintenance-free";
        assert_eq!(redirect(flow, OLD, Some(asked), ""), to("www.salesforce.com"));
    }
}

/// A portal or a web filter: the file is right, so no member is to blame.
#[test]
fn hosts_that_are_not_salesforces() {
    for flow in BOTH {
        for (location, host) in [
            (
                "http://portal.hotel.example/login?orig=https://acme.my.salesforce.com",
                "portal.hotel.example",
            ),
            (
                "https://gateway.zscalertwo.net/auD?origurl=https%3A%2F%2Facme.my.salesforce.com",
                "gateway.zscalertwo.net",
            ),
            ("https://portal.example/?q=maintenance-free", "portal.example"),
            ("https://a.example/Maintenance.html", "a.example"),
            ("http://192.168.0.1/", "192.168.0.1"),
            ("https://acme.my.salesforce.com.evil.example/", "acme.my.salesforce.com.evil.example"),
        ] {
            let reason = redirect(flow, OLD, Some(location), "");
            assert_eq!(reason, away(host), "{location}");
            assert_eq!(reason.cause(), Cause::Proxy);
        }
        // A host that stays what it is.
        assert_eq!(
            redirect(flow, "127.0.0.1", Some("http://127.0.0.1:9/"), ""),
            Reason::Redirected { to: None }
        );
    }
}
