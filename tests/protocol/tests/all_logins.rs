//! *Test All Logins*: several at a time, the same credentials once, one summary.

use protocol_tests::{Setup, Workspace, oauth_org};
use serde_json::{Value, json};
use sforg_simulator::{DEV, Options, PRODUCTION, Simulator};

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
    let (token, title) = server.progress_begins();
    assert!(title.contains("4 logins"), "{title}");
    for _ in 0..3 {
        let report = server.notification("$/progress");
        assert_eq!(report["value"]["kind"], "report");
    }
    server.progress_ends(&token);
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1);
    assert!(message.starts_with("2 of 4 logins work."), "{message}");
    assert!(message.contains("Wrong (failed: wrong client secret)"), "{message}");
    assert!(message.contains("Broken (failed: invalid definition)"), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    let published = server.published_when(&wrong, |published| published.has("login-failed"));
    assert!(published.has("login-failed"));
    assert_eq!(simulator.stats().oauth_logins.attempts, 2);
}
