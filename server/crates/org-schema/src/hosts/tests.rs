//! Three tables (kinds, sandbox, UI mapping) and a property: only hosts of the closed list are API
//! hosts, whatever text comes in.

mod closed_list;
mod kinds;
mod ui;

use super::HostKind::*;
use super::*;

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
        assert!(accepts_soap_login(&host), "{host}");
        assert_eq!(form.sandbox, sandbox_by_host(&host), "{host}");
        assert!(!form.kind.is_empty() && form.doc.ends_with('.'), "{host}");
    }
}
