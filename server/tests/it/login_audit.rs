//! `sforg login --audit`: who else logs in with the same user.

use serde_json::{Value, json};
use sforg_simulator::{
    Account, DEV, Handle, MY_DOMAIN_ONLY, ODD_SIGNS, Options, PRODUCTION, Simulator, UAT,
};
use test_support::{CommandLine, Ran, Workspace, oauth_org};

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn audit(simulator: &Handle, account: &Account, more: &[&str]) -> Ran {
    audit_with(simulator, account.client_id, account.client_secret, more)
}

fn audit_with(simulator: &Handle, client_id: &str, secret: &str, more: &[&str]) -> Ran {
    let workspace = Workspace::new();
    let org = oauth_org("Acme", &simulator.http_url, client_id, secret);
    workspace.write("a.sforg.json", org);
    let arguments = ["login", "--audit", "--allow-login-host", &simulator.http_url];
    CommandLine::new(&workspace, &arguments).args(more).run()
}

fn row(simulator: &Handle, account: &Account) -> Value {
    let ran = audit(simulator, account, &["--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    ran.json()[0].clone()
}

#[test]
fn applications_and_refusals_are_told_and_the_session_ends() {
    let simulator = simulator();
    let ran = audit(&simulator, &PRODUCTION, &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for said in [
        "Who uses this login, 51 logins, 1 Oct 2026 to 28 Oct 2026",
        "40  Jitterbit Design Studio  SOAP Partner  61.0  203.0.113.7",
        " 7  Data Loader Bulk  SOAP Partner  61.0  198.51.100.20",
        "3  Data Loader Bulk: Failed: API security token required (token needed)",
        "1  Something that nobody knows",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let row = row(&simulator, &PRODUCTION);
    assert_eq!(row["status"], "ok");
    assert_eq!(row["loginHistory"]["logins"], 51);
    assert_eq!(row["loginHistory"]["isCut"], false);
    assert_eq!(row["loginHistory"]["uses"][0]["count"], 40);
    assert_eq!(row["loginHistory"]["refused"][0]["cause"], "security-token-required");
    let stats = simulator.stats();
    assert_eq!(stats.oauth_logins.attempts, 2, "one login each");
    assert_eq!(stats.paths.get("POST /services/oauth2/revoke"), Some(&2));
}

#[test]
fn whatever_the_history_is_the_login_is_what_counts() {
    let simulator = simulator();
    let denied = row(&simulator, &DEV);
    assert_eq!((&denied["status"], &denied["loginHistory"]), (&json!("ok"), &Value::Null));
    assert!(denied["loginHistoryMissing"].as_str().is_some_and(|why| !why.is_empty()), "{denied}");
    let empty = row(&simulator, &UAT);
    assert_eq!(empty["loginHistory"]["logins"], 0);
    let bare = row(&simulator, &MY_DOMAIN_ONLY);
    assert_eq!(bare["loginHistory"]["uses"][0]["application"], Value::Null);
    let many = row(&simulator, &ODD_SIGNS);
    assert_eq!(
        (&many["loginHistory"]["logins"], &many["loginHistory"]["isCut"]),
        (&json!(1000), &json!(true))
    );
    let ran = audit(&simulator, &UAT, &[]);
    assert!(ran.out.contains("Salesforce has no record of a login with this user"), "{ran:?}");
    let ran = audit(&simulator, &DEV, &[]);
    assert!(
        ran.code == 0 && ran.out.contains("sforg could not find out who else uses this login: "),
        "{ran:?}"
    );
}

#[test]
fn names_of_applications_do_nothing() {
    let simulator = simulator();
    let ran = audit(&simulator, &ODD_SIGNS, &[]);
    assert!(ran.out.contains("the last 1000 logins"), "{ran:?}");
    for acts in ["\u{1b}]", "\u{7}", "\u{202e}"] {
        assert!(!ran.out.contains(acts), "{ran:?}");
    }
}

#[test]
fn a_login_that_fails_is_told_as_ever_and_asks_nothing() {
    let simulator = simulator();
    let ran = audit_with(&simulator, PRODUCTION.client_id, DEV.client_secret, &[]);
    assert!(ran.code == 1 && ran.out.starts_with("FAIL Acme"), "{ran:?}");
    assert_eq!(simulator.stats().paths.get("GET /services/data/v61.0/query"), None);
}
