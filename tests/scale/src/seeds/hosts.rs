//! Hosts: of the instance URL, of the login, and what they say about sandboxes.

use super::{Ground, Seed};
use crate::draft::string;
use crate::marks::mark;
use crate::org::Org;

/// Sets the instance URL, marked.
fn url(org: &mut Org, rule: &str, url: &str) {
    org.set_auth("instanceUrl", mark(rule, string(url)));
}

/// Sets the server host, marked.
fn host(org: &mut Org, rule: &str, host: &str) {
    org.set("serverHost", mark(rule, string(host)));
}

pub(super) static SEEDS: &[Seed] = &[
    Seed::oauth("instance-url-invalid", Ground::OAuth, |org| {
        url(org, "instance-url-invalid", "http://acme.my.salesforce.com");
    }),
    Seed::oauth("instance-url-invalid", Ground::OAuth, |org| {
        url(org, "instance-url-invalid", "https://acme.my.salesforce.com/services/oauth2/token");
    }),
    Seed::oauth("instance-url-invalid", Ground::OAuth, |org| {
        url(org, "instance-url-invalid", "https://acme.my.salesforce.com:8443");
    }),
    Seed::oauth("instance-url-invalid", Ground::OAuth, |org| {
        url(org, "instance-url-invalid", "https://admin@acme.my.salesforce.com");
    }),
    Seed::oauth("instance-url-invalid", Ground::OAuth, |org| {
        url(org, "instance-url-invalid", "acme.my.salesforce.com");
    }),
    Seed::oauth("instance-url-login-host", Ground::OAuth, |org| {
        url(org, "instance-url-login-host", "https://login.salesforce.com");
    }),
    Seed::oauth("instance-url-login-host", Ground::OAuth, |org| {
        url(org, "instance-url-login-host", "https://test.salesforce.com");
    }),
    Seed::oauth("instance-url-ui-host", Ground::OAuth, |org| {
        url(org, "instance-url-ui-host", "https://acme.lightning.force.com");
    }),
    Seed::oauth("instance-url-ui-host", Ground::OAuth, |org| {
        url(org, "instance-url-ui-host", "https://acme--c.vf.force.com");
    }),
    Seed::oauth("instance-url-ui-host", Ground::OAuth, |org| {
        url(org, "instance-url-ui-host", "https://acme.my.salesforce-setup.com");
    }),
    Seed::oauth("instance-url-ui-host", Ground::OAuth, |org| {
        url(org, "instance-url-ui-host", "https://www.salesforce.com");
    }),
    Seed::oauth("instance-url-not-salesforce", Ground::OAuth, |org| {
        url(org, "instance-url-not-salesforce", "https://acme.my.salesforce.com.example.org");
    }),
    Seed::oauth("instance-url-not-salesforce", Ground::OAuth, |org| {
        url(org, "instance-url-not-salesforce", "https://203.0.113.7");
    }),
    Seed::oauth("instance-url-not-salesforce", Ground::OAuth, |org| {
        url(org, "instance-url-not-salesforce", "https://acme.unknown.my.salesforce.com");
    }),
    Seed::oauth("instance-url-legacy", Ground::OAuth, |org| {
        url(org, "instance-url-legacy", "https://na139.salesforce.com");
    }),
    Seed::oauth("instance-url-legacy", Ground::OAuth, |org| {
        org.set("sandbox", "true");
        url(org, "instance-url-legacy", "https://cs42.salesforce.com");
    }),
    Seed::basic("server-host-invalid", Ground::Basic, |org| {
        host(org, "server-host-invalid", "https://acme.my.salesforce.com");
    }),
    Seed::basic("server-host-invalid", Ground::Basic, |org| {
        host(org, "server-host-invalid", "acme.my.salesforce.com:443");
    }),
    Seed::oauth("server-host-invalid", Ground::OAuth, |org| {
        host(org, "server-host-invalid", "acme my salesforce com");
    }),
    Seed::basic("server-host-not-salesforce", Ground::Basic, |org| {
        host(org, "server-host-not-salesforce", "acme.lightning.force.com");
    }),
    Seed::basic("server-host-not-salesforce", Ground::Basic, |org| {
        host(org, "server-host-not-salesforce", "203.0.113.7");
    }),
    Seed::oauth("server-host-not-salesforce", Ground::OAuth, |org| {
        host(org, "server-host-not-salesforce", "login.salesforce.com.example.org");
    }),
    Seed::oauth("server-host-mismatch", Ground::OAuth, |org| {
        host(org, "server-host-mismatch", "login.salesforce.com");
    }),
    Seed::oauth("server-host-mismatch", Ground::OAuth, |org| {
        host(org, "server-host-mismatch", "somebody-else.my.salesforce.com");
    }),
    // `sandbox` is not written: the host is what can be seen.
    Seed::oauth("sandbox-mismatch", Ground::OAuth, |org| {
        url(org, "sandbox-mismatch", "https://acme--uat.sandbox.my.salesforce.com");
    }),
    Seed::oauth("sandbox-mismatch", Ground::OAuth, |org| {
        org.set("sandbox", mark("sandbox-mismatch", "true"));
    }),
    Seed::basic("sandbox-mismatch", Ground::Basic, |org| {
        org.set("sandbox", mark("sandbox-mismatch", "false"));
        org.set("serverHost", "\"test.salesforce.com\"");
    }),
];
