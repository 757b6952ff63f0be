//! A key pressed inside of a wrong value, until its diagnostics are fresh; and a key with a request for
//! completion behind it in the same write, as editors send them.

use std::time::Instant;

use serde_json::json;

use crate::client::Client;
use crate::corpus::DOCUMENTS;
use crate::document::{Change, Document};
use crate::figures::{Figures, median};
use crate::outcome::Outcome;
use crate::probe::{Probe, insertion, milliseconds};
use crate::scenarios::{PATIENCE, Setting};

/// Types into each document.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    for name in DOCUMENTS {
        let workspace = setting.workspace()?;
        let mut client = setting.start(workspace.path())?;
        let mut document = setting.document(&client, name)?;
        client.open(&document)?;
        let probe = Probe::learn(&mut client, &mut document)?;
        if setting.must_prove() && !probe.proves() {
            figures.fault(&setting.profile.name, "the diagnostic does not follow the edits");
        }
        let mut typist = Typist { setting, client, document, probe, typed: 0 };
        typist.type_keys(name, figures)?;
        typist.type_and_complete(name, figures)?;
        typist.client.stop()?;
    }
    Ok(())
}

struct Typist<'a> {
    setting: &'a Setting<'a>,
    client: Client<'a>,
    document: Document,
    probe: Probe,
    /// How many characters stand behind the value: none or one.
    typed: u64,
}

impl Typist<'_> {
    /// Types a character, or takes it back: the bytes that tell it.
    fn key(&mut self) -> Vec<u8> {
        let end = self.probe.end;
        let change = match self.typed {
            0 => insertion(end, "y"),
            _ => Change { from: end, to: (end.0, end.1 + 1), text: String::new() },
        };
        self.typed = 1 - self.typed;
        let (told, _) = self.document.change(&change);
        self.client.changing(&self.document, told)
    }

    fn asking(&mut self, bytes: &mut Vec<u8>) -> Option<u64> {
        self.client.profile.pull.then(|| {
            let (id, asking) = self.client.asking(&self.document.uri);
            bytes.extend(asking);
            id
        })
    }

    fn type_keys(&mut self, name: &str, figures: &mut Figures) -> Outcome<()> {
        let mut times = Vec::new();
        let keys = self.setting.amount.keys_in(name);
        let before = self.client.resources().cpu;
        let began = Instant::now();
        while times.len() < keys && began.elapsed() < PATIENCE {
            let mut bytes = self.key();
            let asked = self.asking(&mut bytes);
            let expected = self.probe.expected(self.typed, 0);
            let since = self.client.send(&bytes)?;
            let line = self.probe.start.0;
            let report =
                self.client.diagnostics(&self.document, asked, since, expected.as_deref(), line)?;
            times.push(milliseconds(since, report.arrived));
            self.prove(&report.diagnostics, figures);
        }
        let cpu = self.client.resources().cpu.saturating_sub(before);
        let server = &self.setting.profile.name;
        if let Some(median) = median(&times) {
            figures.add(server, &format!("key ms {name}"), median);
        }
        figures.add(
            server,
            &format!("key cpu {name}"),
            cpu.as_secs_f64() * 1000.0 / times.len().max(1) as f64,
        );
        Ok(())
    }

    fn prove(&self, diagnostics: &[serde_json::Value], figures: &mut Figures) {
        if self.probe.is_stale(diagnostics, self.typed, 0) {
            figures.fault(&self.setting.profile.name, "diagnostics of an old text");
        } else if self.probe.proves() {
            figures.proofs += 1;
        }
    }

    fn type_and_complete(&mut self, name: &str, figures: &mut Figures) -> Outcome<()> {
        if !self.client.provides("completionProvider", "textDocument/completion") {
            return Ok(());
        }
        let mut times = Vec::new();
        let began = Instant::now();
        while times.len() < self.setting.amount.keys_in(name) && began.elapsed() < PATIENCE {
            let mut bytes = self.key();
            let column = self.probe.end.1 + self.typed as usize;
            let position = self.document.position((self.probe.end.0, column));
            let params = json!({"textDocument": {"uri": self.document.uri}, "position": position});
            let (id, request) = self.client.prepare("textDocument/completion", params);
            bytes.extend(request);
            let asked = self.asking(&mut bytes);
            let expected = self.probe.expected(self.typed, 0);
            let since = self.client.send(&bytes)?;
            let answer = self.client.answer(id)?;
            times.push(milliseconds(since, answer.arrived));
            let line = self.probe.start.0;
            let report =
                self.client.diagnostics(&self.document, asked, since, expected.as_deref(), line)?;
            self.prove(&report.diagnostics, figures);
        }
        if let Some(median) = median(&times) {
            figures.add(&self.setting.profile.name, &format!("key+completion ms {name}"), median);
        }
        Ok(())
    }
}
