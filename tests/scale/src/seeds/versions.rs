//! API versions, and the versions of Jitterbit's products.

use super::{Ground, Seed};
use crate::draft::{Draft, Value, string};
use crate::marks::mark;
use crate::site::Site;

/// A project with orgs on OAuth 2.0.
fn oauth_project(site: &mut Site<'_>, members: &[(&str, &str)]) {
    site.project(members);
    site.some_oauth();
}

/// A project with orgs on basic authentication, whose retirement is not reported.
fn basic_project(site: &mut Site<'_>, members: &[(&str, &str)]) {
    let mut project = Draft::of(members);
    let rules =
        Draft::of(&[("basic-auth-retiring", "\"off\""), ("basic-auth-blocks-upgrade", "\"off\"")]);
    project.set_value("rules", Value::Object(rules));
    site.project_draft(&project);
    site.some_basic();
}

pub(super) static SEEDS: &[Seed] = &[
    Seed::oauth("api-version-missing", Ground::Nameless, |org| {
        org.draft.remove("apiVersion");
        let name = org.draft.raw("name");
        org.set("name", mark("api-version-missing", name));
    }),
    Seed::basic("api-version-missing", Ground::Nameless, |org| {
        org.draft.remove("apiVersion");
        let name = org.draft.raw("name");
        org.set("name", mark("api-version-missing", name));
    }),
    Seed::oauth("api-version-unknown", Ground::OAuth, |org| {
        org.set("apiVersion", mark("api-version-unknown", "\"v68.0\""));
    }),
    Seed::oauth("api-version-unknown", Ground::OAuth, |org| {
        org.set("apiVersion", mark("api-version-unknown", "\"6.0\""));
    }),
    Seed::oauth("api-version-unknown", Ground::OAuth, |org| {
        org.set("apiVersion", mark("api-version-unknown", "\"99.0\""));
    }),
    Seed::files("api-version-unknown", Ground::New, 6, |site| {
        site.project(&[("apiVersion", &mark("api-version-unknown", "\"64\""))]);
        site.some_oauth();
        site.some_basic();
    }),
    Seed::oauth("api-version-retired", Ground::OAuth, |org| {
        org.set("apiVersion", mark("api-version-retired", "\"30.0\""));
    }),
    Seed::basic("api-version-retired", Ground::Basic, |org| {
        org.set("apiVersion", mark("api-version-retired", "\"7.0\""));
    }),
    Seed::files("api-version-retired", Ground::New, 3, |site| {
        oauth_project(site, &[("apiVersion", &mark("api-version-retired", "\"25.0\""))]);
    }),
    Seed::oauth("api-version-retiring", Ground::OAuth, |org| {
        org.set("apiVersion", mark("api-version-retiring", "\"40.0\""));
    }),
    Seed::basic("api-version-retiring", Ground::Basic, |org| {
        org.set("apiVersion", mark("api-version-retiring", "\"31.0\""));
    }),
    Seed::files("api-version-retiring", Ground::New, 3, |site| {
        oauth_project(site, &[("apiVersion", &mark("api-version-retiring", "\"35.0\""))]);
    }),
    Seed::oauth("upgrade-available", Ground::Nameless, |org| {
        org.set("apiVersion", mark("upgrade-available", "\"61.0\""));
    }),
    Seed::files("upgrade-available", Ground::New, 3, |site| {
        oauth_project(site, &[("apiVersion", &mark("upgrade-available", "\"67.0\""))]);
    }),
    Seed::files("upgrade-available", Ground::New, 3, |site| {
        let version = mark("upgrade-available", "\"64.0\"");
        oauth_project(site, &[("apiVersion", &version), ("agentVersion", "\"12.4\"")]);
    }),
    // Documented: 59.0 is the newest for this agent.
    Seed::files("api-version-not-supported-by-agent", Ground::New, 3, |site| {
        let version = mark("api-version-not-supported-by-agent", "\"61.0\"");
        basic_project(site, &[("apiVersion", &version), ("agentVersion", "\"11.20\"")]);
    }),
    // Reported only.
    Seed::files("api-version-not-supported-by-agent", Ground::New, 3, |site| {
        let version = mark("api-version-not-supported-by-agent", "\"68.0\"");
        oauth_project(site, &[("apiVersion", &version), ("agentVersion", "\"12.9\"")]);
    }),
    Seed::files("api-version-not-supported-by-agent", Ground::New, 3, |site| {
        let version = mark("api-version-not-supported-by-agent", "\"67.0\"");
        oauth_project(site, &[("apiVersion", &version), ("designStudioVersion", "\"11.63\"")]);
    }),
    Seed::basic("api-version-not-supported-by-agent", Ground::OldBasic, |org| {
        org.set("apiVersion", mark("api-version-not-supported-by-agent", "\"61.0\""));
    }),
    Seed::oauth("api-version-override", Ground::Newest, |org| {
        org.set("apiVersion", mark("api-version-override", "\"66.0\""));
    }),
    Seed::oauth("api-version-override", Ground::Agent12, |org| {
        org.set("apiVersion", mark("api-version-override", "\"41.0\""));
    }),
    Seed::basic("api-version-override", Ground::Basic, |org| {
        org.set("apiVersion", mark("api-version-override", "\"60.0\""));
    }),
    Seed::files("agent-version-unknown", Ground::New, 3, |site| {
        let agent = mark("agent-version-unknown", "\"v12.9\"");
        oauth_project(site, &[("apiVersion", "\"68.0\""), ("agentVersion", &agent)]);
    }),
    Seed::files("agent-version-unknown", Ground::New, 3, |site| {
        let agent = mark("agent-version-unknown", "\"13.0\"");
        oauth_project(site, &[("agentVersion", &agent), ("apiVersion", "\"68.0\"")]);
    }),
    Seed::files("design-studio-version-unknown", Ground::New, 3, |site| {
        let studio = mark("design-studio-version-unknown", "\"12.9\"");
        oauth_project(site, &[("apiVersion", "\"68.0\""), ("designStudioVersion", &studio)]);
    }),
    Seed::files("design-studio-version-unknown", Ground::New, 3, |site| {
        let studio = mark("design-studio-version-unknown", string("the newest one"));
        oauth_project(site, &[("designStudioVersion", &studio), ("apiVersion", "\"68.0\"")]);
    }),
];
