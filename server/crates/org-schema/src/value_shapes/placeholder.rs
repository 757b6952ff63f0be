//! Values that stand for another one: what somebody still has to fill in, and what programs show in
//! place of a secret.

use crate::{hosts, invisible, pasted};

/// Words that as a whole stand for a value that is still to come.
const PLACEHOLDER_WORDS: [&str; 12] = [
    "todo",
    "tbd",
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
];
/// Beginnings of a value that is still to come.
const PLACEHOLDER_BEGINNINGS: [&str; 3] = ["your-", "your_", "your "];

/// Whether a text is a placeholder that somebody forgot to fill in: `<…>`, something that ends in
/// `...` or `…`, `todo`, `changeme`, `replace_me`, `your-…`, `xxx`; in any letter case, with blanks
/// around it, and for an address also after `https://` or as the org's part of a Salesforce host.
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
            stands_for_a_value(org) || (org.contains('<') && org.contains('>'))
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
        || PLACEHOLDER_WORDS.contains(&text)
        || PLACEHOLDER_BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
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
/// Those of [`MASKS`] that nobody types in a row.
const STARS: &str = "*•●∙·⬤○◦█▪■□▒░▓⁎∗＊✱";
/// So many of [`STARS`] in a row in a longer value are a mask, whatever is around them.
const LONG_MASK: usize = 6;

/// What is written in place of a secret, in brackets or without.
#[rustfmt::skip]
const MASK_WORDS: [&str; 38] = [
    "redacted", "hidden", "masked", "filtered", "removed", "omitted", "protected", "encrypted", "obfuscated",
    "concealed", "sanitized", "sanitised", "censored", "scrubbed", "suppressed", "stripped", "truncated", "withheld",
    "sensitive", "sensitive value", "sensitive data", "confidential", "not shown", "not displayed", "hidden for security",
    "value hidden", "hidden value", "secure string", "securestring", "system.security.securestring", "[object object]",
    "known after apply", "value_specified_in_no_log_parameter", "manage consumer details", "consumer key and secret",
    "unchanged", "no change", "already set",
];
/// What is written where there is no secret.
#[rustfmt::skip]
const NOTHING_WORDS: [&str; 30] = [
    "null", "nil", "none", "undefined", "nan", "n/a", "n.a.", "na", "void", "empty", "blank", "unset", "not set", "not available",
    "not applicable", "not provided", "not specified", "not configured", "not found", "no value", "no secret", "no password",
    "missing", "missing value", "unknown", "unavailable", "#n/a", "#ref!", "#name?", "#value!",
];
/// Words in brackets alone: without them they may be a secret.
const BRACKETED_WORDS: [&str; 2] = ["secret", "secure"];
/// Beginnings of what web pages show in place of a secret, and of what Salesforce's CLI prints.
#[rustfmt::skip]
const MASK_BEGINNINGS: [&str; 17] = [
    "[redacted", "<redacted", "(redacted", "{redacted", "[hidden", "[masked", "[filtered", "redacted:", "use 'sf org",
    "click to", "click here to", "tap to reveal", "show secret", "reveal secret", "show password", "hidden (", "concealed by",
];

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
    let inside = without_brackets(&folded);
    let is_bracketed = inside.len() < folded.len();
    text.chars().all(|c| MASKS.contains(c) || c.is_whitespace())
        || is_starred(text)
        || MASK_BEGINNINGS.iter().any(|it| folded.starts_with(it) || inside.starts_with(it))
        || folded.contains("[redacted")
        || [folded.as_str(), inside]
            .iter()
            .any(|text| MASK_WORDS.contains(text) || NOTHING_WORDS.contains(text))
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
        if STARS.contains(c) {
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

/// Without brackets and stars of one kind or several around it.
fn without_brackets(text: &str) -> &str {
    let is_bracket = |c: char| "[](){}<>*_-'\"`«»|".contains(c);
    text.trim_matches(|c: char| is_bracket(c) || c.is_whitespace())
}

/// `access_token - HIDDEN`, `client secret redacted`.
fn ends_in_mask_word(text: &str) -> bool {
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    MASK_WORDS.contains(&last)
}
