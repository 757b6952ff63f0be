//! What a person can choose to do at a place of a file, as data: a title, a kind, what it does or why it
//! cannot be done. Editors show these as code actions.

use org_schema::ApiVersion;
use org_schema::secret_ref::SecretStore;
use org_syntax::Span;

use crate::assists::{
    Conversion, SecretSlot, complete_server_host, convert_to_oauth, first_empty_value, fix_all,
    new_project_version, secret_slots, title, upgrade_project, upgrade_targets, written_secrets,
};
use crate::context::Context;
use crate::document::Document;
use crate::finding::{Edit, Finding};
use crate::host_analysis::host_to_allow;
use crate::rules::{self, API_VERSION_MISSING, BASIC_AUTH_RULES, PLAINTEXT_SECRET};

/// Something that a person can choose to do.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does, as the editor's menu shows it.
    pub title: String,
    /// What sort of action it is.
    pub kind: ActionKind,
    /// What it does; nothing where it cannot be done at all.
    pub effect: Option<Effect>,
    /// Why it is not to be chosen now.
    pub disabled: Option<String>,
    /// The one right thing to do.
    pub is_preferred: bool,
    /// What it mends at the place.
    pub mends: Vec<Finding>,
}

/// Sorts of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// It mends a finding.
    QuickFix,
    /// It writes the same, or something better, in another way.
    Rewrite,
    /// It mends all that may be mended unasked.
    FixAll,
    /// It changes no text.
    Other,
}

/// What an action does.
#[derive(Clone, Debug)]
pub enum Effect {
    /// It edits the file.
    Edits(Vec<Edit>),
    /// It converts the org, and steps in Salesforce are left.
    Convert(Conversion),
    /// It converts all basic orgs of the project.
    ConvertAll,
    /// It stores a secret elsewhere: that of one member, or all of the file.
    MoveSecret {
        /// The member.
        member: Option<&'static str>,
        /// Where the secret goes.
        to: SecretStore,
    },
    /// It logs in.
    TestLogin,
    /// It asks for the secret of a member.
    EnterSecret {
        /// The member.
        member: &'static str,
    },
    /// It makes a project file with this text.
    CreateProject {
        /// The text.
        text: String,
    },
    /// It shows where a person allows logins at other hosts than Salesforce's.
    ShowAllowedHosts,
    /// It shows what is left to do in Salesforce.
    ShowSteps,
    /// It shows the page of a rule.
    ExplainRule {
        /// The rule's name.
        rule: &'static str,
    },
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The place, in bytes; an empty span is a cursor.
    pub place: Span,
    /// Whether the workspace is trusted: else nothing is sent.
    pub is_trusted: bool,
    /// Whether *Apply all safe fixes* is asked for, which is not for the menu at the cursor.
    pub with_fix_all: bool,
    /// Whether refactorings are asked for, wherever the cursor stands.
    pub is_refactoring: bool,
    /// Whether a project file can be made beside the file or above it.
    pub can_create_project: bool,
    /// Whether a person can be asked for a secret.
    pub can_enter_secrets: bool,
    /// Whether there are pages to be shown.
    pub has_pages: bool,
}

const UNTRUSTED: &str =
    "Trust this workspace first: until then nothing is sent and no secret is read.";

impl Asked {
    fn touches(&self, span: Span) -> bool {
        span.start <= self.place.end && self.place.start <= span.end
    }
}

impl Action {
    fn new(title: impl Into<String>, kind: ActionKind, effect: Effect) -> Self {
        Self {
            title: title.into(),
            kind,
            effect: Some(effect),
            disabled: None,
            is_preferred: false,
            mends: Vec::new(),
        }
    }
}

/// All actions at a place, in the order in which they are shown.
pub fn actions(document: &Document, context: &Context<'_>, asked: Asked) -> Vec<Action> {
    let mut findings = rules::check(document, context);
    findings.retain(|finding| asked.touches(finding.span));
    let mut actions: Vec<Action> =
        project_file(document, context, asked, &findings).into_iter().collect();
    actions.extend(quick_fixes(document, context, &findings));
    actions.extend(allowed_hosts(document, asked, &findings));
    actions.extend(secrets(document, context, asked, &findings));
    actions.extend(moves(document, context, asked, &findings));
    actions.extend(conversion(document, context, &findings));
    actions.extend(login(document, asked));
    actions.extend(server_host(document, asked));
    actions.extend(upgrades(document, context));
    let mut basic_orgs = context.project.into_iter().flat_map(|project| project.basic_orgs());
    if document.project().is_some() && basic_orgs.next().is_some() {
        actions.push(Action::new(title::CONVERT_ALL, ActionKind::Rewrite, Effect::ConvertAll));
    }
    actions.extend(steps(document, asked, &findings));
    actions.extend(explanations(asked, &findings));
    if asked.with_fix_all {
        let edits = Some(fix_all(document, context)).filter(|edits| !edits.is_empty());
        actions
            .extend(edits.map(|edits| {
                Action::new(title::FIX_ALL, ActionKind::FixAll, Effect::Edits(edits))
            }));
    }
    actions
}

