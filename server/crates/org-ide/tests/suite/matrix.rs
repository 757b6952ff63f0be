//! Faults × contexts: one change of a right file makes exactly one finding, whatever the layout of
//! the file and whoever gives it its API version.

use crate::world::World;

/// A right file that a fault changes.
#[derive(Clone, Copy, PartialEq)]
enum Base {
    OAuth,
    Basic,
}

const OAUTH: &str = r#"{
  "name": "Acme",
  "description": "\u0041cme 🚀 ünd Söhne",
  "sandbox": false,
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com",
    "clientId": "3MVG9.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE",
    "clientSecret": "${env:ACME_CLIENT_SECRET}"
  }
}
"#;

const BASIC: &str = r#"{
  "name": "Acme",
  "sandbox": true,
  "serverHost": "acme--uat.sandbox.my.salesforce.com",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example.uat",
    "password": "${env:ACME_PASSWORD}",
    "securityToken": "${keyring:acme token}"
  }
}
"#;

const BASIC_RULES_OFF: &str =
    r#""rules": { "basic-auth-retiring": "off", "basic-auth-blocks-upgrade": "off" }"#;

/// `base` with `find` replaced by `put` makes `rule` mark `marked`.
struct Fault {
    rule: &'static str,
    base: Base,
    find: &'static str,
    put: &'static str,
    marked: &'static str,
    /// Literal secrets in it, each of which `plaintext-secret` reports besides.
    literals: usize,
}

const fn fault(
    rule: &'static str,
    base: Base,
    find: &'static str,
    put: &'static str,
    marked: &'static str,
) -> Fault {
    Fault { rule, base, find, put, marked, literals: 0 }
}

const fn literal(
    rule: &'static str,
    base: Base,
    find: &'static str,
    put: &'static str,
    marked: &'static str,
) -> Fault {
    Fault { literals: 1, ..fault(rule, base, find, put, marked) }
}

use Base::{Basic, OAuth};

const URL: &str = "\"https://acme.my.salesforce.com\"";
const HOST: &str = "\"acme--uat.sandbox.my.salesforce.com\"";
const CLIENT_ID: &str =
    "\"3MVG9.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE\"";
