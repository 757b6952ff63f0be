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

/// Encoders as programs have them, by what they leave alone.
fn percent_but(kept: &str, upper: bool, secret: &str) -> String {
    secret
        .bytes()
        .map(|byte| match char::from(byte) {
            c if c.is_ascii_alphanumeric() || kept.contains(c) => c.to_string(),
            _ if upper => format!("%{byte:02X}"),
            _ => format!("%{byte:02x}"),
        })
        .collect()
}

fn each_sign(secret: &str, write: impl Fn(u32) -> String) -> String {
    secret
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { write(u32::from(c)) })
        .collect()
}

fn json_escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("JSON");
    quoted[1..quoted.len() - 1].to_owned()
}

/// A secret in every encoding that common programs and their combinations produce.
fn encodings(secret: &str) -> Vec<String> {
    let html = |apostrophe: &str, quote: &str, text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('\'', apostrophe)
            .replace('"', quote)
    };
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = json_escaped(secret);
    let all_percent = percent_but("", true, secret);
    vec![
        secret.to_owned(),
        secret.to_ascii_uppercase(),
        secret.to_ascii_lowercase(),
        escaped_xml(secret),
        escaped_xml(&escaped_xml(secret)),
        html("&#039;", "&quot;", secret),
        html("&#x27;", "&quot;", secret),
        html("&#39;", "&#34;", secret),
        html("'", "&quot;", secret),
        html("'", "\"", secret),
        each_sign(secret, |sign| format!("&#x{sign:X};")),
        each_sign(secret, |sign| format!("&#{sign};")),
        each_sign(secret, |sign| {
            if sign < 0x1_0000 {
                format!("\\u{sign:04x}")
            } else {
                String::from(char::from_u32(sign).unwrap_or(' '))
            }
        }),
        form.clone(),
        form.replace('+', "%20"),
        form.to_lowercase(),
        percent_but("/", true, secret),
        percent_but("~-._", true, secret),
        percent_but("!'()*~-_.", true, secret),
        percent_but(";,/?:@&=+$-_.!~*'()#", false, secret),
        secret.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        percent_but("", true, &all_percent),
        escaped_xml(&all_percent),
        json.clone(),
        json.replace('/', "\\/"),
        json_escaped(&json),
        secret.bytes().map(|byte| format!("{byte:02x}")).collect(),
        secret.bytes().map(|byte| format!("{byte:02X}")).collect(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        STANDARD.encode(format!("user@example.com:{secret}")),
        STANDARD.encode(format!("x{secret}"))[4..].to_owned(),
        STANDARD.encode(format!("grant_type=client_credentials&client_secret={form}&x=1")),
        STANDARD.encode(STANDARD.encode(format!("{{\"client_secret\":\"{secret}\"}}"))),
        percent_but(
            "",
            true,
            &STANDARD.encode(format!("<password>{}</password>", escaped_xml(secret))),
        ),
        STANDARD
            .encode(format!("grant_type=client_credentials&client_secret={form}&more=of+the+body"))
            .as_bytes()
            .chunks(76)
            .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
            .collect::<String>()
            .trim_end()
            .to_owned(),
    ]
}

#[test]
fn every_encoding_of_a_password() {
    let joined = format!("{PASSWORD}{TOKEN}");
    for secret in [PASSWORD, TOKEN, joined.as_str()] {
        for echo in encodings(secret) {
            let text = format!("before {echo} after");
            assert_eq!(basic().clean(&text), "before [hidden] after", "for {text}");
        }
    }
}

/// Secrets that look like the escapes of something else.
#[test]
fn a_secret_may_look_like_an_escape() {
    for secret in ["FAKE%2Fa%zz", "FAKE&amp;b&lt", "FAKE\\u0041\\n", "2FFAKEabc", "amp;FAKEx"] {
        for echo in encodings(secret) {
            let clean = oauth(secret).clean(&format!("got {echo} after"));
            assert_eq!(clean, "got [hidden] after", "{secret} as {echo}");
        }
        // Half an escape before it must not swallow its beginning.
        for before in ["got %", "got &", "got &#x", "got \\"] {
            let clean = oauth(secret).clean(&format!("{before}{secret} after"));
            assert!(!clean.contains("FAKE"), "{secret} in {clean}");
        }
    }
}

