//! `sforg why` and `sforg/why`: what another tool's login error means.

use std::fs::File;

use serde_json::{Value, json};
use test_support::{CommandLine, Ran, Setup, Workspace};

const SOAP: &str =
    "Error: INVALID_LOGIN: Invalid username, password, security token; or user locked out.";
const OAUTH: &str =
    r#"{"error":"invalid_client_id","error_description":"client identifier invalid"}"#;
const ANOTHERS: &str =
    r#"{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"#;

fn why(workspace: &Workspace, arguments: &[&str]) -> Ran {
    CommandLine::new(workspace, &["why"]).args(arguments).run()
}

#[test]
fn a_text_is_explained_to_a_person() {
    let workspace = Workspace::new();
    let ran = why(&workspace, &[SOAP]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.starts_with("Salesforce at the login host refused the user name"), "{ran:?}");
    assert!(
        ran.out.contains("INVALID_LOGIN: Invalid username, password, security token"),
        "{ran:?}"
    );
    assert!(ran.out.contains("1. ") && ran.out.contains("Login History"), "{ran:?}");
    // Without quotes the shell makes words of it.
    let words: Vec<&str> = SOAP.split(' ').collect();
    assert_eq!(why(&workspace, &words).out, ran.out);
}

#[test]
fn json_has_exactly_these_members() {
    let workspace = Workspace::new();
    let answer = why(&workspace, &["--format", "json", OAUTH]).json();
    let steps = answer["instructions"].as_array().expect("steps").len();
    assert!(steps > 0);
    let expected = json!({
        "cause": "wrong-client-id",
        "summary": "The org at the login host has no app with this client ID.",
        "instructions": answer["instructions"],
        "salesforce": { "code": "invalid_client_id", "message": "client identifier invalid" },
    });
    assert_eq!(answer, expected);
    let ran = why(&workspace, &["--format", "json", ANOTHERS]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let answer = ran.json();
    assert_eq!(answer["cause"], Value::Null);
    assert_eq!(answer["salesforce"], json!({ "code": null, "message": null }));
    assert_eq!(answer["summary"], "sforg does not recognize a login error in this.");
}

#[test]
fn files_and_standard_input_are_read() {
    let workspace = Workspace::new();
    workspace.write("mule.log", format!("all is well\nstill\n{SOAP}\nbye\n"));
    let utf_16: Vec<u8> =
        format!("\u{feff}{SOAP}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    workspace.write("windows.txt", utf_16);
    for name in ["mule.log", "windows.txt"] {
        let input = || File::open(workspace.path(name)).expect("the file").into();
        let cause = |ran: Ran| ran.json()["cause"].clone();
        assert_eq!(
            cause(why(&workspace, &["--format", "json", name])),
            "wrong-credentials",
            "{name}"
        );
        for arguments in [&["why", "--format", "json", "-"][..], &["why", "--format", "json"]] {
            let ran = CommandLine::new(&workspace, arguments).reads(input()).run();
            assert_eq!(cause(ran), "wrong-credentials", "{name}");
        }
    }
    assert!(why(&workspace, &["mule.log"]).out.contains("line 3"));
}

#[test]
fn what_cannot_be_read_is_told() {
    let workspace = Workspace::new();
    let ran = why(&workspace, &["missing.log"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("no file is called \"missing.log\"") && ran.out.is_empty(), "{ran:?}");
    let ran = why(&workspace, &["."]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn nothing_in_a_text_acts_and_no_secret_is_repeated() {
    let workspace = Workspace::new();
    let text = "salesforce password=NOTREALpw1 invalid_grant: \u{1b}]0;t\u{7}\u{202e}wrong NOTREALpw1 ::error::x";
    for arguments in [&["why", text][..], &["why", "--format", "json", text]] {
        let ran = CommandLine::new(&workspace, arguments).env("GITHUB_ACTIONS", "true").run();
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.contains("invalid_grant"), "{ran:?}");
        for acts in ["NOTREAL", "\u{1b}]", "\u{7}", "\u{202e}"] {
            assert!(!ran.out.contains(acts) && !ran.err.contains(acts), "{ran:?}");
        }
    }
}

#[test]
fn the_help_has_examples() {
    let ran = why(&Workspace::new(), &["--help"]);
    assert!(ran.out.contains("Examples:") && ran.out.contains("sforg why mule_ee.log"), "{ran:?}");
}

#[test]
fn the_server_answers_the_same_with_a_page() {
    let mut server = Setup::new().start();
    let answer = server.ask("sforg/why", json!({ "text": OAUTH }));
    assert_eq!(answer["cause"], "wrong-client-id");
    assert_eq!(answer["salesforce"]["code"], "invalid_client_id");
    let page = answer["message"].as_str().expect("a page");
    assert!(page.starts_with(answer["summary"].as_str().expect("a summary")), "{page}");
    assert!(
        page.contains("\nSalesforce said: invalid_client_id: client identifier invalid\n1. "),
        "{page}"
    );
    let answer = server.ask("sforg/why", json!({ "text": ANOTHERS }));
    assert_eq!(answer["cause"], Value::Null);
    let page = answer["message"].as_str().expect("a page");
    assert!(
        page.contains("\n- Include more") && !page.contains("1. "),
        "hints are no steps: {page}"
    );
    assert!(page.contains("\"invalid_grant\"") && !page.contains('`'), "{page}");
}
