use org_schema::allowed_hosts::AllowedHosts;
use proptest::prelude::*;

use super::*;
use crate::test_scene::{answers, client_id, client_secret, empty, project};

/// What is said about a value, and what becomes of it: `E`, `W`, `I` or `-`, the message, the value.
fn said(step: &str, value: &str, given: &[(&str, &str)], scene: &Scene) -> (String, String) {
    let step = Step::of_id(step).expect("a step");
    let check = check(step, value, &answers(given), scene);
    let grade = match check.grade {
        Some(Grade::Error) => "E ",
        Some(Grade::Warning) => "W ",
        Some(Grade::Information) => "I ",
        None if check.is_empty => "empty",
        None => "",
    };
    (format!("{grade}{}", check.message), check.becomes.unwrap_or_default())
}

#[test]
fn names() {
    let scene = project("{\"apiVersion\": \"64.0\"}", &["Acme UAT", "Zürich"]);
    let long = "x".repeat(300);
    for (name, message, becomes) in [
        ("", "empty", ""),
        ("  \u{200b}\u{a0}\t", "empty", ""),
        ("Northwind UAT", "I Will be saved as orgs/northwind-uat.sforg.json", "Northwind UAT"),
        (
            " Northwind \u{a0} UAT\u{200b}\n",
            "I Will be saved as orgs/northwind-uat.sforg.json",
            "Northwind UAT",
        ),
        ("a/b", "E A name cannot contain / or :.", ""),
        ("C:\\x", "E A name cannot contain / or :.", ""),
        ("Acme UAT", "E \"Acme UAT\" is taken by orgs/0.sforg.json.", ""),
        ("Acme  UAT ", "E \"Acme UAT\" is taken by orgs/0.sforg.json.", ""),
        (
            "ACME uat",
            "W Only upper and lower case tell it from \"Acme UAT\" (orgs/0.sforg.json). Enter accepts it anyway.",
            "ACME uat",
        ),
        (&long, "E A name has at most 120 characters; this has 300.", ""),
        ("…", "E This is a placeholder. Enter the org's name.", ""),
        ("<name>", "E This is a placeholder. Enter the org's name.", ""),
        (".", "I Will be saved as orgs/org.sforg.json", "."),
        ("..", "I Will be saved as orgs/org.sforg.json", ".."),
        ("CON", "I Will be saved as orgs/con-org.sforg.json", "CON"),
        ("🏢", "I Will be saved as orgs/org.sforg.json", "🏢"),
        ("a\u{202e}b", "I Will be saved as orgs/ab.sforg.json", "ab"),
    ] {
        let (told, kept) = said("name", name, &[], &scene);
        assert_eq!((told.as_str(), kept.as_str()), (message, becomes), "{name:?}");
    }
    let arabic = said("name", "الإنتاج", &[], &scene);
    assert!(arabic.0.starts_with("I Will be saved as orgs/ا"), "{arabic:?}");
    let mut here = empty();
    here.folder = ".".to_owned();
    here.existing.entries.insert("a.sforg.json".to_owned());
    assert_eq!(said("name", "A", &[], &here).0, "I Will be saved as a-2.sforg.json");
}

const UAT: &str = "https://northwind--uat.sandbox.my.salesforce.com";

