//! The login with the answers, and the files.

use std::sync::Arc;

use org_login::{Bindings, Care, LoginResult};
use org_new::check::is_sandbox;
use org_new::question::finish::TEST;
use org_new::question::login_at;
use org_new::{Step, question};
use org_text::Foreign;
use tokio_util::sync::CancellationToken;

use super::{Wizard, look};
use crate::cli::CannotRun;
use crate::cli::output::{notes, page, text};
use crate::cli::screen::Sign;
use crate::cli::style::Style;
use crate::new_org::{
    Ending, SaveError, Saved, Trial, disagreement, disagrees, failed, log_in, save,
};
use crate::settings;

/// What comes of a login.
enum Next {
    /// The files are written, with what was said about the kind of org.
    Save(Option<bool>),
    /// The login is tested again.
    Test(Care),
    /// A question is asked again first.
    Ask,
}

impl Wizard {
    /// Tests the login, if the person wants it, and writes the files.
    pub(super) fn finish(&mut self) -> Result<(), CannotRun> {
        // What the person has asked for already is not asked.
        let mut wanted: Option<Care> = None;
        loop {
            let asked = question(Step::Finish, &self.answers, &self.surroundings.scene);
            let can_test = asked.items.iter().any(|item| item.id == TEST);
            let tests =
                can_test && (wanted.is_some() || self.asker.agrees(asked.label, &asked.help)?);
            let care = wanted.take().unwrap_or(Care::Careful);
            match if tests { self.test(care)? } else { Next::Save(None) } {
                Next::Save(sandbox) => match self.save(sandbox)? {
                    Some(saved) => return self.tell(&saved),
                    None => self.ask_all()?,
                },
                Next::Test(care) => wanted = Some(care),
                Next::Ask => {
                    wanted = Some(Care::Careful);
                    self.ask_all()?;
                }
            }
        }
    }

    fn test(&mut self, care: Care) -> Result<Next, CannotRun> {
        let scene = &self.surroundings.scene;
        let host = login_at(&self.answers, scene);
        page(&format!("Logging in at {}…", Foreign(&host)));
        let today = settings::today().map_err(|error| CannotRun(error.to_string()))?;
        let with = Trial {
            network: &self.network,
            bindings: Arc::clone(&self.bindings) as Arc<dyn Bindings>,
            today,
            care,
            cancel: CancellationToken::new(),
        };
        let runtime = crate::cli::runtime()?;
        let result =
            runtime.block_on(log_in(&self.answers, &self.secrets, &self.surroundings, with));
        runtime.shutdown_background();
        let result = match result {
            Ok(result) => result,
            Err(refused) => {
                self.asker.say("!", &refused.message);
                self.answers.forget(refused.step);
                return Ok(Next::Ask);
            }
        };
        if let Some(said) = disagreement(&result, is_sandbox(&self.answers, scene)) {
            self.tell_login(&result);
            return self.choose(&disagrees(said));
        }
        if result.is_ok() {
            self.tell_login(&result);
            return Ok(Next::Save(None));
        }
        let ending = failed(&result, &self.answers);
        let bad = self.asker.screen().sign(Sign::Bad);
        page(&format!("{} {}", Style::Bad.paint(bad), ending.title));
        notes(&ending.message);
        self.choose(&ending)
    }

    /// Who is logged in, and what needs attention.
    fn tell_login(&self, result: &LoginResult) {
        let screen = self.asker.screen();
        let who = result.identity.as_ref().and_then(|identity| identity.username.as_deref());
        let who = who.map(|user| format!(" as {}", Foreign(user))).unwrap_or_default();
        let seconds = result.duration.as_secs_f64();
        let good = Style::Good.paint(screen.sign(Sign::Good));
        text(&format!("{good} Logged in{who} ({seconds:.1} s)\n"));
        for warning in &result.warnings {
            let sign = Style::Warning.paint(screen.sign(Sign::Warning));
            page(&format!("{sign} {}", Foreign(&warning.text)));
        }
    }

    fn choose(&mut self, ending: &Ending) -> Result<Next, CannotRun> {
        page(&ending.title);
        // Whoever wants to go back far leaves and begins anew.
        let items: Vec<(&str, &str)> = ending
            .items
            .iter()
            .filter(|item| item.id != "back")
            .map(|item| (item.id, item.label.as_str()))
            .collect();
        loop {
            match self.asker.choose("What now?", &items)? {
                "steps" => {
                    let steps = ending.steps.iter().enumerate();
                    let steps = steps.map(|(index, step)| format!("  {}. {step}", index + 1));
                    notes(format!("{}\n{}", ending.message, steps.collect::<Vec<_>>().join("\n")));
                }
                "test" => return Ok(Next::Test(Care::Careful)),
                "anyway" => return Ok(Next::Test(Care::Anyway)),
                "production" => return Ok(Next::Save(Some(false))),
                "sandbox" => return Ok(Next::Save(Some(true))),
                "again" => {
                    if let Some(step) = ending.step {
                        self.answers.forget(step);
                    }
                    return Ok(Next::Ask);
                }
                _ => return Ok(Next::Save(None)),
            }
        }
    }

    /// Writes the files; `None` when an answer cannot stay and has to be given again.
    fn save(&mut self, sandbox: Option<bool>) -> Result<Option<Saved>, CannotRun> {
        // Somebody may have made files meanwhile.
        self.surroundings = look(&self.place, &self.user)?;
        let today = settings::today().map_err(|error| CannotRun(error.to_string()))?;
        let saved =
            save(&self.answers, &self.secrets, &self.surroundings, sandbox, &*self.bindings, today);
        match saved {
            Ok(saved) => Ok(Some(saved)),
            Err(SaveError::Refused(refused)) => {
                self.asker.say("!", &refused.message);
                self.answers.forget(refused.step);
                Ok(None)
            }
            Err(SaveError::CarryOut(error)) => {
                Err(CannotRun(format!("nothing was saved: {error}")))
            }
        }
    }

    fn tell(&self, saved: &Saved) -> Result<(), CannotRun> {
        let good = Style::Good.paint(self.asker.screen().sign(Sign::Good));
        for file in &saved.files {
            let shown = self.surroundings.target.shown_path(file);
            let shown = shown.strip_prefix("./").unwrap_or(&shown);
            text(&format!("{good} {}\n", Foreign(shown)));
        }
        if !saved.secrets.is_empty() {
            text(&format!("{good} {}\n", Foreign(&saved.secrets)));
        }
        Ok(())
    }
}
