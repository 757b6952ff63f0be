use super::Basis::*;
use super::*;

fn version(text: &str) -> ProductVersion {
    ProductVersion::parse(text).unwrap_or_else(|| panic!("{text} is a version"))
}

fn newest(agent: &str, design_studio: &str) -> Option<(u16, Basis)> {
    let agent = (!agent.is_empty()).then(|| version(agent));
    let design_studio = (!design_studio.is_empty()).then(|| version(design_studio));
    available(agent.as_ref(), design_studio.as_ref()).map(|a| (a.api.number(), a.basis))
}

#[test]
fn versions_are_read_and_displayed_as_written() {
    for text in
        ["11.59", "12", "9.4.2", "11.59.0", "11.59.0.22", "12.10", "0", "11.059", "4294967295"]
    {
        assert_eq!(version(text).to_string(), text);
    }
    let wrong = [
        "",
        ".",
        "11.",
        ".59",
        "11..59",
        "11.59.0.0.0",
        "v11.59",
        "11.x",
        "11.59 ",
        " 11.59",
        "11,59",
        "+11.59",
        "-11",
        "11.59-beta",
        "latest",
        "4294967296",
        "١١.٥٩",
    ];
    for text in wrong {
        assert!(ProductVersion::parse(text).is_none(), "{text:?}");
    }
}

#[test]
fn versions_compare_as_numbers() {
    let ascending = [
        "9.4.2",
        "9.10",
        "10.2",
        "10.10",
        "11.9",
        "11.59",
        "11.59.0.1",
        "11.59.1",
        "12.3",
        "12.10",
    ];
    for pair in ascending.windows(2) {
        assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        assert_ne!(version(pair[0]), version(pair[1]));
    }
    for (a, b) in [("11.59", "11.59.0"), ("12", "12.0.0.0"), ("11.059", "11.59")] {
        assert_eq!(version(a), version(b));
    }
}

#[test]
fn what_an_agent_gives() {
    // agent, newest API version, how it is known
    let table = [
        ("9.4.2", Some((41, Documented))),
        ("9.7", Some((41, Documented))),
        ("9.8", Some((44, Documented))),
        ("10.2", Some((44, Documented))),
        ("10.3", Some((45, Documented))),
        ("10.10", Some((45, Documented))),
        ("10.11", Some((47, Documented))),
        ("10.16", Some((47, Documented))),
        ("10.17", Some((48, Documented))),
        ("10.22", Some((48, Documented))),
        ("10.23", Some((49, Documented))),
        ("10.27", Some((49, Documented))),
        ("10.28", Some((50, Documented))),
        ("10.41", Some((50, Documented))),
        ("10.42", Some((51, Documented))),
        ("10.43", Some((51, Documented))),
        ("10.44", Some((52, Documented))),
        ("10.54", Some((52, Documented))),
        ("10.55", Some((54, Documented))),
        ("10.68", Some((54, Documented))),
        ("11.0", Some((54, Documented))),
        ("11.6", Some((54, Documented))),
        ("10.69", Some((57, Documented))),
        ("10.72", Some((57, Documented))),
        ("11.7", Some((57, Documented))),
        ("11.10", Some((57, Documented))),
        ("10.73", Some((58, Documented))),
        ("10.79", Some((58, Documented))),
        ("11.11", Some((58, Documented))),
        ("11.17", Some((58, Documented))),
        ("10.80", Some((59, Documented))),
        ("10.84", Some((59, Documented))),
        ("11.18", Some((59, Documented))),
        ("11.22", Some((59, Documented))),
        ("10.85", Some((60, Documented))),
        ("10.87", Some((60, Documented))),
        ("11.23", Some((60, Documented))),
        ("11.29", Some((60, Documented))),
        ("11.29.7", Some((60, Documented))),
        ("11.30", Some((61, Documented))),
        ("11.45", Some((61, Documented))),
        ("11.58.9", Some((61, Documented))),
        ("11.59", Some((65, Inferred))),
        ("11.59.0.22", Some((65, Inferred))),
        ("12.0", Some((61, Documented))),
        ("12.2", Some((61, Documented))),
        ("12.3", Some((65, Inferred))),
        ("12.6", Some((65, Inferred))),
        ("12.7", Some((66, Reported))),
        ("12.9", Some((66, Reported))),
        ("12.10", Some((66, Reported))),
        ("12.10.3", Some((66, Reported))),
        ("9.4.1", None),
        ("8.30", None),
        ("10.88", None),
        ("11.60", None),
        ("12.11", None),
        ("13.0", None),
    ];
    for (agent, expected) in table {
        assert_eq!(newest(agent, ""), expected, "agent {agent}");
        assert_eq!(known_agent(&version(agent)), expected.is_some(), "agent {agent}");
    }
}

#[test]
fn what_a_design_studio_gives() {
    let table = [
        ("9.4.2", Some((41, Inferred))),
        ("10.44", Some((52, Inferred))),
        ("11.20", Some((59, Inferred))),
        ("11.40", Some((61, Inferred))),
        ("11.41", Some((63, Reported))),
        ("11.58", Some((63, Reported))),
        ("11.59", Some((65, Inferred))),
        ("11.62", Some((65, Inferred))),
        ("11.63", Some((66, Reported))),
        ("11.69.1", Some((66, Reported))),
        ("9.4.1", None),
        ("10.88", None),
        ("11.70", None),
        ("12.3", None),
    ];
    for (design_studio, expected) in table {
        assert_eq!(newest("", design_studio), expected, "Design Studio {design_studio}");
        let known = known_design_studio(&version(design_studio));
        assert_eq!(known, expected.is_some(), "Design Studio {design_studio}");
    }
}