fn quick_fixes(document: &Document, context: &Context<'_>, findings: &[Finding]) -> Vec<Action> {
    let fixes = |finding| rules::fixes(document, context, finding).into_iter();
    let actions = findings.iter().flat_map(|finding| {
        fixes(finding).map(|fix| Action {
            is_preferred: fix.preferred,
            mends: vec![finding.clone()],
            ..Action::new(fix.title, ActionKind::QuickFix, Effect::Edits(fix.edits))
        })
    });
    actions.collect()
}

/// A project file for all orgs around, where none says which API version they use.
fn project_file(
    document: &Document,
    context: &Context<'_>,
    asked: Asked,
    findings: &[Finding],
) -> Option<Action> {
    let missing = findings.iter().find(|finding| finding.rule.name == API_VERSION_MISSING.name);
    let missing = missing.filter(|_| asked.can_create_project)?;
    let version = new_project_version(document, context);
    let text = format!("{{\n  \"apiVersion\": \"{version}\"\n}}\n");
    let title = title::create_project(version);
    let action = Action::new(title, ActionKind::QuickFix, Effect::CreateProject { text });
    Some(Action { is_preferred: true, mends: vec![missing.clone()], ..action })
}

/// At a host that gets no login unless the user allows it.
fn allowed_hosts(document: &Document, asked: Asked, findings: &[Finding]) -> Option<Action> {
    let mut findings = findings.iter().filter(|_| asked.has_pages);
    let (mends, host) =
        findings.find_map(|finding| Some((finding, host_to_allow(document, finding)?)))?;
    let title = title::allow_logins(&host);
    let action = Action::new(title, ActionKind::QuickFix, Effect::ShowAllowedHosts);
    Some(Action { mends: vec![mends.clone()], ..action })
}

/// The rules that entering a secret answers.
const ANSWERED: [&str; 6] = [
    "secret-not-found",
    "plaintext-secret",
    "placeholder-value",
    "empty-value",
    "secret-reference-invalid",
    "login-failed",
];

/// On each secret; the one thing to do where it is missing or wrong.
fn secrets(
    document: &Document,
    context: &Context<'_>,
    asked: Asked,
    findings: &[Finding],
) -> Vec<Action> {
    if !asked.can_enter_secrets {
        return Vec::new();
    }
    let mends = findings.iter().filter(|finding| ANSWERED.contains(&finding.rule.name));
    let mends: Vec<Finding> = mends.cloned().collect();
    let slots = secret_slots(document, context).into_iter();
    let touched = slots.filter(|slot| slot.member_span.is_some_and(|span| asked.touches(span)));
    let action = |slot: SecretSlot| {
        let effect = Effect::EnterSecret { member: slot.member };
        let action = Action::new(title::ENTER_SECRET, ActionKind::QuickFix, effect);
        Action { is_preferred: slot.is_wanted, mends: mends.clone(), ..action }
    };
    touched.map(action).collect()
}

/// At an empty value that only Salesforce can tell.
fn steps(document: &Document, asked: Asked, findings: &[Finding]) -> Option<Action> {
    let client_id = document.org()?.auth.client_id.as_ref()?.value_span?;
    first_empty_value(document).filter(|_| asked.touches(client_id))?;
    let mends = findings.iter().filter(|finding| finding.rule.name == "empty-value");
    let mends: Vec<Finding> = mends.cloned().collect();
    let action = Action::new(title::SHOW_STEPS, ActionKind::QuickFix, Effect::ShowSteps);
    (!mends.is_empty()).then_some(Action { mends, ..action })
}

/// The page of each rule that has a finding here; where there are no pages, its address leads to it.
fn explanations(asked: Asked, findings: &[Finding]) -> Vec<Action> {
    let mut seen = std::collections::BTreeSet::new();
    let new = findings.iter().filter(|finding| asked.has_pages && seen.insert(finding.rule.name));
    let action = |finding: &Finding| {
        let rule = finding.rule.name;
        let title = format!("Explain Rule {rule}…");
        let action = Action::new(title, ActionKind::QuickFix, Effect::ExplainRule { rule });
        Action { mends: vec![finding.clone()], ..action }
    };
    new.map(action).collect()
}

/// With the cursor on what it is about; else for those who ask for refactorings.
fn server_host(document: &Document, asked: Asked) -> Option<Action> {
    let org = document.org()?;
    let fields = [&org.sandbox, &org.server_host, &org.auth.instance_url];
    let mut members =
        fields.into_iter().flatten().map(|field| Span::new(field.key_span.start, field.span().end));
    let is_at_it = members.any(|span| asked.touches(span));
    let edits = complete_server_host(document).filter(|_| is_at_it || asked.is_refactoring)?;
    let kind = if asked.is_refactoring { ActionKind::Rewrite } else { ActionKind::QuickFix };
    Some(Action::new(title::COMPLETE_SERVER_HOST, kind, Effect::Edits(edits)))
}

