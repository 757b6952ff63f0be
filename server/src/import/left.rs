//! What is left to do, grouped: what is done in the same way for several orgs is said once.

use std::collections::BTreeMap;

use org_ide::assists;
use org_import::{Plan, PlannedOrg, Standing, ToDo, what_is};
use org_schema::client_credentials::{ADD_SCOPE, ORG_SWITCH, TICK_IN_POLICIES, TICK_IN_SETTINGS};
use org_text::Foreign;

use super::target::Target;

/// What is done in one way, for some orgs.
#[derive(Debug)]
pub struct LeftToDo {
    /// What is to be done.
    pub title: String,
    /// For which orgs.
    pub rows: Vec<LeftRow>,
    /// How, once for all of them.
    pub steps: Vec<String>,
}

/// One org, file or value of a group. All texts are harmless to show.
#[derive(Debug)]
pub struct LeftRow {
    /// What it belongs to; the same of several rows is shown once.
    pub under: String,
    /// What it is.
    pub first: String,
    /// What about it.
    pub detail: String,
}

/// The groups in the order in which they are shown.
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

/// All that is left to do.
pub fn left_to_do(plan: &Plan, target: &Target) -> Vec<LeftToDo> {
    let mut groups: BTreeMap<Group, Vec<LeftRow>> = BTreeMap::new();
    for org in &plan.orgs {
        for todo in &org.todos {
            let (group, row) = row(org, todo, target);
            groups.entry(group).or_default().push(row);
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|(group, rows)| {
            let steps = group.steps(&rows, target);
            LeftToDo { title: group.title(), rows, steps }
        })
        .collect()
}

fn row(org: &PlannedOrg, todo: &ToDo, target: &Target) -> (Group, LeftRow) {
    let (name, file) = match &org.standing {
        Standing::New { file_name, definition } => {
            (definition.name.as_str(), target.shown_file(file_name))
        }
        Standing::There { file, .. } => (org.called.as_str(), file.clone()),
        Standing::Twice { .. } => (org.called.as_str(), String::new()),
    };
    let name = format!("{:.40}", Foreign(name));
    let found = |written: &str| format!("the source has {:.60}", Foreign(written));
    let mut under = String::new();
    let mut first = quoted(&file);
    let (group, detail) = match todo {
        ToDo::SetValue { member, name: variable, gap } => {
            (under, first) = (name, Foreign(variable).to_string());
            (Group::Values, format!("{}, {}", what_is(member), gap.note()))
        }
        ToDo::EnterHost(written) => (Group::Host, found(written)),
        ToDo::EnterInstanceUrl => (Group::InstanceUrl, name),
        ToDo::MakeApp => (Group::App, name),
        ToDo::AllowFlow => (Group::Flow, name),
        ToDo::EnterClientId => (Group::ClientId, name),
        ToDo::SetVersion(written) => (Group::Version, found(written)),
        ToDo::Retired(version) => (Group::Retired, format!("{name}, API {version}")),
        ToDo::Convert(version) => (Group::Convert(version.to_string()), name),
        ToDo::ConvertBefore => (Group::ConvertBefore, name),
        ToDo::Link { id } => (Group::Link, format!("\"designStudioOrg\": \"{:.40}\"", Foreign(id))),
    };
    (group, LeftRow { under, first, detail })
}

impl Group {
    fn title(&self) -> String {
        let title = match self {
            Self::Host => "Write the host: the source has no Salesforce host",
            Self::InstanceUrl => "Write \"instanceUrl\", the org's My Domain",
            Self::App => {
                "Create an app in Salesforce: other programs cannot use the CLI's own login"
            }
            Self::Flow => "Switch on the Client Credentials Flow of the app",
            Self::ClientId => "Write \"clientId\", the consumer key of the app",
            Self::Version => "Write \"apiVersion\"",
            Self::Retired => "Choose a newer API version: this one is retired",
            Self::Convert(version) => {
                return format!(
                    "Convert to OAuth 2.0: basic authentication fails at API {version}"
                );
            }
            Self::ConvertBefore => "Convert to OAuth 2.0 before Summer '27",
            Self::Link => "Link these files to Design Studio",
            Self::Values => "Set these values",
        };
        title.to_owned()
    }

    fn steps(&self, rows: &[LeftRow], target: &Target) -> Vec<String> {
        match self {
            Self::App => assists::steps(true).into_iter().map(str::to_owned).collect(),
            Self::Flow => [ADD_SCOPE, ORG_SWITCH, TICK_IN_SETTINGS, TICK_IN_POLICIES]
                .map(str::to_owned)
                .into(),
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
                    format!("Add each to {env_file} as NAME=value, or set it in the environment."),
                    "Or keep it in the keyring: sforg secret set NAME, and in the org file ${keyring:NAME} in place of ${env:NAME}.".to_owned(),
                ]
            }
            Self::Host | Self::ClientId | Self::Version | Self::Retired => Vec::new(),
        }
    }
}

/// A path as a command takes it.
pub fn quoted(path: &str) -> String {
    let shown = Foreign(path).to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "_-./\\:@+".contains(c);
    if !shown.is_empty() && shown.chars().all(is_plain) {
        return shown;
    }
    format!("'{}'", shown.replace('\'', "'\\''"))
}
