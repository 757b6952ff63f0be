//! What a person reads about an answer of Salesforce: played by the simulator, through the program.

use serde_json::{Value, json};
use sforg_simulator::{
    Handle, MY_DOMAIN_ONLY, Options, PRODUCTION, ProxyOptions, Simulator, UAT, behaviour_client_id,
    behaviour_username, case_client_id, case_username,
};
use test_support::{CommandLine, Setup, Workspace, oauth_org};

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn soap_org(simulator: &Handle, username: &str) -> Value {
    json!({
        "name": "Acme", "apiVersion": "61.0", "serverHost": simulator.http_address().to_string(),
        "auth": {"type": "basic", "username": username, "password": "NotReal"},
    })
}

/// The results of one run for many orgs, in the order of the orgs.
fn log_in(simulator: &Handle, orgs: &[Value]) -> Vec<Value> {
    let workspace = Workspace::new();
    for (number, org) in orgs.iter().enumerate() {
        workspace.write(&format!("{number:03}.sforg.json"), org.to_string());
    }
    let arguments = ["login", "--format", "json", "--allow-login-host", &simulator.http_url];
    let rows = CommandLine::new(&workspace, &arguments).run().json();
    rows.as_array().expect("a list").clone()
}

fn oauth(simulator: &Handle, client_id: &str) -> Value {
    let org = oauth_org("Acme", &simulator.http_url, client_id, &"0".repeat(64));
    serde_json::from_str(&org).expect("an org")
}