#[test]
fn the_smaller_of_both_counts() {
    let table = [
        ("", "", None),
        ("12.7", "11.63", Some((66, Reported))),
        ("12.7", "11.59", Some((65, Inferred))),
        ("12.6", "11.63", Some((65, Inferred))),
        ("11.45", "11.63", Some((61, Documented))),
        ("11.45", "11.45", Some((61, Documented))),
        ("11.45", "11.20", Some((59, Inferred))),
        ("11.20", "11.45", Some((59, Documented))),
        ("12.9", "11.40", Some((61, Inferred))),
        ("12.9", "11.45", Some((63, Reported))),
        ("12.9", "12.9", Some((66, Reported))),
        ("13.0", "11.63", Some((66, Reported))),
        ("13.0", "12.9", None),
    ];
    for (agent, design_studio, expected) in table {
        assert_eq!(newest(agent, design_studio), expected, "{agent} with {design_studio}");
    }
}

#[test]
fn versions_that_are_too_new() {
    use Product::*;
    // API version, agent, Design Studio, what falls short
    let table = [
        (59, "11.20", "", None),
        (60, "11.20", "", Some((Agent, 59, Documented))),
        (61, "10.85", "", Some((Agent, 60, Documented))),
        (68, "11.20", "11.63", Some((Agent, 59, Documented))),
        (61, "11.45", "", None),
        (62, "11.45", "", Some((Agent, 61, Inferred))),
        (64, "12.0", "", Some((Agent, 61, Inferred))),
        (65, "11.59", "", None),
        (66, "11.59", "", Some((Agent, 65, Inferred))),
        (66, "12.7", "", None),
        (67, "12.10", "", Some((Agent, 66, Reported))),
        (66, "12.7", "11.59", Some((DesignStudio, 65, Reported))),
        (67, "12.7", "11.59", Some((DesignStudio, 65, Reported))),
        (67, "12.7", "11.63", Some((Agent, 66, Reported))),
        (68, "11.45", "11.63", Some((Agent, 61, Inferred))),
        (68, "12.10", "11.58", Some((DesignStudio, 63, Inferred))),
        (61, "11.20", "10.28", Some((Agent, 59, Documented))),
        (66, "", "11.58", Some((DesignStudio, 63, Inferred))),
        (62, "", "11.40", Some((DesignStudio, 61, Inferred))),
        (63, "", "11.41", None),
        (64, "", "11.41", Some((DesignStudio, 63, Inferred))),
        (64, "", "11.20", Some((DesignStudio, 59, Inferred))),
        (67, "", "11.63", Some((DesignStudio, 66, Reported))),
        (68, "13.0", "", None),
        (68, "", "", None),
    ];
    for (api, agent, design_studio, expected) in table {
        let agents = (!agent.is_empty()).then(|| version(agent));
        let studios = (!design_studio.is_empty()).then(|| version(design_studio));
        let found = shortfall(ApiVersion::new(api), agents.as_ref(), studios.as_ref());
        let found = found.map(|s| (s.product, s.newest.number(), s.basis));
        assert_eq!(found, expected, "{api}.0 on {agent} with {design_studio}");
    }
}

#[test]
fn nothing_above_the_last_documented_version_is_called_documented() {
    for row in &table::AGENTS {
        assert_eq!(row.basis == Documented, row.api <= LAST_DOCUMENTED, "{:?}", row.from);
    }
}

#[test]
fn agents_to_upgrade_to() {
    let table = [
        (59, "11.11", Some("11.18")),
        (61, "11.20", Some("11.30")),
        (59, "11.18", Some("11.23")),
        (61, "10.50", Some("11.30")),
        (57, "10.50", Some("10.69")),
        (65, "11.20", Some("11.59")),
        (65, "12.1", Some("12.3")),
        (66, "11.59", Some("12.7")),
        (41, "9.0", Some("9.4.2")),
        (67, "12.9", None),
        (68, "11.20", None),
    ];
    for (api, agent, expected) in table {
        let found = next_agent_for(ApiVersion::new(api), &version(agent));
        let found = found.map(|(agent, _)| agent.to_string());
        assert_eq!(found.as_deref(), expected, "{api}.0 from {agent}");
    }
}

#[test]
fn rows_ascend() {
    assert!(table::AGENTS.is_sorted_by(|a, b| a.from < b.from));
}

#[test]
fn oauth_needs_a_newer_agent() {
    let table = [
        ("9.4.2", true),
        ("10.87", true),
        ("11.0", true),
        ("11.58", true),
        ("11.58.99", true),
        ("11.59", false),
        ("11.59.1", false),
        ("11.60", false),
        ("12.0", true),
        ("12", true),
        ("12.2.9", true),
        ("12.3", false),
        ("12.10", false),
        ("13.0", false),
    ];
    for (agent, expected) in table {
        assert_eq!(oauth_needs_newer_agent(&version(agent)), expected, "{agent}");
    }
    assert!(!oauth_needs_newer_agent(&version(LEAST_OAUTH_AGENT_11)));
    assert!(!oauth_needs_newer_agent(&version(LEAST_OAUTH_AGENT_12)));
}

#[test]
fn oauth_needs_a_newer_design_studio() {
    for (design_studio, expected) in
        [("10.87", true), ("11.58", true), ("11.59", false), ("11.63", false), ("12.0", false)]
    {
        let found = oauth_needs_newer_design_studio(&version(design_studio));
        assert_eq!(found, expected, "{design_studio}");
    }
    assert!(!oauth_needs_newer_design_studio(&version(LEAST_OAUTH_DESIGN_STUDIO)));
}

#[test]
fn the_newest_known_ones_are_known() {
    assert!(known_agent(&version(newest_known_agent())));
    assert!(known_design_studio(&version(newest_known_design_studio())));
}
