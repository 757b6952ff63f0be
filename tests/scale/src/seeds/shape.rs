//! Members and values that the formats do not have.

use super::{Ground, Seed};
use crate::draft::{Draft, Member, Value, string};
use crate::marks::mark;

pub(super) static SEEDS: &[Seed] = &[
    Seed::oauth("unknown-member", Ground::OAuth, |org| {
        let mut member = Member::raw("descripton", string("a slip of the finger"));
        member.key = mark("unknown-member", member.key);
        org.draft.insert(member);
    }),
    // What belongs to basic authentication.
    Seed::oauth("unknown-member", Ground::OAuth, |org| {
        let mut member = Member::raw("username", string("integration@acme.example"));
        member.key = mark("unknown-member", member.key);
        org.auth().members.push(member);
    }),
    Seed::files("unknown-member", Ground::New, 3, |site| {
        let mut project = Draft::of(&[("apiVersion", "\"68.0\"")]);
        let mut rules = Draft::of(&[("plaintext-secret", "\"error\"")]);
        let mut rule = Member::raw("basic-auth-retired", "\"off\"");
        rule.key = mark("unknown-member", rule.key);
        rules.members.push(rule);
        project.set_value("rules", Value::Object(rules));
        let mut member = Member::raw("agentversion", "\"12.9\"");
        member.key = mark("unknown-member", member.key);
        project.members.push(member);
        site.project_draft(&project);
        site.some_oauth();
    }),
    Seed::oauth("missing-member", Ground::OAuth, |org| {
        org.draft.remove("name");
        org.draft.open = mark("missing-member", "{");
    }),
    Seed::oauth("missing-member", Ground::OAuth, |org| {
        org.auth().remove("clientSecret");
        org.draft.member("auth").key = mark("missing-member", "\"auth\"");
    }),
    Seed::basic("missing-member", Ground::Basic, |org| {
        org.draft.remove("auth");
        org.draft.open = mark("missing-member", "{");
    }),
    Seed::basic("missing-member", Ground::Basic, |org| {
        org.auth().remove("type");
        org.draft.member("auth").key = mark("missing-member", "\"auth\"");
    }),
    // The orgs of a project without a version are left alone.
    Seed::files("missing-member", Ground::New, 6, |site| {
        let mut project = Draft::of(&[("name", "\"without a version\"")]);
        project.open = mark("missing-member", "{");
        site.project_draft(&project);
        site.some_oauth();
        site.some_basic();
    }),
    Seed::oauth("wrong-type", Ground::OAuth, |org| {
        org.set("sandbox", mark("wrong-type", "\"true\""));
    }),
    Seed::oauth("wrong-type", Ground::OAuth, |org| {
        org.set("name", mark("wrong-type", "42"));
    }),
    Seed::oauth("wrong-type", Ground::OAuth, |org| {
        org.set("description", mark("wrong-type", "null"));
    }),
    Seed::basic("wrong-type", Ground::Basic, |org| {
        org.set("auth", mark("wrong-type", "\"basic\""));
    }),
    Seed::files("wrong-type", Ground::New, 6, |site| {
        site.project(&[("apiVersion", &mark("wrong-type", "64.0"))]);
        site.some_oauth();
        site.some_basic();
    }),
    Seed::oauth("invalid-value", Ground::OAuth, |org| {
        org.set_auth("type", mark("invalid-value", "\"oauth2\""));
    }),
    Seed::oauth("invalid-value", Ground::OAuth, |org| {
        let name = string(format!("{}/UAT", org.label));
        org.set("name", mark("invalid-value", name));
    }),
    Seed::files("invalid-value", Ground::New, 3, |site| {
        let mut project = Draft::of(&[("apiVersion", "\"68.0\"")]);
        let severity = mark("invalid-value", "\"warn\"");
        let rules = Draft::of(&[("plaintext-secret", &severity)]);
        project.set_value("rules", Value::Object(rules));
        site.project_draft(&project);
        site.some_oauth();
    }),
    Seed::oauth("empty-value", Ground::OAuth, |org| {
        org.set_auth("clientId", mark("empty-value", "\"\""));
    }),
    Seed::oauth("empty-value", Ground::OAuth, |org| {
        org.set("name", mark("empty-value", "\"  \""));
    }),
    Seed::basic("empty-value", Ground::Basic, |org| {
        org.set_auth("password", mark("empty-value", "\"\""));
    }),
    Seed::basic("empty-value", Ground::Basic, |org| {
        org.set("serverHost", mark("empty-value", "\"\""));
    }),
    Seed::oauth("placeholder-value", Ground::OAuth, |org| {
        org.set_auth("clientId", mark("placeholder-value", "\"<the consumer key>\""));
    }),
    Seed::oauth("placeholder-value", Ground::OAuth, |org| {
        let url = "\"https://your-domain.my.salesforce.com\"";
        org.set_auth("instanceUrl", mark("placeholder-value", url));
    }),
    Seed::oauth("placeholder-value", Ground::OAuth, |org| {
        org.set("name", mark("placeholder-value", "\"TODO\""));
    }),
    Seed::basic("placeholder-value", Ground::Basic, |org| {
        org.set_auth("password", mark("placeholder-value", "\"changeme\""));
    }),
    Seed::basic("placeholder-value", Ground::Basic, |org| {
        org.set_auth("password", mark("placeholder-value", "\"********\""));
    }),
];
