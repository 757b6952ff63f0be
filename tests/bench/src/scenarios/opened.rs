//! Many files opened one after the other, until each has diagnostics.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::document::Document;
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::probe::milliseconds;
use crate::scenarios::{Setting, judge};

/// Opens them without waiting.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    let workspace = setting.workspace()?;
    let mut client = setting.start(workspace.path())?;
    let small = setting.document(&client, "small")?;
    client.open(&small)?;
    client.settled(&small)?;
    let orgs = setting.corpus.orgs(setting.amount.files)?;
    let mut bytes = Vec::new();
    let mut names = HashMap::new();
    let mut asked = HashMap::new();
    for (name, text) in &orgs {
        let document = Document::new(client.uri(&format!("orgs/{name}")), text);
        bytes.extend(client.opening(&document));
        if setting.profile.pull {
            let (id, asking) = client.asking(&document.uri);
            bytes.extend(asking);
            asked.insert(id, *name);
        }
        names.insert(document.uri, *name);
    }
    let mut reports: HashMap<&str, (std::time::Instant, Vec<Value>)> = HashMap::new();
    let mut open: HashSet<&str> = orgs.iter().map(|(name, _)| *name).collect();
    let mut seen = 0;
    let since = client.send_much(&bytes, |answers, published| {
        for (id, answer) in answers.drain() {
            if let Some(name) = asked.get(&id) {
                let items = answer.body["result"]["items"].as_array().cloned();
                reports.insert(name, (answer.arrived, items.unwrap_or_default()));
                open.remove(name);
            }
        }
        // Looking through all of them at every message would cost more than the server does.
        if asked.is_empty() && published.len() != seen {
            seen = published.len();
            if seen > names.len() {
                for (uri, report) in published {
                    if let Some(name) = names.get(uri.as_str()) {
                        reports.insert(name, (report.arrived, report.diagnostics.clone()));
                        open.remove(name);
                    }
                }
            }
        }
        open.is_empty()
    })?;
    let server = &setting.profile.name;
    if let Some(last) = reports.values().map(|(arrived, _)| *arrived).max() {
        figures.add(server, "opened ms", milliseconds(since, last));
    }
    figures.add(server, "opened MiB", client.resources().memory);
    let reports = reports.iter().map(|(name, (_, diagnostics))| (*name, diagnostics.as_slice()));
    let (found, missed, wrong) = judge(setting, reports);
    if setting.must_prove() {
        if missed + wrong > 0 || found == 0 {
            let counts = format!("of the faulty files {found} were found, {missed} missed");
            figures.fault(server, format!("{counts}; {wrong} of the others have a fault"));
        }
        figures.proofs += found;
    }
    figures.add(server, "opened found", found as f64);
    figures.add(server, "opened wrong", wrong as f64);
    client.stop()
}
