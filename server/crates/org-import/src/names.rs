//! Names for orgs and for their files.

use std::collections::BTreeSet;

use org_ide::FileKind;
use org_schema::members::FORBIDDEN_IN_ORG_NAMES;
use org_text::does_something;

/// Characters of an org's name at most.
pub const MAX_ORG_NAME: usize = 120;
/// Characters of a file's name before its suffix at most.
const MAX_STEM: usize = 60;
/// Names that Windows keeps for devices, whatever stands behind a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name that an org gets: as the source has it, without what no name may hold, and with a number
/// behind it where another org has it.
pub(crate) fn org_name(wanted: &str, taken: &BTreeSet<String>) -> String {
    let name: String = wanted
        .chars()
        .filter(|c| !does_something(*c) || c.is_whitespace())
        .map(|c| if FORBIDDEN_IN_ORG_NAMES.contains(&c) { '-' } else { c })
        .collect();
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(MAX_ORG_NAME).collect();
    let name = if name.is_empty() { "Org".to_owned() } else { name };
    free(&name, " ", |name| taken.contains(name))
}

/// The name of an org's file: letters and digits of the org's name in lower case, all else one `-`.
/// Nothing leads out of a folder, no system refuses it, and no two differ in letter case alone.
/// `taken` has the names that are there, in lower case.
pub fn file_name(org_name: &str, taken: &BTreeSet<String>) -> String {
    let mut stem = String::new();
    for c in org_name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem: String = stem.chars().take(MAX_STEM).collect();
    let stem = stem.trim_end_matches('-');
    let stem = if stem.is_empty() {
        "org".to_owned()
    } else if is_device(stem) {
        format!("{stem}-org")
    } else {
        stem.to_owned()
    };
    let with_suffix = |stem: &str| format!("{stem}{}", FileKind::ORG_FILE_SUFFIX);
    with_suffix(&free(&stem, "-", |stem| taken.contains(&with_suffix(stem))))
}

fn is_device(stem: &str) -> bool {
    let numbered = |port: &str| {
        let number = stem.strip_prefix(port)?;
        (number.chars().count() == 1 && number.chars().all(char::is_numeric)).then_some(())
    };
    DEVICES.contains(&stem) || numbered("com").is_some() || numbered("lpt").is_some()
}

/// The name, or the name with a number behind it.
pub fn free(name: &str, between: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(name) {
        return name.to_owned();
    }
    let numbered = (2u32..).map(|number| format!("{name}{between}{number}"));
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn file_names_are_safe_everywhere() {
        for (name, file) in [
            ("Acme production", "acme-production"),
            ("integration@acme.example.com.uat", "integration-acme-example-com-uat"),
            ("[sf_username]", "sf_username"),
            ("../../etc/passwd", "etc-passwd"),
            ("C:\\Windows", "c-windows"),
            ("CON", "con-org"),
            ("Com1", "com1-org"),
            ("nul", "nul-org"),
            ("Zürich Nord", "zürich-nord"),
            ("...", "org"),
            ("", "org"),
            (".", "org"),
            ("a\u{0}b\u{202e}c", "a-b-c"),
        ] {
            assert_eq!(file_name(name, &taken(&[])), format!("{file}.sforg.json"), "{name}");
        }
        let there = taken(&["acme.sforg.json", "acme-2.sforg.json"]);
        assert_eq!(file_name("ACME", &there), "acme-3.sforg.json");
    }

    #[test]
    fn org_names_are_allowed_and_unique() {
        assert_eq!(org_name("Acme: a/b", &taken(&[])), "Acme- a-b");
        assert_eq!(org_name("Acme\u{1b}[2J\r\n UAT\u{200b}", &taken(&[])), "Acme[2J UAT");
        assert_eq!(org_name(" ", &taken(&["Org"])), "Org 2");
        assert_eq!(org_name("acme", &taken(&["Acme"])), "acme");
        assert_eq!(org_name(&"x".repeat(500), &taken(&[])).len(), MAX_ORG_NAME);
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_a_folder(name in any::<String>()) {
            let file = file_name(&name, &BTreeSet::new());
            prop_assert!(!file.starts_with('.') && !file.contains(['/', '\\', ':', '\0']));
            prop_assert!(file.chars().count() <= MAX_STEM + 20);
            let org = org_name(&name, &BTreeSet::new());
            prop_assert!(!org.is_empty() && !org.contains(FORBIDDEN_IN_ORG_NAMES));
            prop_assert!(!org.chars().any(does_something));
        }
    }
}
