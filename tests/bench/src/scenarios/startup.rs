//! From the start of the process to the first diagnostics of the small document.

use crate::figures::{Figures, median};
use crate::outcome::Outcome;
use crate::probe::milliseconds;
use crate::scenarios::Setting;

/// Starts the server some times.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..setting.amount.starts {
        let workspace = setting.workspace()?;
        let mut client = setting.start(workspace.path())?;
        let document = setting.document(&client, "small")?;
        let report = client.open(&document)?;
        times.push(milliseconds(client.spawned(), report.arrived));
        peaks.push(client.resources().peak);
        if setting.must_prove() && report.diagnostics.is_empty() {
            figures.fault(&setting.profile.name, "the first diagnostics are none");
        }
        client.stop()?;
    }
    for (what, values) in [("start ms", &times), ("start MiB", &peaks)] {
        if let Some(median) = median(values) {
            figures.add(&setting.profile.name, what, median);
        }
    }
    Ok(())
}
