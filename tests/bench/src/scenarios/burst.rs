//! Many changes in one write, until the diagnostics of the last one are there; and whether the server has
//! the right text then.

use crate::client::Client;
use crate::document::{Change, Document};
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::probe::{Probe, insertion, milliseconds};
use crate::same_text::compare_with_fresh;
use crate::scenarios::Setting;

/// In the small document and in the large one.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    for name in ["small", "large"] {
        let workspace = setting.workspace()?;
        let mut client = setting.start(workspace.path())?;
        let mut document = setting.document(&client, name)?;
        client.open(&document)?;
        let probe = Probe::learn(&mut client, &mut document)?;
        let (bytes, typed) = burst(&client, &mut document, &probe, setting.amount.burst);
        let expected = probe.expected(typed, 1);
        let (since, report) =
            send(&mut client, &document, bytes, expected.as_deref(), probe.start.0)?;
        let server = &setting.profile.name;
        if probe.is_stale(&report.diagnostics, typed, 1) {
            figures.fault(server, format!("diagnostics of an old text after a burst ({name})"));
        }
        figures.add(server, &format!("burst ms {name}"), milliseconds(since, report.arrived));
        compare_with_fresh(&mut client, &document, &format!("burst-{name}"), figures)?;
        client.stop()?;
    }
    Ok(())
}

/// A little more than half of the changes type a character, the others take one back; the last puts a blank
/// before the value, so that the document was never before what it is in the end. Gives the bytes, and how
/// many characters have stayed.
fn burst(client: &Client, document: &mut Document, probe: &Probe, count: usize) -> (Vec<u8>, u64) {
    let (line, column) = probe.end;
    let mut bytes = Vec::new();
    let mut typed = 0;
    for number in 0..count - 1 {
        let change = if number < count / 2 + 5 {
            typed += 1;
            insertion(
                (line, column + typed - 1),
                "abcdefgh".get(number % 8..=number % 8).unwrap_or("a"),
            )
        } else {
            typed -= 1;
            let at = column + typed;
            Change { from: (line, at), to: (line, at + 1), text: String::new() }
        };
        let (told, _) = document.change(&change);
        bytes.extend(client.changing(document, told));
    }
    let (told, _) = document.change(&insertion(probe.start, " "));
    bytes.extend(client.changing(document, told));
    (bytes, typed as u64)
}

fn send(
    client: &mut Client,
    document: &Document,
    mut bytes: Vec<u8>,
    expected: Option<&[(u64, u64)]>,
    line: usize,
) -> Outcome<(std::time::Instant, crate::client::Report)> {
    let asked = client.profile.pull.then(|| {
        let (id, asking) = client.asking(&document.uri);
        bytes.extend(asking);
        id
    });
    // A request behind them ends the reading: whatever the server says of its own comes later or before.
    let params = serde_json::json!({
        "textDocument": {"uri": document.uri},
        "position": {"line": 0, "character": 0},
    });
    let (last, request) = client.prepare("textDocument/hover", params);
    bytes.extend(request);
    let since = client.send_much(&bytes, |answers, _| answers.remove(&last).is_some())?;
    let report = client.diagnostics(document, asked, since, expected, line)?;
    Ok((since, report))
}
