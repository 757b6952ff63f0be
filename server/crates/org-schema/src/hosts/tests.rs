//! Three tables (kinds, sandbox, UI mapping) and a property: only hosts of the closed list are API
//! hosts, whatever text comes in.

mod closed_list;

use super::HostKind::*;
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

#[test]
fn sandbox_or_production_by_host() {
    let table = [
        ("test.salesforce.com", Some(true)),
        ("login.salesforce.com", Some(false)),
        ("acme.my.salesforce.com", Some(false)),
        ("Acme.My.Salesforce.com", Some(false)),
        ("acme-dev-ed.my.salesforce.com", Some(false)),
        ("acme--uat.my.salesforce.com", Some(true)),
        ("ACME--UAT.my.salesforce.com", Some(true)),
        ("acme--uat.sandbox.my.salesforce.com", Some(true)),
        ("acme.sandbox.my.salesforce.com", Some(true)),
        ("acme-dev-ed.develop.my.salesforce.com", None),
        ("acme--x.develop.my.salesforce.com", None),
        ("acme.scratch.my.salesforce.com", None),
        ("acme.trailblaze.my.salesforce.com", None),
        ("acme.patch.my.salesforce.com", None),
        ("acme.demo.my.salesforce.com", None),
        ("acme.free.my.salesforce.com", None),
        ("agency.my.salesforce.mil", Some(false)),
        ("agency--uat.my.salesforce.mil", Some(true)),
        ("cs42.salesforce.com", Some(true)),
        ("CS42.salesforce.com", Some(true)),
        ("na139.salesforce.com", Some(false)),
        ("NA139.salesforce.com", Some(false)),
        ("eu55.salesforce.com", Some(false)),
        ("ap5.salesforce.com", Some(false)),
        ("um1.salesforce.com", Some(false)),
        ("usa77.salesforce.com", None),
        ("usa2s.sfdc-abc.salesforce.com", None),
        ("acme.my.sfcrmapps.cn", None),
        ("acme.lightning.force.com", None),
        ("acme--uat.sandbox.lightning.force.com", None),
        ("proxy--uat.example", None),
        ("x.evil.my.salesforce.com", None),
        ("127.0.0.1", None),
        ("", None),
    ];
    for (host, expected) in table {
        assert_eq!(sandbox_by_host(host), expected, "{host}");
    }
}

