//! Why a secret cannot be had.

use std::fmt;

use super::EnvFileProblem;
use org_dotenv::LineProblem;
use org_schema::secret_ref::Malformed;

/// Why a secret could not be read or stored. In words it is a clause that says what is wrong;
/// [`SecretError::steps`] say what to do. Neither holds a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// The environment variable is set nowhere.
    NotSet {
        /// The variable.
        name: String,
        /// The `.env` file that was looked at, as it is shown to people, if it exists.
        env_file: Option<String>,
    },
    /// The environment variable's value is not Unicode.
    NotUnicode {
        /// The variable.
        name: String,
    },
    /// The environment variable is set to nothing, or to blanks.
    EmptyVariable {
        /// The variable.
        name: String,
        /// The line of `.env` that has a value and does not count because of it.
        hides: Option<EnvLine>,
    },
    /// A line of `.env` assigns nothing, or blanks.
    EmptyLine {
        /// The name that it assigns.
        name: String,
        /// The line.
        at: EnvLine,
    },
    /// The `.env` file cannot be read.
    EnvFile {
        /// The variable that was looked for.
        name: String,
        /// The file as it is shown to people.
        path: String,
        /// Why.
        problem: EnvFileProblem,
    },
    /// The line of `.env` that was meant for the name is not understood.
    BrokenLine {
        /// The name.
        name: String,
        /// The line.
        at: EnvLine,
        /// What is wrong with it.
        problem: LineProblem,
    },
    /// The name is defined nowhere, and these lines of `.env` are not understood.
    BrokenLines {
        /// The name.
        name: String,
        /// The file as it is shown to people.
        path: String,
        /// Line numbers from 1, such as `3, 7`.
        lines: String,
    },
    /// The keyring does not give it.
    Keyring {
        /// The entry's name.
        account: String,
        /// Why.
        problem: KeyringProblem,
    },
    /// What looks like a reference is none.
    InvalidReference(Malformed),
    /// The file itself has an empty text.
    EmptyLiteral,
    /// The value holds characters that no login can carry.
    ControlCharacters {
        /// Where the value comes from, such as "the environment variable X".
        source: String,
    },
    /// The place that holds it did not answer in time.
    NoAnswer,
    /// Reading it failed in a way that nobody foresaw.
    Failed,
}

/// A line of a `.env` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvLine {
    /// The file as it is shown to people.
    pub path: String,
    /// The line's number, from 1.
    pub line: usize,
}

impl fmt::Display for EnvLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of {}", self.line, self.path)
    }
}

/// Why the keyring does not give or take a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyringProblem {
    /// There is no such entry.
    NoEntry,
    /// The entry holds nothing, or blanks.
    Empty,
    /// The entry is not text.
    NotText,
    /// There are several entries of this name.
    Ambiguous,
    /// The entry's name or value is too long for the store.
    TooLong {
        /// Which of them, in the store's word.
        what: String,
        /// The longest that it takes.
        limit: u32,
    },
    /// The store does not take the name.
    NotValid(String),
    /// It is locked, and nobody unlocked it; or it denies access.
    Locked,
    /// There is none.
    NoStore(NoStore),
    /// What it said, in words that this program does not know.
    Other(String),
    /// This build of the program has no support for it.
    NotBuilt,
}

/// Why there is no keyring on a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStore {
    /// No D-Bus session runs, and the store is reached through one.
    NoSession(Machine),
    /// A D-Bus session runs, and no store in it.
    NoService(Machine),
}

/// What a login without a desktop runs on, as far as it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// A job of a build service.
    Ci,
    /// A container.
    Container,
    /// Linux inside of Windows.
    Wsl,
    /// A login from another machine.
    Ssh,
    /// None of these.
    Other,
}

impl Machine {
    fn shown(self) -> &'static str {
        match self {
            Machine::Ci => " (this is a CI job)",
            Machine::Container => " (this is a container)",
            Machine::Wsl => " (this is WSL)",
            Machine::Ssh => " (this is an SSH session)",
            Machine::Other => "",
        }
    }
}