/// On a member with a written secret: that one; elsewhere: all of the file. It mends
/// `plaintext-secret` wherever the cursor is, so its kind is that of a quick fix.
fn moves(
    document: &Document,
    context: &Context<'_>,
    asked: Asked,
    findings: &[Finding],
) -> Vec<Action> {
    let secrets = written_secrets(document, context);
    if secrets.is_empty() {
        return Vec::new();
    }
    let touched = secrets.iter().find(|secret| asked.touches(secret.member_span));
    let member = touched.map(|secret| secret.member);
    let mends = findings.iter().filter(|finding| finding.rule.name == PLAINTEXT_SECRET.name);
    let mends: Vec<Finding> = mends.cloned().collect();
    let action = |title, to| Action {
        mends: mends.clone(),
        ..Action::new(title, ActionKind::QuickFix, Effect::MoveSecret { member, to })
    };
    vec![
        action(title::MOVE_TO_KEYRING, SecretStore::Keyring),
        action(title::MOVE_TO_ENV, SecretStore::EnvFile),
    ]
}

fn conversion(document: &Document, context: &Context<'_>, findings: &[Finding]) -> Option<Action> {
    let conversion = convert_to_oauth(document, context)?;
    let is_mended =
        |finding: &&Finding| BASIC_AUTH_RULES.iter().any(|rule| rule.name == finding.rule.name);
    let mends: Vec<Finding> = findings.iter().filter(is_mended).cloned().collect();
    Some(Action {
        is_preferred: !mends.is_empty(),
        mends,
        ..Action::new(title::CONVERT, ActionKind::Rewrite, Effect::Convert(conversion))
    })
}

/// It changes no text, so it is neither a fix nor a refactoring.
fn login(document: &Document, asked: Asked) -> Option<Action> {
    document.org()?.auth_field.as_ref()?;
    let disabled = (!asked.is_trusted).then(|| UNTRUSTED.to_owned());
    let action = Action::new(title::TEST_LOGIN, ActionKind::Other, Effect::TestLogin);
    Some(Action { disabled, ..action })
}

/// On a project file: the newest version, disabled while it would break an org, and then the highest
/// safe one too.
fn upgrades(document: &Document, context: &Context<'_>) -> Vec<Action> {
    let (newest, safe) = upgrade_targets(document, context);
    let mut targets: Vec<ApiVersion> = newest.into_iter().collect();
    targets.extend(safe.filter(|safe| newest != Some(*safe)));
    let action = |to| {
        let (effect, disabled) = match upgrade_project(document, context, to) {
            Ok(upgrade) => (Some(Effect::Edits(vec![upgrade.edit])), None),
            Err(refused) => (None, Some(refused.to_string())),
        };
        let (title, kind) = (title::upgrade(to), ActionKind::Rewrite);
        Action { title, kind, effect, disabled, is_preferred: false, mends: Vec::new() }
    };
    targets.into_iter().map(action).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;
    use crate::test_context::in_context;

    /// Titles at the place that `|` marks, with what is special about them.
    fn shown(kind: FileKind, marked: &str, with_fix_all: bool) -> Vec<String> {
        let at = marked.find('|').expect("a place") as u32;
        let document = Document::new(kind, marked.replacen('|', "", 1));
        let asked = Asked {
            place: Span::new(at, at),
            is_trusted: false,
            with_fix_all,
            is_refactoring: false,
            can_create_project: true,
            can_enter_secrets: true,
            has_pages: false,
        };
        let actions = in_context(|context| actions(&document, context, asked));
        let word = |action: &Action| {
            let mends = action.mends.iter().map(|finding| format!(" [{}]", finding.rule.name));
            let preferred = if action.is_preferred { " *" } else { "" };
            let disabled = action.disabled.as_ref().map(|why| format!(" ({why})"));
            let disabled = disabled.unwrap_or_default();
            format!("{}{preferred}{}{disabled}", action.title, mends.collect::<String>())
        };
        actions.iter().map(word).collect()
    }

    const BASIC: &str = r#"{ "name": "A", "apiVersion": "61.0", "serverHost": "login.salesforce.com",
  "auth": { "type": "basic", "username": "a@acme.example", "password": "NOTREAL7|pw" } }"#;

    #[test]
    fn a_written_secret_moves() {
        insta::assert_snapshot!(shown(FileKind::Org, BASIC, false).join("\n"));
    }

    #[test]
    fn a_project_is_upgraded_and_all_is_fixed_where_that_is_asked_for() {
        let project = r#"{| "apiVersion": "61.0", }"#;
        insta::assert_snapshot!(shown(FileKind::Project, project, true).join("\n"));
        let titles = shown(FileKind::Project, project, false);
        assert!(!titles.iter().any(|title| title.starts_with(title::FIX_ALL)), "{titles:?}");
    }
}
