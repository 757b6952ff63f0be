//! `sforg import`: org files from what people have.

mod json;
mod report;

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use org_files::FileError;
use org_ide::FileKind;
use org_import::{Plan, Source};
use org_schema::secret_ref::SecretStore;
use org_text::Foreign;

use super::masked::Masked;
use super::output::{self, note, text};
use super::{CannotRun, Format, Outcome};
use crate::import::{
    DEFAULT_FOLDER, STANDARD_INPUT, SecretsTo, SourceError, Target, carry_out, decoded,
    is_auth_url, plan_for, read_path, read_text,
};

const EXAMPLES: &str = "\
Examples:
  sforg import \"Acme orders to ERP\"             a Design Studio project
  sforg import orders.jpk --diff                a Jitterpak; look first
  sforg import studio-export.json --into acme   Integration Studio
  sf org list --json | sforg import -           the Salesforce CLI
  sforg import .env --secrets keyring           SF_*, SFDC_*, SALESFORCE_*

No file that exists is changed; a second run adds what is new in the source.
Design Studio's own files are only read, and no access token is stored.

The exit code is 0 when every org of the sources is in a file now, or was
before; 1 when a source or a part of one was left out, which standard error
names (with --format json, problems), and the rest is imported; 2 when nothing
is written: no source can be read, or the files cannot be made.";

/// Arguments of `sforg import`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportArgs {
    /// Design Studio projects (folder or .jpk), exports of Integration Studio, the output of sf
    /// org display --json or sf org list --json, .env files; - for standard input, which may also be an
    /// SFDX auth URL
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Where to save the org files, with a new sforg-project.json if there is none
    #[arg(long, value_name = "DIR", default_value = DEFAULT_FOLDER)]
    into: PathBuf,
    /// Show the new files, and change nothing
    #[arg(long)]
    diff: bool,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// Where to keep the secrets in a source [default: asked on a terminal, else none]
    #[arg(long, value_enum, value_name = "PLACE")]
    secrets: Option<SecretsTo>,
    /// Ask nothing: secrets stay where they are, unless --secrets says otherwise
    #[arg(long)]
    yes: bool,
}

/// What came of the sources.
struct ReadSources {
    sources: Vec<Source>,
    /// A source that gave nothing, and why.
    failed: Vec<(String, String)>,
}

/// Runs the command.
pub fn run(arguments: &ImportArgs) -> Result<Outcome, CannotRun> {
    let shown = arguments.into.display().to_string();
    let target = Target::look_at(&arguments.into, shown, &[])
        .map_err(|error| CannotRun(error.to_string()))?;
    let ReadSources { sources, failed } = read_all(&arguments.sources, &target);
    for (label, why) in &failed {
        note(format_args!("{} cannot be imported: {why}", Foreign(label)));
    }
    if sources.is_empty() {
        return Err(CannotRun("nothing was imported".to_owned()));
    }
    let mut plan = plan_for(&sources, &target);
    if arguments.diff && arguments.format == Format::Text {
        show_diff(&plan, &target);
    }
    let imported = if arguments.diff {
        None
    } else {
        let store = store_of_secrets(arguments, &plan, &target);
        let imported = carry_out(&mut plan, &target, store);
        Some(imported.map_err(|error| CannotRun(format!("nothing was imported: {error}")))?)
    };
    let left_out = failed.len() + plan.left_out.len();
    let report =
        report::Report { plan: &plan, sources: &sources, target: &target, imported, left_out };
    match arguments.format {
        Format::Text => report.print(),
        Format::Json => json::print(&report, &failed),
    }
    Ok(if left_out == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn read_all(paths: &[PathBuf], target: &Target) -> ReadSources {
    let mut read = ReadSources { sources: Vec::new(), failed: Vec::new() };
    for path in paths {
        let is_input = path.as_os_str() == STANDARD_INPUT;
        let label = label_of(path, is_input);
        let source =
            if is_input { standard_input(&label) } else { read_path(path, &label, target) };
        match source {
            Ok(source) => read.sources.push(source),
            Err(error) => read.failed.push((label, error.to_string())),
        }
    }
    read
}

/// What messages call a source; never what may be a login by itself.
fn label_of(path: &Path, is_input: bool) -> String {
    let shown = path.display().to_string();
    if is_input {
        "standard input".to_owned()
    } else if is_auth_url(&shown) {
        "an argument".to_owned()
    } else {
        shown
    }
}

fn standard_input(label: &str) -> Result<Source, SourceError> {
    let mut bytes = Vec::new();
    let limit = crate::import::MAX_TEXT;
    let read = std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes);
    read.map_err(FileError::from)?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge(limit).into());
    }
    read_text(&decoded(bytes)?, label)
}

/// Asks the person at the terminal where the secrets go, when there are some and nobody has said so.
fn store_of_secrets(arguments: &ImportArgs, plan: &Plan, target: &Target) -> Option<SecretStore> {
    if let Some(place) = arguments.secrets {
        return place.store();
    }
    let secrets = plan.orgs.iter().filter_map(|org| org.definition());
    let secrets: usize = secrets.map(|definition| definition.secrets.len()).sum();
    let is_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if secrets == 0 || arguments.yes || !is_terminal {
        return None;
    }
    let subject =
        if secrets == 1 { "does 1 secret".to_owned() } else { format!("do {secrets} secrets") };
    let env_file = target.env_file.display().to_string();
    let question = format!(
        "Where {subject} of the source go? [k]eyring, [e]nv file ({}), [n]one, to be set later:",
        Foreign(&env_file)
    );
    output::chooses(&question, &["keyring", "env", "none"]).and_then(SecretStore::of_id)
}

/// The new files as a diff.
fn show_diff(plan: &Plan, target: &Target) {
    let mut hides = false;
    let mut show = |name: &str, kind: FileKind, new: &str| {
        let masked = Masked::of_text(kind, new);
        hides |= masked.hides;
        let diff = similar::TextDiff::from_lines("", &masked.text);
        let shown = Foreign(&target.shown_file(name)).to_string();
        text(&diff.unified_diff().header("/dev/null", &shown).to_string());
    };
    for file in plan.files() {
        show(&file.name, file.kind, &file.text);
    }
    if hides {
        note("possible secrets are shown as ***");
    }
}
