//! Values that stand for another one: what somebody still has to fill in, and what programs show in
//! place of a secret.

use super::words::Words;
use crate::{hosts, invisible, pasted};

/// Words that as a whole stand for a value that is still to come.
static PLACEHOLDER_WORDS: Words = Words::new(&[
    "todo",
    "tbd",
    "tba",
    "fixme",
    "changeme",
    "change_me",
    "change-me",
    "changeit",
    "replaceme",
    "replace_me",
    "replace-me",
    "change me",
    "replace me",
]);
/// Beginnings of a value that is still to come.
static PLACEHOLDER_BEGINNINGS: Words = Words::new(&["your-", "your_", "your "]);

/// What documentation writes for the org's part of a Salesforce host.
const PLACEHOLDER_ORGS: [&str; 5] =
    ["my-domain", "mydomain", "mydomainname", "yourdomain", "yourinstance"];

/// Whether a text is a placeholder that somebody forgot to fill in: `<…>`, something that ends in
/// `...` or `…`, `todo`, `changeme`, `replace_me`, `your-…`, `xxx`; in any letter case, with blanks
/// around it, and for an address also after `https://` or as the org's part of a Salesforce host, where
/// `MY-DOMAIN` is one too.
/// An address that is right but for what was pasted around it is none, nor is a template's `<%…%>`.
pub fn is_placeholder(text: &str) -> bool {
    let text = invisible::trim(text).to_lowercase();
    if text.starts_with("<%") && text.ends_with("%>") || text.starts_with("<?") {
        return false;
    }
    let text = text.strip_prefix("https://").unwrap_or(&text).trim_end_matches('/');
    let org_of_host = text
        .split_once('.')
        .filter(|(_, domain)| SALESFORCE_DOMAINS.iter().any(|end| domain.ends_with(end)));
    (stands_for_a_value(text) && !is_pasted_address(text))
        || org_of_host.is_some_and(|(org, _)| {
            stands_for_a_value(org)
                || PLACEHOLDER_ORGS.contains(&org.split("--").next().unwrap_or(org))
                || (org.contains('<') && org.contains('>'))
        })
}

/// What the host of an org ends in.
const SALESFORCE_DOMAINS: [&str; 3] = ["salesforce.com", "salesforce.mil", "force.com"];

fn stands_for_a_value(text: &str) -> bool {
    let in_angles = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    in_angles.is_some_and(|inner| !inner.contains(['<', '>']))
        || text.ends_with("...")
        || text.ends_with('…')
        || (text.len() >= 3 && text.bytes().all(|b| b == b'x'))
        || PLACEHOLDER_WORDS.contains(text)
        || PLACEHOLDER_BEGINNINGS.begin(text)
}

/// `<https://acme.my.salesforce.com>`, `acme.my.salesforce.com...`: an org's own host is there.
fn is_pasted_address(text: &str) -> bool {
    let host = pasted::find(text).and_then(|pasted| pasted.host);
    host.is_some_and(|host| {
        let org = host.split('.').next().unwrap_or("");
        hosts::is_salesforce_host(&host) && !stands_for_a_value(org)
    })
}

/// Characters that programs, web pages and password fields show in place of each letter.
const MASKS: &str = "*•●∙·⬤○◦◯⚫⚪█▪■□▒░▓▮▯◼◾⁎∗＊✱✲✳⋆★☆#?-_.~=+–—―…＿xX";
/// Those of [`MASKS`] that nobody types in a row. The star alone is of ASCII.
const STARS: &str = "*•●∙·⬤○◦█▪■□▒░▓⁎∗＊✱";
/// So many of [`STARS`] in a row in a longer value are a mask, whatever is around them.
const LONG_MASK: usize = 6;

/// What is written in place of a secret, in brackets or without.
#[rustfmt::skip]
static MASK_WORDS: Words = Words::new(&[
    "redacted", "hidden", "masked", "filtered", "removed", "omitted", "protected", "encrypted", "obfuscated",
    "concealed", "sanitized", "sanitised", "censored", "scrubbed", "suppressed", "stripped", "truncated", "withheld",
    "sensitive", "sensitive value", "sensitive data", "confidential", "not shown", "not displayed", "hidden for security",
    "value hidden", "hidden value", "secure string", "securestring", "system.security.securestring", "[object object]",
    "known after apply", "value_specified_in_no_log_parameter", "manage consumer details", "consumer key and secret",
    "unchanged", "no change", "already set", "deleted", "snip", "snipped", "pii",
]);
/// What is written where there is no secret.
#[rustfmt::skip]
static NOTHING_WORDS: Words = Words::new(&[
    "null", "nil", "none", "undefined", "nan", "n/a", "n.a.", "na", "void", "empty", "blank", "unset", "not set", "not available",
    "not applicable", "not provided", "not specified", "not configured", "not found", "no value", "no secret", "no password",
    "missing", "missing value", "unknown", "unavailable", "#n/a", "#ref!", "#name?", "#value!", "placeholder",
    "dummy",
]);
/// Words in brackets alone: without them they may be a secret.
const BRACKETED_WORDS: [&str; 2] = ["secret", "secure"];
/// Beginnings of what web pages show in place of a secret, and of what Salesforce's CLI prints.
#[rustfmt::skip]
static MASK_BEGINNINGS: Words = Words::new(&[
    "[redacted", "<redacted", "(redacted", "{redacted", "[hidden", "[masked", "[filtered", "redacted:", "use 'sf org",
    "click to", "click here to", "tap to reveal", "show secret", "reveal secret", "show password", "hidden (", "concealed by",
]);

