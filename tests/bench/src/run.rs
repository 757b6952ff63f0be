//! A run: all servers, one after the other in every round, so that what disturbs the machine disturbs all.

use std::path::PathBuf;
use std::time::Instant;

use crate::corpus::Corpus;
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::profile::{Kind, Profile, Programs, profiles};
use crate::scenarios::{Amount, SCENARIOS, Setting};
use crate::{parser, report, terminal};

/// What a person can choose.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Little of everything and without peers, to see that it runs
    #[arg(long)]
    pub quick: bool,
    /// How often everything is measured; the table has the medians
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
    /// Only these scenarios: startup, keys, requests, burst, opened, disk, soak, check, parser
    #[arg(long, value_delimiter = ',')]
    pub only: Vec<String>,
    /// Only servers whose name contains one of these
    #[arg(long, value_delimiter = ',')]
    pub servers: Vec<String>,
    /// Where RESULTS.md and the picture are written
    #[arg(long)]
    pub write: Option<PathBuf>,
}

impl Options {
    fn wants(&self, scenario: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == scenario)
    }

    fn compares(&self, server: &str) -> bool {
        self.servers.is_empty() || self.servers.iter().any(|part| server.contains(part.as_str()))
    }
}

/// Measures, prints, and writes when asked to.
pub fn run(programs: &Programs, options: &Options) -> Outcome<()> {
    let amount = if options.quick { Amount::QUICK } else { Amount::FULL };
    let rounds = if options.quick { 1 } else { options.rounds.max(1) };
    let with_peers = !options.quick && programs.peers.is_some();
    let folder = tempfile::tempdir()?;
    let corpus = Corpus::write(folder.path(), &programs.sforg, amount.files, amount.large)?;
    let profiles = profiles(with_peers)?;
    let profiles: Vec<_> =
        profiles.into_iter().filter(|profile| options.compares(&profile.name)).collect();
    let mut figures = Figures::default();
    figures.add("sforg", "size MB", terminal::size(&programs.sforg)?);
    for round in 1..=rounds {
        for profile in &profiles {
            let setting = Setting { profile, programs, corpus: &corpus, amount };
            measure(&setting, options, round, &mut figures)?;
        }
        if options.wants("check") {
            terminal::measure(programs, &corpus, amount.files, with_peers, &mut figures)?;
        }
        if options.wants("parser") {
            parser::measure(&corpus, amount.parsed, &mut figures)?;
        }
    }
    let peers: Vec<&Profile> = profiles.iter().filter(|one| one.kind == Kind::Peer).collect();
    let text = report::report(programs, &figures, &peers, rounds);
    println!("{text}");
    if let Some(folder) = &options.write {
        report::write(folder, &text, &figures)?;
    }
    if figures.faults.is_empty() {
        return Ok(());
    }
    Err(format!("these were wrong, so their figures are worth nothing: {:#?}", figures.faults)
        .into())
}

/// What fails for a peer leaves its column empty; ours has to work.
fn measure(
    setting: &Setting,
    options: &Options,
    round: usize,
    figures: &mut Figures,
) -> Outcome<()> {
    let server = &setting.profile.name;
    for (name, scenario) in SCENARIOS {
        if !options.wants(name) || gives_nothing(setting.profile, name) {
            continue;
        }
        let since = Instant::now();
        let faults = figures.faults.len();
        let done = scenario(setting, figures);
        if setting.profile.kind == Kind::Peer {
            // A peer's wrong answers are told, and are no reason to fail.
            for fault in figures.faults.drain(faults..) {
                eprintln!("WRONG: {fault}");
            }
        }
        let seconds = since.elapsed().as_secs_f64();
        eprintln!("round {round}, {server}, {name}: {seconds:.1} s");
        match done {
            Err(problem) if setting.profile.kind == Kind::Peer => {
                eprintln!("{server}, {name}: {problem}");
            }
            done => done.map_err(|problem| format!("{server}, {name}: {problem}"))?,
        }
    }
    Ok(())
}

/// What a server that is slow with it would need minutes for.
fn gives_nothing(profile: &Profile, scenario: &str) -> bool {
    profile.slow_with_many && matches!(scenario, "opened" | "soak" | "burst")
}
