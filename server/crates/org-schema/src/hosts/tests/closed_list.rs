//! The closed list once more, written down independently, against arbitrary text.

use super::super::{is_salesforce_api_host, my_domain_for_ui_host};
use proptest::prelude::*;
use proptest::sample::select;

const PARTITIONS: [&str; 10] = [
    "demo",
    "develop",
    "free",
    "none",
    "patch",
    "sandbox",
    "scratch",
    "sfdctest",
    "sfrestore",
    "trailblaze",
];

/// What may get credentials, read from the labels backwards and forwards, without any parsing code
/// of the crate.
fn is_listed(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    host.len() <= 253
        && match labels.as_slice() {
            ["login" | "test", "salesforce", "com"] => true,
            [name, "my", "salesforce", "com" | "mil"] => is_name(name),
            [name, partition, "my", "salesforce", "com"] => {
                is_name(name) && PARTITIONS.contains(partition)
            }
            [pod, "salesforce", "com"] => is_pod(pod, 2..=3),
            [pod, cell, "salesforce", "com"] => {
                let pod = pod.strip_suffix('s').unwrap_or(pod);
                is_pod(pod, 3..=3) && is_name(cell) && cell.starts_with("sfdc-")
            }
            _ => false,
        }
}

fn is_name(label: &str) -> bool {
    let bytes = label.as_bytes();
    (1..=63).contains(&bytes.len())
        && bytes.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && bytes[0] != b'-'
        && bytes[bytes.len() - 1] != b'-'
        && !label.starts_with("xn--")
}

/// Two or three letters and one to four digits. The crate knows a list of prefixes; here any letters
/// pass, because what matters is that nothing of another shape does.
fn is_pod(label: &str, letters: std::ops::RangeInclusive<usize>) -> bool {
    let front = label.bytes().take_while(u8::is_ascii_lowercase).count();
    let digits = &label[front..];
    letters.contains(&front)
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Pieces of hosts and of the tricks that are played with them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "acme",
        "acme--uat",
        "my",
        "salesforce",
        "com",
        "mil",
        "login",
        "test",
        "www",
        "sandbox",
        "develop",
        "evil",
        "example",
        "na139",
        "cs42",
        "usa2s",
        "sfdc-abc",
        "xn--a",
        "-",
        "_",
        ".",
        "..",
        "@",
        ":",
        ":443",
        "/",
        "\\",
        "?",
        "#",
        "%2e",
        "。",
        "．",
        "é",
        "ſ",
        "K",
        " ",
        "\0",
        "\n",
        "[",
        "]",
        "https://",
        "127.0.0.1",
        "force",
        "lightning",
        "vf",
        "site",
    ]);
    let separator = select(vec![".", ".", ".", ".", "", "-"]);
    prop::collection::vec((piece, separator), 1..7)
        .prop_map(|parts| parts.iter().flat_map(|(piece, separator)| [*piece, separator]).collect())
}

/// A listed host with one character put in, taken out or replaced.
fn near_misses() -> impl Strategy<Value = String> {
    let host = select(vec![
        "login.salesforce.com",
        "test.salesforce.com",
        "acme.my.salesforce.com",
        "acme--uat.sandbox.my.salesforce.com",
        "acme.my.salesforce.mil",
        "na139.salesforce.com",
        "usa2s.sfdc-abc.salesforce.com",
    ]);
    (host, any::<prop::sample::Index>(), any::<char>(), 0..4).prop_map(
        |(host, at, other, change)| {
            let mut letters: Vec<char> = host.chars().collect();
            let at = at.index(letters.len());
            match change {
                0 => letters.insert(at, other),
                1 => letters[at] = other,
                2 => letters.insert(at, '.'),
                _ => drop(letters.remove(at)),
            }
            letters.into_iter().collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_made_of_pieces_gets_through(text in pieces()) {
        prop_assert!(!is_salesforce_api_host(&text) || is_listed(&text), "{text:?}");
    }

    #[test]
    fn nothing_near_a_listed_host_gets_through(text in near_misses()) {
        prop_assert!(!is_salesforce_api_host(&text) || is_listed(&text), "{text:?}");
    }

    #[test]
    fn no_arbitrary_text_gets_through(text in any::<String>(), suffix in select(vec![
        "", ".my.salesforce.com", ".sandbox.my.salesforce.com", ".salesforce.com", "salesforce.com",
        ".my.salesforce.mil",
    ])) {
        let host = format!("{text}{suffix}");
        prop_assert!(!is_salesforce_api_host(&host) || is_listed(&host), "{host:?}");
    }

    #[test]
    fn every_my_domain_is_listed(
        name in "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
        partition in prop::option::of(select(PARTITIONS.to_vec())),
    ) {
        let partition = partition.map(|label| format!(".{label}")).unwrap_or_default();
        let host = format!("{name}{partition}.my.salesforce.com");
        prop_assert_eq!(is_salesforce_api_host(&host), is_listed(&host), "{}", host);
    }

    #[test]
    fn a_ui_host_leads_to_a_listed_host(text in pieces(), suffix in select(vec![
        ".lightning.force.com", ".my.salesforce-setup.com", ".vf.force.com", ".my.site.com",
        ".visual.force.com", ".lightning.force.mil",
    ])) {
        if let Some(host) = my_domain_for_ui_host(&format!("{}{suffix}", text.trim_matches('.'))) {
            prop_assert!(is_listed(&host), "{host:?}");
        }
    }
}
