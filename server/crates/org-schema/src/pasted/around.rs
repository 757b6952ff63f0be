//! Names for what stands around an address, in words of their own: what is written there may be
//! anything.

/// Characters that end an address in running text.
pub(super) const ENDS_AN_ADDRESS: &str =
    "<>\"'`|)]}\\^\u{2018}\u{2019}\u{201a}\u{201c}\u{201d}\u{201e}«»‹›…，。；、";

/// Services that wrap each link in a mail in one of their own.
#[rustfmt::skip]
const WRAPPERS: [(&str, &str); 16] = [
    ("safelinks.protection.outlook.com", "a Safe Links address of Outlook is around it"),
    ("urldefense.com", "an address of Proofpoint's URL Defense is around it"),
    ("urldefense.proofpoint.com", "an address of Proofpoint's URL Defense is around it"),
    ("google.com/url", "a link of Google is around it"),
    ("statics.teams.cdn.office.net", "a link of Teams is around it"),
    ("slack-redir.net", "a link of Slack is around it"),
    ("linkprotect.cudasvc.com", "a link of Barracuda is around it"),
    ("secure-web.cisco.com", "a link of Cisco's mail gateway is around it"),
    ("mimecast.com", "a link of Mimecast is around it"),
    ("mimecastprotect.com", "a link of Mimecast is around it"),
    ("protection.sophos.com", "a link of Sophos is around it"),
    ("fireeye.com", "a link of Trellix is around it"),
    ("clicktime.symantec.com", "a link of Symantec is around it"),
    ("l.facebook.com", "a link of Facebook is around it"),
    ("youtube.com/redirect", "a link of YouTube is around it"),
    ("linkedin.com/redir", "a link of LinkedIn is around it"),
];

/// The service that has wrapped an address.
pub(super) fn wrapper(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    WRAPPERS.iter().find(|(host, _)| text.contains(host)).map(|(_, what)| *what)
}

/// Forms of links: something in them that tells, and what they are.
#[rustfmt::skip]
const LINKS: [(&str, &str); 9] = [
    ("](", "a Markdown link is around it"),
    ("][", "a link of Org mode or Markdown is around it"),
    ("href=", "an HTML link is around it"),
    ("</a>", "an HTML link is around it"),
    ("[/url]", "a BBCode link is around it"),
    ("hyperlink(", "a formula of a spreadsheet is around it"),
    ("`_", "a link of reStructuredText is around it"),
    ("curl ", "a command is around it"),
    ("wget ", "a command is around it"),
];

/// Labels that forms, settings and people put before an address.
#[rustfmt::skip]
const LABELS: [(&str, &str); 18] = [
    ("url", "the text \"url\" is before it"),
    ("uri", "the text \"uri\" is before it"),
    ("link", "the text \"link\" is before it"),
    ("href", "the text \"href\" is before it"),
    ("host", "the text \"host\" is before it"),
    ("view", "the text \"View\" is before it"),
    ("login", "the text \"login\" is before it"),
    ("server", "the text \"server\" is before it"),
    ("domain", "the text \"domain\" is before it"),
    ("my domain", "the text \"My Domain\" is before it"),
    ("my domain url", "the text \"My Domain URL\" is before it"),
    ("current my domain url", "the text \"Current My Domain URL\" is before it"),
    ("instance url", "the text \"Instance URL\" is before it"),
    ("instanceurl", "the text \"instanceUrl\" is before it"),
    ("instance_url", "the text \"instance_url\" is before it"),
    ("serverhost", "the text \"serverHost\" is before it"),
    ("server host", "the text \"Server host\" is before it"),
    ("sf_instance_url", "the text \"SF_INSTANCE_URL\" is before it"),
];

