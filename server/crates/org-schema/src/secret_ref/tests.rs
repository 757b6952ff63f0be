use super::*;
use proptest::prelude::*;

fn literal(text: &str) -> SecretValue<'_> {
    SecretValue::Literal(Cow::Borrowed(text))
}

fn check(value: &str, expected: &SecretValue<'_>) {
    // `Debug` hides literals, so the comparison names the value itself.
    assert!(parse(value) == *expected, "{value:?} is {:?}, not {expected:?}", parse(value));
}

#[test]
fn references_to_the_environment() {
    for name in ["A", "a", "_", "ACME_PASSWORD", "acme2", "_9", "A1_b2", "env", "keyring"] {
        check(&format!("${{env:{name}}}"), &SecretValue::Env(name));
        assert!(is_env_name(name));
        assert_eq!(env_reference(name), Some(format!("${{env:{name}}}")));
    }
}

#[test]
fn names_that_no_environment_variable_has_here() {
    let names = [
        "", "9A", "0", "A-B", "A.B", "A B", " A", "A ", "A\n", "Ä", "A$", "A}", "{A", "A:B", "A=B",
        "ＡＢ", "A\0", "${env:A}",
    ];
    for name in names {
        assert!(!is_env_name(name), "{name:?}");
        assert_eq!(env_reference(name), None, "{name:?}");
        check(&format!("${{env:{name}}}"), &SecretValue::Invalid);
    }
}

#[test]
fn references_to_the_keyring() {
    let longest = "é".repeat(255);
    let names = [
        "A",
        "acme",
        "Acme production",
        "acme/uat:password",
        " ",
        " a ",
        "{",
        "${env:A",
        "$",
        "日本",
        "🔑",
        "a\"b\\c",
        "env:A",
        "\u{a0}",
        &longest,
    ];
    for name in names {
        check(&format!("${{keyring:{name}}}"), &SecretValue::Keyring(name));
        assert!(is_keyring_name(name));
        assert_eq!(keyring_reference(name), Some(format!("${{keyring:{name}}}")));
    }
}

#[test]
fn names_that_no_keyring_entry_has_here() {
    let too_long = "a".repeat(256);
    for name in ["", "}", "a}b", "a\nb", "\t", "a\0", "\u{7f}", "\u{85}", &too_long] {
        assert!(!is_keyring_name(name), "{name:?}");
        assert_eq!(keyring_reference(name), None, "{name:?}");
        check(&format!("${{keyring:{name}}}"), &SecretValue::Invalid);
    }
}

#[test]
fn literals_keep_every_character() {
    let values = [
        "",
        "secret",
        "pa$$word",
        "$",
        "$$",
        "$$$",
        "{",
        "}",
        "${",
        "$}",
        "{}",
        "$ {env:A}",
        "${env:A",
        "$env:A}",
        "{env:A}",
        "env:A",
        " ${env:A}",
        "${env:A} ",
        "${env:A}\n",
        "x${env:A}",
        "${env:A}x",
        "${keyring:a} and more",
        "$$",
        "$${",
        "$${}",
        "$${env:}",
        "$${env:9}",
        "$${ENV:A}",
        "$${x}",
        "$$${env:A}",
        "$$$${env:A}",
        "$${env:A} ",
        " $${env:A}",
        "$${env:A}$",
        "$${keyring:}",
        "%{env:A}",
        "＄{env:A}",
        "$\u{200b}{env:A}",
    ];
    for value in values {
        check(value, &literal(value));
    }
}

#[test]
fn the_escape_stands_for_the_text_of_a_reference() {
    check("$${env:A}", &literal("${env:A}"));
    check("$${env:ACME_PASSWORD}", &literal("${env:ACME_PASSWORD}"));
    check("$${keyring:acme uat}", &literal("${keyring:acme uat}"));
    check("$${keyring:$}", &literal("${keyring:$}"));
}

#[test]
fn near_references_are_invalid() {
    let values = [
        "${}",
        "${ }",
        "${env}",
        "${env:}",
        "${keyring}",
        "${keyring:}",
        "${A}",
        "${ENV:A}",
        "${Env:A}",
        "${KEYRING:a}",
        "${env:A}}",
        "${{env:A}}",
        "${env: A}",
        "${ env:A}",
        "${env:A }",
        "${env :A}",
        "${env:A}${env:B}",
        "${env:A}${keyring:b}",
        "${env:A}-${env:B}",
        "${keyring:a}}",
        "${keyring:a}b}",
        "${file:a}",
        "${env;A}",
        "${env:A\n}",
        "${env:A:B}",
        "${secret}",
        "${$}",
        "${${env:A}}",
    ];
    for value in values {
        check(value, &SecretValue::Invalid);
    }
}

#[test]
fn debug_output_hides_literals_and_shows_names() {
    assert_eq!(format!("{:?}", parse("not-a-real-password")), "Literal(…)");
    assert_eq!(format!("{:?}", parse("${env:A}")), "Env(\"A\")");
    assert_eq!(format!("{:?}", parse("${keyring:a}")), "Keyring(\"a\")");
    assert_eq!(format!("{:?}", parse("${x}")), "Invalid");
}

#[test]
fn literals_are_escaped_only_where_they_must_be() {
    let table = [
        ("secret", Some("secret")),
        ("pa$$word", Some("pa$$word")),
        ("", Some("")),
        ("${", Some("${")),
        ("${env:A}", Some("$${env:A}")),
        ("${keyring:a b}", Some("$${keyring:a b}")),
        ("$$${env:A}", Some("$$${env:A}")),
        ("$${env:A}", None),
        ("${}", None),
        ("${env:9}", None),
    ];
    for (secret, expected) in table {
        assert_eq!(literal_value(secret).as_deref(), expected, "{secret}");
    }
}

#[test]
fn why_a_value_is_no_reference() {
    use Malformed::{Character, Digit, Expression, NoName, NoScheme, Space};
    let table = [
        ("${{ secrets.A }}", Expression),
        ("${env:}", NoName),
        ("${env:A B}", Space),
        ("${env:1A}", Digit),
        ("${env:A-B}", Character),
        ("${A}", NoScheme),
        ("${keyring:}", NoScheme),
    ];
    for (value, expected) in table {
        assert_eq!(parse(value), SecretValue::Invalid, "{value}");
        assert_eq!(Malformed::of(value), expected, "{value}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(secret in "[$]{0,3}([{]?(env|keyring)?:?[A-Z0-9_ ]{0,3}[}]?){0,2}") {
        if let Some(value) = literal_value(&secret) {
            prop_assert!(parse(&value) == literal(&secret), "{secret:?}");
        }
    }

    #[test]
    fn text_without_the_form_is_literal(value in any::<String>()) {
        if !value.starts_with("${") && !value.starts_with("$${") {
            prop_assert!(parse(&value) == literal(&value), "{value:?}");
        }
    }
}
