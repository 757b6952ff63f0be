//! `invisible-character`: something in a value or a member's name that nobody sees.

use org_schema::invisible::{self, Instead};
use org_schema::members::MemberSpec;
use org_syntax::{NodeKind, Span};

use super::{Files, Findings, KnownString, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::key_of;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invisible-character",
    group: Group::Secrets,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "A value or a member's name contains a character that nobody sees.",
    documentation: "Zero width spaces, marks of the writing direction, byte order marks, soft \
        hyphens and blanks that do not break come along with what is pasted from a mail, a chat, \
        a web page or a word processor. They make another value of what looks right: no host, no \
        version, no user name. The finding covers the character alone, and the fix takes it away \
        or writes a plain blank or hyphen. `description` may contain anything, and `name` what \
        scripts and emoji need. A login with one in its host, user name, client ID, type or \
        version is refused unless the project switches this rule off.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", RIGHT)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "apiVersion": "64.0\u200b",
  "auth": { "type": "oauth2-client-credentials" }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "apiVersion": "64.0",
  "auth": { "type": "oauth2-client-credentials" }
}
"#;

/// Free text may say anything.
const FREE_TEXT: [&str; 2] = ["description", "$schema"];

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for run in runs(cx) {
        findings.add(&RULE, run.span, run.message());
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let run = runs(cx).find(|run| run.span == finding.span);
    run.map(|run| Fix {
        title: match (run.instead, run.count) {
            ("", _) => "Remove it".to_owned(),
            (" ", 1) => "Write a plain space".to_owned(),
            (" ", _) => "Write plain spaces".to_owned(),
            (_, 1) => "Write a plain hyphen".to_owned(),
            (_, _) => "Write plain hyphens".to_owned(),
        },
        edits: vec![Edit::replace(run.span, run.instead.repeat(run.count))],
        safe: false,
        preferred: true,
    })
    .into_iter()
    .collect()
}

/// Whether the rule says something about the value of a member.
pub(super) fn speaks_of(member: &str, value: &str) -> bool {
    if !invisible::is_in(value) || FREE_TEXT.contains(&member) {
        return false;
    }
    let characters: Vec<char> = value.chars().collect();
    characters.iter().enumerate().any(|(at, &character)| {
        invisible::look_up(character).is_some()
            && !(member == "name" && belongs_to_a_name(&characters, at))
    })
}

/// Characters in a row that nobody sees.
struct Run {
    span: Span,
    name: &'static str,
    code: u32,
    count: usize,
    instead: &'static str,
    /// Where it stands, in words.
    place: &'static str,
}

impl Run {
    fn message(&self) -> String {
        let Self { name, code, count, place, .. } = self;
        let what = match count {
            1 => format!("This {name} (U+{code:04X})"),
            _ => format!("These {count} characters (the first is a {name}, U+{code:04X})"),
        };
        match self.instead {
            "" if *count == 1 => {
                format!("{what} changes the {place}, and nobody sees it. Remove it.")
            }
            "" => format!("{what} change the {place}, and nobody sees them. Remove them."),
            plain => {
                let sign = if plain == " " { "space" } else { "hyphen" };
                match count {
                    1 => {
                        format!(
                            "{what} looks like a {sign} but is not. Replace it with a plain one."
                        )
                    }
                    _ => format!(
                        "{what} look like {sign}s but are not. Replace them with plain ones."
                    ),
                }
            }
        }
    }
}

/// All of them in the document: in what the tables know, and in the names beside it.
fn runs<'a>(cx: &'a RuleContext<'_>) -> impl Iterator<Item = Run> + 'a {
    let levels = cx.rule_levels().filter_map(|(_, field)| Some(cx.whole_string(field)?.span));
    let values = cx.known_strings().iter().filter(|KnownString { spec, string, .. }| {
        // What is blank, a placeholder or meant as a reference has a rule of its own.
        let has_own_rule = || {
            super::rule_context::is_blank(&string.value)
                || string.is_placeholder_of(spec.name)
                || (spec.reference && cx.foreign(string).is_some())
        };
        speaks_of(spec.name, &string.value) && !has_own_rule()
    });
    let values = values.flat_map(|known| runs_in(cx, known.string.span, Some(known.spec)));
    let levels = levels.flat_map(|span| runs_in(cx, span, None));
    names(cx).flat_map(|span| runs_in(cx, span, None)).chain(values).chain(levels)
}

