//! What is left to do, grouped: what is done once for several orgs is said once.

use std::collections::BTreeMap;

use org_ide::assists;
use org_import::{Plan, PlannedOrg, Standing, ToDo, what_is};
use org_schema::client_credentials;
use org_text::Foreign;

use super::{ROWS, indented, quoted};
use crate::import::Target;

/// Columns of what stands before the detail of a row.
const FIRST: usize = 44;

/// What is done in the same way. In the order in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Host,
    InstanceUrl,
    App,
    Flow,
    ClientId,
    Version,
    Retired,
    Convert(String),
    ConvertBefore,
    Link,
    Values,
}

/// A row of a group.
struct Row {
    /// What it is under; the same of several rows is shown once.
    under: String,
    /// What it is.
    first: String,
    /// What about it.
    detail: String,
}

impl Row {
    fn new(first: String, detail: String) -> Self {
        Self { under: String::new(), first, detail }
    }
}

/// All groups under a heading; nothing when nothing is left to do.
pub(super) fn to_do(plan: &Plan, target: &Target) -> String {
    let mut groups: BTreeMap<Group, Vec<Row>> = BTreeMap::new();
    for org in &plan.orgs {
        for todo in &org.todos {
            let (group, row) = row(org, todo, target);
            groups.entry(group).or_default().push(row);
        }
    }
    if groups.is_empty() {
        return String::new();
    }
    let mut page = "What is left to do\n\n".to_owned();
    for (group, rows) in &groups {
        page.push_str(&group.shown(rows, target));
        page.push('\n');
    }
    page
}

fn row(org: &PlannedOrg, todo: &ToDo, target: &Target) -> (Group, Row) {
    let (name, file) = match &org.standing {
        Standing::New { file_name, definition } => {
            (definition.name.as_str(), target.shown_file(file_name))
        }
        Standing::There { file, .. } => (org.called.as_str(), file.clone()),
        Standing::Twice { .. } => (org.called.as_str(), String::new()),
    };
    let name = format!("{:.40}", Foreign(name));
    let file = quoted(&file);
    match todo {
        ToDo::SetValue { member, name: variable, gap } => {
            let first = Foreign(variable).to_string();
            let row =
                Row { under: name, first, detail: format!("{}, {}", what_is(member), gap.note()) };
            (Group::Values, row)
        }
        ToDo::EnterHost(written) => {
            (Group::Host, Row::new(file, format!("the source has {:.60}", Foreign(written))))
        }
        ToDo::EnterInstanceUrl => (Group::InstanceUrl, Row::new(file, name)),
        ToDo::MakeApp => (Group::App, Row::new(file, name)),
        ToDo::AllowFlow => (Group::Flow, Row::new(file, name)),
        ToDo::EnterClientId => (Group::ClientId, Row::new(file, name)),
        ToDo::SetVersion(written) => {
            (Group::Version, Row::new(file, format!("the source has {:.60}", Foreign(written))))
        }
        ToDo::Retired(version) => {
            (Group::Retired, Row::new(file, format!("{name}, API {version}")))
        }
        ToDo::Convert(version) => (Group::Convert(version.to_string()), Row::new(file, name)),
        ToDo::ConvertBefore => (Group::ConvertBefore, Row::new(file, name)),
        ToDo::Link { id } => {
            (Group::Link, Row::new(file, format!("\"designStudioOrg\": \"{:.40}\"", Foreign(id))))
        }
    }
}

impl Row {
    fn shown(&self, indent: &str, first_width: usize) -> String {
        let length = self.first.chars().count();
        let behind = format!("{indent}{}", " ".repeat(first_width + 2));
        if length > first_width {
            let detail = indented(&behind, &behind, &self.detail);
            return format!("{indent}{}\n{detail}", self.first);
        }
        let start = format!("{indent}{}{}", self.first, " ".repeat(first_width - length + 2));
        indented(&start, &behind, &self.detail)
    }
}

impl Group {
    fn title(&self) -> String {
        match self {
            Self::Host => "Write the host: the source has none of Salesforce's".to_owned(),
            Self::InstanceUrl => "Write \"instanceUrl\", the org's My Domain".to_owned(),
            Self::App => {
                "Make an app in Salesforce: the CLI's own login is none for others".to_owned()
            }
            Self::Flow => "Switch on the Client Credentials Flow of the app".to_owned(),
            Self::ClientId => "Write \"clientId\", the consumer key of the app".to_owned(),
            Self::Version => "Write \"apiVersion\"".to_owned(),
            Self::Retired => "Choose a newer API version: this one is retired".to_owned(),
            Self::Convert(version) => {
                format!("Convert to OAuth 2.0: basic authentication fails at API {version}")
            }
            Self::ConvertBefore => "Convert to OAuth 2.0 before Summer '27".to_owned(),
            Self::Link => "Link these files to Design Studio".to_owned(),
            Self::Values => "Set these values".to_owned(),
        }
    }

    /// What to do, once for all of the group.
    fn steps(&self, rows: &[Row], target: &Target) -> Vec<String> {
        match self {
            Self::App => assists::steps(true).into_iter().map(str::to_owned).collect(),
            Self::Flow => {
                use client_credentials::{
                    ADD_SCOPE, ORG_SWITCH, TICK_IN_POLICIES, TICK_IN_SETTINGS,
                };
                [ADD_SCOPE, ORG_SWITCH, TICK_IN_SETTINGS, TICK_IN_POLICIES]
                    .map(str::to_owned)
                    .into()
            }
            Self::InstanceUrl => {
                vec!["Setup > My Domain shows it as Current My Domain URL.".to_owned()]
            }
            Self::Convert(_) | Self::ConvertBefore => {
                let paths = match rows {
                    [row] => row.first.clone(),
                    _ => quoted(&target.shown),
                };
                vec![format!("sforg convert {paths} --diff")]
            }
            Self::Link => vec!["Add the member to each file.".to_owned()],
            Self::Values => {
                let env_file = quoted(&target.shown_path(&target.env_file));
                vec![
                    format!("Write each into {env_file} as NAME=value, or set it in the environment."),
                    "Or keep it in the keyring: sforg secret set NAME, and in the org file ${keyring:NAME} in place of ${env:NAME}.".to_owned(),
                ]
            }
            Self::Host | Self::ClientId | Self::Version | Self::Retired => Vec::new(),
        }
    }

    fn shown(&self, rows: &[Row], target: &Target) -> String {
        let mut page = indented("", "  ", &format!("{} · {}", self.title(), rows.len()));
        let widest = rows.iter().take(ROWS).map(|row| row.first.chars().count()).max();
        let first_width = widest.unwrap_or(0).min(FIRST);
        let mut under = "";
        for row in rows.iter().take(ROWS) {
            if row.under != under {
                under = &row.under;
                page.push_str(&format!("  {under}\n"));
            }
            page.push_str(&row.shown(if under.is_empty() { "  " } else { "    " }, first_width));
        }
        if rows.len() > ROWS {
            page.push_str(&format!("  … {} more\n", rows.len() - ROWS));
        }
        let steps = self.steps(rows, target);
        match steps.as_slice() {
            [step] => page.push_str(&indented("  > ", "    ", step)),
            steps => {
                for (number, step) in steps.iter().enumerate() {
                    page.push_str(&indented(&format!("  {}. ", number + 1), "     ", step));
                }
            }
        }
        page
    }
}