#[test]
fn ui_hosts_and_the_my_domain_behind_them() {
    let table: &[(&str, Option<&str>)] = &[
        ("acme.lightning.force.com", Some("acme.my.salesforce.com")),
        ("ACME.Lightning.Force.com", Some("acme.my.salesforce.com")),
        ("acme--uat.sandbox.lightning.force.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme--uat.lightning.force.com", Some("acme--uat.my.salesforce.com")),
        ("acme-dev-ed.develop.lightning.force.com", Some("acme-dev-ed.develop.my.salesforce.com")),
        ("acme.scratch.lightning.force.com", Some("acme.scratch.my.salesforce.com")),
        ("acme.trailblaze.lightning.force.com", Some("acme.trailblaze.my.salesforce.com")),
        ("acme.evil.lightning.force.com", None),
        ("na139.lightning.force.com", None),
        ("lightning.force.com", None),
        ("xn--acm-epa.lightning.force.com", None),
        ("agency.lightning.force.mil", Some("agency.my.salesforce.mil")),
        ("agency.lightning.crmforce.mil", Some("agency.my.salesforce.mil")),
        ("agency.sandbox.lightning.force.mil", None),
        ("lightning.crmforce.mil", None),
        ("acme.my.salesforce-setup.com", Some("acme.my.salesforce.com")),
        ("acme--uat.sandbox.my.salesforce-setup.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme.salesforce-setup.com", None),
        ("my.salesforce-setup.com", None),
        ("salesforce-setup.com", None),
        ("agency.my.salesforce-setup.mil", Some("agency.my.salesforce.mil")),
        ("agency.salesforce-setup.mil", Some("agency.my.salesforce.mil")),
        ("salesforce-setup.mil", None),
        ("acme--c.vf.force.com", Some("acme.my.salesforce.com")),
        ("acme--uat--c.sandbox.vf.force.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme--uat--c.vf.force.com", Some("acme--uat.my.salesforce.com")),
        ("acme-dev-ed--c.develop.vf.force.com", Some("acme-dev-ed.develop.my.salesforce.com")),
        ("acme--c.sandbox.vf.force.com", None),
        ("acme.vf.force.com", None),
        ("acme--c.evil.vf.force.com", None),
        ("acme--c.na139.vf.force.com", None),
        ("acme--c.visual.force.com", Some("acme.my.salesforce.com")),
        ("acme--c.na139.visual.force.com", Some("acme.my.salesforce.com")),
        ("acme--uat--c.cs42.visual.force.com", Some("acme--uat.my.salesforce.com")),
        ("c.na139.visual.force.com", None),
        ("acme--c.evil.visual.force.com", None),
        ("acme--c.evil.documentforce.com", None),
        ("c.visual.force.com", None),
        ("visual.force.com", None),
        ("acme--c.na139.content.force.com", Some("acme.my.salesforce.com")),
        ("acme--c.documentforce.com", Some("acme.my.salesforce.com")),
        ("documentforce.com", None),
        ("acme.file.force.com", Some("acme.my.salesforce.com")),
        ("acme--uat.sandbox.file.force.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme.my.site.com", Some("acme.my.salesforce.com")),
        ("acme--uat.sandbox.my.site.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme.site.com", None),
        ("site.com", None),
        ("acme.force.com", None),
        ("acme.secure.force.com", None),
        ("force.com", None),
        ("www.salesforce.com", None),
        ("WWW.Salesforce.com", None),
        ("lightning.sfcrmapps.cn", None),
        ("acme.lightning.sfcrmapps.cn", None),
        ("acme.my.salesforce-sites.com", Some("acme.my.salesforce.com")),
        ("acme--uat.sandbox.my.salesforce-sites.com", Some("acme--uat.sandbox.my.salesforce.com")),
        (
            "acme-dev-ed.develop.my.salesforce-sites.com",
            Some("acme-dev-ed.develop.my.salesforce.com"),
        ),
        ("acme.salesforce-sites.com", None),
        ("acme.preview.salesforce-experience.com", Some("acme.my.salesforce.com")),
        ("acme.builder.salesforce-experience.com", Some("acme.my.salesforce.com")),
        ("acme.live-preview.salesforce-experience.com", Some("acme.my.salesforce.com")),
        ("acme.livepreview.salesforce-experience.com", Some("acme.my.salesforce.com")),
        (
            "acme--uat.sandbox.preview.salesforce-experience.com",
            Some("acme--uat.sandbox.my.salesforce.com"),
        ),
        ("acme.scratch.builder.salesforce-experience.com", Some("acme.scratch.my.salesforce.com")),
        ("acme.evil.preview.salesforce-experience.com", None),
        ("preview.salesforce-experience.com", None),
        ("salesforce-experience.com", None),
        ("acme.livepreview.salesforce-communities.com", Some("acme.my.salesforce.com")),
        ("acme.builder.salesforce-communities.com", Some("acme.my.salesforce.com")),
        ("salesforce-communities.com", None),
        ("acme.my.salesforce-scrt.com", Some("acme.my.salesforce.com")),
        ("d.la1-c1-ph2.salesforceliveagent.com", None),
        ("acme--c.container.force.com", Some("acme.my.salesforce.com")),
        ("acme--uat--c.sandbox.container.force.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme--c.container.lightning.com", Some("acme.my.salesforce.com")),
        ("acme--c.visualforce.com", Some("acme.my.salesforce.com")),
        ("acme--c.na139.visualforce.com", Some("acme.my.salesforce.com")),
        ("acme--sitestudio.na139.force.com", Some("acme.my.salesforce.com")),
        ("acme--livepreview.eu55.force.com", Some("acme.my.salesforce.com")),
        ("acme--other.na139.force.com", None),
        ("uat-acme.cs42.force.com", None),
        ("acme.cloudforce.com", Some("acme.my.salesforce.com")),
        ("Acme.CloudForce.com", Some("acme.my.salesforce.com")),
        ("acme--uat.cs42.cloudforce.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme.na139.cloudforce.com", Some("acme.my.salesforce.com")),
        ("acme.evil.cloudforce.com", None),
        ("www.cloudforce.com", None),
        ("cloudforce.com", None),
        ("acme.database.com", Some("acme.my.salesforce.com")),
        ("login.database.com", None),
        ("test.database.com", None),
        ("www.database.com", None),
        ("acme--uat.cs42.my.salesforce.com", Some("acme--uat.sandbox.my.salesforce.com")),
        ("acme.na139.my.salesforce.com", Some("acme.my.salesforce.com")),
        ("m1n2.c360a.salesforce.com", None),
        ("acme.my.pc-rnd.salesforce.com", None),
        ("acme.lightning.pc-rnd.force.com", None),
    ];
    for (host, api_host) in table {
        assert_eq!(classify(host), UserInterface, "{host}");
        assert_eq!(my_domain_for_ui_host(host).as_deref(), *api_host, "{host}");
        assert!(is_salesforce_host(host) && what_ui_host_is(host).is_some(), "{host}");
        assert!(!is_salesforce_api_host(host), "{host}");
    }
}

#[test]
fn only_ui_hosts_have_a_my_domain_behind_them() {
    let hosts = [
        "acme.my.salesforce.com",
        "login.salesforce.com",
        "acme.lightning.force.com.evil.example",
        "acmelightning.force.mil",
        "acme.vf.force.mil",
        "notforce.com",
        "acme.mysite.com",
        "acme.my.salesforce-sites.com.evil.example",
        "acme.notcloudforce.com",
        "acme.salesforce-experience.com.example",
        "a.b.cs42.my.salesforce.com",
        "xn--acm-epa.cs42.my.salesforce.com",
        "acme.zz9.my.salesforce.com",
        "acme.lightning.force.com:443",
        "https://acme.lightning.force.com",
        "acme.lightning.force.com.",
        "",
    ];
    for host in hosts {
        assert_eq!(my_domain_for_ui_host(host), None, "{host}");
        assert_ne!(classify(host), UserInterface, "{host}");
    }
}

#[test]
fn partitions_read_their_own_labels() {
    for partition in Partition::ALL {
        assert_eq!(Partition::parse(partition.label()), Some(partition));
        assert_eq!(Partition::parse(&partition.label().to_uppercase()), Some(partition));
    }
    for label in ["", "evil", "sand", "sandboxes", " sandbox", "my"] {
        assert_eq!(Partition::parse(label), None, "{label:?}");
    }
}

#[test]
fn forms_say_what_the_host_rules_say() {
    for form in HOST_FORMS {
        let host = form.pattern.replace("<MyDomain>", "acme").replace("<SandboxName>", "uat");
        let host = host.replace("<Name>", "brave");
        assert!(!host.contains(['<', '>']), "{host}");
        assert!(is_salesforce_api_host(&host), "{host}");
        assert_eq!(form.client_credentials, accepts_client_credentials(&host), "{host}");
        assert_eq!(form.soap_login, accepts_soap_login(&host), "{host}");
        assert_eq!(form.sandbox, sandbox_by_host(&host), "{host}");
        assert!(!form.kind.is_empty() && form.doc.ends_with('.'), "{host}");
    }
}
