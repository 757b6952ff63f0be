//! What to do about a secret that cannot be had: by the kind of reference, and by why it failed.

use super::error::{KeyringProblem, Machine, NoStore, SecretError};
use org_dotenv::LineProblem;

impl SecretError {
    /// What to do, in order; never empty.
    pub fn steps(&self) -> Vec<String> {
        match self {
            Self::NotSet { name, env_file } => not_set(name, env_file.as_deref()),
            Self::NotUnicode { name } => vec![
                format!(
                    "Set {name} again, as UTF-8 text, wherever it is set: in the shell, its \
                         profile, or the settings of the build service."
                ),
                later(),
            ],
            Self::EmptyVariable { name, hides } => {
                let mut steps = vec![format!(
                    "Find where {name} is set to an empty value (a shell, its profile, a secret \
                     of the build service that is missing or not passed to this job), and set it \
                     there."
                )];
                if let Some(at) = hides {
                    steps.push(format!(
                        "Or use {at}: unset {name} (`unset {name}`, in PowerShell `Remove-Item \
                         Env:{name}`). A variable takes precedence over `.env`, even when it is \
                         empty."
                    ));
                }
                steps.push(later());
                steps
            }
            Self::EmptyLine { name, at } => vec![format!(
                "Add the value on {at}: {name}=value, in quotes if it contains spaces or \
                         #."
            )],
            Self::EnvFile { name, path, .. } => vec![
                format!("Make {path} readable, and check that it has a line {name}=value."),
                format!(
                    "Or set the environment variable {name}; it takes precedence over the \
                         file."
                ),
            ],
            Self::BrokenLine { name, at, problem } => {
                let mut steps = vec![format!("Correct {at}, so that it reads {name}=value.")];
                if *problem == LineProblem::SpansLines {
                    steps.push(
                        "For a value with line breaks, use `sforg secret set NAME` and \
                         `${keyring:NAME}`."
                            .to_owned(),
                    );
                }
                steps
            }
            Self::BrokenLines { name, path, lines } => vec![
                format!(
                    "Look at {path}, line {lines}: write each as NAME=value (a comment begins with #)."
                ),
                format!(
                    "If none of them is meant for {name}, add a line {name}=value, or set the \
                         environment variable."
                ),
            ],
            Self::Keyring { account, problem } => keyring(account, problem),
            Self::InvalidReference(_) => vec![
                "Write `${env:NAME}` with the name of an environment variable, or \
                 `${keyring:NAME}` with a name from `sforg secret list`."
                    .to_owned(),
            ],
            Self::EmptyLiteral => vec![
                "Give it a value, preferably as a reference: `${env:NAME}` or `${keyring:NAME}`."
                    .to_owned(),
            ],
            Self::ControlCharacters { source } => vec![format!(
                "Store the value of {source} again, without the characters that a terminal or \
                 program has added."
            )],
            Self::NoAnswer => vec![
                "If the keyring asks for its password in a separate window, answer there, then \
                 test again."
                    .to_owned(),
                "If `.env` is on a network drive, check that the drive is available.".to_owned(),
            ],
            Self::Failed => vec!["Test the login again.".to_owned()],
        }
    }
}

fn not_set(name: &str, env_file: Option<&str>) -> Vec<String> {
    let line = match env_file {
        Some(path) => {
            format!("Add a line {name}=value to {path}, or set the environment variable.")
        }
        None => format!(
            "Set the environment variable {name}, or add the line {name}=value to the `.env` file \
             next to sforg-project.json (without a project: in the workspace folder, else next to \
             the org file)."
        ),
    };
    vec![line, later()]
}

/// Said wherever a variable is to be set.
fn later() -> String {
    "A program that was already running, such as the editor, does not see variables that are set \
     in a shell later: start it from that shell, or use `.env`."
        .to_owned()
}