#[test]
fn my_domain_urls() {
    let scene = empty();
    let saved = format!("I Will be saved as {UAT}");
    for pasted in [
        UAT,
        "northwind--uat.sandbox.my.salesforce.com",
        "https://northwind--uat.sandbox.lightning.force.com/lightning/setup/SetupOneHome/home",
        "https://northwind--uat.sandbox.my.salesforce-setup.com/lightning/setup/x?a=b#c",
        " HTTPS://Northwind--UAT.sandbox.my.salesforce.com/ \n",
        "\u{feff}https://northwind--uat.sandbox.my.salesforce.com\u{200b}",
        "http://northwind--uat.sandbox.my.salesforce.com:443/services/Soap/u/64.0",
        "<https://northwind--uat.sandbox.my.salesforce.com>",
        "[org](https://northwind--uat.sandbox.my.salesforce.com)",
        "northwind--uat.sandbox .my. salesforce.com",
    ] {
        let (told, kept) = said("instanceUrl", pasted, &[("kind", "sandbox")], &scene);
        assert_eq!((told.as_str(), kept.as_str()), (saved.as_str(), UAT), "{pasted:?}");
    }
    for (pasted, kind, message) in [
        ("", "sandbox", "empty"),
        (" \u{200b}", "sandbox", "empty"),
        (UAT, "production", "W This is a sandbox URL. Enter changes the org to Sandbox."),
        (
            "northwind.my.salesforce.com",
            "sandbox",
            "W This looks like a production org, but you chose Sandbox. Enter keeps Sandbox.",
        ),
        (
            "https://login.salesforce.com",
            "production",
            "E login.salesforce.com does not accept client credentials. Enter the My Domain URL.",
        ),
        (
            "test.salesforce.com/",
            "sandbox",
            "E test.salesforce.com does not accept client credentials. Enter the My Domain URL.",
        ),
        ("foo.com", "sandbox", "E foo.com is not a Salesforce host."),
        ("10.1.2.3", "sandbox", "E 10.1.2.3 is not a Salesforce host."),
        ("https://[2001:db8::1]/", "sandbox", "E 2001:db8::1 is not a Salesforce host."),
        ("2130706433", "sandbox", "E 2130706433 is not a Salesforce host."),
        ("localhost", "sandbox", "E This is this computer, not a Salesforce host."),
        (
            "acme.my.sfcrmapps.cn",
            "production",
            "E acme.my.sfcrmapps.cn is Salesforce in China: allow that host first.",
        ),
        (
            "acme.develop.my.salesforce.com",
            "production",
            "I Will be saved as https://acme.develop.my.salesforce.com",
        ),
        (
            "acme.my.salesforce.mil",
            "production",
            "I Will be saved as https://acme.my.salesforce.mil",
        ),
        (
            "na139.salesforce.com",
            "production",
            "W Instance hosts end from Spring '27 on. Better enter the My Domain URL.",
        ),
        (
            "acme.force.com",
            "production",
            "E This is the host of a Salesforce site. Enter the My Domain URL.",
        ),
        (
            "acme.my.salesforce.com.evil.example",
            "production",
            "E acme.my.salesforce.com.evil.example is not a Salesforce host.",
        ),
        (
            "https://acme.my.salesforce.com@evil.example",
            "production",
            "E evil.example is not a Salesforce host.",
        ),
        ("no host", "production", "E nohost is not a Salesforce host."),
        ("a_b!", "production", "E This is no host name. Enter the My Domain URL."),
        ("${env:URL}", "production", "E This is no host name. Enter the My Domain URL."),
        (
            "acme.my.salesforce.com and contoso.my.salesforce.com",
            "production",
            "E Paste one address: there is more than one in it.",
        ),
    ] {
        assert_eq!(said("instanceUrl", pasted, &[("kind", kind)], &scene).0, message, "{pasted:?}");
    }
}

#[test]
fn what_the_user_allows_is_kept_as_it_is() {
    let mut scene = empty();
    scene.allowed = AllowedHosts::parse_list("http://127.0.0.1:8080,proxy.example").0;
    for (pasted, kept) in [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/services/x", "http://127.0.0.1:8080"),
        ("proxy.example", "https://proxy.example"),
    ] {
        let told = said("instanceUrl", pasted, &[("kind", "sandbox")], &scene);
        assert_eq!(told, (format!("I Will be saved as {kept}"), kept.to_owned()), "{pasted}");
    }
    let other = said("instanceUrl", "http://127.0.0.1:8081", &[], &scene).0;
    assert!(other.starts_with("E "), "{other}");
}

#[test]
fn a_sandbox_url_changes_the_kind() {
    let scene = empty();
    let mut given = answers(&[("kind", "production"), ("instanceUrl", UAT)]);
    assert!(is_sandbox(&given, &scene));
    given.set(Step::InstanceUrl, "https://northwind.my.salesforce.com");
    assert!(!is_sandbox(&given, &scene));
    given.set(Step::Kind, "sandbox");
    assert!(is_sandbox(&given, &scene));
}

#[test]
fn client_ids() {
    let (id, secret, scene) = (client_id(), client_secret(), empty());
    let spaced = format!(" {}\n{}\u{200b} ", &id[..40], &id[40..]);
    let other = "A".repeat(90);
    for (value, message, becomes) in [
        ("", "empty", ""),
        (id.as_str(), "", id.as_str()),
        (spaced.as_str(), "", id.as_str()),
        (
            "3MVG9abc",
            "W A consumer key has 85 or more characters; this has 8. Enter accepts it anyway.",
            "3MVG9abc",
        ),
        (&other, "W A consumer key begins with 3MVG9. Enter accepts it anyway.", &other),
        (&secret, "E This looks like the Consumer Secret. Paste the Consumer Key.", ""),
        ("<client id>", "E This is a placeholder. Paste the Consumer Key itself.", ""),
        ("3MVG9…", "E This is a placeholder. Paste the Consumer Key itself.", ""),
        ("${env:ACME_ID}", "", "${env:ACME_ID}"),
        ("${env:1}", "E This is no reference: write ${env:NAME} or the value itself.", ""),
    ] {
        let (told, kept) = said("clientId", value, &[], &scene);
        assert_eq!((told.as_str(), kept.as_str()), (message, becomes), "{value:?}");
    }
}

