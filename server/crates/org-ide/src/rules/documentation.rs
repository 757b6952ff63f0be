//! What the registry says about the rules, as pages: `sforg explain RULE` and the page of all.

use super::{ALL, Example, Files, Rule, find};
use crate::finding::Group;

/// What `sforg explain RULE` shows: Markdown. `None` when no rule has this name.
pub fn explain(name: &str) -> Option<String> {
    let rule = find(name)?;
    let mut page = format!("# {}\n\n", rule.name);
    push_rule(&mut page, rule, "##");
    Some(page)
}

/// The page that documents all rules, which `codeDescription` leads to: Markdown.
pub fn documentation_page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for group in Group::ALL {
        page.push_str(&format!("| {} | ", group.title()));
        let links: Vec<String> = in_group(group)
            .map(|rule| format!("[`{0}`](#{0}) {1}", rule.name, rule.severity.as_str()))
            .collect();
        page.push_str(&links.join(", "));
        page.push_str(" |\n");
    }
    for group in Group::ALL {
        page.push_str(&format!("\n## {}\n", group.title()));
        for rule in in_group(group) {
            page.push_str(&format!("\n### {}\n\n", rule.name));
            push_rule(&mut page, rule, "####");
        }
    }
    page
}

const INTRODUCTION: &str = "\
<!-- Generated from server/crates/org-ide/src/rules. To renew it:
     UPDATE_DOCS=1 cargo test -p org-ide --test suite documentation -->

# Rules

What `sforg` finds in org definition files and project files, in the editor and with `sforg check`.
`sforg explain RULE` shows the same in the terminal.

A project sets the severity of a rule in `sforg-project.json`, or turns it off:

```json
{
  \"apiVersion\": \"68.0\",
  \"rules\": { \"plaintext-secret\": \"error\", \"upgrade-available\": \"off\" }
}
```

One cause yields one finding: where several rules could speak about the same mistake, the most
specific one does. A login test is refused while an error of the syntax, shape or host groups is
left, whatever `rules` says.

| group | rules and their severity |
|---|---|
";

fn in_group(group: Group) -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().filter(move |rule| rule.group == group)
}

fn push_rule(page: &mut String, rule: &Rule, heading: &str) {
    let files = match rule.files {
        Files::Org => "org files",
        Files::EveryOrg => "org files and Design Studio's orgs",
        Files::Project => "project files",
        Files::EveryProject => "project files and Design Studio's projects",
        Files::Both => "org files and project files",
        Files::Every => "org files and project files, and at Design Studio's orgs and projects",
        Files::OtherTools => "the files of other tools, which `sforg scan` reads",
    };
    page.push_str(&format!(
        "{}\n\nSeverity: {}. Looks at {files}.\n\n{}\n",
        rule.summary,
        rule.severity.as_str(),
        rule.documentation
    ));
    push_example(page, "Wrong", rule.wrong, heading);
    push_example(page, "Right", rule.right, heading);
}

fn push_example(page: &mut String, title: &str, example: Example, heading: &str) {
    if example.is_empty() {
        return;
    }
    page.push_str(&format!("\n{heading} {title}\n"));
    for (file, text) in example {
        let language = match file.rsplit('.').next() {
            Some("json") => "json",
            Some("xml") => "xml",
            _ => "sh",
        };
        page.push_str(&format!("\n`{file}`\n\n```{language}\n{text}```\n"));
    }
}
