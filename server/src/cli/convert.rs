//! `sforg convert`: *Convert to OAuth 2.0 client credentials*, in files.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use org_ide::{Edit, FileKind, assists};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::members::AuthType;

use super::inputs::Inputs;
use super::rewrite::{Rewrite, carry_out};
use super::{CannotRun, Outcome};

/// Arguments of `sforg convert`.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Org files, and folders whose orgs on basic authentication are converted
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
}

/// Runs the command.
pub fn run(arguments: &ConvertArgs) -> Result<Outcome, CannotRun> {
    let inputs = Inputs::read(&arguments.paths)?;
    inputs.tell_problems();
    let allowed = AllowedHosts::default();
    let mut taken = BTreeSet::new();
    let mut rewrites = Vec::new();
    let mut refused = 0;
    for input in inputs.files.iter().filter(|input| input.document.kind() == FileKind::Org) {
        let conversion = inputs.ask(input, &allowed, |document, context| {
            assists::convert_to_oauth_besides(document, context, &taken)
        });
        if let Some(conversion) = conversion {
            let before = input.document.text().to_owned();
            let after = Edit::apply_all(&before, &conversion.edits);
            let (path, shown) = (input.path().to_owned(), input.shown.clone());
            taken.insert(conversion.secret_name);
            rewrites.push(Rewrite { path, shown, before, after });
            continue;
        }
        let is_oauth = input.document.org().and_then(|org| org.auth_type())
            == Some(AuthType::OAuth2ClientCredentials);
        if !is_oauth {
            refused += 1;
            anstream::eprintln!(
                "sforg: {} is not converted: its \"auth\" has no type \"basic\"; `sforg check` tells what is wrong",
                input.shown
            );
        }
    }
    carry_out(&rewrites, arguments.diff)?;
    let (verb, orgs) = (
        if arguments.diff { "would convert" } else { "converted" },
        if rewrites.len() == 1 { "org" } else { "orgs" },
    );
    anstream::eprintln!("sforg: {verb} {} {orgs} to OAuth 2.0 client credentials", rewrites.len());
    if !rewrites.is_empty() {
        tell_steps();
    }
    Ok(if refused == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn tell_steps() {
    anstream::eprintln!("What is left to do for each of them:");
    for (number, step) in assists::STEPS.iter().enumerate() {
        anstream::eprintln!("  {}. {step}", number + 1);
    }
}
