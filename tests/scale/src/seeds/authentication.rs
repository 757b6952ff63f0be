//! Basic authentication where it ends, and OAuth 2.0 where it has not begun.

use super::{Ground, Seed};
use crate::draft::{Draft, Value};
use crate::marks::mark;
use crate::site::Site;

const BASIC: &str = "\"basic\"";
const OAUTH: &str = "\"oauth2-client-credentials\"";

/// A few orgs on OAuth 2.0, whose type is marked for a rule.
fn marked_oauth(site: &mut Site<'_>, rules: &[&str]) {
    for _ in 0..=site.random.below(3) {
        let mut org = site.oauth();
        let kind = rules.iter().fold(OAUTH.to_owned(), |kind, rule| mark(rule, kind));
        org.set_auth("type", kind);
        site.put(org);
    }
}

pub(super) static SEEDS: &[Seed] = &[
    Seed::basic("basic-auth-removed", Ground::OAuth, |org| {
        org.set_auth("type", mark("basic-auth-removed", BASIC));
    }),
    Seed::basic("basic-auth-removed", Ground::Nameless, |org| {
        org.set("apiVersion", "\"66.0\"");
        org.set_auth("type", mark("basic-auth-removed", BASIC));
    }),
    Seed::basic("basic-auth-removed", Ground::Basic, |org| {
        org.set("apiVersion", "\"65.0\"");
        org.set_auth("type", mark("basic-auth-removed", BASIC));
    }),
    Seed::basic("basic-auth-retiring", Ground::Nameless, |org| {
        org.set("apiVersion", "\"64.0\"");
        org.set_auth("type", mark("basic-auth-retiring", BASIC));
    }),
    Seed::basic("basic-auth-retiring", Ground::Nameless, |org| {
        org.set("apiVersion", mark("upgrade-available", "\"50.0\""));
        org.set_auth("type", mark("basic-auth-retiring", BASIC));
    }),
    // It stays behind its project, which is said too.
    Seed::basic("basic-auth-retiring", Ground::OAuth, |org| {
        org.set("apiVersion", mark("api-version-override", "\"64.0\""));
        org.set_auth("type", mark("basic-auth-retiring", BASIC));
    }),
    Seed::files("basic-auth-blocks-upgrade", Ground::New, 10, |site| {
        let version = mark("basic-auth-blocks-upgrade", "\"64.0\"");
        let mut project = Draft::of(&[("apiVersion", &version)]);
        let rules = Draft::of(&[("basic-auth-retiring", "\"off\"")]);
        project.set_value("rules", Value::Object(rules));
        site.project_draft(&project);
        for _ in 0..=site.random.below(10) {
            let org = site.any_basic();
            site.put(org);
        }
    }),
    Seed::files("basic-auth-blocks-upgrade", Ground::New, 6, |site| {
        let version = mark("basic-auth-blocks-upgrade", "\"58.0\"");
        site.project(&[("apiVersion", &version)]);
        for _ in 0..=site.random.below(3) {
            let mut org = site.basic();
            org.set_auth("type", mark("basic-auth-retiring", BASIC));
            site.put(org);
        }
        site.some_oauth();
    }),
    Seed::files("oauth-needs-newer-agent", Ground::New, 3, |site| {
        site.project(&[("apiVersion", "\"61.0\""), ("agentVersion", "\"12.2\"")]);
        marked_oauth(site, &["oauth-needs-newer-agent"]);
    }),
    Seed::files("oauth-needs-newer-agent", Ground::New, 3, |site| {
        site.project(&[("apiVersion", "\"60.0\""), ("agentVersion", "\"11.29.1.2\"")]);
        marked_oauth(site, &["oauth-needs-newer-agent"]);
    }),
    Seed::files("oauth-needs-newer-design-studio", Ground::New, 3, |site| {
        site.project(&[("apiVersion", "\"61.0\""), ("designStudioVersion", "\"11.40\"")]);
        marked_oauth(site, &["oauth-needs-newer-design-studio"]);
    }),
    // Both are too old.
    Seed::files("oauth-needs-newer-design-studio", Ground::OldBasic, 3, |site| {
        marked_oauth(site, &["oauth-needs-newer-agent", "oauth-needs-newer-design-studio"]);
    }),
];
