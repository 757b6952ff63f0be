//! `sforg convert`: *Convert to OAuth 2.0 client credentials*, in files.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use org_ide::{Context, Document, Edit, FileKind, Group, Severity, assists, rules};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::members::AuthType;

use super::inputs::Inputs;
use super::output::{more, note};
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
    let mut have_instance_url = true;
    for input in inputs.files.iter().filter(|input| input.document.kind() == FileKind::Org) {
        let (conversion, is_broken) = inputs.analyze(input, &allowed, |document, context| {
            let conversion = assists::convert_to_oauth_besides(document, context, &taken);
            (conversion, is_broken(document, context))
        });
        if let Some(conversion) = conversion.filter(|_| !is_broken) {
            let after = Edit::apply_all(input.document.text(), &conversion.edits);
            taken.insert(conversion.secret_name);
            have_instance_url &= conversion.has_instance_url;
            rewrites.push(Rewrite { input, after });
            continue;
        }
        let is_oauth = input.document.org().and_then(|org| org.auth_type())
            == Some(AuthType::OAuth2ClientCredentials);
        if is_broken {
            refused += 1;
            note(format_args!(
                "{} is not converted: it cannot be read as a whole; correct what `sforg check` finds first",
                input.shown
            ));
        } else if !is_oauth {
            refused += 1;
            note(format_args!(
                "{} is not converted: its \"auth\" has no type \"basic\"; `sforg check` tells what is wrong",
                input.shown
            ));
        }
    }
    carry_out(&rewrites, arguments.diff)?;
    let (verb, orgs) = (
        if arguments.diff { "would convert" } else { "converted" },
        if rewrites.len() == 1 { "org" } else { "orgs" },
    );
    note(format_args!("{verb} {} {orgs} to OAuth 2.0 client credentials", rewrites.len()));
    if !rewrites.is_empty() {
        tell_steps(have_instance_url);
    }
    inputs.all_were_read()?;
    Ok(if refused == 0 { Outcome::Fine } else { Outcome::Findings })
}

/// Whether other programs read something else than what is converted here, or nothing at all.
fn is_broken(document: &Document, context: &Context<'_>) -> bool {
    rules::check_as_written(document, context)
        .iter()
        .any(|finding| finding.rule.group == Group::Syntax && finding.severity == Severity::Error)
}

fn tell_steps(have_instance_url: bool) {
    more("What is left to do for each of them:");
    for (number, step) in assists::steps(have_instance_url).iter().enumerate() {
        more(format_args!("  {}. {step}", number + 1));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const BASIC: &str = r#"{"name": "Acme", "auth": {"type": "basic", "username": "u@acme.example", "password": "${keyring:acme}"}}"#;

    fn convert(folder: &std::path::Path, file: &str) -> Outcome {
        run(&ConvertArgs { paths: vec![folder.join(file)], diff: false }).expect("it runs")
    }

    #[test]
    fn a_name_that_another_org_of_the_project_uses_is_not_taken() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (folder, file) = (folder.path(), "s/a.sforg.json");
        fs::create_dir(folder.join("s"))?;
        fs::write(folder.join("sforg-project.json"), r#"{"apiVersion": "60.0"}"#)?;
        fs::write(
            folder.join("b.sforg.json"),
            r#"{"name": "B", "auth": {"type": "oauth2-client-credentials", "clientSecret": "${env:ACME_CLIENT_SECRET}"}}"#,
        )?;
        fs::write(folder.join(file), BASIC)?;
        assert_eq!(convert(folder, file), Outcome::Fine);
        let after = fs::read_to_string(folder.join(file))?;
        assert!(after.contains("${env:ACME_CLIENT_SECRET_2}"), "{after}");
        Ok(())
    }

    #[test]
    fn a_file_that_cannot_be_read_as_a_whole_is_refused() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.sforg.json");
        for broken in [
            BASIC.trim_end_matches('}').to_owned(),
            BASIC.replace("\"name\": \"Acme\",", "\"name\": \"Acme\",,"),
            BASIC.replace("{\"name\"", "{\"serverHost\": \"a\", \"serverHost\": \"b\", \"name\""),
        ] {
            fs::write(&path, &broken)?;
            assert_eq!(convert(folder.path(), "a.sforg.json"), Outcome::Findings, "{broken}");
            assert_eq!(fs::read_to_string(&path)?, broken);
        }
        Ok(())
    }
}
