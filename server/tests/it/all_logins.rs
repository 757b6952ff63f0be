//! *Test All Logins*: several at a time, the same credentials once, one summary.

use serde_json::{Value, json};
use sforg_simulator::{DEV, Options, PRODUCTION, Simulator, behaviour_client_id};
use test_support::{Setup, Workspace, oauth_org};

#[test]
fn all_orgs_of_a_folder_are_tested_and_summed_up() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let org = |name: &str, client_id: &str, secret: &str| {
        oauth_org(name, &simulator.http_url, client_id, secret)
    };
    let (production, dev) = (PRODUCTION.client_id, DEV.client_id);
    workspace.write("a.sforg.json", org("Works", production, PRODUCTION.client_secret));
    workspace.write("sub/b.sforg.json", org("Same", production, PRODUCTION.client_secret));
    let wrong = workspace.write("c.sforg.json", org("Wrong", dev, &"0".repeat(64)));
    workspace.write("d.sforg.json", "{ \"name\": \"Broken\"");
    let mut server =
        Setup::new().capable().folder(&workspace).allow_login_host(&simulator.http_url).start();
    server.allow("textDocument/publishDiagnostics");
    server.published(&wrong);
    server.execute("sforg.testAllLogins", json!({ "uri": workspace.root_uri() }));
    server.agree_to_host();
    let token = &server.serve("window/workDoneProgress/create", Value::Null)["token"];
    let begin = server.notification("$/progress");
    assert_eq!(begin["value"]["title"], "Testing 4 logins");
    assert_eq!(begin["value"]["percentage"], 0, "it says at once that it counts: {begin}");
    for done in 1..=4 {
        let report = server.notification("$/progress");
        assert_eq!(report["value"]["kind"], "report");
        let message = report["value"]["message"].as_str().unwrap_or_default();
        assert!(message.starts_with(&format!("{done} done")), "{message}");
        assert!(done < 4 || message.ends_with(", 1 failed"), "{message}");
    }
    server.progress_ends(token);
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1);
    assert!(message.starts_with("1 of 4 logins failed, 1 not tested: "), "{message}");
    assert!(message.contains("Wrong (wrong client secret)"), "{message}");
    assert!(message.contains("Broken (file has errors)"), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    let published = server.published_when(&wrong, |published| published.has("login-failed"));
    assert!(published.has("login-failed"));
    assert_eq!(simulator.stats().oauth_logins.attempts, 2);
}

#[test]
fn a_host_is_asked_about_once_and_not_at_all_without_trust() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let (client_id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    for name in ["A", "B", "C"] {
        let org = oauth_org(name, &simulator.http_url, client_id, secret);
        workspace.write(&format!("{name}.sforg.json"), org);
    }
    let setup = Setup::new().capable().folder(&workspace).allow_login_host(&simulator.http_url);
    let last = workspace.uri("C.sforg.json");

    let mut server = setup.clone().start();
    server.allow("textDocument/publishDiagnostics");
    server.published(&last);
    server.execute("sforg.testAllLogins", json!({}));
    server.serve("window/showMessageRequest", json!({ "title": "Cancel" }));
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    let (_, message) = server.shown_message();
    assert!(message.starts_with("3 of 3 logins not tested"), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);

    let options = json!({ "workspaceTrusted": false });
    let mut server = setup.param("initializationOptions", options).start();
    server.allow("textDocument/publishDiagnostics");
    server.published(&last);
    server.execute("sforg.testAllLogins", json!({}));
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    let (_, message) = server.shown_message();
    assert!(message.contains("A (not trusted)"), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(simulator.stats().connections, 0);
}

#[test]
fn all_that_waits_and_hangs_can_be_cancelled() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    const ORGS: usize = 30;
    for number in 0..ORGS {
        let client_id = behaviour_client_id(&format!("hang-{number}"));
        let org = oauth_org(
            &format!("Org {number:02}"),
            &simulator.http_url,
            &client_id,
            &"0".repeat(64),
        );
        workspace.write(&format!("{number:02}.sforg.json"), org);
    }
    let mut server =
        Setup::new().capable().folder(&workspace).allow_login_host(&simulator.http_url).start();
    server.allow("textDocument/publishDiagnostics");
    server.published(&workspace.uri("29.sforg.json"));
    server.execute("sforg.testAllLogins", json!({}));
    server.agree_to_host();
    let (token, _) = server.progress_begins();
    // As many as one host gets at once, and no more.
    let attempts = || simulator.stats().oauth_logins.attempts;
    server.wait_until("logins are sent", || attempts() == 4);
    server.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    server.progress_ends(&token);
    let (_, message) = server.shown_message();
    assert!(message.starts_with("Stopped. 0 logged in, "), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(attempts(), 4);
    server.wait_until("the connections end", || simulator.stats().open_connections == 0);
}
