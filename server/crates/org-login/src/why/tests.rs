//! What tools print: fake texts in the shapes of many tools, with the cause that is to be found, or
//! none.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const TODAY: Date = Date { year: 2026, month: 12, day: 1 };
const SOAP: &str = include_str!("cases/soap.txt");
const OAUTH: &str = include_str!("cases/oauth.txt");
const NONE: &str = include_str!("cases/none.txt");

/// The cases of a file: the cause, the name, the text.
fn cases(file: &str) -> Vec<(&str, &str, &str)> {
    file.split("=== ")
        .filter(|case| !case.is_empty())
        .map(|case| {
            let (head, text) = case.split_once('\n').expect("a head");
            let (cause, name) = head.split_once(" | ").expect("a cause and a name");
            (cause, name, text)
        })
        .collect()
}

fn all() -> Vec<(&'static str, &'static str, &'static str)> {
    [SOAP, OAUTH, NONE].into_iter().flat_map(cases).collect()
}

fn cause_of(text: &str) -> &'static str {
    why(text, TODAY).map_or("none", |why| why.first.cause.as_str())
}

#[test]
fn each_tool_s_text_has_its_cause() {
    let wrong: Vec<String> = all()
        .into_iter()
        .filter(|(cause, _, text)| cause_of(text) != *cause)
        .map(|(cause, name, text)| format!("{name}: {cause}, not {:?}", why(text, TODAY)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Exception codes of the login are nobody else's: the words behind them may be any, or cut.
#[test]
fn a_code_is_known_with_any_words_and_in_any_notation() {
    let codes = [
        "INVALID_LOGIN",
        "LOGIN_MUST_USE_SECURITY_TOKEN",
        "PASSWORD_LOCKOUT",
        "LOGIN_DURING_RESTRICTED_DOMAIN",
        "LOGIN_DURING_RESTRICTED_TIME",
        "UNSUPPORTED_API_VERSION",
        "ORG_LOCKED",
        "API_DISABLED_FOR_ORG",
        "invalid_client_id",
        "invalid_app_access",
        "oauth_flow_disabled",
    ];
    for code in codes {
        let alone = cause_of(code);
        assert_ne!(alone, "none", "{code}");
        for text in [
            format!("{code}: x"),
            format!("Error: {code}: something else"),
            format!("login failed: {code}: something else"),
            format!("  {code} - x"),
            format!("[{code}] x"),
            format!(
                "<sf:exceptionCode>{code}</sf:exceptionCode><sf:exceptionMessage>x</sf:exceptionMessage>"
            ),
            format!(r#"[{{"message":"x","errorCode":"{code}"}}]"#),
            format!(r#"{{"error":"{code}","error_description":"x"}}"#),
            format!("exceptionCode='{code}'\n exceptionMessage='x'"),
            format!("2026-03-02 08:01:05,589 ERROR [main] x.Y - {code}: x"),
        ] {
            assert_eq!(cause_of(&text), alone, "{text}");
        }
    }
}

#[test]
fn what_is_shown_of_each() {
    let mut shown = String::new();
    for (_, name, text) in [SOAP, OAUTH].into_iter().flat_map(cases) {
        let why = why(text, TODAY).expect("a login error");
        let _ = writeln!(shown, "{name}");
        for found in std::iter::once(&why.first).chain(&why.others) {
            let Explained { cause, summary, salesforce, place, .. } = found;
            let code = salesforce.code.as_deref().unwrap_or("-");
            let message = salesforce.message.as_deref().unwrap_or("-");
            let _ = writeln!(
                shown,
                "  {cause}: {summary}\n    {code} | {message}\n    at {:?}",
                &text[place.clone()]
            );
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn however_a_text_is_wrapped_the_cause_is_the_same() {
    for (cause, name, text) in [SOAP, OAUTH].into_iter().flat_map(cases) {
        let json = serde_json::to_string(text).expect("JSON");
        let twice = serde_json::to_string(&json).expect("JSON");
        let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let log: Vec<String> =
            text.lines().map(|line| format!("2026-01-02T03:04:05.678Z INFO {line}")).collect();
        for wrapped in [
            format!("{{\"level\":\"error\",\"msg\":{json}}}"),
            format!("[{twice}]"),
            format!("<pre>{html}</pre>"),
            log.join("\r\n"),
            format!("{}\n{text}\n{}", "all is well\n".repeat(50), "bye\n".repeat(50)),
        ] {
            // "Failed: …" is a label of the Login History where it is all there is.
            if name == "Login History" || name == "only the code" {
                continue;
            }
            assert_eq!(cause_of(&wrapped), cause, "{name}: {wrapped}");
        }
    }
}

#[test]
fn several_errors_are_told_in_order() {
    let text = "Restforce: INVALID_SESSION_ID: Session expired or invalid\n\
                Restforce: invalid_grant: expired access/refresh token\n\
                Restforce: invalid_grant: expired access/refresh token\n\
                Restforce: invalid_grant: inactive user\n";
    let why = why(text, TODAY).expect("errors");
    let messages: Vec<_> = std::iter::once(&why.first)
        .chain(&why.others)
        .filter_map(|found| found.salesforce.message.as_deref())
        .collect();
    assert_eq!(
        messages,
        ["expired access/refresh token", "inactive user", "Session expired or invalid"]
    );
}

#[test]
fn the_host_and_the_version_of_the_text_are_named() {
    let text = "POST https://acme.my.salesforce.com/services/Soap/u/65.0 \
                INVALID_OPERATION: The SOAP Login operation is not available in the API version specified (65.0).";
    let found = why(text, TODAY).expect("an error").first;
    assert!(found.summary.contains("65.0"), "{}", found.summary);
    let text = "INVALID_LOGIN: Invalid username, password, security token; or user locked out. (test.salesforce.com)";
    let found = why(text, TODAY).expect("an error").first;
    assert!(found.summary.contains("test.salesforce.com"), "{}", found.summary);
}

#[test]
fn stop_gaps_end_with_login() {
    let text = "INVALID_OPERATION: SOAP API login() is disabled by default in this org.";
    let steps = |today| why(text, today).expect("an error").first.instructions.join(" ");
    assert!(steps(TODAY).contains("Summer '27") && !steps(SUMMER_27).contains("Summer '27"));
}

#[test]
fn secrets_beside_the_error_are_not_shown() {
    let texts = [
        "curl -d 'grant_type=password&username=a@acme.example&password=NOTREALpw1' \
         https://login.salesforce.com/services/oauth2/token\n{\"error\":\"invalid_grant\",\"error_description\":\"authentication \
         failure NOTREALpw1\"}",
        "INVALID_LOGIN: Invalid username, password, security token; or user locked out. \
         sessionId=00D000000000001!NOTREALNOTREALNOTREAL",
        "salesforce <password>NOTREALpw1</password> invalid_grant: wrong NOTREALpw1, sorry",
        "Salesforce {\"error\":\"invalid_grant\",\"error_description\":\"no such token \
         eyJNOTREAL.eyJNOTREAL.NOTREAL\"}",
    ];
    for text in texts {
        let found = why(text, TODAY).expect(text);
        assert!(!format!("{found:?}").contains("NOTREAL"), "{found:?}");
    }
}

#[test]
fn what_is_too_long_is_read_at_its_end() {
    let error = "INVALID_LOGIN: Invalid username, password, security token; or user locked out.";
    let text = format!("{error}\n{}é\n{error}\n", "é".repeat(LONGEST_TEXT));
    let found = why(&text, TODAY).expect("an error").first;
    assert!(found.place.start > LONGEST_TEXT);
    assert_eq!(&text[found.place], "INVALID_LOGIN");
}

/// Nothing that only an org file of ours has, or only our own login does.
#[test]
fn words_for_other_tools_are_general() {
    for (reason, flow) in crate::causes::told_by_codes() {
        let around = Surroundings::new(&Reading::new(""));
        let found = Found {
            refusal: codes::of_reason(reason.clone(), &around),
            flow,
            code: Some("A_CODE".to_owned()),
            message: None,
            place: 0..0,
        };
        let words = words::explain(&found, &around, false);
        assert!(!words.instructions.is_empty(), "{reason:?}");
        let text = format!("{}\n{}", words.summary, words.instructions.join("\n"));
        for own in [
            "`username`",
            "`password`",
            "`securityToken`",
            "`serverHost`",
            "`instanceUrl`",
            "`clientId`",
            "`clientSecret`",
            "`sandbox`",
            "`apiVersion`",
            "sforg-project",
            "Jitterbit",
            "est again",
            "this machine",
            "the file",
            "the action",
            "SFORG_",
            "with this result",
            "sforg speaks",
        ] {
            assert!(!text.contains(own), "{reason:?} for another tool says {own:?}:\n{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = why(&text, TODAY);
    }

    /// Pieces of texts in any order never panic, and places lie in the text.
    #[test]
    fn pieces_of_texts_are_read(pieces in prop::collection::vec((0..all().len(), 0usize..400, 0usize..400), 1..6)) {
        let all = all();
        let text: String = pieces
            .iter()
            .map(|(index, from, length)| {
                all[*index].2.chars().skip(*from).take(*length).collect::<String>()
            })
            .collect();
        if let Some(why) = why(&text, TODAY) {
            for found in std::iter::once(&why.first).chain(&why.others) {
                prop_assert!(text.get(found.place.clone()).is_some());
                prop_assert!(!found.instructions.is_empty());
            }
        }
    }

    /// Random identifiers and punctuation are no login errors.
    #[test]
    fn noise_is_no_login_error(text in "[a-z0-9 .:,;/{}\"=_-]{0,400}") {
        prop_assert_eq!(cause_of(&text), "none");
    }
}
