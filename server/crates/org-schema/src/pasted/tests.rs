use super::*;
use proptest::prelude::*;

const ACME: &str = "acme.my.salesforce.com";

#[test]
fn a_right_address_with_something_around_it() {
    let table = [
        ("[acme.my.salesforce.com](https://acme.my.salesforce.com)", "Markdown"),
        ("https://[acme.my.salesforce.com](https://acme.my.salesforce.com)", "Markdown"),
        ("[My Domain](https://acme.my.salesforce.com/)", "Markdown"),
        ("![x](https://acme.my.salesforce.com)", "Markdown"),
        ("[1]: https://acme.my.salesforce.com", "text"),
        ("[acme][https://acme.my.salesforce.com]", "Org mode"),
        ("[[https://acme.my.salesforce.com][Acme]]", "Org mode"),
        ("<https://acme.my.salesforce.com|acme.my.salesforce.com>", "chat"),
        ("<https://acme.my.salesforce.com/|Acme>", "chat"),
        ("[Acme|https://acme.my.salesforce.com]", "wiki"),
        ("<https://acme.my.salesforce.com>", "angle brackets"),
        ("<acme.my.salesforce.com>", "angle brackets"),
        ("<a href=\"https://acme.my.salesforce.com\">Acme</a>", "HTML"),
        ("<a href='https://acme.my.salesforce.com/'>https://acme.my.salesforce.com</a>", "HTML"),
        ("https://acme.my.salesforce.com</a>", "HTML"),
        ("[url=https://acme.my.salesforce.com]Acme[/url]", "BBCode"),
        ("[url]https://acme.my.salesforce.com[/url]", "BBCode"),
        ("=HYPERLINK(\"https://acme.my.salesforce.com\",\"Acme\")", "spreadsheet"),
        ("`Acme <https://acme.my.salesforce.com>`_", "reStructuredText"),
        ("curl https://acme.my.salesforce.com", "command"),
        ("\"https://acme.my.salesforce.com\"", "quotation marks"),
        ("'https://acme.my.salesforce.com'", "quotation marks"),
        ("“https://acme.my.salesforce.com”", "quotation marks"),
        ("„https://acme.my.salesforce.com“", "quotation marks"),
        ("«https://acme.my.salesforce.com»", "quotation marks"),
        ("‘acme.my.salesforce.com’", "quotation marks"),
        ("`https://acme.my.salesforce.com`", "backticks"),
        ("https://acme.my.salesforce.com'", "quotation mark is behind"),
        ("\"https://acme.my.salesforce.com", "quotation mark is before"),
        ("https://acme.my.salesforce.com,", "comma"),
        ("https://acme.my.salesforce.com/,", "comma"),
        ("https://acme.my.salesforce.com,,", "comma"),
        ("https://acme.my.salesforce.com;", "semicolon"),
        ("https://acme.my.salesforce.com:", "colon"),
        ("https://acme.my.salesforce.com..", "dots"),
        ("https://acme.my.salesforce.com/.", ""),
        ("https://acme.my.salesforce.com...", "dots"),
        ("https://acme.my.salesforce.com…", "dots"),
        ("https://acme.my.salesforce.com。", "dots"),
        ("https://acme.my.salesforce.com)", "parenthesis"),
        ("(https://acme.my.salesforce.com)", "parentheses"),
        ("[https://acme.my.salesforce.com]", "square brackets"),
        ("{https://acme.my.salesforce.com}", "braces"),
        ("https://acme.my.salesforce.com>", "angle bracket is behind"),
        ("https://acme.my.salesforce.com\\", ""),
        ("https://acme.my.salesforce.com!", "punctuation"),
        ("**https://acme.my.salesforce.com**", "formatting"),
        ("_https://acme.my.salesforce.com_", "formatting"),
        ("~acme.my.salesforce.com~", "formatting"),
        ("- https://acme.my.salesforce.com", "sign"),
        ("• https://acme.my.salesforce.com", "sign"),
        ("→ acme.my.salesforce.com", "sign"),
        ("url=https://acme.my.salesforce.com", "\"url\""),
        ("URL: https://acme.my.salesforce.com", "\"url\""),
        ("instanceUrl: https://acme.my.salesforce.com", "\"instanceUrl\""),
        ("\"instanceUrl\": \"https://acme.my.salesforce.com\",", "\"instanceUrl\""),
        ("SF_INSTANCE_URL=https://acme.my.salesforce.com", "\"SF_INSTANCE_URL\""),
        ("View: https://acme.my.salesforce.com", "\"View\""),
        ("Current My Domain URL acme.my.salesforce.com", "\"Current My Domain URL\""),
        ("Acme prod https://acme.my.salesforce.com", "other text is before"),
        ("https://acme.my.salesforce.com (production)", "other text is behind"),
        ("see https://acme.my.salesforce.com for more", "other text is around"),
        ("view-source:https://acme.my.salesforce.com", "text is before"),
        ("https:/acme.my.salesforce.com", "scheme"),
        ("https//acme.my.salesforce.com", "scheme"),
        ("https:\\\\acme.my.salesforce.com", "scheme"),
        ("https:// acme.my.salesforce.com", ""),
        ("htps://acme.my.salesforce.com", ""),
        ("https://https://acme.my.salesforce.com", "scheme"),
        ("https://acme.my.salesforce.com https://acme.my.salesforce.com", "more than once"),
        ("https://acme.my.salesforce.com acme.lightning.force.com", "more than once"),
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.my.salesforce.com%2F&data=05",
            "Outlook",
        ),
        ("https://urldefense.com/v3/__https://acme.my.salesforce.com__;!!abc", "Proofpoint"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__acme.my.salesforce.com_&d=D",
            "Proofpoint",
        ),
        ("https://www.google.com/url?q=https://acme.my.salesforce.com&sa=D", "Google"),
        ("https%3A%2F%2Facme.my.salesforce.com", "percent"),
        ("https%3a%2f%2facme.my.salesforce.com%2F", "percent"),
        ("hxxps[://]acme[.]my[.]salesforce[.]com", "makes a link"),
        ("https://acme[.]my[.]salesforce[.]com/", "makes a link"),
        ("hxxps://acme.my.salesforce.com", "makes a link"),
        ("https：//acme.my.salesforce.com", "full width"),
        ("https://acme．my．salesforce．com", "full width"),
        ("https://acme.my.salesforce.comhttps://acme.my.salesforce.com", "more than once"),
        ("https://acme.my.salesforce.com).", "signs are behind"),
        ("https://acme.my.salesforce.com\",", "signs are behind"),
        ("(\"https://acme.my.salesforce.com\")", "signs are around"),
        ("「https://acme.my.salesforce.com」", "quotation marks"),
        ("（https://acme.my.salesforce.com）", "parentheses"),
        ("https://protect-us.mimecast.com/s/AB?domain=acme.my.salesforce.com", "Mimecast"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Facme.my.salesforce.com%2F", "Facebook"),
        ("[acme](https://acme.lightning.force.com)", "Markdown"),
        ("<https://acme.my.site.com/s/>", "angle brackets"),
    ];
    for (text, around) in table {
        if around.is_empty() {
            // Whatever it is called, it is never another host.
            assert!(find(text).is_none_or(|pasted| pasted.host.as_deref() == Some(ACME)), "{text}");
            continue;
        }
        let pasted = find(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(pasted.host.as_deref(), Some(ACME), "{text}");
        assert!(pasted.around.contains(around), "{text}: {}", pasted.around);
    }
}

#[test]
fn a_dash_stands_for_hyphens() {
    for (text, host) in [
        ("https://acme—uat.sandbox.my.salesforce.com", "acme--uat.sandbox.my.salesforce.com"),
        ("acme–uat.sandbox.my.salesforce.com", "acme--uat.sandbox.my.salesforce.com"),
        ("acme––uat.sandbox.my.salesforce.com", "acme--uat.sandbox.my.salesforce.com"),
        ("https://acme−emea.my.salesforce.com", "acme-emea.my.salesforce.com"),
        ("https://acme-dev–ed.develop.my.salesforce.com", "acme-dev-ed.develop.my.salesforce.com"),
    ] {
        let pasted = find(text).expect("a dash");
        assert_eq!(pasted.host.as_deref(), Some(host), "{text}");
        assert!(pasted.around.contains("dash"), "{text}");
    }
    assert_eq!(
        find("prod–https://acme.my.salesforce.com").and_then(|pasted| pasted.host),
        Some(ACME.to_owned())
    );
    for text in ["acme –uat.sandbox.my.salesforce.com", "é–uat.sandbox.my.salesforce.com"] {
        assert_eq!(find(text).and_then(|pasted| pasted.host), None, "{text}");
    }
}

#[test]
fn an_address_alone_is_not_pasted() {
    for text in [
        "",
        "https://acme.my.salesforce.com",
        "https://acme.my.salesforce.com/",
        "acme.my.salesforce.com",
        " https://acme.my.salesforce.com ",
        "http://acme.my.salesforce.com",
        "ftp://acme.my.salesforce.com",
        "https://acme.my.salesforce.com:443",
        "acme.my.salesforce.com:8443/x",
        "https://acme.my.salesforce.com/services/oauth2/token?x=1&y=2#z",
        "https://acme.my.salesforce.com.",
        "HTTPS://ACME.MY.SALESFORCE.COM",
        "https://acme.lightning.force.com/lightning/page/home",
        "https://acme.my.salesforce.com/a,b;c",
    ] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn a_host_that_is_no_more_than_a_part_is_not_meant() {
    for text in [
        "https://acme.my.salesforce.com@evil.example",
        "https://user:pw@acme.my.salesforce.com",
        "<user@acme.my.salesforce.com>",
        "https://evil.example/https://acme.my.salesforce.com",
        "https://acme.my.salesforce.com.evil.example,",
        "(evil.example acme.my.salesforce.com)",
        "<https://<acme>.my.salesforce.com>",
        "https://{tenant}.sandbox.my.salesforce.com,",
        "https://${X}acme.my.salesforce.com,",
        "%X%acme.my.salesforce.com,",
        "*.develop.my.salesforce.com",
        "<аcme.my.salesforce.com>",
        "(acmé.my.salesforce.com)",
        "<acme.my.salesforce。com>",
        "<my.salesforce.com>",
        "<https://--uat.sandbox.my.salesforce.com>",
        "[x](https://evil.example)",
        "(salesforce.com)",
        "https://acme.my.salesforce.com.mcas.ms.evil.example",
        "https://evil.example.mcas.ms",
        "https://evil-example.us.mcas.ms",
        "https://acme[.]my[.]salesforce[.]com[.]evil[.]example",
        "https://acme.my.salesforce.com．evil．example",
        "https://acme.my.salesforce.com\u{ff0e}evil.example",
    ] {
        assert!(find(text).is_none_or(|pasted| pasted.host.is_none()), "{text}: {:?}", find(text));
    }
}

#[test]
fn two_hosts_are_two() {
    for text in [
        "https://acme.my.salesforce.com, https://other.my.salesforce.com",
        "[login.salesforce.com](https://acme.my.salesforce.com)",
        "<https://acme.my.salesforce.com|other.lightning.force.com>",
    ] {
        let pasted = find(text).expect("something is pasted");
        assert_eq!((pasted.host, pasted.around), (None, "it names more than one host"), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_meant_stands_there(before in "\\PC{0,12}", behind in "\\PC{0,12}") {
        let text = format!("{before}https://{ACME}{behind}");
        if let Some(host) = find(&text).and_then(|pasted| pasted.host) {
            prop_assert!(crate::hosts::is_salesforce_host(&host));
            prop_assert!(text.to_ascii_lowercase().contains(&host) || text.to_ascii_lowercase().contains(".com"));
        }
    }
}

proptest::proptest! {
    #[test]
    fn in_an_address_alone_nothing_is_found_the_long_way_either(
        host in "[a-p.-]{0,3}(hxxp|https?|a--b\\.sandbox|com)?[a-x0-9.-]{0,3}(\\.my\\.salesforce\\.com)?[./-]{0,2}"
    ) {
        let text = format!("https://{host}");
        if is_alone(&text) {
            assert_eq!(find_around(&text), None, "{text}");
        }
    }
}
