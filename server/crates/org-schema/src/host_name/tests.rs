use super::*;

fn name(text: &str) -> Host {
    Host::Name(text.to_owned())
}

fn ip(text: &str) -> Host {
    Host::Ip(text.parse().unwrap_or_else(|_| panic!("{text} is an address")))
}

#[test]
fn reads_names_in_lower_case() {
    for text in ["a", "localhost", "acme.example", "a-b.c--d.example", "1a.example", "3com.com"] {
        assert_eq!(parse(text), name(text));
        assert_eq!(parse(&text.to_uppercase()), name(text));
    }
}

#[test]
fn reads_addresses() {
    for (text, address) in [
        ("127.0.0.1", "127.0.0.1"),
        ("10.1.2.3", "10.1.2.3"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("[0:0:0:0:0:0:0:1]", "::1"),
        ("2001:DB8::1", "2001:db8::1"),
    ] {
        assert_eq!(parse(text), ip(address), "{text}");
    }
}

#[test]
fn recognizes_numbers_that_become_addresses() {
    for text in ["127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F.1", "0177.0.0.1", "1", "0x"]
    {
        assert_eq!(parse(text), Host::OddIp, "{text}");
    }
    for text in ["999.1.1.1", "256.256.256.256", "01.2.3.4"] {
        assert_eq!(parse(text), Host::OddIp, "{text}");
    }
}

#[test]
fn refuses_everything_else() {
    let long_label = format!("{}.example", "a".repeat(64));
    let long_name = format!("{}a.example", "a.".repeat(123));
    assert_eq!(long_name.len(), 255);
    let wrong = [
        "",
        ".",
        "..",
        ".example",
        "example.",
        "a..b",
        "-a.example",
        "a-.example",
        "a.-b",
        "a_b.example",
        "a b.example",
        " a.example",
        "a.example ",
        "a.example\n",
        "a.example\0",
        "a.example:443",
        "u@a.example",
        "https://a.example",
        "a.example/",
        "a/b",
        "a\\b",
        "a?b",
        "a#b",
        "a%2eb",
        "*.example",
        "bücher.example",
        "ａｃｍｅ.example",
        "acme。example",
        "acme．example",
        "foo.1",
        "a.b.c.d.5",
        "1.2.3.4.5",
        "1.2.3.4.",
        "[::1",
        "::1]",
        "[::1]:8080",
        "[127.0.0.1]",
        "[a.example]",
        "[]",
        "::g",
        "fe80::1%eth0",
        &long_label,
        &long_name,
    ];
    for text in wrong {
        assert_eq!(parse(text), Host::Invalid, "{text:?}");
    }
}

#[test]
fn measures_labels_and_names_exactly() {
    let label = "a".repeat(63);
    assert_eq!(parse(&label), name(&label));
    let longest = format!("{}a", "a.".repeat(126));
    assert_eq!(longest.len(), 253);
    assert_eq!(parse(&longest), name(&longest));
    assert_eq!(parse(&format!("a{longest}")), Host::Invalid);
}

#[test]
fn loopback_is_this_machine_alone() {
    for (text, expected) in [
        ("127.0.0.1", true),
        ("127.255.255.254", true),
        ("::1", true),
        ("126.255.255.255", false),
        ("128.0.0.1", false),
        ("0.0.0.0", false),
        ("::", false),
        ("::ffff:127.0.0.1", false),
        ("10.0.0.1", false),
    ] {
        let Host::Ip(ip) = parse(text) else { panic!("{text} is an address") };
        assert_eq!(is_loopback_ip(ip), expected, "{text}");
    }
}
