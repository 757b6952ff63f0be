//! `bench`: measures sforg beside a server that does nothing and beside servers of others, on one corpus in
//! one run, and prints ratios. `cargo xtask bench` builds what it needs and starts it.

#![allow(clippy::print_stdout, reason = "it speaks to a person at a terminal")]

mod capabilities;
mod client;
mod connection;
mod corpus;
mod document;
mod faults;
mod figures;
mod hot_path;
mod instructions;
mod machine;
mod outcome;
mod parser;
mod picture;
mod probe;
mod profile;
mod proof;
mod random;
mod report;
mod resources;
mod rows;
mod run;
mod same_text;
mod scenarios;
mod table;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::faults::Fault;
use crate::hot_path::HotPath;
use crate::outcome::Outcome;
use crate::profile::Programs;

/// Measures sforg beside a server that does nothing, and beside those of others
#[derive(Debug, Parser)]
#[command(name = "sforg-bench")]
struct Arguments {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Measures, and prints tables
    Run {
        #[command(flatten)]
        programs: Paths,
        #[command(flatten)]
        options: run::Options,
    },
    /// Breaks the server in every way that the proof has to notice, and fails when it does not
    Proof {
        #[command(flatten)]
        programs: Paths,
    },
    /// Counts instructions with valgrind, and fails when they are more than they were (Linux)
    Instructions {
        #[command(flatten)]
        programs: Paths,
        /// The simulator of Salesforce
        #[arg(long)]
        simulator: PathBuf,
        /// Where the picture of how cost grows is written
        #[arg(long)]
        write: Option<PathBuf>,
    },
    /// Does a piece of work over and over, to be counted
    #[command(hide = true)]
    Work { path: HotPath, notes: usize, times: usize },
    /// Runs a server behind a proxy that breaks it
    Fault {
        fault: Fault,
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Paths {
    /// The program that is measured
    #[arg(long)]
    sforg: PathBuf,
    /// The server that does nothing
    #[arg(long)]
    floor: PathBuf,
    /// Where the peers are installed
    #[arg(long)]
    peers: Option<PathBuf>,
}

impl Paths {
    /// Absolute: servers run in a folder of their own.
    fn programs(&self) -> Outcome<Programs> {
        let found = |path: &PathBuf| {
            path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))
        };
        let peers = self.peers.as_ref().map(found).transpose()?;
        Ok(Programs { sforg: found(&self.sforg)?, floor: found(&self.floor)?, peers })
    }
}

fn main() -> ExitCode {
    let done = match &Arguments::parse().command {
        What::Run { programs, options } => {
            programs.programs().and_then(|programs| run::run(&programs, options))
        }
        What::Proof { programs } => programs.programs().and_then(|programs| proof::run(&programs)),
        What::Instructions { programs, simulator, write } => {
            programs.programs().and_then(|programs| {
                instructions::run(&programs, &simulator.canonicalize()?, write.as_deref())
            })
        }
        What::Work { path, notes, times } => hot_path::repeat(*path, *notes, *times),
        What::Fault { fault, command } => faults::run_proxy(*fault, command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("bench: {problem}");
            ExitCode::FAILURE
        }
    }
}