fn steps(row: &Value) -> String {
    let steps = row["instructions"].as_array().expect("steps").iter();
    steps.filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

#[test]
fn refusals_have_their_cause_their_member_and_their_words() {
    let simulator = simulator();
    let cases = [
        (
            "soap-sso-gateway-invalid",
            "permission-missing",
            json!("/auth/username"),
            "Is Single Sign-On Enabled",
        ),
        (
            "soap-sso-down",
            "salesforce-unavailable",
            json!("/auth/username"),
            "Is Single Sign-On Enabled",
        ),
        ("soap-doc-org-signing-up", "org-unavailable", Value::Null, "Wait"),
        (
            "soap-doc-portal-no-access",
            "permission-missing",
            json!("/auth/username"),
            "internal user",
        ),
        ("soap-doc-licensing", "permission-missing", json!("/auth/username"), "License"),
        ("soap-doc-invalid-client", "other", Value::Null, "Leave the credentials alone"),
        (
            "soap-doc-txn-security",
            "permission-missing",
            json!("/auth/username"),
            "Security Policies",
        ),
        ("soap-label-domain-only", "wrong-host", json!("/serverHost"), "Setup > My Domain"),
        (
            "oauth-no-valid-scopes",
            "permission-missing",
            json!("/auth"),
            "add Manage user data via APIs (api)",
        ),
        ("oauth-scope-parameter", "other", json!("/auth"), "Manage user data via APIs (api)"),
        ("oauth-scope-not-allowed", "other", json!("/auth"), "Manage user data via APIs (api)"),
        (
            "oauth-flow-not-enabled",
            "client-credentials-disabled",
            json!("/auth"),
            "Allow OAuth Client Credentials Flows",
        ),
        (
            "oauth-no-run-as-user",
            "run-as-user-missing",
            json!("/auth"),
            "Allow OAuth Client Credentials Flows",
        ),
        ("oauth-code-challenge", "client-credentials-disabled", json!("/auth"), "PKCE"),
        ("oauth-activation-secret", "other", Value::Null, "Leave the credentials alone"),
        (
            "oauth-failure-token-required",
            "security-token-required",
            json!("/auth"),
            "Network Access",
        ),
        ("oauth-failure-restricted-ip", "ip-restricted", json!("/auth"), "Login IP Ranges"),
        (
            "oauth-failure-restricted-domain",
            "wrong-host",
            json!("/auth/instanceUrl"),
            "Setup > My Domain",
        ),
        ("oauth-failure-user-frozen", "user-inactive", json!("/auth"), "Unfreeze"),
        ("oauth-failure-new-label", "other", json!("/auth"), "Run As"),
        ("oauth-about-the-network", "other", Value::Null, "Network Access"),
    ];
    let orgs: Vec<Value> = cases
        .iter()
        .map(|(id, ..)| match id.starts_with("soap-") {
            true => soap_org(&simulator, &case_username(id)),
            false => oauth(&simulator, &case_client_id(id)),
        })
        .collect();
    for ((id, cause, member, words), row) in cases.iter().zip(log_in(&simulator, &orgs)) {
        assert_eq!(row["status"], "failed", "{id}: {row}");
        assert_eq!(row["cause"], *cause, "{id}: {row}");
        assert_eq!(row["member"], *member, "{id}: {row}");
        assert!(steps(&row).contains(words), "{id}: {row}");
        assert!(row["salesforce"]["code"].is_string(), "{id}: {row}");
    }
}

#[test]
fn a_session_that_the_org_refuses_is_a_warning_in_both_flows() {
    let simulator = simulator();
    let refusals = [
        ("case", "rest-invalid-session-scope", "refuses this session"),
        ("case", "rest-invalid-session-expired", "refuses this session"),
        ("case", "rest-401-empty", "refuses this session"),
        ("case", "rest-api-not-enabled", "The API is off"),
        ("case", "rest-api-not-enabled-partner", "The API is off"),
        ("case", "rest-request-limit", "used up its API requests"),
        ("case", "rest-concurrent-limit", "at the same time"),
        ("case", "rest-410-gone", "no longer serves"),
        ("case", "rest-404-html", "a web page came"),
        ("behave", "later-status-500", "an empty answer came (HTTP 500)"),
        ("behave", "later-status-503", "an empty answer came (HTTP 503)"),
        ("behave", "later-proxy-page", "a web page came"),
        ("behave", "later-redirect-302", "it was redirected to"),
        ("behave", "later-429", "Too Many Requests"),
        ("behave", "later-close", "the connection failed"),
        ("behave", "later-empty", "an empty answer came"),
    ];
    let orgs: Vec<Value> = refusals
        .iter()
        .flat_map(|(kind, name, _)| {
            let (client_id, username) = match *kind {
                "case" => (case_client_id(name), case_username(name)),
                _ => (behaviour_client_id(name), behaviour_username(name)),
            };
            [oauth(&simulator, &client_id), soap_org(&simulator, &username)]
        })
        .collect();
    for (row, (_, name, words)) in
        log_in(&simulator, &orgs).iter().zip(refusals.iter().flat_map(|row| [row, row]))
    {
        assert_eq!(row["status"], "ok", "{name}: {row}");
        let first = row["warnings"][0].as_str().unwrap_or_default();
        assert!(first.contains(words), "{name}: {row}");
        assert!(first.contains("operations") || first.contains("every operation"), "{name}: {row}");
        assert!(first.contains("fail"), "{name}: {row}");
    }
}

#[test]
fn an_org_that_works_gets_no_such_warning() {
    let simulator = simulator();
    let works: Value = serde_json::from_str(&oauth_org(
        "Acme",
        &simulator.http_url,
        PRODUCTION.client_id,
        PRODUCTION.client_secret,
    ))
    .expect("an org");
    let orgs = [works, oauth(&simulator, &behaviour_client_id("ok"))];
    for row in log_in(&simulator, &orgs) {
        assert_eq!(row["status"], "ok", "{row}");
        assert_eq!(row["warnings"], json!([]), "{row}");
    }
}

/// Right credentials: at the login host they look wrong, at the org's My Domain they are not.
#[test]
fn right_credentials_at_the_wrong_login_host() {
    let simulator = Simulator::start(Options {
        proxy: Some(ProxyOptions::default()),
        https_names: ["login.salesforce.com", "test.salesforce.com", "*.my.salesforce.com"]
            .map(str::to_owned)
            .to_vec(),
        ..Options::default()
    })
    .expect("a simulator");
    let org = |sandbox: bool, host: Option<&str>, account: &sforg_simulator::Account| {
        let mut org = json!({
            "name": "Acme", "apiVersion": "61.0", "sandbox": sandbox,
            "auth": {
                "type": "basic", "username": account.username, "password": account.password,
                "securityToken": account.security_token,
            },
        });
        if let Some(host) = host {
            org["serverHost"] = json!(host);
        }
        org.to_string()
    };
    let workspace = Workspace::new();
    workspace.write("a.sforg.json", org(false, None, &MY_DOMAIN_ONLY));
    workspace.write("b.sforg.json", org(true, None, &PRODUCTION));
    workspace.write("c.sforg.json", org(false, None, &UAT));
    workspace.write("d.sforg.json", org(false, Some("login.salesforce.com"), &MY_DOMAIN_ONLY));
    workspace.write("e.sforg.json", org(false, Some(MY_DOMAIN_ONLY.my_domain), &MY_DOMAIN_ONLY));
    let ran = CommandLine::new(&workspace, &["login", "--format", "json"])
        .env("HTTPS_PROXY", simulator.proxy_url.as_deref().expect("a proxy"))
        .env("SFORG_CA_FILE", &simulator.ca_pem_path.to_string_lossy())
        .run();
    let rows = ran.json();
    for row in &rows.as_array().expect("a list")[..4] {
        assert_eq!(row["cause"], "wrong-credentials", "{row}");
        let steps = steps(row);
        for part in ["`sandbox`", "My Domain may be the only place", "set `serverHost` to"] {
            assert!(steps.contains(part), "{part} is missing: {row}");
        }
        assert!(steps.contains("If it is not there, the login went to the wrong place"), "{row}");
        assert!(!steps.contains("the attempt is there"), "{row}");
    }
    assert_eq!(rows[4]["status"], "ok", "{ran:?}");
}

#[test]
fn the_editor_shows_both() {
    const URI: &str = "untitled:answers";
    let simulator = simulator();
    for (id, kind_shown, words) in [
        ("oauth-no-valid-scopes", 1, "add Manage user data via APIs (api)"),
        ("rest-invalid-session-scope", 2, "refuses this session, so every operation will fail"),
    ] {
        let mut server = Setup::new().capable().allow_login_host(&simulator.http_url).start();
        server.allow("textDocument/publishDiagnostics");
        server.allow("workspace/codeLens/refresh");
        server.open(URI, 1, &oauth(&simulator, &case_client_id(id)).to_string());
        server.test_login(URI);
        server.agree_to_host();
        let (token, _) = server.progress_begins();
        server.progress_ends(&token);
        let (kind, message) = server.shown_message();
        assert_eq!(kind, kind_shown, "{message}");
        assert!(message.contains(words), "{message}");
    }
}
