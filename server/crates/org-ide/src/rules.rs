//! The rules. Each stands in a file of its own: what it finds, how it words it, what mends it, and
//! its documentation. Adding one takes that file and one line of [`ALL`].

mod agent_version_unknown;
mod api_version_missing;
mod api_version_not_supported_by_agent;
mod api_version_override;
mod api_version_retired;
mod api_version_retiring;
mod api_version_unknown;
mod basic_auth_blocks_upgrade;
mod basic_auth_removed;
mod basic_auth_retiring;
mod client_id_shape;
mod client_secret_shape;
mod comment;
mod design_studio_differs;
mod design_studio_org_missing;
mod design_studio_project_unreadable;
mod design_studio_version_unknown;
mod documentation;
mod duplicate_connection;
mod duplicate_member;
mod duplicate_org_name;
mod empty_value;
mod examples;
mod file_too_large;
mod findings;
mod foreign_reference;
mod instance_url_invalid;
mod instance_url_legacy;
mod instance_url_login_host;
mod instance_url_not_salesforce;
mod instance_url_ui_host;
mod invalid_encoding;
mod invalid_value;
mod invisible_character;
mod login_failed;
mod login_refusal;
mod missing_member;
mod oauth_needs_newer_agent;
mod oauth_needs_newer_design_studio;
mod one_right_answer;
mod password_flow_retiring;
mod placeholder_value;
mod plaintext_secret;
mod rule_context;
mod sandbox_mismatch;
mod secret_not_found;
mod secret_reference_invalid;
mod security_token_in_password;
mod security_token_shape;
mod server_host_invalid;
mod server_host_mismatch;
mod server_host_not_salesforce;
mod surrounding_blanks;
mod syntax_error;
mod syntax_fixes;
mod too_many_findings;
mod trailing_comma;
mod unknown_member;
mod upgrade_available;
mod username_shape;
mod wrong_type;

use std::collections::HashSet;

use org_text::{Foreign, neutral};

use crate::context::Context;
use crate::document::Document;
use crate::finding::{Finding, Fix, Group, Severity};
use crate::names_listed::SHOWN_OF_A_NAME;
use crate::project_facts::ProjectFacts;

pub(crate) use api_version_missing::version_to_begin_with;
pub(crate) use api_version_not_supported_by_agent::{
    beyond_what_is_known, how_available, how_unavailable,
};
pub use documentation::{documentation_page, explain};
pub use findings::Findings;
pub use login_refusal::{LoginRefusal, refuses_login};
pub(crate) use rule_context::KnownString;
pub use rule_context::RuleContext;
pub(crate) use unknown_member::Unknown;
pub(crate) use upgrade_available::{newest_available, newest_safe, would_break_basic};

/// All rules, in the order of the documentation.
pub static ALL: &[&Rule] = &[
    &syntax_error::RULE,
    &comment::RULE,
    &trailing_comma::RULE,
    &duplicate_member::RULE,
    &file_too_large::RULE,
    &invalid_encoding::RULE,
    &too_many_findings::RULE,
    &unknown_member::RULE,
    &missing_member::RULE,
    &wrong_type::RULE,
    &invalid_value::RULE,
    &empty_value::RULE,
    &placeholder_value::RULE,
    &api_version_missing::RULE,
    &api_version_unknown::RULE,
    &api_version_retired::RULE,
    &api_version_retiring::RULE,
    &upgrade_available::RULE,
    &api_version_not_supported_by_agent::RULE,
    &api_version_override::RULE,
    &basic_auth_removed::RULE,
    &basic_auth_retiring::RULE,
    &basic_auth_blocks_upgrade::RULE,
    &password_flow_retiring::RULE,
    &oauth_needs_newer_agent::RULE,
    &oauth_needs_newer_design_studio::RULE,
    &instance_url_invalid::RULE,
    &instance_url_login_host::RULE,
    &instance_url_ui_host::RULE,
    &instance_url_not_salesforce::RULE,
    &instance_url_legacy::RULE,
    &server_host_invalid::RULE,
    &server_host_not_salesforce::RULE,
    &server_host_mismatch::RULE,
    &sandbox_mismatch::RULE,
    &username_shape::RULE,
    &security_token_in_password::RULE,
    &security_token_shape::RULE,
    &client_id_shape::RULE,
    &client_secret_shape::RULE,
    &foreign_reference::RULE,
    &invisible_character::RULE,
    &plaintext_secret::RULE,
    &secret_not_found::RULE,
    &secret_reference_invalid::RULE,
    &duplicate_org_name::RULE,
    &duplicate_connection::RULE,
    &agent_version_unknown::RULE,
    &design_studio_version_unknown::RULE,
    &design_studio_differs::RULE,
    &design_studio_org_missing::RULE,
    &design_studio_project_unreadable::RULE,
    &login_failed::RULE,
];

/// Which files a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// Org files in our JSON: the rule is about JSON, or about what only our files hold.
    Org,
    /// Orgs, whatever they are written in.
    EveryOrg,
    /// Project files (`sforg-project.json`).
    Project,
    /// Projects, Design Studio's `project.xml` among them.
    EveryProject,
    /// Both of our files.
    Both,
    /// Every file of orgs, in every syntax.
    Every,
    /// Logins in the files of other tools. Rules of other files that judge these, too, are in
    /// [`OF_OTHER_TOOLS`].
    OtherTools,
}

/// An example in a rule's documentation: a few files, by name. The last one is the file that the
/// rule speaks about.
pub type Example = &'static [(&'static str, &'static str)];