#[test]
fn a_password_in_another_character_set() {
    // `ü` as ISO-8859-1 has it.
    let echo = percent_but("", true, "fake <pass>&\"w'ord/+").to_string() + "%FC";
    assert_eq!(basic().clean(&format!("got {echo}!")), "got [hidden]!");
}

#[test]
fn a_session_without_the_id_before_it() {
    let mut scrubber = Scrubber::default();
    scrubber.add_session(&"00DXX0000000000!Fake.Session_Key".into());
    assert_eq!(
        scrubber.clean("https://fake.session_key.evil.example/"),
        "https://[hidden].evil.example/"
    );
}

#[test]
fn a_short_rest_of_a_session_is_a_word() {
    let mut scrubber = Scrubber::default();
    scrubber.add_session(&"00DXX0000000000!x".into());
    assert_eq!(scrubber.clean("005XX000000AAAAAA0 next"), "005XX000000AAAAAA0 next");
}

#[test]
fn words_are_left_alone() {
    let text = "client identifier invalid: see 100% of https://acme.my.salesforce.com/a%20b&c=d \
                &amp; QmFzZTY0IG9mIG5vdGhpbmc= \\n";
    assert_eq!(oauth("FAKE0SECRET").clean(text), text);
    assert_eq!(oauth("ab").clean("Authentication of somebody"), "Authentication of somebody");
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
    assert_eq!(scrubber.clean("a\u{1b}[31mred\r\nb\u{9b}c"), "a red  b c");
    assert_eq!(scrubber.clean("a\u{1b}]0;title\u{7}b\u{1b}[2Jc\u{1b}"), "a  b c");
    assert_eq!(scrubber.clean("Acme\u{202e}moc\u{2066}x\u{200f}\u{61c}"), "Acmemocx");
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
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_encoded_secret_survives(
        secret in "[ -~äß😀]{8,40}",
        before in "[ -~]{0,20}",
        after in "[ -~]{0,20}",
    ) {
        proptest::prop_assume!(secret.trim().chars().count() >= 8);
        let scrubber = oauth(&secret);
        for echo in encodings(&secret) {
            let text = format!("{before} {echo} {after}");
            let clean = scrubber.clean(&text);
            proptest::prop_assert!(clean.contains(MASK), "{} in {}", secret, clean);
            proptest::prop_assert!(!clean.contains(echo.trim()), "{} in {}", secret, clean);
        }
    }

    #[test]
    fn no_plain_secret_survives(secret in "[!-~]{6,30}", before in "[ -~]{0,40}", after in "[ -~]{0,40}") {
        // What remains may contain the secret by chance only if it is a part of the mask.
        proptest::prop_assume!(!MASK.contains(secret.as_str()));
        let clean = oauth(&secret).without_secrets(&format!("{before}{secret}{after}"));
        let rest: Vec<&str> = clean.split(MASK).collect();
        proptest::prop_assert!(rest.iter().all(|part| !part.contains(secret.as_str())), "{}", clean);
    }
}

/// A text is looked at up to a limit, at which no half of a secret is shown.
#[test]
fn no_secret_is_cut_in_half_in_a_large_text() {
    let secret = "FAKE/secret+of+a+test";
    for encoding in encodings(secret) {
        let clean =
            oauth(secret).clean(&format!("{encoding} ").repeat((3 * MOST) / encoding.len()));
        assert!(!clean.contains("FAKE") && clean.starts_with(MASK), "{clean}");
        let rest = clean.trim_end_matches('…').replace(MASK, "");
        assert!(rest.trim().len() < MASK.len(), "{encoding}: {rest}");
    }
    assert_eq!(oauth(secret).clean(&secret.repeat((3 * MOST) / secret.len())), MASK);
}
