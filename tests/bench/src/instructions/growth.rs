//! How the cost grows: with the size of a file, with open files, with the files of a project and with the
//! orgs of a login run. Twice as much of each may take twice as many instructions, and hardly more.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::{Counter, HotPath, shown};
use crate::client::Client;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::outcome::Outcome;
use crate::profile::Programs;

/// Instructions for n, 2n and 4n of something.
pub struct Growth {
    what: &'static str,
    n: usize,
    counts: [u64; 3],
}

/// The step from 2n to 4n may take so many hundredths of twice what the step from n to 2n takes.
const MOST: u64 = 115;

impl Growth {
    fn of(what: &'static str, n: usize, count: impl Fn(usize) -> Outcome<u64>) -> Outcome<Self> {
        Ok(Self { what, n, counts: [count(n)?, count(2 * n)?, count(4 * n)?] })
    }

    /// What the second step takes of twice the first, in hundredths: 100 is a straight line.
    fn hundredths(&self) -> u64 {
        let [one, two, four] = self.counts;
        four.saturating_sub(two) * 100 / (2 * two.saturating_sub(one)).max(1)
    }

    /// That it grows more than what there is to do.
    pub fn problem(&self) -> Option<String> {
        let Self { what, counts, .. } = self;
        (self.hundredths() > MOST).then(|| format!("{what}: {counts:?} for n, 2n and 4n"))
    }
}

/// Counts all four.
pub fn measure(counter: &Counter, programs: &Programs, simulator: &Path) -> Outcome<Vec<Growth>> {
    let folder = tempfile::tempdir()?;
    let corpus = Corpus::write(folder.path(), &programs.sforg, 400, 1)?;
    let check = |files: usize| {
        let project = tempfile::tempdir()?;
        corpus.write_project(project.path(), files)?;
        counter.command(&programs.sforg, &["check", "--format", "json"], project.path())
    };
    let open = |files| counter.session(programs, |client| open_documents(client, &corpus, files));
    Ok(vec![
        Growth::of("notes in a file", 400, |notes| counter.work(HotPath::Rules, notes, 1))?,
        Growth::of("open files", 50, open)?,
        Growth::of("files of a project", 100, check)?,
        Growth::of("orgs in a login run", 20, |orgs| login(counter, programs, simulator, orgs))?,
    ])
}

/// Opens so many small documents, each when the one before has been looked at.
fn open_documents(client: &mut Client, corpus: &Corpus, count: usize) -> Outcome<()> {
    for (name, text) in corpus.orgs(count)? {
        client.open(&Document::new(client.uri(&format!("orgs/{name}")), &text))?;
    }
    Ok(())
}

fn login(counter: &Counter, programs: &Programs, simulator: &Path, orgs: usize) -> Outcome<u64> {
    let simulator = Simulator::start(simulator)?;
    let folder = tempfile::tempdir()?;
    for number in 0..orgs {
        let org = simulator.org(number).to_string();
        std::fs::write(folder.path().join(format!("{number}.sforg.json")), org)?;
    }
    let secret = simulator.account()["clientSecret"].as_str().unwrap_or_default();
    std::fs::write(folder.path().join(".env"), format!("SFORG_BENCH_SECRET={secret}\n"))?;
    let host = simulator.told["httpUrl"].as_str().unwrap_or_default();
    let arguments =
        ["login", "--allow-login-host", host, "--allow-secret", "SFORG_BENCH_SECRET", "."];
    counter.command(&programs.sforg, &arguments, folder.path())
}

/// A running simulator of Salesforce.
struct Simulator {
    process: Child,
    /// What it prints of itself.
    told: Value,
}

impl Simulator {
    fn start(program: &Path) -> Outcome<Self> {
        let mut command = Command::new(program);
        command.args(["--json", "--until-stdin-closes", "--max-logins", "100000"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdout = process.stdout.take().ok_or("the simulator has no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        Ok(Self { process, told: serde_json::from_str(&line)? })
    }

    fn account(&self) -> &Value {
        &self.told["accounts"][0]
    }

    /// An org that logs in there, with a name of its own.
    fn org(&self, number: usize) -> Value {
        json!({
            "name": format!("Org {number}"),
            "apiVersion": "64.0",
            "auth": {
                "type": "oauth2-client-credentials",
                "instanceUrl": self.told["httpUrl"],
                "clientId": self.account()["clientId"],
                "clientSecret": "${env:SFORG_BENCH_SECRET}",
            },
        })
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may have ended before.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A table of them.
pub fn print(grown: &[Growth]) {
    println!("\n| what grows | n | n | 2n | 4n | second step |\n|---|---|---|---|---|---|");
    for growth in grown {
        let [one, two, four] = growth.counts;
        let ratio = shown(growth.hundredths());
        println!("| {} | {} | {one} | {two} | {four} | {ratio} |", growth.what, growth.n);
    }
}

const WIDTH: f64 = 170.0;
const HEIGHT: f64 = 110.0;
const GAP: f64 = 20.0;

/// A plot of each: how many against instructions, beside the straight line through the first two.
pub fn picture(grown: &[Growth]) -> String {
    let plots = grown.iter().enumerate();
    let plots = plots.map(|(number, growth)| plot(growth, GAP + number as f64 * (WIDTH + GAP)));
    let (width, height) = (GAP + grown.len() as f64 * (WIDTH + GAP), HEIGHT + 60.0);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <!-- Made by `cargo xtask bench`. -->\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{}</svg>\n",
        plots.collect::<String>()
    )
}

fn plot(growth: &Growth, left: f64) -> String {
    let Growth { what, n, counts } = growth;
    let [one, two, four] = counts.map(|count| count as f64);
    let straight = two + 2.0 * (two - one);
    let (base, top) = (30.0 + HEIGHT, four.max(straight) * 1.05);
    let place = |times: f64, count: f64| (left + times / 4.0 * WIDTH, base - count / top * HEIGHT);
    let points = [place(1.0, one), place(2.0, two), place(4.0, four)];
    let polyline = |points: &[(f64, f64)], style: &str| {
        let points: Vec<_> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        format!("<polyline points=\"{}\" fill=\"none\" {style}/>\n", points.join(" "))
    };
    let mut svg = format!(
        "<text x=\"{left}\" y=\"18\" font-weight=\"bold\">{what}</text>\n\
         <path d=\"M{left},30 V{base} H{:.1}\" fill=\"none\" stroke=\"#444\"/>\n",
        left + WIDTH,
    );
    let line = [place(0.0, (2.0 * one - two).max(0.0)), place(4.0, straight)];
    svg.push_str(&polyline(&line, "stroke=\"#999\" stroke-dasharray=\"4 3\""));
    svg.push_str(&polyline(&points, "stroke=\"#06a\" stroke-width=\"2\""));
    for (x, y) in points {
        // Writing to a string cannot fail.
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"#06a\"/>");
    }
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\">up to {}: {:.0} million</text>",
        base + 18.0,
        4 * n,
        four / 1e6,
    );
    svg
}
