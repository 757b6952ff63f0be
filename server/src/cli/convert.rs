//! `sforg convert`: *Convert to OAuth 2.0 client credentials*, in files.

mod app;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use org_ide::{Context, Document, Edit, Group, Severity, assists, names_listed, rules};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::members::AuthType;

use super::inputs::{Input, Inputs};
use super::output::{more, note};
use super::rewrite::{Rewrite, carry_out};
use super::tally::counted;
use super::{CannotRun, Outcome};

/// Arguments of `sforg convert`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg convert orgs --diff         look first
  sforg convert orgs/acme-uat.sforg.json
  sforg convert orgs --app salesforce-apps --contact it@acme.example

Then: create the app in Salesforce, enter its client ID, and sforg login FILE.
--app writes such an app for each org, as metadata that sf project deploy start
takes, and leaves the org files as they are.")]
pub struct ConvertArgs {
    /// Org files, and folders and project files whose orgs on basic authentication are converted
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// Write the external client app that each org needs into this folder, as metadata to deploy, and change
    /// no org file
    #[arg(long, value_name = "DIR", requires = "contact")]
    app: Option<PathBuf>,
    /// The contact email address of the apps
    #[arg(long, value_name = "EMAIL", requires = "app", value_parser = app::contact)]
    contact: Option<String>,
}

/// What becomes of one org.
enum Converted {
    Done(assists::Conversion),
    AlreadyOAuth,
    /// Why not.
    Refused(&'static str),
}

/// Runs the command.
pub fn run(arguments: &ConvertArgs) -> Result<Outcome, CannotRun> {
    let inputs = Inputs::read_orgs(&arguments.paths)?;
    inputs.tell_problems();
    if let (Some(folder), Some(contact)) = (&arguments.app, &arguments.contact) {
        return app::run(&inputs, folder, contact, arguments.diff);
    }
    let mut taken = BTreeSet::new();
    let mut rewrites = Vec::new();
    let mut already: Vec<String> = Vec::new();
    let mut refused = 0;
    let mut have_instance_url = true;
    let orgs = inputs.orgs();
    if orgs.is_empty() {
        inputs.all_were_read()?;
        return Ok(Outcome::Fine);
    }
    for input in orgs {
        match convert(&inputs, input, &taken) {
            Converted::Done(conversion) => {
                let after = Edit::apply_all(input.text(), &conversion.edits);
                taken.insert(conversion.secret_name);
                have_instance_url &= conversion.has_instance_url;
                rewrites.push(Rewrite { input, after });
            }
            Converted::AlreadyOAuth => already.push(input.org_shown()),
            Converted::Refused(why) => {
                refused += 1;
                note(format_args!("{} is not converted: {why}", input.label()));
            }
        }
    }
    carry_out(&rewrites, arguments.diff)?;
    tell(rewrites.len(), already, have_instance_url, arguments);
    inputs.all_were_read()?;
    Ok(if refused == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn convert(inputs: &Inputs, input: &Input, taken: &BTreeSet<String>) -> Converted {
    let allowed = AllowedHosts::default();
    let (conversion, is_broken) = inputs.analyze(input, &allowed, |document, context| {
        let conversion = assists::convert_to_oauth_besides(document, context, taken);
        (conversion, is_broken(document, context))
    });
    let auth_type = input.document().org().and_then(|org| org.auth_type());
    match conversion {
        _ if is_broken => {
            Converted::Refused("it cannot be read as a whole; first fix what sforg check finds")
        }
        Some(conversion) => Converted::Done(conversion),
        None if auth_type == Some(AuthType::OAuth2ClientCredentials) => Converted::AlreadyOAuth,
        None => Converted::Refused(
            "its \"auth\" has no type \"basic\"; sforg check shows what is wrong",
        ),
    }
}

/// What was done, what was done before, and what comes next.
fn tell(count: usize, already: Vec<String>, have_instance_url: bool, arguments: &ConvertArgs) {
    let done = if arguments.diff { "would be rewritten" } else { "rewritten" };
    if count > 0 || already.is_empty() {
        note(format_args!("{} {done} for OAuth 2.0", counted(count, "org")));
    }
    let verb = if already.len() == 1 { "already uses" } else { "already use" };
    if !already.is_empty() {
        let names = names_listed(already.into_iter(), NAMED);
        note(format_args!("{names} {verb} OAuth 2.0"));
    }
    if count == 0 {
        return;
    }
    more("Next, for each of them:");
    for (number, step) in assists::steps(have_instance_url).iter().enumerate() {
        more(format_args!("  {}. {step}", number + 1));
    }
}

/// So many orgs are named in a message.
const NAMED: usize = 5;

/// Whether other programs read something else than what is converted here, or nothing at all.
fn is_broken(document: &Document, context: &Context<'_>) -> bool {
    rules::check_as_written(document, context)
        .iter()
        .any(|finding| finding.rule.group == Group::Syntax && finding.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const BASIC: &str = r#"{"name": "Acme", "auth": {"type": "basic", "username": "u@acme.example", "password": "${keyring:acme}"}}"#;

    fn convert(folder: &std::path::Path, file: &str) -> Outcome {
        let paths = vec![folder.join(file)];
        run(&ConvertArgs { paths, diff: false, app: None, contact: None }).expect("it runs")
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