fn keyring(account: &str, problem: &KeyringProblem) -> Vec<String> {
    let instead =
        "Or write `${env:NAME}` instead, and set that variable in the environment or in `.env`.";
    let one = |step: String| vec![step, instead.to_owned()];
    match problem {
        KeyringProblem::NoEntry => vec![
            format!("Store it: `sforg secret set {}`.", shell_word(account)),
            "If it was stored under another name, use that: `sforg secret list` lists the names. \
             Each user of a computer has their own entries."
                .to_owned(),
        ],
        KeyringProblem::Empty => {
            vec![format!("Store its value: `sforg secret set {}`.", shell_word(account))]
        }
        KeyringProblem::NotText => vec![format!(
            "Another program stored it. Store it again as text: `sforg secret set {}`.",
            shell_word(account)
        )],
        KeyringProblem::Ambiguous => vec![
            format!(
                "Open the system's program for stored passwords and remove all but one of the \
                 entries with service `sforg` and account `{account}`."
            ),
            format!(
                "Or store it under another name (`sforg secret set`), and use that instead of \
                     {account}."
            ),
        ],
        KeyringProblem::TooLong { .. } | KeyringProblem::NotValid(_) => {
            one("Use a shorter, simpler name, and check that the value is right.".to_owned())
        }
        KeyringProblem::Locked => one(
            "Unlock it: sign in to the desktop, or open the system's program for stored passwords \
             (Keychain Access, Seahorse, KWalletManager) and unlock it there; then try again."
                .to_owned(),
        ),
        KeyringProblem::NoStore(why) => no_store(*why),
        KeyringProblem::Other(_) => one(
            "Check that the keyring is running: macOS Keychain, Windows Credential Manager, or a \
             Secret Service such as GNOME Keyring or KWallet."
                .to_owned(),
        ),
        KeyringProblem::NotBuilt => vec![
            "Write `${env:NAME}` instead, and set that variable in the environment or in `.env`."
                .to_owned(),
        ],
    }
}

/// The first step is the one that works on such a machine without more ado.
fn no_store(why: NoStore) -> Vec<String> {
    let (NoStore::NoSession(machine) | NoStore::NoService(machine)) = why;
    let replace = match machine {
        Machine::Ci => {
            "Write `${env:NAME}` instead of the keyring reference, and pass the build service's \
             secret to the job as that environment variable."
        }
        Machine::Container => {
            "Write `${env:NAME}` instead of the keyring reference, and pass that variable to the \
             container, or mount a `.env` file."
        }
        Machine::Wsl | Machine::Ssh | Machine::Other => {
            "Write `${env:NAME}` instead of the keyring reference, and set that variable in the \
             environment or in `.env`."
        }
    };
    let session = "Or start a session with a keyring for one command: install dbus and \
                   gnome-keyring, then `dbus-run-session -- sh -c 'gnome-keyring-daemon --unlock \
                   --components=secrets; sforg login'` (it reads the keyring's password from \
                   standard input).";
    let mut steps = vec![replace.to_owned()];
    match (machine, why) {
        (Machine::Ci, _) => {}
        (Machine::Ssh, _) => {
            steps.push(
                "Or run this in the desktop session of that machine, where its keyring is \
                 unlocked."
                    .to_owned(),
            );
            steps.push(session.to_owned());
        }
        (Machine::Wsl, _) => {
            steps.push(
                "Or run `sforg.exe` in Windows, whose keyring is the Credential Manager; WSL has \
                 none."
                    .to_owned(),
            );
            steps.push(session.to_owned());
        }
        (_, NoStore::NoService(_)) if machine == Machine::Other => steps.push(
            "Or install and start a Secret Service: GNOME Keyring, KWallet or KeePassXC, then \
             sign in to the desktop again."
                .to_owned(),
        ),
        _ => steps.push(session.to_owned()),
    }
    steps
}

/// As a word of a shell, quoted where it must be.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./@:".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("\"{word}\"") }
}