/// What sentences say in place of a secret, within other words. Each has a blank or a bracket.
#[rustfmt::skip]
const MASK_PHRASES: [&str; 13] = [
    "[redacted", "is hidden", "are hidden", "hidden for", "hidden by", "hidden due", "is masked", "masked for", "masked by",
    "is encrypted", "known after apply", "for security reasons", "not shown for",
];
/// Spellings of a bullet in HTML, in JSON, and of UTF-8 that was read as another encoding.
const BULLET_SPELLINGS: [&str; 6] =
    ["&bull;", "&#8226;", "&#x2022;", "&middot;", "\\u2022", "\u{e2}\u{20ac}\u{a2}"];
/// Whether a text has a character that each of [`BULLET_SPELLINGS`] has: few have one.
fn may_spell_bullets(text: &str) -> bool {
    !text.is_ascii() || text.contains(['&', '\\'])
}

/// What somebody is told to do with a value that is still to come, and what it is.
static TASKS: Words =
    Words::new(&["enter", "insert", "add", "put", "type", "paste", "provide", "fill", "replace"]);
#[rustfmt::skip]
static CREDENTIALS: Words = Words::new(&["password", "secret", "token", "key", "username", "user", "value", "credentials", "passwort"]);

/// Whether a value of a member that holds credentials is what a program shows in place of a secret,
/// or what is written where there is none: `********`, `[REDACTED] …`, `(hidden)`, `null`,
/// `Click to reveal`.
pub fn is_masked(text: &str) -> bool {
    let text = invisible::trim(text);
    if text.is_empty() {
        return false;
    }
    if text.len() > MAX_SHOWN {
        return is_starred(text);
    }
    let folded = text.to_lowercase();
    if may_spell_bullets(&folded)
        && BULLET_SPELLINGS.iter().any(|spelling| folded.contains(spelling))
    {
        let bullets = |text: String, spelling: &&str| text.replace(spelling, "•");
        return is_masked(&BULLET_SPELLINGS.iter().fold(folded, bullets));
    }
    let inside = without_brackets(&folded);
    let is_bracketed = inside.len() < folded.len();
    let readings = [folded.as_str(), inside];
    let mut readings = readings.iter().take(if is_bracketed { 2 } else { 1 });
    text.chars().all(|c| MASKS.contains(c) || c.is_whitespace())
        || is_one_sign(text)
        || is_starred(text)
        || has_unknown_start_or_end(&folded)
        || matches!(inside, "..." | "…" | "....")
        || (folded.contains([' ', '[']) && MASK_PHRASES.iter().any(|it| folded.contains(it)))
        || says_what_to_do(inside)
        || readings.any(|text| {
            MASK_BEGINNINGS.begin(text) || MASK_WORDS.contains(text) || NOTHING_WORDS.contains(text)
        })
        || (is_bracketed && (BRACKETED_WORDS.contains(&inside) || ends_in_mask_word(inside)))
}

/// Longest text in bytes that is compared with words.
const MAX_SHOWN: usize = 200;

/// `abcd••••`, `****1234`: a part of a secret, the rest masked.
fn is_starred(text: &str) -> bool {
    let (mut longest, mut run, mut all, mut characters) = (0, 0, 0, 0);
    let mut has_bullet = false;
    for c in text.chars() {
        characters += 1;
        if c == '*' || (!c.is_ascii() && STARS.contains(c)) {
            all += 1;
            run += 1;
            longest = longest.max(run);
            has_bullet |= c != '*';
        } else {
            run = 0;
        }
    }
    longest >= LONG_MASK || (longest >= 3 && all * 2 >= characters) || (has_bullet && longest >= 2)
}

/// `◉◉◉◉`, `🔒🔒🔒`: the same sign three times or more, beyond those of the keyboard.
fn is_one_sign(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace() && invisible::look_up(*c).is_none());
    let Some(first) = signs.next().filter(|c| !c.is_ascii() && !c.is_alphanumeric()) else {
        return false;
    };
    let mut count = 1;
    signs.all(|sign| {
        count += 1;
        sign == first
    }) && count >= 3
}

/// `xxxxxxxx1234`, `1234XXXXXXXX`.
fn has_unknown_start_or_end(folded: &str) -> bool {
    let shown = folded.trim_start_matches('x').len().min(folded.trim_end_matches('x').len());
    let hidden = folded.len() - shown;
    hidden >= LONG_MASK && hidden >= shown
}

/// `enter password here`, `PUT_TOKEN_HERE`, `yourpassword`, and every text with the word "redacted".
fn says_what_to_do(folded: &str) -> bool {
    let is_credential = |word: &str| CREDENTIALS.contains(word);
    let (mut first, mut last, mut has_credential) = (None, "", false);
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word == "redacted" {
            return true;
        }
        has_credential |= is_credential(word);
        first.get_or_insert(word);
        last = word;
    }
    let is_task = first.is_some_and(|word| TASKS.contains(word));
    (has_credential && (is_task || last == "here"))
        || folded.strip_prefix("your").is_some_and(is_credential)
}

/// Without brackets and stars of one kind or several around it.
fn without_brackets(text: &str) -> &str {
    let is_bracket = |c: char| "[](){}<>*_-'\"`«»|~#=".contains(c);
    text.trim_matches(|c: char| is_bracket(c) || c.is_whitespace())
}

/// `access_token - HIDDEN`, `client secret redacted`.
fn ends_in_mask_word(text: &str) -> bool {
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    MASK_WORDS.contains(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_first_is_in_every_row() {
        assert!(MASK_PHRASES.iter().all(|phrase| phrase.contains([' ', '['])));
        assert!(BULLET_SPELLINGS.iter().all(|spelling| may_spell_bullets(spelling)));
        assert_eq!(STARS.chars().filter(char::is_ascii).collect::<String>(), "*");
    }
}
