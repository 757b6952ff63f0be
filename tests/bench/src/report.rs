//! RESULTS.md and the picture.

use std::path::Path;

use time::OffsetDateTime;

use crate::figures::Figures;
use crate::machine::{machine, versions};
use crate::outcome::Outcome;
use crate::picture::picture;
use crate::profile::{Profile, Programs};
use crate::table::{Comparison, table};
use crate::{parser, rows, terminal};

const FLOORS: [&str; 2] = ["floor, push", "floor, pull"];
const OURS: [&str; 2] = ["sforg, push", "sforg, pull"];

/// All tables, with what they were measured on.
pub fn report(programs: &Programs, figures: &Figures, peers: &[&Profile], rounds: usize) -> String {
    let peers = peers.iter().map(|peer| peer.name.as_str());
    let servers = Comparison {
        title: "Language servers",
        rows: rows::OF_SERVERS,
        columns: FLOORS.into_iter().chain(peers).chain(OURS).collect(),
        ours: OURS.into_iter().zip(FLOORS).collect(),
    };
    let others = ["ajv in a loop", "jsonschema-cli", "check-jsonschema", "biome lint"];
    let checkers = Comparison {
        title: "All files from the terminal",
        rows: rows::OF_CHECKERS,
        columns: [terminal::FLOOR].into_iter().chain(others).chain([terminal::SFORG]).collect(),
        ours: vec![(terminal::SFORG, terminal::FLOOR)],
    };
    let parsers = Comparison {
        title: "The parser",
        rows: rows::OF_PARSERS,
        columns: vec![parser::SERDE, parser::OURS],
        ours: vec![(parser::OURS, parser::SERDE)],
    };
    let program = Comparison {
        title: "The program",
        rows: rows::OF_PROGRAM,
        columns: vec!["sforg"],
        ours: vec![("sforg", "sforg")],
    };
    let tables = [servers, checkers, parsers, program];
    let tables: Vec<_> = tables.iter().map(|one| table(one, figures)).collect();
    format!(
        "Measured on {} on {} ({}); medians of {rounds} {}, push / pull in the ratios; {} proofs that a report \
         was about the text as it was.\n\n{}",
        machine(),
        OffsetDateTime::now_utc().date(),
        versions(&programs.sforg),
        if rounds == 1 { "round" } else { "rounds" },
        figures.proofs,
        tables.join("\n")
    )
}

/// Writes RESULTS.md and the picture.
pub fn write(folder: &Path, text: &str, figures: &Figures) -> Outcome<()> {
    let written = format!(
        "# Results\n\nWritten by `cargo xtask bench --write`; [README.md](README.md) says how a figure is \
         taken, [PROFILE.md](PROFILE.md) where the time goes.\n\n![](results.svg)\n\n{text}\n### How cost grows\n\n\
         Instructions for n, 2n and 4n, beside a straight line.\n\n![](growth.svg)\n"
    );
    std::fs::write(folder.join("RESULTS.md"), written)?;
    let servers = [
        ("floor, push", "nothing at all", "#999"),
        ("sforg, push", "sforg", "#06a"),
        ("VS Code's JSON, pull", "VS Code's JSON", "#c60"),
        ("Biome (no schema)", "Biome", "#690"),
        ("yaml-language-server", "yaml-language-server", "#a4a"),
    ];
    std::fs::write(folder.join("results.svg"), picture(figures, &servers))?;
    Ok(())
}
