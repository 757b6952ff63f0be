//! `sforg completions`: what a shell completes.

use clap::{Args, Command};
use clap_complete::Shell;

use super::{CannotRun, Outcome, output};

/// Arguments of `sforg completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg completions bash > ~/.local/share/bash-completion/completions/sforg
  sforg completions zsh > ~/.zfunc/_sforg
  sforg completions fish > ~/.config/fish/completions/sforg.fish")]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Runs the command.
pub fn run(arguments: &CompletionsArgs, command: &mut Command) -> Result<Outcome, CannotRun> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "sforg", &mut script);
    output::data(|out| out.write_all(&script));
    Ok(Outcome::Fine)
}
