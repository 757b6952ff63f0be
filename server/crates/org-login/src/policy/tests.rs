use super::*;
use crate::cause::Cause;
use crate::result::Status;

fn target(auth: TargetAuth, sandbox: bool) -> LoginTarget {
    LoginTarget {
        file: "acme.sforg.json".to_owned(),
        name: Some("Acme".to_owned()),
        sandbox,
        api_version: None,
        api_version_written: false,
        auth,
    }
}

fn oauth(instance_url: &str) -> LoginTarget {
    target(
        TargetAuth::OAuth {
            instance_url: instance_url.to_owned(),
            client_id: "3MVG9fake".to_owned(),
            client_secret: "${env:FAKE_SECRET}".to_owned(),
        },
        false,
    )
}

fn basic(server_host: Option<&str>, sandbox: bool) -> LoginTarget {
    target(
        TargetAuth::Basic {
            server_host: server_host.map(ToOwned::to_owned),
            username: "user@example.com".to_owned(),
            password: "${keyring:fake}".to_owned(),
            security_token: Some("literal".to_owned()),
        },
        sandbox,
    )
}

fn origin(target: &LoginTarget, allowed: &str) -> Result<String, Box<LoginResult>> {
    let (allowed, errors) = AllowedHosts::parse_list(allowed);
    assert_eq!(errors, []);
    destination(target, &allowed).map(|destination| destination.origin)
}

#[test]
fn salesforce_hosts_are_allowed() {
    for (url, expected) in [
        ("https://acme.my.salesforce.com", "https://acme.my.salesforce.com"),
        ("HTTPS://Acme.My.Salesforce.COM/", "https://acme.my.salesforce.com"),
        ("https://a--uat.sandbox.my.salesforce.com", "https://a--uat.sandbox.my.salesforce.com"),
        ("https://acme.my.salesforce.mil", "https://acme.my.salesforce.mil"),
        ("https://na139.salesforce.com", "https://na139.salesforce.com"),
    ] {
        assert_eq!(origin(&oauth(url), "").as_deref(), Ok(expected));
    }
    assert_eq!(origin(&basic(None, false), "").as_deref(), Ok("https://login.salesforce.com"));
    assert_eq!(origin(&basic(None, true), "").as_deref(), Ok("https://test.salesforce.com"));
    let my_domain = basic(Some("Acme.my.salesforce.com"), true);
    assert_eq!(origin(&my_domain, "").as_deref(), Ok("https://acme.my.salesforce.com"));
}

/// Addresses that look like Salesforce's, or lead a lenient parser there.
const LOOKALIKES: &[&str] = &[
    "https://salesforce.com.evil.example",
    "https://acme.my.salesforce.com.evil.example",
    "https://acmemy.salesforce.com.evil.example",
    "https://acme.my.salesforce.com@evil.example",
    "https://user:pass@acme.my.salesforce.com",
    "https://acme.my.salesforce.com.",
    "https://acme.my.salesforce.com:443",
    "https://acme.my.salesforce.com:8443",
    "https://acme.my.salesforce.com/services",
    "https://acme.my.salesforce.com//",
    "https://acme.my.salesforce.com?x",
    "https://acme.my.salesforce.com#x",
    "https://acme.my.salesforce.com\\@evil.example",
    "https://acme.my.salesforce.com%2eevil.example",
    "https://acme.my.sal\tesforce.com",
    " https://acme.my.salesforce.com",
    "https:/acme.my.salesforce.com",
    "https:acme.my.salesforce.com",
    "http://acme.my.salesforce.com",
    "ftp://acme.my.salesforce.com",
    "acme.my.salesforce.com",
    "https://my.salesforce.com",
    "https://x.evil.my.salesforce.com",
    "https://acme.lightning.force.com",
    "https://acme.my.salesforce-setup.com",
    "https://www.salesforce.com",
    "https://xn--slesforce-5fg.com",
    "https://\u{ff41}cme.my.salesforce.com",
    "https://acme.my.salesforce\u{3002}com",
    "https://acme.my.s\u{430}lesforce.com",
    "https://127.0.0.1",
    "https://[::1]",
    "https://2130706433",
    "https://localhost",
    "https://acme.my.sfcrmapps.cn",
    "https://acme-my-salesforce-com.us.mcas.ms",
    "https://",
    "",
];

