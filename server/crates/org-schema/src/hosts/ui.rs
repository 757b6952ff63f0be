//! Hosts that Salesforce gives an org beside its My Domain, or gave it in earlier years, and the My
//! Domain host behind them: pages that people open and paste, sites, files, branded hosts.
//!
//! The forms are those of Salesforce's help page "My Domain URL Formats", with enhanced domains and
//! before them.

use super::{HostKind, classify, instance, labels_before};
use crate::host_name::{self, Host};

const COM: &str = "my.salesforce.com";
const MIL: &str = "my.salesforce.mil";

/// Labels in the place of a My Domain name that no org has: Salesforce's own hosts.
const NO_MY_DOMAIN: [&str; 5] = ["api", "developer", "login", "test", "www"];
/// Packages of the Experience Builder in the hosts before enhanced domains.
const BUILDERS: [&str; 6] =
    ["builder", "live-preview", "livepreview", "preview", "sitepreview", "sitestudio"];

/// How the My Domain name stands in the labels before a suffix.
#[derive(Clone, Copy)]
enum Front {
    /// It does not, or a person chose the name freely.
    Free,
    /// `<MyDomain>[.<partition>]`.
    MyDomain,
    /// `<MyDomain>[.<instance>]`: the branded hosts before enhanced domains.
    Branded,
    /// `<MyDomain>.<instance>` and nothing else.
    OnInstance,
    /// `<MyDomain>--<package>[.<partition>]`; in a sandbox `<MyDomain>--<sandbox>--<package>`.
    Package,
    /// [`Front::Package`], or the same before an instance label: `acme--c.na139`.
    PackageOnInstance,
    /// `<MyDomain>--<one of BUILDERS>.<instance>`; else a person chose the name freely.
    BuilderOnInstance,
}

/// One form of host.
struct UiHost {
    /// What the host ends in; the suffix itself counts too, but for [`Front::OnInstance`].
    suffix: &'static str,
    front: Front,
    /// Suffix of the API host.
    api: &'static str,
    /// What it is: completes "This is …".
    what: &'static str,
    /// The last bytes of the suffix, which tell most names from it.
    end: u64,
}

const fn row(suffix: &'static str, front: Front, api: &'static str, what: &'static str) -> UiHost {
    // Each suffix is long enough, or the table is refused by the compiler.
    let Some(end) = end_of(suffix) else { panic!("a short suffix") };
    UiHost { suffix, front, api, what, end }
}

/// The last eight bytes of a name.
const fn end_of(name: &str) -> Option<u64> {
    match name.as_bytes().last_chunk() {
        Some(end) => Some(u64::from_le_bytes(*end)),
        None => None,
    }
}

const LIGHTNING: &str = "the host of Lightning pages";
const SETUP: &str = "the host of Setup pages";
const VISUALFORCE: &str = "the host of Visualforce pages";
const FILES: &str = "the host of files and documents";
const EXPERIENCE: &str = "the host of an Experience Cloud site";
const BUILDER: &str = "the host of the Experience Builder and its previews";
const SITE: &str = "the host of a Salesforce site";
const CONTAINER: &str = "the host of Lightning containers";
const MESSAGING: &str = "the host of the messaging service";
const STATIC: &str = "a host of static content";
const BRANDED: &str = "a branded host of earlier years";
const OLD_MY_DOMAIN: &str = "a My Domain of earlier years with the instance's name in it";
const INTERNAL: &str = "a host of Salesforce's own developers";

/// All forms; of two that fit the first counts.
#[rustfmt::skip]
static UI_HOSTS: &[UiHost] = &[
    row("www.salesforce.com", Front::Free, COM, "Salesforce's public site"),
    row("lightning.force.com", Front::MyDomain, COM, LIGHTNING),
    row("lightning.force.mil", Front::MyDomain, MIL, LIGHTNING),
    row("lightning.crmforce.mil", Front::MyDomain, MIL, LIGHTNING),
    row("lightning.sfcrmapps.cn", Front::Free, COM, LIGHTNING),
    row("my.salesforce-setup.com", Front::MyDomain, COM, SETUP),
    row("salesforce-setup.com", Front::Free, COM, SETUP),
    row("my.salesforce-setup.mil", Front::MyDomain, MIL, SETUP),
    row("salesforce-setup.mil", Front::MyDomain, MIL, SETUP),
    row("my.site.com", Front::MyDomain, COM, EXPERIENCE),
    row("site.com", Front::Free, COM, EXPERIENCE),
    row("my.salesforce-sites.com", Front::MyDomain, COM, SITE),
    row("salesforce-sites.com", Front::Free, COM, SITE),
    row("builder.salesforce-experience.com", Front::MyDomain, COM, BUILDER),
    row("live-preview.salesforce-experience.com", Front::MyDomain, COM, BUILDER),
    row("livepreview.salesforce-experience.com", Front::MyDomain, COM, BUILDER),
    row("preview.salesforce-experience.com", Front::MyDomain, COM, BUILDER),
    row("salesforce-experience.com", Front::Free, COM, BUILDER),
    row("builder.salesforce-communities.com", Front::MyDomain, COM, BUILDER),
    row("live-preview.salesforce-communities.com", Front::MyDomain, COM, BUILDER),
    row("livepreview.salesforce-communities.com", Front::MyDomain, COM, BUILDER),
    row("preview.salesforce-communities.com", Front::MyDomain, COM, BUILDER),
    row("salesforce-communities.com", Front::Free, COM, BUILDER),
    row("my.salesforce-scrt.com", Front::MyDomain, COM, MESSAGING),
    row("salesforce-scrt.com", Front::Free, COM, MESSAGING),
    row("salesforceliveagent.com", Front::Free, COM, "a host of Chat (Live Agent)"),
    row("container.force.com", Front::Package, COM, CONTAINER),
    row("container.lightning.com", Front::PackageOnInstance, COM, CONTAINER),
    row("lightning.com", Front::Free, COM, CONTAINER),
    row("file.force.com", Front::MyDomain, COM, FILES),
    row("vf.force.com", Front::Package, COM, VISUALFORCE),
    row("visual.force.com", Front::PackageOnInstance, COM, VISUALFORCE),
    row("visualforce.com", Front::PackageOnInstance, COM, VISUALFORCE),
    row("content.force.com", Front::PackageOnInstance, COM, FILES),
    row("documentforce.com", Front::PackageOnInstance, COM, FILES),
    row("forceusercontent.com", Front::PackageOnInstance, COM, FILES),
    row("force-user-content.com", Front::PackageOnInstance, COM, FILES),
    row("pc-rnd.force.com", Front::Free, COM, INTERNAL),
    row("force.com", Front::BuilderOnInstance, COM, SITE),
    row("sfdcstatic.com", Front::Free, COM, STATIC),
    row("cloudforce.com", Front::Branded, COM, BRANDED),
    row("database.com", Front::Branded, COM, BRANDED),
    row("c360a.salesforce.com", Front::Free, COM, "a host of Data Cloud"),
    row("pc-rnd.salesforce.com", Front::Free, COM, INTERNAL),
    row("my.salesforce.com", Front::OnInstance, COM, OLD_MY_DOMAIN),
];

