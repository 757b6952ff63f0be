//! Shows that the proof of freshness and text notices a server that is broken.

use crate::corpus::Corpus;
use crate::faults::Fault;
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::profile::{Kind, Profile, Programs, profiles};
use crate::scenarios::{Amount, Setting, burst, keys, soak};

/// Runs what has a proof against a server that is broken in each way, and against a good one.
pub fn run(programs: &Programs) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let corpus = Corpus::write(folder.path(), &programs.sforg, 10, 100)?;
    let ours = profiles(false)?.into_iter();
    // A client that is told waits for a version that never comes; one that asks sees the old text at once.
    let ours: Vec<_> = ours.filter(|one| one.kind == Kind::Sforg && one.pull).collect();
    let mut wrong = Vec::new();
    for profile in &ours {
        for fault in [Fault::None, Fault::Lost, Fault::Shifted, Fault::Swapped, Fault::Stale] {
            let noticed = notice(programs, &corpus, profile, fault)?;
            println!("{fault:?}: {}", noticed.first().map_or("nothing noticed", String::as_str));
            if noticed.is_empty() != (fault == Fault::None) {
                wrong.push(format!("{fault:?}"));
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("the proof fails with these faults: {}", wrong.join(", ")).into())
    }
}

fn notice(
    programs: &Programs,
    corpus: &Corpus,
    profile: &Profile,
    fault: Fault,
) -> Outcome<Vec<String>> {
    let itself = std::env::current_exe()?.to_string_lossy().into_owned();
    let fault = format!("{fault:?}").to_lowercase();
    let mut profile = profile.clone();
    let proxy = [itself, "fault".to_owned(), fault, "--".to_owned()];
    profile.command = proxy.into_iter().chain(profile.command).collect();
    let amount = Amount { keys: 40, burst: 100, edits: 100, ..Amount::QUICK };
    let setting = Setting { profile: &profile, programs, corpus, amount };
    let mut figures = Figures::default();
    for scenario in [keys::measure, burst::measure, soak::measure] {
        scenario(&setting, &mut figures)?;
    }
    if figures.proofs == 0 {
        return Err("nothing was proved".into());
    }
    Ok(figures.faults)
}