#[test]
fn lookalikes_are_refused_and_nothing_of_them_but_the_host_is_shown() {
    for url in LOOKALIKES {
        let result = origin(&oauth(url), "").expect_err(url);
        assert_eq!(result.cause, Some(Cause::HostNotAllowed), "{url}");
        assert_eq!(result.status, Status::Skipped);
        assert_eq!(result.member.as_deref(), Some("/auth/instanceUrl"));
        assert!(!format!("{result:?}").contains("user:pass"), "{url}");

        let host = url.split_once("//").map_or(*url, |(_, host)| host);
        if host != "acme.my.salesforce.com" {
            let result = origin(&basic(Some(host), false), "").expect_err(host);
            assert_eq!(result.cause, Some(Cause::HostNotAllowed), "{host}");
            assert_eq!(result.member.as_deref(), Some("/serverHost"));
        }
    }
}

#[test]
fn login_hosts_are_for_soap_alone_and_that_is_explained() {
    for host in ["https://login.salesforce.com", "https://Test.salesforce.com/"] {
        let result = origin(&oauth(host), "").expect_err(host);
        assert_eq!(result.cause, Some(Cause::HostNotAllowed));
        let text = result.instructions.join(" ");
        assert!(text.contains("Setup > My Domain") && text.contains("instanceUrl"), "{text}");
    }
}

#[test]
fn the_users_word_allows_exactly_what_it_names() {
    let allowed = "http://127.0.0.1:8080,proxy.example,https://sf.example:8443";
    let oauth = |url| origin(&oauth(url), allowed);
    assert_eq!(oauth("http://127.0.0.1:8080").as_deref(), Ok("http://127.0.0.1:8080"));
    assert_eq!(oauth("https://proxy.example/").as_deref(), Ok("https://proxy.example"));
    assert_eq!(oauth("https://sf.example:8443").as_deref(), Ok("https://sf.example:8443"));
    for url in [
        "https://127.0.0.1:8080",
        "http://127.0.0.1:8081",
        "http://127.0.0.1",
        "http://localhost:8080",
        "http://proxy.example",
        "https://proxy.example:8443",
        "https://a.proxy.example",
        "https://sf.example",
    ] {
        assert!(oauth(url).is_err(), "{url}");
    }
    let basic = |host| origin(&basic(Some(host), false), allowed);
    assert_eq!(basic("127.0.0.1:8080").as_deref(), Ok("http://127.0.0.1:8080"));
    assert_eq!(basic("proxy.example").as_deref(), Ok("https://proxy.example"));
    assert!(basic("127.0.0.1").is_err());
}

#[test]
fn a_destination_names_its_host() {
    let found = destination(&basic(None, false), &AllowedHosts::default()).expect("allowed");
    assert_eq!(found.host, "login.salesforce.com");
    assert!(found.is_salesforce && !found.is_loopback());

    let (allowed, _) = AllowedHosts::parse_list("http://[::1]:8080");
    let found = destination(&oauth("http://[::1]:8080"), &allowed).expect("allowed");
    assert_eq!((found.host.as_str(), found.authority()), ("::1", "[::1]:8080"));
    assert!(found.is_loopback() && !found.is_salesforce);
    assert!(found.url("/services/data").is_some());
}

#[test]
fn a_session_goes_to_salesforce_hosts_alone() {
    let ok = "https://acme.my.salesforce.com/services/Soap/u/64.0/00D";
    assert_eq!(session_host(ok).as_deref(), Some("acme.my.salesforce.com"));
    assert_eq!(
        session_host("https://ACME.my.salesforce.com").as_deref(),
        Some("acme.my.salesforce.com")
    );
    for address in [
        "http://acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
        "https://u@acme.my.salesforce.com",
        "https://u:p@acme.my.salesforce.com",
        "https://acme.my.salesforce.com.evil.example",
        "https://acme-my-salesforce-com.us.mcas.ms",
        "https://evil.example/acme.my.salesforce.com",
        "acme.my.salesforce.com",
        "",
    ] {
        assert_eq!(session_host(address), None, "{address}");
    }
}