fn find(name: &str) -> Option<&'static UiHost> {
    let end = end_of(name)?;
    let mut alike = UI_HOSTS.iter().filter(|row| row.end == end && name.ends_with(row.suffix));
    alike.find(|row| match (row.front, labels_before(name, row.suffix)) {
        (Front::OnInstance, front) => front.is_some_and(is_on_instance),
        (_, front) => front.is_some() || name == row.suffix,
    })
}

/// Whether a well-formed lower-case name is a user-interface host.
pub(super) fn is_ui_host(name: &str) -> bool {
    find(name).is_some()
}

/// What a user-interface host is, in words that complete "This is …"; `None` for every other host.
pub fn what_ui_host_is(host: &str) -> Option<&'static str> {
    let Host::Name(name) = host_name::parse(host) else { return None };
    find(&name).map(|row| row.what)
}

/// The My Domain host that a user-interface host belongs to, in lower case and with its partition:
/// `acme--uat.sandbox.lightning.force.com` → `acme--uat.sandbox.my.salesforce.com`. `None` where the
/// name does not tell, as for `acme.force.com`, whose first label a site's owner chose freely.
pub fn my_domain_for_ui_host(host: &str) -> Option<String> {
    let Host::Name(name) = host_name::parse(host) else {
        return None;
    };
    let row = find(&name)?;
    let api_front = row.front.api_front(labels_before(&name, row.suffix)?)?;
    let api_host = format!("{api_front}.{}", row.api);
    let is_my_domain =
        matches!(classify(&api_host), HostKind::MyDomain { .. } | HostKind::MyDomainMil);
    is_my_domain.then_some(api_host)
}

impl Front {
    fn api_front(self, front: &str) -> Option<String> {
        let (label, rest) = match front.split_once('.') {
            None => (front, None),
            Some((label, rest)) => (label, Some(rest)),
        };
        if instance::is_instance(label) || NO_MY_DOMAIN.contains(&label) {
            // Lightning and Visualforce of an org without My Domain stood on the instance's name.
            return None;
        }
        let on_instance = rest.filter(|rest| instance::is_instance(rest));
        let (label, rest) = match self {
            Front::Free => return None,
            Front::MyDomain => (label, rest),
            Front::Branded | Front::OnInstance => match on_instance {
                Some(instance) => (label, partition_of(instance)),
                None => (label, rest),
            },
            Front::PackageOnInstance if on_instance.is_some() => {
                (without_package(label, None)?, None)
            }
            Front::Package | Front::PackageOnInstance => (without_package(label, rest)?, rest),
            Front::BuilderOnInstance => {
                on_instance?;
                let (name, package) = label.rsplit_once("--")?;
                (Some(name).filter(|_| BUILDERS.contains(&package))?, None)
            }
        };
        Some(match rest {
            None => label.to_owned(),
            Some(rest) => format!("{label}.{rest}"),
        })
    }
}

/// The partition of today's host for the instance in an older one.
fn partition_of(instance: &str) -> Option<&'static str> {
    (instance::is_sandbox(instance) == Some(true)).then_some("sandbox")
}

fn is_on_instance(front: &str) -> bool {
    front.split_once('.').is_some_and(|(label, rest)| {
        host_name::is_label(label) && !label.starts_with("xn--") && instance::is_instance(rest)
    })
}

/// Takes the `--package` off a label. In a sandbox a name must be left before it, or else the last
/// part may as well be the sandbox's.
fn without_package<'a>(label: &'a str, partition: Option<&str>) -> Option<&'a str> {
    let (name, _package) = label.rsplit_once("--")?;
    let is_complete = partition != Some("sandbox") || name.contains("--");
    is_complete.then_some(name)
}
