//! The committed page of the rules is the one that the registry makes.

use std::path::PathBuf;

use org_ide::rules;

const RENEW: &str = "UPDATE_DOCS=1 cargo test -p org-ide --test suite documentation";

fn page_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md")
}

#[test]
fn the_page_is_up_to_date() {
    let path = page_path();
    let page = rules::documentation_page();
    if std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1") {
        let folder = path.parent().expect("the page is in a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed.replace("\r\n", "\n") == page,
        "{} is stale; renew it with: {RENEW}",
        path.display()
    );
}

#[test]
fn every_rule_has_its_place_on_the_page() {
    let page = rules::documentation_page();
    for name in rules::names() {
        assert!(page.contains(&format!("\n### {name}\n")), "{name}");
        assert!(page.contains(&format!("(#{name})")), "{name}");
    }
    assert!(page.contains(RENEW));
}

#[test]
fn a_rule_is_explained_with_a_wrong_and_a_right_example() {
    for rule in rules::ALL {
        let text = rules::explain(rule.name).expect("a rule of ours");
        assert!(text.starts_with(&format!("# {}\n", rule.name)));
        assert!(text.contains(rule.summary) && text.contains(rule.documentation));
        assert!(text.contains("Wrong") && text.contains("Right"), "{text}");
        assert!(rule.documentation_url().ends_with(&format!("#{}", rule.name)));
    }
    assert_eq!(rules::explain("no-such-rule"), None);
}
