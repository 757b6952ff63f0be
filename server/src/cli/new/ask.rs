//! One question at the terminal.

use org_new::question::{HELP, becomes};
use org_new::{
    Answers, Check, ENTERED, Grade, Item, Kind, LATER, Question, Scene, Secrets, Step, check,
    question,
};
use rpassword::{ConfigBuilder, prompt_password_with_config};
use secrecy::{ExposeSecret, SecretString};

use crate::cli::CannotRun;
use crate::cli::layout::{indented, padded};
use crate::cli::output::{answer, page};
use crate::cli::screen::Screen;
use crate::cli::style::Style;

/// Columns of the names of the steps.
const NAMES: usize = 27;
/// A list of more values is not put on one line.
const ON_ONE_LINE: usize = 4;
/// Columns before what is said about an answer.
const INDENT: usize = NAMES + 4;

/// Asks the person at the terminal.
pub struct Asker {
    screen: Screen,
}

impl Asker {
    /// For standard error, where the questions go.
    pub fn new() -> Self {
        let screen = Screen::of_output();
        let width = Screen::width_of_errors().unwrap_or(screen.width);
        Self { screen: Screen { width, ..screen } }
    }

    /// What the terminal can show.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Asks a step until its answer can stay.
    ///
    /// # Errors
    /// The person has left.
    pub fn ask(
        &self,
        step: Step,
        answers: &mut Answers,
        secrets: &mut Secrets,
        scene: &Scene,
    ) -> Result<(), CannotRun> {
        let asked = question(step, answers, scene);
        if asked.kind == Kind::Secret {
            return self.ask_secret(&asked, answers, secrets, scene);
        }
        // What was accepted with a warning: Enter alone takes it.
        let mut doubtful: Option<String> = None;
        loop {
            let given = self.line(&self.prompt(&asked))?;
            let value = match (given.trim(), &doubtful) {
                ("", Some(value)) => {
                    answers.set(step, value.clone());
                    return Ok(());
                }
                ("?", _) => {
                    self.explain(&asked);
                    continue;
                }
                _ => match self.meant(&asked, &given) {
                    Ok(value) => value,
                    Err(why) => {
                        self.say("!", &why);
                        continue;
                    }
                },
            };
            let found = check(step, &value, answers, scene);
            match found.grade {
                _ if found.is_empty => {}
                Some(Grade::Error) => self.say("!", &found.message),
                Some(Grade::Warning) => {
                    self.say("!", &found.message);
                    doubtful = Some(value);
                }
                Some(Grade::Information) | None => {
                    self.tell_what_becomes(&asked, &value, &found, answers, scene);
                    answers.set(step, value);
                    return Ok(());
                }
            }
        }
    }

    fn tell_what_becomes(
        &self,
        asked: &Question,
        value: &str,
        found: &Check,
        answers: &Answers,
        scene: &Scene,
    ) {
        if asked.kind != Kind::Text {
            return;
        }
        let arrow = self.arrow();
        if asked.id == Step::Name {
            let saved = found.message.strip_prefix("Will be saved as ");
            self.say(arrow, saved.unwrap_or(&found.message));
        } else if let Some(kept) = becomes(asked.id, value, answers, scene) {
            self.say(arrow, &kept);
        }
    }

    fn ask_secret(
        &self,
        asked: &Question,
        answers: &mut Answers,
        secrets: &mut Secrets,
        scene: &Scene,
    ) -> Result<(), CannotRun> {
        let step = asked.id;
        let mut doubtful = false;
        loop {
            let given = self.hidden(&self.prompt(asked))?;
            if given.expose_secret().trim() == "?" {
                self.explain(asked);
                continue;
            }
            if given.expose_secret().trim().is_empty() {
                // Enter alone takes what was odd; else the secret is entered later.
                answers.set(step, if doubtful { ENTERED } else { LATER });
                return Ok(());
            }
            let found = check(step, given.expose_secret(), answers, scene);
            if let Some(Grade::Error) = found.grade {
                self.say("!", &found.message);
                continue;
            }
            secrets.set(step, &given);
            if found.grade.is_none() {
                answers.set(step, ENTERED);
                return Ok(());
            }
            self.say("!", &found.message);
            doubtful = true;
        }
    }

