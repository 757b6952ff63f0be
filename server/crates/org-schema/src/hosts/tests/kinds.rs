//! What kind of host a name is.

use super::*;

fn my_domain(partition: Partition) -> HostKind {
    MyDomain { partition: Some(partition) }
}

const PRODUCTION: HostKind = MyDomain { partition: None };

#[test]
fn kinds_of_api_hosts() {
    use Partition::*;
    let long = format!("{}.my.salesforce.com", "a".repeat(63));
    let table: &[(&str, HostKind)] = &[
        ("login.salesforce.com", ProductionLogin),
        ("LOGIN.Salesforce.COM", ProductionLogin),
        ("test.salesforce.com", SandboxLogin),
        ("Test.Salesforce.com", SandboxLogin),
        ("acme.my.salesforce.com", PRODUCTION),
        ("ACME.MY.SALESFORCE.COM", PRODUCTION),
        ("a.my.salesforce.com", PRODUCTION),
        ("3m.my.salesforce.com", PRODUCTION),
        ("1.my.salesforce.com", PRODUCTION),
        ("acme-group.my.salesforce.com", PRODUCTION),
        ("acme--uat.my.salesforce.com", PRODUCTION),
        ("ab--uat.my.salesforce.com", PRODUCTION),
        ("acme-dev-ed.my.salesforce.com", PRODUCTION),
        ("login.my.salesforce.com", PRODUCTION),
        ("na139.my.salesforce.com", PRODUCTION),
        ("sandbox.my.salesforce.com", PRODUCTION),
        (&long, PRODUCTION),
        ("acme.demo.my.salesforce.com", my_domain(Demo)),
        ("acme-dev-ed.develop.my.salesforce.com", my_domain(Develop)),
        ("acme.free.my.salesforce.com", my_domain(Free)),
        ("acme.none.my.salesforce.com", my_domain(None_)),
        ("acme.patch.my.salesforce.com", my_domain(Patch)),
        ("acme--uat.sandbox.my.salesforce.com", my_domain(Sandbox)),
        ("acme--UAT.Sandbox.my.salesforce.com", my_domain(Sandbox)),
        ("acme.sandbox.my.salesforce.com", my_domain(Sandbox)),
        ("data-flow-1234.scratch.my.salesforce.com", my_domain(Scratch)),
        ("acme.sfdctest.my.salesforce.com", my_domain(SfdcTest)),
        ("acme.sfrestore.my.salesforce.com", my_domain(SfRestore)),
        ("brave-bear-1abc.trailblaze.my.salesforce.com", my_domain(Trailblaze)),
        ("agency.my.salesforce.mil", MyDomainMil),
        ("Agency--test.my.salesforce.mil", MyDomainMil),
        ("na139.salesforce.com", Instance),
        ("NA139.salesforce.com", Instance),
        ("na0.salesforce.com", Instance),
        ("cs42.salesforce.com", Instance),
        ("eu55.salesforce.com", Instance),
        ("ap5.salesforce.com", Instance),
        ("um1.salesforce.com", Instance),
        ("usa77.salesforce.com", Instance),
        ("ind3.salesforce.com", Instance),
        ("aus1.salesforce.com", Instance),
        ("usa9999.salesforce.com", Instance),
        ("usa2s.sfdc-a1b2c3.salesforce.com", HyperforceInstance),
        ("IND3S.SFDC-Y37hzm.salesforce.com", HyperforceInstance),
        ("aus2.sfdc-a1b2c3.salesforce.com", HyperforceInstance),
    ];
    for (host, kind) in table {
        assert_eq!(classify(host), *kind, "{host}");
        assert!(is_salesforce_api_host(host), "{host}");
        assert!(accepts_soap_login(host), "{host}");
        let is_login_host = matches!(kind, ProductionLogin | SandboxLogin);
        assert_eq!(accepts_client_credentials(host), !is_login_host, "{host}");
    }
}