/// A rule: name, meaning, and the functions that find and mend.
pub struct Rule {
    /// The diagnostic's `code`.
    pub name: &'static str,
    /// Its group.
    pub group: Group,
    /// Severity unless the project says otherwise; a finding may be milder or graver where the
    /// documentation says so.
    pub severity: Severity,
    /// Which files it looks at.
    pub files: Files,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// Why, and what to do; Markdown.
    pub documentation: &'static str,
    /// Files that it speaks about.
    pub wrong: Example,
    /// The same, mended.
    pub right: Example,
    /// Finds and words.
    pub check: fn(&RuleContext<'_>, &mut Findings),
    /// The edits that mend one finding.
    pub fix: fn(&RuleContext<'_>, &Finding) -> Vec<Fix>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Rule {
    /// Where the rule is documented; a diagnostic's `codeDescription.href`.
    pub fn documentation_url(&self) -> String {
        format!("{DOCUMENTATION_BASE}#{}", self.name)
    }
}

/// The generated page that documents all rules.
pub const DOCUMENTATION_BASE: &str =
    "https://github.com/sforg/sforg/blob/main/server/docs/rules.md";

/// A rule by its name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// The rule whose name was probably meant by one that no rule has.
pub fn nearest(name: &str) -> Option<&'static Rule> {
    crate::spelling::nearest(name, names()).and_then(find)
}

/// The names of all rules, in the order of the registry.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.name).collect()
}

/// The rules that judge a login in the file of another tool, too.
pub(crate) const OF_OTHER_TOOLS: [&Rule; 7] = [
    &api_version_retired::RULE,
    &api_version_retiring::RULE,
    &basic_auth_removed::RULE,
    &basic_auth_retiring::RULE,
    &instance_url_login_host::RULE,
    &instance_url_legacy::RULE,
    &plaintext_secret::RULE,
];

/// Whether a rule is about how somebody logs in, wherever that is written.
pub fn judges_logins(rule: &Rule) -> bool {
    rule.files == Files::OtherTools || OF_OTHER_TOOLS.contains(&rule)
}

/// What a new project file mends.
pub(crate) const API_VERSION_MISSING: &Rule = &api_version_missing::RULE;
/// What a host may be that a user trusts all the same.
pub(crate) const NOT_SALESFORCE_RULES: [&Rule; 2] =
    [&instance_url_not_salesforce::RULE, &server_host_not_salesforce::RULE];
/// What moving a secret mends.
pub(crate) const PLAINTEXT_SECRET: &Rule = &plaintext_secret::RULE;
/// What the conversion to OAuth 2.0 mends.
pub(crate) const BASIC_AUTH_RULES: [&Rule; 3] =
    [&basic_auth_blocks_upgrade::RULE, &basic_auth_removed::RULE, &basic_auth_retiring::RULE];

/// Fixes of rules that have none.
pub(crate) fn no_fix(_: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    Vec::new()
}

/// A file as messages name it.
pub(crate) fn file_label(project: &ProjectFacts, file: &str, from: &str) -> String {
    Foreign(project.path_shown(file, from)).to_string()
}

/// A name as messages quote it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{:.SHOWN_OF_A_NAME$}\"", Foreign(name))
}

/// All findings of a document, in the order of the text, severities as the project wants them; of
/// very many the gravest, and one that says how many more there are.
pub fn check(document: &Document, context: &Context<'_>) -> Vec<Finding> {
    let (mut findings, left_out) = find_all(document, context);
    let level = |rule: &Rule| context.project.and_then(|project| project.severities.get(rule.name));
    let is_on = |rule: &Rule| !matches!(level(rule), Some(None));
    findings.retain(|finding| is_on(finding.rule));
    for finding in &mut findings {
        if let Some(Some(severity)) = level(finding.rule) {
            finding.severity = *severity;
        }
    }
    let more = left_out.into_iter().filter(|(rule, _)| is_on(rule)).map(|(_, more)| more).sum();
    too_many_findings::limit(&mut findings, more, is_on(&too_many_findings::RULE));
    findings
}

/// All findings that are kept, whatever the project's `rules` say.
pub fn check_as_written(document: &Document, context: &Context<'_>) -> Vec<Finding> {
    find_all(document, context).0
}

/// What the rules find, in the order of the text, and how much of which is not kept.
fn find_all(
    document: &Document,
    context: &Context<'_>,
) -> (Vec<Finding>, Vec<(&'static Rule, usize)>) {
    let cx = RuleContext::new(document, context);
    let mut all = Findings::default();
    for rule in ALL.iter().copied().filter(|rule| cx.applies(rule)) {
        (rule.check)(&cx, &mut all);
        all.end_of(rule);
    }
    let mut findings = all.findings;
    let mut seen = HashSet::new();
    findings
        .retain(|finding| seen.insert((finding.rule.name, finding.span, finding.message.clone())));
    findings.sort_by_key(|finding| (finding.span, finding.rule.name));
    (findings, all.left_out)
}

/// What one rule finds, whichever kind of file it looks at.
#[cfg(test)]
pub(crate) fn check_one(rule: &'static Rule, cx: &RuleContext<'_>) -> Vec<Finding> {
    let mut all = Findings::default();
    if cx.applies(rule) {
        (rule.check)(cx, &mut all);
    }
    all.findings
}

/// The fixes of one finding.
pub fn fixes(document: &Document, context: &Context<'_>, finding: &Finding) -> Vec<Fix> {
    // Design Studio owns its files, and so do other tools: nothing of ours ever writes there.
    if !document.kind().is_json() {
        return Vec::new();
    }
    let mut fixes = (finding.rule.fix)(&RuleContext::new(document, context), finding);
    for fix in &mut fixes {
        fix.title = neutral(&fix.title).into_owned();
    }
    fixes
}

#[cfg(test)]
mod tests;
