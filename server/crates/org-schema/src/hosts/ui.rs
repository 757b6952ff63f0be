//! Hosts that people open in a browser and paste by mistake, and the My Domain host behind them.

use super::{HostKind, classify, instance, labels_before};
use crate::host_name::{self, Host};

/// Suffixes of user-interface hosts; the suffix itself counts too.
const UI_SUFFIXES: [&str; 7] = [
    "documentforce.com",
    "force.com",
    "lightning.crmforce.mil",
    "lightning.force.mil",
    "salesforce-setup.com",
    "salesforce-setup.mil",
    "site.com",
];
/// Salesforce's public site.
const PUBLIC_SITE: &str = "www.salesforce.com";

/// How the My Domain name stands in the labels before a suffix.
enum Front {
    /// `<MyDomain>[.<partition>]`.
    MyDomain,
    /// `<MyDomain>--<package>[.<partition>]`; in a sandbox `<MyDomain>--<sandbox>--<package>`.
    Package,
    /// [`Front::Package`], or the same before an instance label: `acme--c.na139`.
    PackageOnInstance,
}

/// Suffix, how to read what stands before it, and the suffix of the API host.
#[rustfmt::skip]
const MAPPINGS: [(&str, Front, &str); 12] = [
    ("lightning.force.com", Front::MyDomain, "my.salesforce.com"),
    ("lightning.force.mil", Front::MyDomain, "my.salesforce.mil"),
    ("lightning.crmforce.mil", Front::MyDomain, "my.salesforce.mil"),
    ("my.salesforce-setup.com", Front::MyDomain, "my.salesforce.com"),
    ("my.salesforce-setup.mil", Front::MyDomain, "my.salesforce.mil"),
    ("salesforce-setup.mil", Front::MyDomain, "my.salesforce.mil"),
    ("my.site.com", Front::MyDomain, "my.salesforce.com"),
    ("file.force.com", Front::MyDomain, "my.salesforce.com"),
    ("vf.force.com", Front::Package, "my.salesforce.com"),
    ("visual.force.com", Front::PackageOnInstance, "my.salesforce.com"),
    ("content.force.com", Front::PackageOnInstance, "my.salesforce.com"),
    ("documentforce.com", Front::PackageOnInstance, "my.salesforce.com"),
];

/// Whether a well-formed lower-case name is a user-interface host.
pub(super) fn is_ui_host(name: &str) -> bool {
    name == PUBLIC_SITE
        || UI_SUFFIXES.iter().any(|suffix| name == *suffix || labels_before(name, suffix).is_some())
}

/// The My Domain host that a user-interface host belongs to, in lower case and with its partition:
/// `acme--uat.sandbox.lightning.force.com` → `acme--uat.sandbox.my.salesforce.com`. `None` where the
/// name does not tell, as for `acme.force.com`, whose first label a site's owner chose freely.
pub fn my_domain_for_ui_host(host: &str) -> Option<String> {
    let Host::Name(name) = host_name::parse(host) else {
        return None;
    };
    MAPPINGS.iter().find_map(|(suffix, front, api_suffix)| {
        let api_front = front.api_front(labels_before(&name, suffix)?)?;
        let api_host = format!("{api_front}.{api_suffix}");
        let is_my_domain =
            matches!(classify(&api_host), HostKind::MyDomain { .. } | HostKind::MyDomainMil);
        is_my_domain.then_some(api_host)
    })
}

impl Front {
    fn api_front(&self, front: &str) -> Option<String> {
        let (label, rest) = match front.split_once('.') {
            None => (front, None),
            Some((label, rest)) => (label, Some(rest)),
        };
        if instance::is_instance(label) {
            // Lightning and Visualforce of an org without My Domain stood on the instance's name.
            return None;
        }
        let on_instance = rest.is_some_and(instance::is_instance);
        let (label, rest) = match self {
            Front::MyDomain => (label, rest),
            Front::PackageOnInstance if on_instance => (without_package(label, None)?, None),
            Front::Package | Front::PackageOnInstance => (without_package(label, rest)?, rest),
        };
        Some(match rest {
            None => label.to_owned(),
            Some(rest) => format!("{label}.{rest}"),
        })
    }
}

/// Takes the `--package` off a label. In a sandbox a name must be left before it, or else the last
/// part may as well be the sandbox's.
fn without_package<'a>(label: &'a str, partition: Option<&str>) -> Option<&'a str> {
    let (name, _package) = label.rsplit_once("--")?;
    let is_complete = partition != Some("sandbox") || name.contains("--");
    is_complete.then_some(name)
}