#[test]
fn secrets() {
    let (id, secret, scene) = (client_id(), client_secret(), empty());
    let spaced = format!("\u{feff} {secret}\r\n");
    let odd = format!("{}-", &secret[1..]);
    let given = [("clientId", "AnOddClientId-of-40-characters-0123456789")];
    for (value, message) in [
        ("", ""),
        (secret.as_str(), ""),
        (spaced.as_str(), ""),
        ("1234567890123456789", ""),
        (
            "notarealsecretnotarealsecretnotarealsecr",
            "W A consumer secret has 64 characters; this has 40. Enter accepts it anyway.",
        ),
        (&odd, "W A consumer secret has letters and digits alone. Enter accepts it anyway."),
        (&id, "E This is the client ID. Paste the Consumer Secret."),
        ("3MVG9abc", "E This is the client ID. Paste the Consumer Secret."),
        (given[0].1, "E This is the client ID. Paste the Consumer Secret."),
        ("********", "E This stands for a secret. Copy the secret itself."),
        ("${keyring:a}", "E This is a reference. Enter the secret itself."),
        ("$${env:A}", "E This is a reference. Enter the secret itself."),
        ("${odd}", "E This is a reference. Enter the secret itself."),
        ("a\nb", "E A secret has no line breaks or other control characters."),
        ("a\u{1b}[2J", "E A secret has no line breaks or other control characters."),
    ] {
        let (told, kept) = said("secret", value, &given, &scene);
        assert_eq!((told.as_str(), kept.as_str()), (message, ""), "{value:?}");
    }
    assert_eq!(
        said("securityToken", "short", &[], &scene).0,
        "W A security token has 24 or 25 letters and digits. Enter accepts it anyway."
    );
    assert_eq!(said("securityToken", &"a1".repeat(12), &[], &scene).0, "");
    assert_eq!(said("password", "n0t a real one", &[], &scene).0, "");
}

#[test]
fn user_names() {
    let scene = empty();
    let basic = |kind| [("name", "Acme QA"), ("kind", kind), ("auth", "basic")];
    for (value, kind, message) in [
        ("", "sandbox", "empty"),
        ("integration", "sandbox", "E A Salesforce user name looks like an email address."),
        ("a@b", "sandbox", "E A Salesforce user name looks like an email address."),
        (
            "integration@acme.com",
            "sandbox",
            "W In a sandbox it usually ends in the sandbox's name: ….qa. Enter accepts it anyway.",
        ),
        ("integration@acme.com", "production", ""),
        ("integration@acme.com.uat", "sandbox", ""),
        (" integration@acme.com.uat\u{a0}", "sandbox", ""),
        ("${env:ACME_USER}", "sandbox", ""),
    ] {
        assert_eq!(said("username", value, &basic(kind), &scene).0, message, "{value:?}");
    }
}

#[test]
fn my_domains_of_basic_logins() {
    let scene = empty();
    let given = [("kind", "production"), ("auth", "basic"), ("serverHost", "myDomain")];
    let told = said("myDomain", "https://acme.lightning.force.com/x", &given, &scene);
    assert_eq!(told.0, "I Will be saved as acme.my.salesforce.com");
    assert_eq!(
        said("myDomain", "login.salesforce.com", &given, &scene).0,
        "E login.salesforce.com is no My Domain: go back to choose it."
    );
    let told = said("myDomain", UAT, &given, &scene).0;
    assert_eq!(told, "W This is a sandbox URL. Enter changes the org to Sandbox.");
    assert_eq!(
        said("serverHost", "test.salesforce.com", &given, &scene).0,
        "E Choose one of the list."
    );
}

#[test]
fn choices() {
    let mut scene = empty();
    for (step, value, given, message) in [
        ("kind", "other", &[][..], "E Choose one of the list."),
        ("kind", "", &[], "empty"),
        ("apiVersion", "66", &[], ""),
        ("apiVersion", "64.0", &[], ""),
        ("apiVersion", "30.0", &[], "E API 30.0 is retired: every call to Salesforce fails."),
        ("apiVersion", "99.0", &[], "E The newest API version is 68.0."),
        ("apiVersion", "six", &[], "E Write an API version like 66.0."),
        ("auth", "basic", &[("apiVersion", "64.0")], ""),
        (
            "auth",
            "basic",
            &[("apiVersion", "65.0")],
            "E Basic authentication does not exist in API 65.0",
        ),
        ("auth", "help", &[], "E Choose how it logs in."),
        ("where", "keyring", &[], ""),
        ("where", "pocket", &[], "E Choose one of the list."),
    ] {
        assert_eq!(said(step, value, given, &scene).0, message, "{step} {value}");
    }
    scene.has_keyring = false;
    assert_eq!(
        said("where", "keyring", &[], &scene).0,
        "E Not available here (no keyring service)."
    );
}

proptest! {
    #[test]
    fn nothing_that_is_entered_does_harm(value in any::<String>(), index in 0usize..Step::ALL.len()) {
        let step = Step::ALL[index];
        let scene = project("{", &["Acme"]);
        let check = check(step, &value, &answers(&[("kind", "sandbox")]), &scene);
        prop_assert!(!check.message.chars().any(org_text::does_something), "{check:?}");
        if step.is_secret() {
            prop_assert_eq!(check.becomes, None);
        } else if let Some(becomes) = check.becomes.filter(|_| step != Step::Finish) {
            let again = super::check(step, &becomes, &answers(&[("kind", "sandbox")]), &scene);
            prop_assert_eq!(again.becomes, Some(becomes));
        }
    }
}
