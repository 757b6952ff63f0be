//! What two orgs of one project must not share.

use super::{Ground, Seed};
use crate::draft::string;
use crate::marks::mark;

pub(super) static SEEDS: &[Seed] = &[
    Seed::files("duplicate-org-name", Ground::OAuth, 2, |site| {
        let mut first = site.oauth();
        let name = mark("duplicate-org-name", string(&first.label));
        let mut second = site.oauth();
        first.set("name", &*name);
        second.set("name", &*name);
        site.put(first);
        site.put(second);
    }),
    // A file that was copied and changed nowhere.
    Seed::files("duplicate-org-name", Ground::Newest, 2, |site| {
        let mut first = site.oauth();
        first.set("name", mark("duplicate-org-name", string(first.label.clone())));
        let id = mark("duplicate-connection", first.auth_value("clientId"));
        first.set_auth("clientId", id);
        let mut second = first.clone();
        second.path = second.path.replace(".sforg.json", " copy.sforg.json");
        site.put(first);
        site.put(second);
    }),
    Seed::files("duplicate-org-name", Ground::Nameless, 4, |site| {
        let first = site.oauth();
        let name = mark("duplicate-org-name", string(&first.label));
        let others = [site.oauth(), site.oauth(), site.oauth()];
        for mut org in others.into_iter().chain([first]) {
            org.set("name", &*name);
            site.put(org);
        }
    }),
    // Host names compare without letter case, and a lone slash does not count.
    Seed::files("duplicate-connection", Ground::OAuth, 2, |site| {
        let mut first = site.oauth();
        let mut second = site.oauth();
        let id = mark("duplicate-connection", first.auth_value("clientId"));
        let url = format!("{}.my.salesforce.com", first.label);
        first.set_auth("instanceUrl", string(format!("https://{url}/")));
        second.set_auth("instanceUrl", string(format!("https://{}", url.to_uppercase())));
        for mut org in [first, second] {
            org.set_auth("clientId", &*id);
            site.put(org);
        }
    }),
    // One host is written, the other the same by default.
    Seed::files("duplicate-connection", Ground::Basic, 3, |site| {
        let mut first = site.basic();
        let user = mark("duplicate-connection", first.auth_value("username"));
        first.set("serverHost", "\"login.salesforce.com\"");
        let others = [site.basic(), site.basic()];
        for mut org in others.into_iter().chain([first]) {
            org.set_auth("username", &*user);
            site.put(org);
        }
    }),
];
