use super::*;

/// Obviously fake, and full of characters that every encoding treats in its own way.
const PASSWORD: &str = "fake <pass>&\"w'ord/+ü";
const TOKEN: &str = "FakeTokenFakeTokenFake12";

fn basic() -> Scrubber {
    Scrubber::new(&Credentials::Basic {
        username: "user@example.com".to_owned(),
        password: SecretString::from(PASSWORD),
        security_token: Some(SecretString::from(TOKEN)),
    })
}

fn oauth(secret: &str) -> Scrubber {
    Scrubber::new(&Credentials::OAuth {
        client_id: "3MVG9fake".to_owned(),
        client_secret: SecretString::from(secret),
    })
}

#[test]
fn every_form_in_which_a_password_was_sent() {
    let joined = format!("{PASSWORD}{TOKEN}");
    for secret in [PASSWORD, TOKEN, joined.as_str()] {
        let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let echoes = [
            secret.to_owned(),
            escaped_xml(secret),
            escaped_xml(&escaped_xml(secret)),
            escaped_xml(secret).replace("&apos;", "&#39;").replace("&quot;", "&#34;"),
            secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            form.clone(),
            form.replace('+', "%20"),
            lowercase_escapes(&form),
            serde_json::to_string(secret).unwrap().trim_matches('"').to_owned(),
            STANDARD.encode(secret),
            URL_SAFE_NO_PAD.encode(secret),
        ];
        for echo in echoes {
            let text = format!("before {echo} after");
            assert_eq!(basic().clean(&text), "before [hidden] after", "for {text}");
        }
    }
}

#[test]
fn a_basic_header_of_user_and_password() {
    for secret in [PASSWORD.to_owned(), format!("{PASSWORD}{TOKEN}")] {
        let header = STANDARD.encode(format!("user@example.com:{secret}"));
        assert_eq!(basic().clean(&format!("Basic {header}")), "Basic [hidden]");
    }
}

#[test]
fn a_client_secret_and_its_basic_header() {
    let scrubber = oauth("FAKE0SECRET");
    assert_eq!(scrubber.clean("bad secret FAKE0SECRET!"), "bad secret [hidden]!");
    let header = STANDARD.encode("3MVG9fake:FAKE0SECRET");
    assert_eq!(scrubber.clean(&format!("Basic {header}")), "Basic [hidden]");
}

#[test]
fn the_longest_form_goes_first() {
    let mut scrubber = oauth("abc");
    scrubber.add("abcdef");
    assert_eq!(scrubber.clean("xabcdefx abcx"), "x[hidden]x [hidden]x");
}

#[test]
fn blanks_at_the_ends_do_not_save_a_secret() {
    let scrubber = oauth("  fake-secret\n");
    assert_eq!(scrubber.clean("got 'fake-secret'"), "got '[hidden]'");
}

#[test]
fn an_empty_secret_hides_nothing() {
    assert_eq!(oauth("").clean("all of this stays"), "all of this stays");
}

#[test]
fn sessions_and_tokens_of_anybody() {
    let scrubber = Scrubber::default();
    let cases = [
        ("session 00DXX0000000000!AQEAQ.NOT_REAL ended", "session [hidden] ended"),
        ("sid=00DXX0000000000EAA%21AQEAQ.NOT_REAL&x", "sid=[hidden]&x"),
        ("(Wow!00DXX0000000000!AQEAQ)", "(Wow![hidden])"),
        ("Bearer eyJhbGciOi.eyJzdWIi.c2ln.", "Bearer [hidden]"),
        ("5Aep861NOTREAL._x", "[hidden]"),
        ("Hello! 00DXX0000000000 is an id", "Hello! 00DXX0000000000 is an id"),
        ("eyJ alone, a.b.c", "eyJ alone, a.b.c"),
    ];
    for (text, clean) in cases {
        assert_eq!(scrubber.clean(text), clean);
    }
}

#[test]
fn what_is_shown_has_no_control_characters_and_an_end() {
    let scrubber = Scrubber::default();
    assert_eq!(scrubber.clean("a\u{1b}[31mred\r\nb\u{9b}c"), "a [31mred  b c");
    let cut = scrubber.clean(&"ü".repeat(5000));
    assert_eq!(cut.chars().count(), LONGEST + 1);
}

#[test]
fn a_secret_is_gone_before_a_long_text_is_cut() {
    let text = format!("{}FAKE0SECRET", "x".repeat(LONGEST - 4));
    let clean = oauth("FAKE0SECRET").clean(&text);
    assert!(!clean.contains("FAKE"), "{clean}");
}

proptest::proptest! {
    #[test]
    fn no_plain_secret_survives(secret in "[!-~]{6,30}", before in "[ -~]{0,40}", after in "[ -~]{0,40}") {
        // What remains may contain the secret by chance only if it is a part of the mask.
        proptest::prop_assume!(!MASK.contains(secret.as_str()));
        let clean = oauth(&secret).without_secrets(&format!("{before}{secret}{after}"));
        let rest: Vec<&str> = clean.split(MASK).collect();
        proptest::prop_assert!(rest.iter().all(|part| !part.contains(secret.as_str())), "{}", clean);
    }
}