/// The names of members of the objects that the tables know.
fn names<'a>(cx: &'a RuleContext<'_>) -> impl Iterator<Item = Span> + 'a {
    let tree = cx.tree();
    let untyped = cx.org().filter(|org| org.auth_type().is_none()).and_then(|org| org.auth.object);
    let objects = cx.known_objects().into_iter().map(|(object, _)| object).chain(untyped);
    objects
        .flat_map(|object| tree.members(object))
        .filter(|member| member.colon.is_some() && tree.kind(member.key) == NodeKind::String)
        .filter(|member| invisible::is_in(&key_of(cx.text(), tree, *member)))
        .map(|member| tree.span(member.key))
}

/// The runs in one string; without `spec` it is a name.
fn runs_in(cx: &RuleContext<'_>, string: Span, spec: Option<&MemberSpec>) -> Vec<Run> {
    let raw = string.text(cx.text());
    let characters = org_syntax::decoded_chars(raw);
    let plain: Vec<char> = characters.iter().map(|(_, character)| *character).collect();
    let is_name = spec.is_some_and(|spec| spec.name == "name");
    let place = match spec {
        None => "name",
        Some(_) => "value",
    };
    let mut runs: Vec<Run> = Vec::new();
    let mut last = None;
    for (at, (range, character)) in characters.iter().enumerate() {
        let Some((name, instead)) = invisible::look_up(*character) else { continue };
        if is_name && belongs_to_a_name(&plain, at) {
            continue;
        }
        let takes_blanks = spec.is_some_and(|spec| spec.secret || spec.name == "name");
        let is_inside = |part: &[char]| part.iter().any(|c| !is_blank_or_unseen(*c));
        let instead = match instead {
            Instead::Hyphen => "-",
            Instead::Space
                if takes_blanks && is_inside(&plain[..at]) && is_inside(&plain[at..]) =>
            {
                " "
            }
            Instead::Space | Instead::Nothing => "",
        };
        let span = Span::new(string.start + range.start as u32, string.start + range.end as u32);
        match runs.last_mut() {
            Some(run) if last == Some(at.wrapping_sub(1)) && run.instead == instead => {
                run.span.end = span.end;
                run.count += 1;
            }
            _ => {
                runs.push(Run { span, name, code: u32::from(*character), count: 1, instead, place })
            }
        }
        last = Some(at);
    }
    runs
}

fn is_blank_or_unseen(character: char) -> bool {
    character.is_whitespace() || invisible::look_up(character).is_some()
}

/// Joiners and selectors behind a letter or picture that needs them, marks of the writing direction
/// beside a letter that is written from right to left, and the blank of East Asian scripts.
fn belongs_to_a_name(characters: &[char], at: usize) -> bool {
    let Some((before, rest)) = characters.split_at_checked(at) else { return false };
    let is_joining = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180f}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}');
    let is_foreign = |c: &char| !c.is_ascii() && !is_blank_or_unseen(*c);
    let last_seen = before.iter().rfind(|c| !is_joining(**c));
    match rest {
        [c, next, ..] if *c == '\u{fe0f}' && *next == '\u{20e3}' => true,
        [c, ..] if is_joining(*c) => last_seen.is_some_and(is_foreign),
        ['\u{200e}' | '\u{200f}' | '\u{61c}', rest @ ..] => {
            let beside = [before.last(), rest.first()];
            beside.into_iter().flatten().any(|c| is_from_right_to_left(*c))
        }
        ['\u{3000}', next, ..] => last_seen.is_some_and(is_foreign) && is_foreign(next),
        _ => false,
    }
}

/// Letters of Hebrew, Arabic, Syriac, Thaana and N'Ko, presentation forms included.
fn is_from_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && character.is_alphanumeric()
}