/// Signs, and what they are called when they are before an address, behind it, or on both sides.
#[rustfmt::skip]
const SIGNS: [(&str, [&str; 3]); 15] = [
    ("\"'\u{2018}\u{2019}\u{201a}\u{201b}\u{201c}\u{201d}\u{201e}\u{201f}«»‹›「」『』", ["a quotation mark is before it", "a quotation mark is behind it", "quotation marks are around it"]),
    ("`", ["a backtick is before it", "a backtick is behind it", "backticks are around it"]),
    ("<>", ["an angle bracket is before it", "an angle bracket is behind it", "angle brackets are around it"]),
    ("()（）", ["a parenthesis is before it", "a parenthesis is behind it", "parentheses are around it"]),
    ("[]【】［］", ["a square bracket is before it", "a square bracket is behind it", "square brackets are around it"]),
    ("{}", ["a brace is before it", "a brace is behind it", "braces are around it"]),
    ("*_~", ["a formatting mark is before it", "a formatting mark is behind it", "formatting marks are around it"]),
    (",，、", ["a comma is before it", "a comma is behind it", "commas are around it"]),
    (";；", ["a semicolon is before it", "a semicolon is behind it", "semicolons are around it"]),
    (":：", ["a colon is before it", "a colon is behind it", "colons are around it"]),
    (".。…", ["dots are before it", "dots are behind it", "dots are around it"]),
    ("|", ["a vertical bar is before it", "a vertical bar is behind it", "vertical bars are around it"]),
    ("\\/", ["a slash is before it", "a slash is behind it", "slashes are around it"]),
    ("-–—•·>→=@", ["a sign is before it", "a sign is behind it", "signs are around it"]),
    ("!?", ["a punctuation mark is before it", "a punctuation mark is behind it", "punctuation marks are around it"]),
];

/// What stands around an address: in the whole text, before it and behind it.
pub(super) fn name(text: &str, before: &str, behind: &str) -> &'static str {
    let folded = text.to_lowercase();
    if let Some((_, what)) = LINKS.iter().find(|(sign, _)| folded.contains(sign)) {
        return what;
    }
    let (before, behind) = (before.trim(), behind.trim());
    if text.contains('|') {
        let is_chat = before.starts_with('<');
        return if is_chat {
            "a link of a chat such as Slack (<…|…>) is around it"
        } else {
            "a wiki link is around it"
        };
    }
    if let Some(what) = misspelled_scheme(before).filter(|_| behind.is_empty()) {
        return what;
    }
    if let Some(what) = sign(before, behind) {
        return what;
    }
    let is_sign = |c: char| c.is_whitespace() || SIGNS.iter().any(|(signs, _)| signs.contains(c));
    if before.chars().all(is_sign) && behind.chars().all(is_sign) {
        match (before.is_empty(), behind.is_empty()) {
            (true, true) => {}
            (false, true) => return "signs are before it",
            (true, false) => return "signs are behind it",
            (false, false) => return "signs are around it",
        }
    }
    let label = before.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let label = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    if let Some((_, what)) = LABELS.iter().find(|(word, _)| *word == label) {
        return what;
    }
    match (before.is_empty(), behind.is_empty()) {
        (false, true) => "other text is before it",
        (true, false) => "other text is behind it",
        (false, false) => "other text is around it",
        (true, true) => "it is written more than once",
    }
}

/// `https:/`, `https//`, `htps://`, `https:\\`, `https://https://`.
fn misspelled_scheme(before: &str) -> Option<&'static str> {
    let is_scheme = before.starts_with(['h', 'H'])
        && before.ends_with([':', '/', '\\'])
        && before.chars().all(|c| {
            matches!(c.to_ascii_lowercase(), 'h' | 't' | 'p' | 's' | ':' | '/' | '\\' | ' ' | ';')
        });
    is_scheme.then_some("its scheme is not written as https://")
}

/// The one kind of sign on one side or on both.
fn sign(before: &str, behind: &str) -> Option<&'static str> {
    let consists_of =
        |text: &str, signs: &str| text.chars().all(|c| signs.contains(c) || c.is_whitespace());
    let (_, names) = SIGNS.iter().find(|(signs, _)| {
        consists_of(before, signs)
            && consists_of(behind, signs)
            && !(before.is_empty() && behind.is_empty())
    })?;
    Some(match (before.is_empty(), behind.is_empty()) {
        (false, true) => names[0],
        (true, _) => names[1],
        (false, false) => names[2],
    })
}
