//! Standard output and standard error of the commands: one writer for each, and the gate for every text
//! that a person reads in a terminal or in the log of a build.
//!
//! - Text for people ([`text`], [`note`]) shows foreign characters that do something as pictures
//!   ([`org_text::neutral`]); colours are the only escape sequences that are left.
//! - GitHub Actions takes lines that begin with `::` for commands. There, text for people stands between
//!   `::stop-commands::TOKEN` and `::TOKEN::`, with a token that nobody can guess.
//! - Data for programs ([`data`]) are written as they are.
//! - The first error of standard output is kept; nothing more is written then, and [`finish`] tells it.
//!   A reader that has gone away (`sforg check | head`) is no error.

mod safe;

use std::fmt::Display;
use std::io::{self, BufWriter, Write};
use std::sync::{LazyLock, Mutex, MutexGuard};

use anstream::{AutoStream, ColorChoice};
use org_text::neutral;

use self::safe::safe_text;
pub use self::safe::{rule_link, safe_line};
use super::layout::{indented, width_of};
use super::rendered::code_stands_out;
use super::screen::Screen;

/// For whom standard output is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// A person.
    #[default]
    Person,
    /// A program: only data are written to standard output.
    Program,
}

#[derive(Default)]
struct Output {
    reader: Reader,
    /// The first error of standard output.
    failed: Option<io::Error>,
    /// What ends the part without commands, on GitHub Actions.
    token: Option<String>,
    /// Whether standard output and standard error are inside of that part.
    stopped: [bool; 2],
}

static OUTPUT: LazyLock<Mutex<Output>> = LazyLock::new(Mutex::default);

/// Whether GitHub Actions reads what is printed.
static IS_GITHUB: LazyLock<bool> =
    LazyLock::new(|| std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"));

fn output() -> MutexGuard<'static, Output> {
    // What is in it holds also when somebody panicked meanwhile.
    OUTPUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Says for whom standard output is, before anything is written.
pub fn begin(reader: Reader) {
    output().reader = reader;
}

/// Prints text for people to standard output.
pub fn text(text: &str) {
    let mut output = output();
    let stop = output.stop_commands(Stream::Out);
    let text = safe_text(text);
    output.write(|out| out.write_all(format!("{stop}{text}").as_bytes()));
}

/// Prints data for programs to standard output.
pub fn data(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    output().write(|out| {
        let mut out = BufWriter::new(out);
        write(&mut out)?;
        out.flush()
    });
}

/// Writes what another program printed, as it is and at once.
///
/// # Errors
/// Nobody reads it any more, or the place is full.
pub fn pass_on(stream: Stream, bytes: &[u8]) -> io::Result<()> {
    let write = |mut out: Box<dyn Write>| out.write_all(bytes).and_then(|()| out.flush());
    match stream {
        _ if bytes.is_empty() => Ok(()),
        Stream::Out => write(Box::new(io::stdout().lock())),
        Stream::Error => write(Box::new(io::stderr().lock())),
    }
}

/// What each message on standard error begins with.
const HEAD: &str = "sforg: ";

/// Prints a line for people to standard error, under the program's name.
pub fn note(line: impl Display) {
    to_standard_error(&fitted(HEAD, &neutral(&line.to_string())));
}

/// As [`note`], of a message that may have more lines: steps to take. Code between backticks stands out.
pub fn notes(lines: impl Display) {
    let text = lines.to_string();
    let lines = text.split('\n').enumerate();
    let lines = lines.map(|(index, line)| fitted(if index == 0 { HEAD } else { "" }, line));
    to_standard_error(&code_stands_out(&lines.collect::<Vec<_>>().join("\n")));
}

/// Prints lines for people that go on with what a [`note`] began.
pub fn more(lines: impl Display) {
    let text = lines.to_string();
    let lines = text.split('\n').map(|line| fitted("", line));
    to_standard_error(&lines.collect::<Vec<_>>().join("\n"));
}

/// Prints lines for people to standard error that fit the terminal already.
pub fn page(lines: &str) {
    to_standard_error(lines);
}

/// A line in as many as the terminal needs for it; those of a step begin below its words.
fn fitted(head: &str, line: &str) -> String {
    let whole = format!("{head}{line}");
    let Some(width) = Screen::width_of_errors() else { return whole };
    if width_of(&whole) <= width {
        return whole;
    }
    let words = whole.trim_start();
    let number = words.split_once(". ").map_or("", |(number, _)| number);
    let is_step = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let hanging = whole.len() - words.len() + if is_step { number.len() + 2 } else { head.len() };
    let text = indented(&whole[..whole.len() - words.len()], &" ".repeat(hanging), words, width);
    text.trim_end().to_owned()
}

/// Asks the person at the terminal for a yes; anything else is a no.
pub fn asks(question: &str) -> bool {
    let answer = answer(&format!("{question} [y/N]"));
    answer.is_some_and(|answer| matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Asks the person at the terminal for one of the words; the first letter is enough. `None` for any other
/// answer.
pub fn chooses<'a>(question: &str, words: &[&'a str]) -> Option<&'a str> {
    let answer = answer(question)?.trim().to_lowercase();
    let is_meant = |word: &&&str| !answer.is_empty() && word.starts_with(answer.as_str());
    words.iter().find(is_meant).copied()
}

