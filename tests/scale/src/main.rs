//! `generate-project FOLDER --orgs N --faults PERCENT --seed S`: writes a project, and says on
//! standard output what is in it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use scale_tests::{Options, Project};

/// Writes a project of many org files with seeded faults, and prints as JSON what must be found
#[derive(Debug, Parser)]
#[command(name = "generate-project")]
struct Arguments {
    /// An empty folder, or one that is still to be made
    folder: PathBuf,
    /// How many org files
    #[arg(long, default_value_t = 10_000)]
    orgs: usize,
    /// So many faults for a hundred org files
    #[arg(long, value_name = "PERCENT", default_value_t = 5, value_parser = clap::value_parser!(u8).range(0..=100))]
    faults: u8,
    /// The same seed always gives the same files
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            anstream::eprintln!("generate-project: {problem}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = &arguments.folder;
    let shown = folder.display();
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{shown} is not empty: name a folder that is, or a new one"));
    }
    let project = Project::generate(Options {
        orgs: arguments.orgs,
        faults_percent: usize::from(arguments.faults),
        seed: arguments.seed,
    });
    project.write(folder).map_err(|error| format!("{shown} cannot be written: {error}"))?;
    let manifest = serde_json::to_string_pretty(&project.manifest)
        .map_err(|error| format!("the manifest cannot be written: {error}"))?;
    anstream::println!("{manifest}");
    Ok(())
}