const SECRET: &str = "\"${env:ACME_CLIENT_SECRET}\"";
const PASSWORD: &str = "\"${env:ACME_PASSWORD}\"";
const TOKEN: &str = "\"${keyring:acme token}\"";
const USER: &str = "\"integration@acme.example.uat\"";

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    fault("syntax-error", OAuth, "\"sandbox\": false", "\"sandbox\": False", "False"),
    fault("syntax-error", OAuth, "\"sandbox\": false", "\"sandbox\": 0x1", "0x1"),
    fault("syntax-error", Basic, "\"basic\"", "'basic'", "'basic'"),
    fault("syntax-error", OAuth, "\\u0041cme", "\\x41cme", "\\x"),
    fault("trailing-comma", OAuth, SECRET, "\"${env:ACME_CLIENT_SECRET}\",", ","),
    fault("comment", OAuth, "\"sandbox\"", "/* why */ \"sandbox\"", "/* why */"),
    fault("duplicate-member", OAuth, "\"sandbox\": false", "\"sandbox\": true, \"sandbox\": false", "\"sandbox\""),
    fault("duplicate-member", Basic, "\"username\"", "\"usern\\u0061me\": \"u@acme.example\", \"username\"", "\"username\""),
    fault("unknown-member", OAuth, "\"description\"", "\"descripton\"", "\"descripton\""),
    fault("unknown-member", Basic, "\"sandbox\"", "\"clientId\": \"x\", \"sandbox\"", "\"clientId\""),
    fault("unknown-member", Basic, "\"username\"", "\"instanceUrl\": \"https://acme.my.salesforce.com\", \"username\"", "\"instanceUrl\""),
    fault("unknown-member", OAuth, "\"name\"", "\"nmae\"", "\"nmae\""),
    fault("unknown-member", OAuth, "\"auth\"", "\"Auth\"", "\"Auth\""),
    fault("unknown-member", OAuth, "\"type\"", "\"tpye\"", "\"tpye\""),
    fault("unknown-member", OAuth, "\"clientId\"", "\"client_id\"", "\"client_id\""),
    fault("unknown-member", Basic, "\"username\"", "\"userName\"", "\"userName\""),
    fault("missing-member", OAuth, "\"name\": \"Acme\",", "", "{"),
    fault("missing-member", OAuth, "\"instanceUrl\": \"https://acme.my.salesforce.com\",", "", "\"auth\""),
    fault("missing-member", OAuth, "\"type\": \"oauth2-client-credentials\",", "", "\"auth\""),
    fault("missing-member", Basic, "\"username\": \"integration@acme.example.uat\",", "", "\"auth\""),
    fault("wrong-type", OAuth, "\"sandbox\": false", "\"sandbox\": \"no\"", "\"no\""),
    fault("wrong-type", OAuth, "\"Acme\"", "null", "null"),
    fault("wrong-type", Basic, PASSWORD, "17", "17"),
    fault("wrong-type", Basic, "\"basic\"", "[]", "[]"),
    fault("invalid-value", OAuth, "\"oauth2-client-credentials\"", "\"oauth\"", "\"oauth\""),
    fault("invalid-value", Basic, "\"Acme\"", "\"Acme/UAT\"", "\"Acme/UAT\""),
    fault("empty-value", OAuth, "\"Acme\"", "\"\"", "\"\""),
    fault("empty-value", OAuth, URL, "\" \"", "\" \""),
    fault("empty-value", OAuth, CLIENT_ID, "\"\"", "\"\""),
    fault("empty-value", OAuth, SECRET, "\"\"", "\"\""),
    fault("empty-value", OAuth, "\"oauth2-client-credentials\"", "\"\"", "\"\""),
    fault("empty-value", Basic, HOST, "\"\"", "\"\""),
    fault("empty-value", Basic, USER, "\"\\t\"", "\"\\t\""),
    fault("empty-value", Basic, PASSWORD, "\"\"", "\"\""),
    fault("empty-value", Basic, TOKEN, "\"\"", "\"\""),
    fault("placeholder-value", OAuth, "\"Acme\"", "\"<name/of:org>\"", "\"<name/of:org>\""),
    fault("placeholder-value", OAuth, URL, "\"https://your-domain.my.salesforce.com\"", "\"https://your-domain.my.salesforce.com\""),
    fault("placeholder-value", OAuth, CLIENT_ID, "\"3MVG9…\"", "\"3MVG9…\""),
    fault("placeholder-value", OAuth, SECRET, "\"changeme\"", "\"changeme\""),
    fault("placeholder-value", OAuth, "\"oauth2-client-credentials\"", "\"<type>\"", "\"<type>\""),
    fault("placeholder-value", Basic, HOST, "\"<server host>\"", "\"<server host>\""),
    fault("placeholder-value", Basic, USER, "\"your-user\"", "\"your-user\""),
    fault("placeholder-value", Basic, PASSWORD, "\"TODO\"", "\"TODO\""),
    fault("placeholder-value", Basic, TOKEN, "\"xxx\"", "\"xxx\""),
    fault("placeholder-value", Basic, PASSWORD, "\"********\"", "\"********\""),
    fault("placeholder-value", OAuth, SECRET, "\"[REDACTED] Use 'sf' to view\"", "\"[REDACTED] Use 'sf' to view\""),
    fault("placeholder-value", OAuth, CLIENT_ID, "\"undefined\"", "\"undefined\""),
    fault("placeholder-value", Basic, USER, "\"N/A\"", "\"N/A\""),
    fault("foreign-reference", Basic, PASSWORD, "\"$SF_PASSWORD\"", "\"$SF_PASSWORD\""),
    fault("foreign-reference", Basic, TOKEN, "\" ${env:SF_TOKEN}\"", "\" ${env:SF_TOKEN}\""),
    fault("foreign-reference", Basic, USER, "\"[user]\"", "\"[user]\""),
    fault("foreign-reference", OAuth, CLIENT_ID, "\"{{client_id}}\"", "\"{{client_id}}\""),
    fault("foreign-reference", OAuth, SECRET, "\"op://Private/sf/secret\"", "\"op://Private/sf/secret\""),
    fault("invisible-character", OAuth, URL, "\"https://acme.my.salesforce.com\u{200b}\"", "\u{200b}"),
    fault("invisible-character", OAuth, "\"oauth2-client-credentials\"", "\"oauth2\u{2011}client-credentials\"", "\u{2011}"),
    fault("invisible-character", OAuth, "\"instanceUrl\"", "\"instance\u{ad}Url\"", "\u{ad}"),
    fault("invisible-character", OAuth, "\"name\"", "\"name\\u00a0\"", "\\u00a0"),
    fault("invisible-character", OAuth, CLIENT_ID, "\"\u{2066}3MVG9 \"", "\u{2066}"),
    fault("invisible-character", Basic, HOST, "\"\u{feff}acme.my.salesforce.com\"", "\u{feff}"),
    fault("invisible-character", Basic, USER, "\"integration\u{200e}\"", "\u{200e}"),
    literal("invisible-character", Basic, PASSWORD, "\"not-a-real\u{a0}password\"", "\u{a0}"),
    fault("instance-url-invalid", OAuth, URL, "\"[a](https://acme.my.salesforce.com)\"", "\"[a](https://acme.my.salesforce.com)\""),
    fault("instance-url-invalid", OAuth, URL, "\"https://acme.my.salesforce.com,\"", "\"https://acme.my.salesforce.com,\""),
    fault("instance-url-invalid", OAuth, URL, "\"{{url}}\"", "\"{{url}}\""),
    fault("instance-url-ui-host", OAuth, URL, "\"https://acme.cloudforce.com\"", "\"https://acme.cloudforce.com\""),
    fault("server-host-invalid", Basic, HOST, "\"<acme--uat.sandbox.my.salesforce.com>\"", "\"<acme--uat.sandbox.my.salesforce.com>\""),
    fault("instance-url-invalid", OAuth, URL, "\"http://acme.my.salesforce.com\"", "\"http://acme.my.salesforce.com\""),
    fault("instance-url-invalid", OAuth, URL, "\"https://acme.my.salesforce.com:443/\"", "\"https://acme.my.salesforce.com:443/\""),
    fault("instance-url-login-host", OAuth, URL, "\"https://login.salesforce.com\"", "\"https://login.salesforce.com\""),
    fault("instance-url-login-host", OAuth, URL, "\"https://TEST.salesforce.com/\"", "\"https://TEST.salesforce.com/\""),
    fault("instance-url-ui-host", OAuth, URL, "\"https://acme--uat.sandbox.lightning.force.com\"", "\"https://acme--uat.sandbox.lightning.force.com\""),
    fault("instance-url-not-salesforce", OAuth, URL, "\"https://192.0.2.1\"", "\"https://192.0.2.1\""),
    fault("instance-url-legacy", OAuth, URL, "\"https://na139.salesforce.com\"", "\"https://na139.salesforce.com\""),
    fault("server-host-invalid", Basic, HOST, "\"https://acme--uat.sandbox.my.salesforce.com\"", "\"https://acme--uat.sandbox.my.salesforce.com\""),
    fault("server-host-not-salesforce", Basic, HOST, "\"acme--uat.sandbox.lightning.force.com\"", "\"acme--uat.sandbox.lightning.force.com\""),
    fault("server-host-mismatch", OAuth, "\"sandbox\"", "\"serverHost\": \"login.salesforce.com\", \"sandbox\"", "\"login.salesforce.com\""),
    fault("sandbox-mismatch", OAuth, "\"sandbox\": false", "\"sandbox\": true", "true"),
    fault("sandbox-mismatch", OAuth, URL, "\"https://acme--uat.sandbox.my.salesforce.com\"", "false"),
    fault("sandbox-mismatch", Basic, "\"sandbox\": true,", "", HOST),
    fault("sandbox-mismatch", Basic, HOST, "\"login.salesforce.com\"", "true"),
    fault("username-shape", Basic, USER, "\"integration\"", "\"integration\""),
    literal("security-token-shape", Basic, TOKEN, "\"short\"", "\"short\""),
    fault("client-id-shape", OAuth, CLIENT_ID, "\"Acme integration\"", "\"Acme integration\""),
    literal("client-secret-shape", OAuth, SECRET, "\"not-a-real-secret\"", "\"not-a-real-secret\""),
    fault("plaintext-secret", Basic, PASSWORD, "\"not-a-real-password\"", "\"not-a-real-password\""),
    fault("secret-not-found", OAuth, SECRET, "\"${env:NOBODY_HAS_THIS}\"", "\"${env:NOBODY_HAS_THIS}\""),
    fault("secret-reference-invalid", Basic, PASSWORD, "\"${ACME_PASSWORD}\"", "\"${ACME_PASSWORD}\""),
];