#[cfg(test)]
mod tests {
    use super::super::EnvFileProblem;
    use super::super::error::EnvLine;
    use super::*;

    fn at() -> EnvLine {
        EnvLine { path: "/p/.env".to_owned(), line: 7 }
    }

    fn of_variable() -> Vec<SecretError> {
        let name = || "ACME_SECRET".to_owned();
        let path = || "/p/.env".to_owned();
        vec![
            SecretError::NotSet { name: name(), env_file: None },
            SecretError::NotSet { name: name(), env_file: Some(path()) },
            SecretError::NotUnicode { name: name() },
            SecretError::EmptyVariable { name: name(), hides: None },
            SecretError::EmptyVariable { name: name(), hides: Some(at()) },
            SecretError::EmptyLine { name: name(), at: at() },
            SecretError::EnvFile { name: name(), path: path(), problem: EnvFileProblem::Utf16Or32 },
            SecretError::EnvFile { name: name(), path: path(), problem: EnvFileProblem::TooLarge },
            SecretError::BrokenLine { name: name(), at: at(), problem: LineProblem::Colon },
            SecretError::BrokenLines { name: name(), path: path(), lines: "1, 2".to_owned() },
        ]
    }

    fn of_keyring() -> Vec<SecretError> {
        let mut problems = vec![
            KeyringProblem::NoEntry,
            KeyringProblem::Empty,
            KeyringProblem::NotText,
            KeyringProblem::Ambiguous,
            KeyringProblem::TooLong { what: "password".to_owned(), limit: 9 },
            KeyringProblem::NotValid("x".to_owned()),
            KeyringProblem::Locked,
            KeyringProblem::Other("x".to_owned()),
        ];
        for machine in [Machine::Ci, Machine::Container, Machine::Wsl, Machine::Ssh, Machine::Other]
        {
            problems.push(KeyringProblem::NoStore(NoStore::NoSession(machine)));
            problems.push(KeyringProblem::NoStore(NoStore::NoService(machine)));
        }
        let error = |problem| SecretError::Keyring { account: "Acme UAT".to_owned(), problem };
        problems.into_iter().map(error).collect()
    }

    #[test]
    fn advice_is_about_the_kind_of_reference_that_it_is() {
        for error in of_variable() {
            let (told, steps) = (error.to_string(), error.steps());
            assert!(!steps.is_empty() && told.contains("ACME_SECRET"), "{told}");
            assert!(!told.contains("keyring"), "{told}");
            assert!(steps.iter().all(|step| step.ends_with('.')), "{steps:?}");
        }
        for error in of_keyring() {
            let (told, steps) = (error.to_string(), error.steps());
            assert!(!steps.is_empty() && told.contains("Acme UAT"), "{told}");
            assert!(!told.contains("environment variable"), "{told}");
            assert!(!steps.join(" ").contains("already running"), "{steps:?}");
            assert!(steps.iter().all(|step| step.ends_with('.')), "{steps:?}");
        }
    }

    #[test]
    fn each_kind_has_steps_of_its_own() {
        let mut seen: Vec<Vec<String>> = Vec::new();
        let errors = of_variable().into_iter().chain(of_keyring());
        let told: Vec<String> =
            errors.map(|error| format!("{error}\n{:?}", error.steps())).collect();
        for (number, text) in told.iter().enumerate() {
            assert!(!told[..number].contains(text), "{text}");
        }
        for why in [Machine::Ci, Machine::Container, Machine::Wsl, Machine::Ssh, Machine::Other] {
            let steps = no_store(NoStore::NoSession(why));
            assert!(steps[0].contains("${env:NAME}") && !seen.contains(&steps), "{steps:?}");
            seen.push(steps);
        }
    }

    #[test]
    fn names_are_words_of_a_shell() {
        assert_eq!(shell_word("acme-uat/password"), "acme-uat/password");
        assert_eq!(shell_word("Acme UAT"), "\"Acme UAT\"");
    }
}