#[test]
fn kinds_of_other_hosts() {
    let long = format!("{}.my.salesforce.com", "a".repeat(64));
    let table: &[(&str, HostKind)] = &[
        // incomplete, or with a label that does not exist
        ("salesforce.com", Other),
        ("my.salesforce.com", Other),
        ("my.salesforce.mil", Other),
        ("salesforce.mil", Other),
        ("agency.salesforce.mil", Other),
        ("acme.salesforce.com", Other),
        ("api.salesforce.com", Other),
        ("help.salesforce.com", Other),
        ("x.evil.my.salesforce.com", Other),
        ("x.sandboxes.my.salesforce.com", Other),
        ("x.my.my.salesforce.com", Other),
        ("a.b.sandbox.my.salesforce.com", Other),
        ("x.sandbox.evil.my.salesforce.com", Other),
        ("x.sandbox.my.salesforce.mil", Other),
        ("acme.login.salesforce.com", Other),
        ("login.salesforce.mil", Other),
        ("xn--acm-epa.my.salesforce.com", Other),
        ("XN--acm-epa.my.salesforce.com", Other),
        ("xn--acm-epa.sandbox.my.salesforce.com", Other),
        ("xn--acm-epa.my.salesforce.mil", Other),
        // instance look-alikes
        ("na.salesforce.com", Other),
        ("139.salesforce.com", Other),
        ("na139x.salesforce.com", Other),
        ("na12345.salesforce.com", Other),
        ("na01.salesforce.com", Other),
        ("zz9.salesforce.com", Other),
        ("app1.salesforce.com", Other),
        ("usa2s.salesforce.com", Other),
        ("usa2s.sfdc-.salesforce.com", Invalid),
        ("usa2s.sfdc.salesforce.com", Other),
        ("usa2s.evil-abc.salesforce.com", Other),
        ("usa2x.sfdc-abc.salesforce.com", Other),
        ("cs42s.sfdc-abc.salesforce.com", Other),
        ("usa2s.x.sfdc-abc.salesforce.com", Other),
        ("na139.salesforce.mil", Other),
        // somebody else's
        ("salesforce.com.evil.example", Other),
        ("acme.my.salesforce.com.evil.example", Other),
        ("login.salesforce.com.evil.example", Other),
        ("login-salesforce.com", Other),
        ("acme-my-salesforce-com.us.mcas.ms", Other),
        ("acmemy.salesforce.com", Other),
        ("acme.mysalesforce.com", Other),
        ("acme.my.salesforce.co", Other),
        ("acme.my.salesforce.org", Other),
        ("acme.my.salesforce.community", Other),
        ("acme.my.sa1esforce.com", Other),
        ("acme.my.evilsalesforce.com", Other),
        ("evillogin.salesforce.com", Other),
        ("acme.example", Other),
        ("acme", Other),
        // known to Salesforce's tools, and not on the list
        ("acme.my.sfcrmapps.cn", China),
        ("Acme.my.sfcrmproducts.cn", China),
        ("my.sfcrmapps.cn", Other),
        ("acme.sfcrmapps.cn", Other),
        ("acme.my-salesforce.com", Alternative),
        ("my-salesforce.com", Other),
        // addresses
        ("127.0.0.1", Loopback),
        ("127.1.2.3", Loopback),
        ("::1", Loopback),
        ("[::1]", Loopback),
        ("localhost", Loopback),
        ("LocalHost", Loopback),
        ("localhost.evil.example", Other),
        ("10.0.0.1", IpLiteral),
        ("8.8.8.8", IpLiteral),
        ("127.1", IpLiteral),
        ("2130706433", IpLiteral),
        ("0x7f.0.0.1", IpLiteral),
        ("[2001:db8::1]", IpLiteral),
        // not hosts
        ("", Invalid),
        (" ", Invalid),
        (".", Invalid),
        (".my.salesforce.com", Invalid),
        ("..my.salesforce.com", Invalid),
        ("acme..my.salesforce.com", Invalid),
        ("acme.my.salesforce.com.", Invalid),
        ("acme.my.salesforce.com ", Invalid),
        (" acme.my.salesforce.com", Invalid),
        ("acme.my.salesforce.com\n", Invalid),
        ("acme.my.salesforce.com\0", Invalid),
        ("acme.my.salesforce.com:443", Invalid),
        ("acme.my.salesforce.com/", Invalid),
        ("acme.my.salesforce.com?x", Invalid),
        ("acme.my.salesforce.com#x", Invalid),
        ("evil.example/.my.salesforce.com", Invalid),
        ("evil.example?.my.salesforce.com", Invalid),
        ("evil.example#.my.salesforce.com", Invalid),
        ("evil.example\\.my.salesforce.com", Invalid),
        ("evil.example:443.my.salesforce.com", Invalid),
        ("user@acme.my.salesforce.com", Invalid),
        ("user:pw@acme.my.salesforce.com", Invalid),
        ("https://acme.my.salesforce.com", Invalid),
        ("//acme.my.salesforce.com", Invalid),
        ("-acme.my.salesforce.com", Invalid),
        ("acme-.my.salesforce.com", Invalid),
        ("ac_me.my.salesforce.com", Invalid),
        ("ac me.my.salesforce.com", Invalid),
        ("acme%2emy.salesforce.com", Invalid),
        ("*.my.salesforce.com", Invalid),
        ("<MyDomain>.my.salesforce.com", Invalid),
        ("acmé.my.salesforce.com", Invalid),
        ("аcme.my.salesforce.com", Invalid), // a Cyrillic letter at the front
        ("acme.my.ѕalesforce.com", Invalid), // a Cyrillic letter in the middle
        ("acme.my.salesforce。com", Invalid), // an ideographic full stop
        ("acme.my.salesforce．com", Invalid), // a full-width full stop
        ("acme.my.saleſforce.com", Invalid), // a long s, which folds to s
        ("acme.my.salesforce.com\u{200b}", Invalid),
        ("\u{feff}acme.my.salesforce.com", Invalid),
        (&long, Invalid),
    ];
    for (host, kind) in table {
        assert_eq!(classify(host), *kind, "{host:?}");
        assert!(!is_salesforce_api_host(host), "{host:?}");
        assert!(!accepts_soap_login(host), "{host:?}");
        assert!(!accepts_client_credentials(host), "{host:?}");
    }
}

#[test]
fn a_name_is_at_most_253_bytes() {
    let tail = ".evil.my.salesforce.com";
    let name = format!("{}{tail}", "a.".repeat(115).trim_end_matches('.'));
    assert_eq!((name.len(), classify(&name)), (252, Other));
    assert_eq!(classify(&format!("aa{name}")), Invalid);
}