/// A name and what it makes of a text.
type Layout = (&'static str, fn(&str) -> String);

/// Layouts that mean the same.
const LAYOUTS: &[Layout] = &[
    ("as it is", str::to_owned),
    ("carriage returns", |text| text.replace('\n', "\r\n")),
    ("tabs", |text| text.replace("  ", "\t")),
    ("one line", |text| text.lines().map(str::trim_start).collect()),
    ("a byte order mark", |text| format!("\u{feff}{text}")),
    ("blank lines", |text| text.replace('\n', "\n\n  ")),
];

/// Project files that give a right file no finding, with the path of the org file.
fn projects(base: Base) -> Vec<(&'static str, String)> {
    match base {
        OAuth => vec![
            ("acme.sforg.json", r#"{ "apiVersion": "68.0" }"#.to_owned()),
            (
                "orgs/uat/acme.sforg.json",
                r#"{ "apiVersion": "66.0", "agentVersion": "12.9" }"#.to_owned(),
            ),
            // Broken: what needs the version is silent.
            ("acme.sforg.json", r#"{ "name": "Acme", "#.to_owned()),
            ("acme.sforg.json", "{}".to_owned()),
        ],
        Basic => vec![
            ("acme.sforg.json", format!(r#"{{ "apiVersion": "64.0", {BASIC_RULES_OFF} }}"#)),
            ("acme.sforg.json", String::new()),
        ],
    }
}

#[test]
fn every_fault_makes_exactly_one_finding() {
    for fault in FAULTS {
        let base = if fault.base == OAuth { OAUTH } else { BASIC };
        assert_eq!(base.matches(fault.find).count(), 1, "{} in the base", fault.find);
        for (layout_name, layout) in LAYOUTS {
            for (file, project) in projects(fault.base) {
                let place = format!("{} ({layout_name}, project {project})", fault.rule);
                let right = check(file, &layout(base), &project);
                assert_eq!(right, [], "{place}: the base itself");
                let text = layout(&base.replace(fault.find, fault.put));
                let mut found = check(file, &text, &project);
                let literals = found.iter().filter(|(rule, _)| rule == "plaintext-secret").count();
                if fault.rule != "plaintext-secret" {
                    assert_eq!(literals, fault.literals, "{place}: literal secrets");
                    found.retain(|(rule, _)| rule != "plaintext-secret");
                }
                let expected = (fault.rule.to_owned(), fault.marked.to_owned());
                assert_eq!(found, [expected], "{place}");
            }
        }
    }
}

#[test]
fn every_rule_of_an_org_file_is_among_the_faults() {
    // These need a second file or something outside the file; the scenarios show them.
    let elsewhere = [
        "file-too-large",
        "invalid-encoding",
        "too-many-findings",
        "login-failed",
        "duplicate-org-name",
        "duplicate-connection",
        "agent-version-unknown",
        "design-studio-version-unknown",
        "design-studio-differs",
        "design-studio-org-missing",
        "design-studio-project-unreadable",
        "basic-auth-blocks-upgrade",
        "security-token-in-password",
        // In files of other tools alone.
        "password-flow-retiring",
    ];
    for rule in org_ide::rules::ALL {
        let is_seeded = FAULTS.iter().any(|fault| fault.rule == rule.name)
            || VERSION_FAULTS.iter().any(|(name, ..)| *name == rule.name);
        assert!(is_seeded || elsewhere.contains(&rule.name), "{}", rule.name);
    }
}

/// Rule, members of the project, the org's own version, the org, and the file where it is found.
type VersionFault = (&'static str, Option<&'static str>, Option<&'static str>, Base, &'static str);

#[rustfmt::skip]
const VERSION_FAULTS: &[VersionFault] = &[
    ("api-version-missing", None, None, OAuth, "org"),
    ("api-version-missing", None, None, Basic, "org"),
    ("api-version-unknown", Some(r#""apiVersion": "68""#), None, OAuth, "project"),
    ("api-version-unknown", Some(r#""apiVersion": "99.0""#), None, OAuth, "project"),
    ("api-version-unknown", Some(r#""apiVersion": "6.0""#), None, OAuth, "project"),
    ("api-version-unknown", Some(r#""apiVersion": "6.0""#), None, Basic, "project"),
    ("api-version-unknown", Some(r#""apiVersion": "68.0""#), Some("69.0"), OAuth, "org"),
    ("api-version-unknown", Some(r#""apiVersion": "66.0", "agentVersion": "12.9""#), Some("v66"), OAuth, "org"),
    ("api-version-unknown", None, Some("5.0"), Basic, "org"),
    ("api-version-retired", Some(r#""apiVersion": "30.0""#), None, OAuth, "project"),
    ("api-version-retired", Some(r#""apiVersion": "30.0", "agentVersion": "12.9""#), None, OAuth, "project"),
    ("api-version-retired", Some(r#""apiVersion": "68.0""#), Some("7.0"), OAuth, "org"),
    ("api-version-retired", None, Some("30.0"), Basic, "org"),
    ("api-version-retiring", Some(r#""apiVersion": "31.0""#), None, OAuth, "project"),
    ("api-version-retiring", Some(r#""apiVersion": "68.0""#), Some("40.0"), OAuth, "org"),
    ("upgrade-available", Some(r#""apiVersion": "67.0""#), None, OAuth, "project"),
    ("upgrade-available", Some(r#""apiVersion": "65.0", "agentVersion": "12.7""#), None, OAuth, "project"),
    ("upgrade-available", None, Some("41.0"), OAuth, "org"),
    ("api-version-not-supported-by-agent", Some(r#""apiVersion": "68.0", "agentVersion": "12.7""#), None, OAuth, "project"),
    ("api-version-not-supported-by-agent", Some(r#""apiVersion": "66.0", "agentVersion": "12.7""#), Some("68.0"), OAuth, "org"),
    ("api-version-not-supported-by-agent", Some(r#""apiVersion": "68.0", "designStudioVersion": "11.63""#), None, OAuth, "project"),
    ("api-version-override", Some(r#""apiVersion": "68.0""#), Some("67.0"), OAuth, "org"),
    ("api-version-override", Some(r#""apiVersion": "66.0", "agentVersion": "12.7""#), Some("65.0"), OAuth, "org"),
    ("basic-auth-removed", Some(r#""apiVersion": "68.0""#), None, Basic, "org"),
    ("basic-auth-removed", Some(r#""apiVersion": "65.0""#), None, Basic, "org"),
    ("basic-auth-removed", Some(r#""apiVersion": "66.0", "agentVersion": "12.9""#), Some("65.0"), Basic, "org"),
    ("basic-auth-removed", None, Some("68.0"), Basic, "org"),
    ("basic-auth-retiring", None, Some("64.0"), Basic, "org"),
    ("oauth-needs-newer-agent", Some(r#""apiVersion": "61.0", "agentVersion": "11.45""#), None, OAuth, "org"),
    ("oauth-needs-newer-agent", Some(r#""apiVersion": "61.0", "agentVersion": "12.2""#), None, OAuth, "org"),
    ("oauth-needs-newer-design-studio", Some(r#""apiVersion": "61.0", "designStudioVersion": "11.40""#), None, OAuth, "org"),
];

#[test]
fn a_version_is_found_once_and_where_it_is_written() {
    for (rule, project, own, base, place) in VERSION_FAULTS {
        let base = if *base == OAuth { OAUTH } else { BASIC };
        let own = own.map_or(String::new(), |own| format!("\"apiVersion\": \"{own}\", "));
        let org = base.replacen("\"sandbox\"", &format!("{own}\"sandbox\""), 1);
        let project = project.map(|members| format!("{{ {members} }}"));
        let mut files = vec![("acme.sforg.json", org.as_str())];
        files.extend(project.as_deref().map(|text| ("sforg-project.json", text)));
        let mut world = World::new(files.iter().copied());
        know_the_names(&mut world);
        let found: Vec<_> = files
            .iter()
            .flat_map(|(file, _)| {
                world.findings(file).into_iter().map(move |f| (*file, f.rule.name))
            })
            .collect();
        let file = if *place == "org" { "acme.sforg.json" } else { "sforg-project.json" };
        assert_eq!(found, [(file, *rule)], "{rule} {own} {project:?}");
    }
}

fn know_the_names(world: &mut World) {
    let names = ["ACME_CLIENT_SECRET", "ACME_PASSWORD"];
    world.environment.extend(names.map(str::to_owned));
}

/// Rule and marked text of what is found in the org file.
fn check(file: &str, text: &str, project: &str) -> Vec<(String, String)> {
    let mut world = World::new([(file, text), ("sforg-project.json", project)]);
    know_the_names(&mut world);
    let findings = world.findings(file).into_iter();
    findings
        .map(|finding| (finding.rule.name.to_owned(), finding.span.text(text).to_owned()))
        .collect()
}