impl SecretError {
    /// Whether its words name the variable or entry, so that nobody has to guess which secret is meant.
    pub(crate) fn names_the_secret(&self) -> bool {
        !matches!(
            self,
            Self::InvalidReference(_)
                | Self::EmptyLiteral
                | Self::NoAnswer
                | Self::Failed
                | Self::Keyring { problem: KeyringProblem::NotBuilt, .. }
        )
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSet { name, env_file: Some(path) } => {
                write!(f, "{name} is not set, here or in {path}")
            }
            Self::NotSet { name, env_file: None } => {
                write!(f, "{name} is not set")
            }
            Self::NotUnicode { name } => {
                write!(f, "the environment variable {name} is not valid Unicode")
            }
            Self::EmptyVariable { name, hides } => {
                write!(f, "the environment variable {name} is empty")?;
                match hides {
                    Some(at) => write!(f, ", which overrides {at}"),
                    None => Ok(()),
                }
            }
            Self::EmptyLine { name, at } => write!(f, "{name} is empty on {at}"),
            Self::EnvFile { name, path, problem } => {
                write!(f, "{name} is not set, and {path} cannot be read: {problem}")
            }
            Self::BrokenLine { name, at, problem } => {
                write!(f, "{name} is not set, and {at}, which is meant for it, {problem}")
            }
            Self::BrokenLines { name, path, lines } => write!(
                f,
                "{name} is not set, and {path} has lines that cannot be \
                 read (line {lines})"
            ),
            Self::Keyring { account, problem } => keyring(f, account, problem),
            Self::InvalidReference(Malformed::NoScheme) => f.write_str(
                "it looks like a reference, but is neither ${env:NAME} nor ${keyring:NAME}",
            ),
            Self::InvalidReference(why) => f.write_str(why.what()),
            Self::EmptyLiteral => f.write_str("its value is empty"),
            Self::ControlCharacters { source } => {
                write!(f, "{source} contains control characters, which no Salesforce password has")
            }
            Self::NoAnswer => f.write_str("the place where it is kept did not answer in time"),
            Self::Failed => f.write_str("reading it failed unexpectedly"),
        }
    }
}

fn keyring(f: &mut fmt::Formatter<'_>, account: &str, problem: &KeyringProblem) -> fmt::Result {
    match problem {
        KeyringProblem::NoEntry => write!(f, "the keyring has no entry {account}"),
        KeyringProblem::Empty => {
            write!(f, "the keyring entry {account} is empty")
        }
        KeyringProblem::NotText => {
            write!(f, "the keyring entry {account} is not UTF-8 text")
        }
        KeyringProblem::Ambiguous => {
            write!(f, "the keyring has several entries named {account}")
        }
        KeyringProblem::TooLong { what, limit } => write!(
            f,
            "the keyring does not accept the entry {account}: its {what} is longer than {limit} \
             characters"
        ),
        KeyringProblem::NotValid(reason) => {
            write!(f, "the keyring does not accept the entry {account}: {reason}")
        }
        KeyringProblem::Locked => {
            write!(f, "the keyring cannot be opened for {account}: it is locked or denies access")
        }
        KeyringProblem::NoStore(NoStore::NoSession(machine)) => write!(
            f,
            "no keyring is available for {account}: no D-Bus session is running{}",
            machine.shown()
        ),
        KeyringProblem::NoStore(NoStore::NoService(machine)) => write!(
            f,
            "no keyring is available for {account}: no program in the D-Bus session provides \
             one{}",
            machine.shown()
        ),
        KeyringProblem::Other(reason) => {
            write!(f, "the keyring cannot be asked for {account}: {reason}")
        }
        KeyringProblem::NotBuilt => f.write_str("this build of sforg has no keyring support"),
    }
}

impl std::error::Error for SecretError {}