/// What the person at the terminal answers; `None` when that cannot be read, or the input has ended.
pub fn answer(question: &str) -> Option<String> {
    // What was typed before the question was there is no answer to it.
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    write_to_standard_error(&format!("{} ", safe_text(question)));
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer).ok()?;
    (read > 0).then_some(answer)
}

/// Ends the output; whether all of standard output was written. When it was not, one line says why.
pub fn finish() -> bool {
    let mut output = output();
    let token = output.token.take();
    let [out, error] = std::mem::take(&mut output.stopped);
    let end = token.map(|token| format!("::{token}::\n")).unwrap_or_default();
    if out {
        output.write(|out| out.write_all(end.as_bytes()));
    }
    let mut last = String::new();
    if let Some(error) = output.failure() {
        last = if closed_output::is_closed() {
            "sforg: standard output cannot be written (it is closed): write the report to a file or a pipe\n".to_owned()
        } else {
            format!(
                "sforg: standard output cannot be written ({}): free some space, or write the \
                 report elsewhere\n",
                reason(error)
            )
        };
    }
    if error {
        last.push_str(&end);
    }
    write_to_standard_error(&last);
    output.failure().is_none()
}

fn to_standard_error(lines: &str) {
    let mut output = output();
    // Of a report that cannot be written one line tells, and nothing else.
    if output.failure().is_none() {
        let stop = output.stop_commands(Stream::Error);
        write_to_standard_error(&format!("{stop}{}\n", safe_text(lines)));
    }
}

/// There is no place to tell that this failed.
fn write_to_standard_error(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// The streams by their place in [`Output::stopped`].
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// Standard output.
    Out = 0,
    /// Standard error.
    Error = 1,
}

impl Output {
    /// The line that turns commands off, when they are on; nothing elsewhere.
    fn stop_commands(&mut self, stream: Stream) -> String {
        // Beside data for GitHub itself standard error must not stop anything: nobody knows in which
        // order both are read.
        if !*IS_GITHUB || self.reader == Reader::Program {
            return String::new();
        }
        if std::mem::replace(&mut self.stopped[stream as usize], true) {
            return String::new();
        }
        let token = self.token.get_or_insert_with(random_token);
        format!("::stop-commands::{token}\n")
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.failed.is_none()
            && let Err(error) = to_standard_output(write)
        {
            self.failed = Some(error);
        }
    }

    /// Why a report did not arrive that somebody waits for.
    fn failure(&self) -> Option<&io::Error> {
        self.failed.as_ref().filter(|error| error.kind() != io::ErrorKind::BrokenPipe)
    }
}

/// The system's words without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// Through a handle of its own: what `std` makes of standard output takes a descriptor that cannot be
/// written for one that takes everything.
#[cfg(unix)]
fn to_standard_output(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    use std::os::fd::AsFd;
    if closed_output::is_closed() {
        return Err(rustix::io::Errno::BADF.into());
    }
    let stdout = io::stdout();
    let choice = AutoStream::choice(&stdout);
    let file = std::fs::File::from(stdout.as_fd().try_clone_to_owned()?);
    write_coloured(file, choice, write)
}

#[cfg(not(unix))]
fn to_standard_output(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let stdout = io::stdout();
    let choice = AutoStream::choice(&stdout);
    write_coloured(stdout.lock(), choice, write)
}

fn write_coloured<S: anstream::stream::RawStream + anstream::stream::AsLockedWrite>(
    stream: S,
    choice: ColorChoice,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = AutoStream::new(stream, choice);
    write(&mut out)?;
    out.flush()
}

/// 128 bits that nobody can guess.
fn random_token() -> String {
    let mut bytes = [0u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        // Without it nothing is turned on again, which is the safe side.
        Err(_) => "sforg-without-a-token".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ() {
        assert_ne!(random_token(), random_token());
        assert_eq!(random_token().len(), 32);
    }

    #[test]
    fn reasons_are_words() {
        let full = io::Error::from_raw_os_error(28);
        assert!(!reason(&full).contains("os error"), "{}", reason(&full));
    }
}
