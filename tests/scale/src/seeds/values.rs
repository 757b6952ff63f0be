//! Credentials that cannot be right, and secrets in the wrong place. None of them is real.

use super::{Ground, Seed};
use crate::draft::string;
use crate::marks::mark;
use crate::org::Org;

/// A client secret as Salesforce makes them, of no app.
const CLIENT_SECRET: &str = "0000000000000000EXAMPLE00000000000000000EXAMPLE00000000000000000";
/// The same of a security token.
const TOKEN: &str = "ExampleExampleExample1234";

/// Sets a secret that is written out, which is said of each.
fn literal(org: &mut Org, name: &str, value: &str, rules: &[&str]) {
    let plain = mark("plaintext-secret", string(value));
    org.set_auth(name, rules.iter().fold(plain, |value, rule| mark(rule, value)));
}

fn reference(org: &mut Org, name: &str, value: &str, rule: &str) {
    org.set_auth(name, mark(rule, string(value)));
}

pub(super) static SEEDS: &[Seed] = &[
    Seed::basic("username-shape", Ground::Basic, |org| {
        org.set_auth("username", mark("username-shape", string(org.label.clone())));
    }),
    Seed::basic("username-shape", Ground::Basic, |org| {
        let name = string(format!("{}@acme", org.label));
        org.set_auth("username", mark("username-shape", name));
    }),
    Seed::basic("foreign-reference", Ground::Basic, |org| {
        org.set_auth("username", mark("foreign-reference", string("{{ sf_user }}")));
    }),
    Seed::basic("foreign-reference", Ground::Basic, |org| {
        org.set_auth("password", mark("foreign-reference", string("%SF_PASSWORD%")));
    }),
    Seed::oauth("foreign-reference", Ground::OAuth, |org| {
        org.set_auth("clientSecret", mark("foreign-reference", string(" ${env:SF_SECRET}")));
    }),
    Seed::basic("invisible-character", Ground::Basic, |org| {
        let unseen = mark("invisible-character", "\u{200b}");
        org.set_auth("username", format!("\"{}@acme.example{unseen}\"", org.label));
    }),
    Seed::oauth("invisible-character", Ground::OAuth, |org| {
        let url = org.auth_value("instanceUrl");
        let unseen = mark("invisible-character", "\u{a0}");
        org.set_auth("instanceUrl", url.replacen('"', &format!("\"{unseen}"), 1));
    }),
    Seed::basic("security-token-in-password", Ground::Basic, |org| {
        let password = format!("not-a-real-password{TOKEN}");
        literal(org, "password", &password, &["security-token-in-password"]);
        literal(org, "securityToken", TOKEN, &[]);
    }),
    Seed::basic("security-token-shape", Ground::Basic, |org| {
        literal(org, "securityToken", "too-short", &["security-token-shape"]);
    }),
    Seed::basic("security-token-shape", Ground::Basic, |org| {
        literal(org, "securityToken", &format!(" {TOKEN}"), &["security-token-shape"]);
    }),
    Seed::oauth("client-id-shape", Ground::OAuth, |org| {
        let id = string(format!("Jitterbit integration {}", org.label));
        org.set_auth("clientId", mark("client-id-shape", id));
    }),
    // Swapped: said once, besides that the one in the secret's place is to be read by everybody.
    Seed::oauth("client-id-shape", Ground::OAuth, |org| {
        let id = org.auth_value("clientId");
        org.set_auth("clientSecret", mark("plaintext-secret", id));
        org.set_auth("clientId", mark("client-id-shape", string(CLIENT_SECRET)));
    }),
    Seed::oauth("client-secret-shape", Ground::OAuth, |org| {
        literal(org, "clientSecret", "not-a-real-secret", &["client-secret-shape"]);
    }),
    Seed::oauth("client-secret-shape", Ground::OAuth, |org| {
        literal(org, "clientSecret", &CLIENT_SECRET[1..], &["client-secret-shape"]);
    }),
    Seed::oauth("plaintext-secret", Ground::OAuth, |org| {
        literal(org, "clientSecret", CLIENT_SECRET, &[]);
    }),
    Seed::oauth("plaintext-secret", Ground::OAuth, |org| {
        literal(org, "clientSecret", "1234567890123456789", &[]);
    }),
    Seed::basic("plaintext-secret", Ground::Basic, |org| {
        literal(org, "password", "not $a ${real} password", &[]);
    }),
    // An escaped reference stands for its own text.
    Seed::basic("plaintext-secret", Ground::Basic, |org| {
        literal(org, "password", "$${env:NOT_A_REFERENCE}", &[]);
    }),
    Seed::oauth("secret-not-found", Ground::OAuth, |org| {
        reference(org, "clientSecret", "${env:NOBODY_HAS_SET_THIS}", "secret-not-found");
    }),
    Seed::basic("secret-not-found", Ground::Basic, |org| {
        reference(org, "password", "${env:NOBODY_HAS_SET_THIS}", "secret-not-found");
        reference(org, "securityToken", "${env:NOR_THIS}", "secret-not-found");
    }),
    Seed::oauth("secret-reference-invalid", Ground::OAuth, |org| {
        reference(org, "clientSecret", "${CLIENT_SECRET}", "secret-reference-invalid");
    }),
    Seed::oauth("secret-reference-invalid", Ground::OAuth, |org| {
        reference(org, "clientSecret", "${env:1ST_SECRET}", "secret-reference-invalid");
    }),
    Seed::basic("secret-reference-invalid", Ground::Basic, |org| {
        reference(org, "password", "${keyring:}", "secret-reference-invalid");
    }),
];
