//! `sforg new`: the steps of *New Salesforce Org* in the terminal.

mod ask;
mod finish;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use org_login::{Bindings, Network};
use org_new::{Answers, Secrets, Step, TITLE, steps};

use super::layout::at_both_ends;
use super::output::page;
use super::screen::Screen;
use super::style::Style;
use super::{AllowedHostArgs, AllowedSecretArgs, CannotRun, Outcome};
use crate::logins::bindings::BindingStore;
use crate::logins::lockout::LockoutStore;
use crate::new_org::{Surroundings, Where};
use crate::settings::{self, UserSettings};
use ask::Asker;

/// Arguments of `sforg new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Asks for what an org file needs, tests the login, then writes the file. Nothing
is written before the end; Ctrl-C leaves.

Examples:
  sforg new                     into orgs/, below this folder
  sforg new --into orgs/emea")]
pub struct NewArgs {
    /// The folder of the org file [default: orgs, or this folder when org files are in it]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    #[command(flatten)]
    hosts: AllowedHostArgs,
    #[command(flatten)]
    secrets: AllowedSecretArgs,
}

/// What the questions and the login need.
struct Wizard {
    user: UserSettings,
    place: Where,
    surroundings: Surroundings,
    network: Network,
    bindings: Arc<BindingStore>,
    asker: Asker,
    answers: Answers,
    secrets: Secrets,
}

/// Runs the command.
pub fn run(arguments: &NewArgs) -> Result<Outcome, CannotRun> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(CannotRun(
            "new asks questions, so it needs a terminal: run it in one, or write the org file \
             yourself (sforg schema org describes it)"
                .to_owned(),
        ));
    }
    let user = super::settings(&arguments.hosts, &arguments.secrets.allow_secret)?;
    settings::today().map_err(|error| CannotRun(error.to_string()))?;
    let place = place(arguments)?;
    let surroundings = look(&place, &user)?;
    let bindings = Arc::new(BindingStore::new(user.allowed_secrets.clone()));
    let network = Network::new(user.login_policy())
        .with_lockout_guard(Arc::new(LockoutStore::new()))
        .with_bindings(Arc::clone(&bindings) as Arc<dyn Bindings>);
    let asker = Asker::new();
    page(&head(asker.screen()));
    let mut wizard = Wizard {
        user,
        place,
        surroundings,
        network,
        bindings,
        asker,
        answers: Answers::default(),
        secrets: Secrets::default(),
    };
    wizard.ask_all()?;
    wizard.finish()?;
    Ok(Outcome::Fine)
}

fn place(arguments: &NewArgs) -> Result<Where, CannotRun> {
    let here = std::env::current_dir()
        .map_err(|error| CannotRun(format!("the working directory cannot be used: {error}")))?;
    let Some(folder) = &arguments.into else { return Ok(Where::below(&here)) };
    let whole = here.join(folder);
    let is_below = whole.starts_with(&here);
    let home = if is_below { here } else { whole.clone() };
    Ok(Where { folder: whole, shown: folder.display().to_string(), home })
}

fn look(place: &Where, user: &UserSettings) -> Result<Surroundings, CannotRun> {
    Surroundings::look(place, &[], user).map_err(|error| CannotRun(error.to_string()))
}

/// The first line.
fn head(screen: Screen) -> String {
    let title = Style::Strong.paint(TITLE);
    let how = "Ctrl-C leaves, ? explains";
    at_both_ends(&title, how, screen.width.min(80)).unwrap_or(title)
}

impl Wizard {
    /// Asks whatever is open.
    fn ask_all(&mut self) -> Result<(), CannotRun> {
        loop {
            let step = steps::first_open(&self.answers, &self.surroundings.scene);
            if step == Step::Finish {
                return Ok(());
            }
            self.asker.ask(step, &mut self.answers, &mut self.secrets, &self.surroundings.scene)?;
        }
    }
}