    /// Chooses one of some items; the first is the one that Enter takes.
    ///
    /// # Errors
    /// The person has left.
    pub fn choose<'a>(&self, label: &str, items: &[(&'a str, &str)]) -> Result<&'a str, CannotRun> {
        let words: Vec<String> = items.iter().map(|(_, word)| word.to_lowercase()).collect();
        loop {
            for (index, (_, word)) in items.iter().enumerate() {
                page(&format!("    {}  {word}", index + 1));
            }
            let given = self.line(&self.named(label))?.trim().to_lowercase();
            let number = given.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let by_word = words.iter().position(|word| word.starts_with(&given));
            let found = if given.is_empty() { Some(0) } else { number.or(by_word) };
            match found.and_then(|index| items.get(index)) {
                Some((id, _)) => return Ok(id),
                None => self.say("!", "Choose one by its number."),
            }
        }
    }

    /// A yes unless the person says no.
    ///
    /// # Errors
    /// The person has left.
    pub fn agrees(&self, label: &str, explained: &[String]) -> Result<bool, CannotRun> {
        loop {
            let given = self.line(&format!("{}[Y/n]", self.named(label)))?.trim().to_lowercase();
            match given.as_str() {
                "" | "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                "?" => explained.iter().for_each(|line| self.say(" ", line)),
                _ => self.say("!", "Answer y or n."),
            }
        }
    }

    /// A line below a question.
    pub fn say(&self, mark: &str, text: &str) {
        let first = format!("{}{mark} ", " ".repeat(INDENT - 2));
        let rest = " ".repeat(INDENT);
        page(indented(&first, &rest, text, self.screen.width).trim_end());
    }

    /// What the person enters.
    fn line(&self, prompt: &str) -> Result<String, CannotRun> {
        answer(prompt).ok_or_else(left)
    }

    fn hidden(&self, prompt: &str) -> Result<SecretString, CannotRun> {
        // Before the prompt is there: whoever pastes at once shows nothing.
        #[cfg(unix)]
        let _silent = Silent::begin();
        let mask = if self.screen.is_unicode { '•' } else { '*' };
        let shown = ConfigBuilder::new().password_feedback_mask(mask);
        // The terminal that the other answers come from, which need not be the one of the session.
        #[cfg(unix)]
        let shown = shown.input_file_path("/dev/stdin").output_file_path("/dev/stderr");
        prompt_password_with_config(format!("{prompt} "), shown.build())
            .map(SecretString::from)
            .map_err(|_| left())
    }

    fn named(&self, label: &str) -> String {
        let sign = if self.screen.is_unicode { "›" } else { ">" };
        format!("  {}{sign} ", padded(label, NAMES - 2))
    }

    fn arrow(&self) -> &'static str {
        if self.screen.is_unicode { "→" } else { ">" }
    }

    /// The question on one line, with the values when they fit.
    fn prompt(&self, asked: &Question) -> String {
        let named = self.named(asked.label).trim_end().to_owned();
        let values: Vec<&Item> = values(asked).collect();
        if values.is_empty() {
            return named;
        }
        let default = values.iter().find(|item| item.id == asked.value).or(values.first());
        let Some(default) = default else { return named };
        if values.len() > ON_ONE_LINE {
            return format!("{named} [{}] or another", default.short);
        }
        let others = values.iter().filter(|item| item.id != default.id);
        let others: Vec<&str> = others.map(|item| item.short.as_str()).collect();
        let others =
            if others.is_empty() { String::new() } else { format!(", {}", others.join(", ")) };
        format!("{named} [{}]{others}", default.short)
    }

    /// The value that a person means: of a list by its number, by its first letters, or with Enter alone
    /// the one that stands in brackets.
    fn meant(&self, asked: &Question, given: &str) -> Result<String, String> {
        if asked.kind == Kind::Text {
            return Ok(given.trim_end_matches(['\r', '\n']).to_owned());
        }
        let (given, values) = (given.trim().to_lowercase(), values(asked).collect::<Vec<_>>());
        if given.is_empty() {
            return Ok(asked.value.clone());
        }
        let exact =
            values.iter().find(|item| item.id == given || item.short.to_lowercase() == given);
        // Versions are numbers themselves.
        let number = given.parse::<usize>().ok().filter(|_| values.len() <= ON_ONE_LINE);
        let numbered = number.and_then(|number| values.get(number.checked_sub(1)?));
        if let Some(item) = exact.or(numbered) {
            return Ok(item.id.clone());
        }
        let begins = |text: &str| text.to_lowercase().starts_with(&given);
        let near: Vec<&&Item> =
            values.iter().filter(|item| begins(&item.short) || begins(&item.label)).collect();
        match near.as_slice() {
            [one] => Ok(one.id.clone()),
            [] if asked.id == Step::ApiVersion => Ok(given),
            _ => {
                let names: Vec<&str> =
                    values.iter().take(ON_ONE_LINE).map(|item| item.short.as_str()).collect();
                Err(match names.as_slice() {
                    [only] => format!("Only {only} can be chosen here."),
                    _ => format!("Choose one of {}.", names.join(", ")),
                })
            }
        }
    }

    fn explain(&self, asked: &Question) {
        self.say(" ", &asked.prompt);
        for (index, item) in values(asked).enumerate() {
            let number = if asked.id == Step::ApiVersion {
                String::new()
            } else {
                format!("{}  ", index + 1)
            };
            let note =
                if item.note.is_empty() { String::new() } else { format!(" ({})", item.note) };
            let detail =
                if item.detail.is_empty() { String::new() } else { format!(": {}", item.detail) };
            self.say(" ", &format!("{number}{}{note}{detail}", item.label));
        }
        for line in &asked.help {
            self.say(" ", &Style::Quiet.paint(line));
        }
    }
}

/// The terminal shows nothing of what is typed, and has forgotten what was typed before.
#[cfg(unix)]
struct Silent(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Silent {
    fn begin() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let Ok(before) = tcgetattr(std::io::stdin()) else { return Self(None) };
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        // Where this fails, whoever reads the secret tries the same.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, &silent);
        Self(Some(before))
    }
}

#[cfg(unix)]
impl Drop for Silent {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.0 {
            // There is nobody to tell.
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        }
    }
}

/// What can be chosen. Steps to follow are shown to whoever enters `?`.
fn values(asked: &Question) -> impl Iterator<Item = &Item> {
    asked.items.iter().filter(|item| !item.is_separator && item.id != HELP)
}

/// The person has closed the input, or pressed Ctrl-C where a secret is entered; the question stands on the line.
fn left() -> CannotRun {
    page("");
    CannotRun("cancelled; nothing was written".to_owned())
}
