//! A project of many org files on the disk, none of them open but one. Only sforg reports on files that
//! are not open.

use serde_json::{Value, json};

use crate::client::{Client, Published};
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::probe::milliseconds;
use crate::scenarios::{Setting, judge};

/// From the start to the diagnostics of the one that is opened, and of all.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    if !setting.must_prove() {
        return Ok(());
    }
    let workspace = setting.workspace()?;
    setting.corpus.write_project(workspace.path(), setting.amount.files)?;
    let mut client = setting.start(workspace.path())?;
    let document = setting.document(&client, "small")?;
    let first = client.open(&document)?;
    let server = &setting.profile.name;
    figures.add(server, "disk first ms", milliseconds(client.spawned(), first.arrived));
    let (last, reports) = match setting.profile.pull {
        true => asked(&mut client)?,
        false => told(setting, &mut client)?,
    };
    figures.add(server, "disk all ms", milliseconds(client.spawned(), last));
    figures.add(server, "disk MiB", client.resources().peak);
    let name = |uri: &'_ str| -> Option<String> {
        let file = uri.rsplit('/').next()?;
        let name = file.strip_suffix(&format!(".{}", setting.profile.extension))?;
        // The documents of the other scenarios are there, too.
        name.starts_with("org-").then(|| name.to_owned())
    };
    let named: Vec<_> =
        reports.iter().filter_map(|(uri, said)| Some((name(uri)?, said.as_slice()))).collect();
    let (found, missed, wrong) =
        judge(setting, named.iter().map(|(name, said)| (name.as_str(), *said)));
    if missed + wrong > 0 || found == 0 {
        let counts = format!("of the faulty files {found} were found, {missed} missed");
        figures.fault(server, format!("on disk {counts}; {wrong} of the others have a fault"));
    }
    figures.proofs += found;
    client.stop()
}

fn asked(client: &mut Client) -> Outcome<Published> {
    let answer = client.request("workspace/diagnostic", json!({"previousResultIds": []}))?;
    let items = answer.body["result"]["items"].as_array().cloned().unwrap_or_default();
    let report = |item: &Value| {
        let uri = item["uri"].as_str().unwrap_or_default().to_owned();
        (uri, item["items"].as_array().cloned().unwrap_or_default())
    };
    Ok((answer.arrived, items.iter().map(report).collect()))
}

/// What a client is told of files that have findings: until all of the faulty ones were there.
fn told(setting: &Setting, client: &mut Client) -> Outcome<Published> {
    let orgs = setting.corpus.orgs(setting.amount.files)?;
    let faulty = orgs.iter().filter(|(name, _)| setting.corpus.fault(name).is_some());
    let faulty: Vec<_> = faulty.map(|(name, _)| client.uri(&format!("orgs/{name}"))).collect();
    client.until_published(&faulty)
}
