//! `api-version-unknown`: not a version that Salesforce has.

use org_schema::{ApiVersion, versions};

use super::upgrade_available::newest_safe;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "api-version-unknown",
    group: Group::ApiVersion,
    severity: Severity::Error,
    files: Files::Every,
    summary: "The API version is not one that Salesforce has.",
    documentation: "Versions are written as a string with one decimal, `\"64.0\"`, without a `v`. \
        The first was 7.0. A version above the newest that this program knows is a warning only: \
        Salesforce brings a new one three times a year, and an update of this program may know it.",
    wrong: &[("sforg-project.json", "{\n  \"apiVersion\": \"v64\"\n}\n")],
    right: &[("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(field) = cx.api_version_field() else {
        return;
    };
    let Some(string) = field.string() else { return };
    let is_placeholder = org_schema::value_shapes::is_placeholder(&string.value);
    if (super::rule_context::is_blank(&string.value) && cx.applies(&super::empty_value::RULE))
        || (is_placeholder && cx.applies(&super::placeholder_value::RULE))
        || cx.is_tainted(&string.value)
    {
        return;
    }
    match ApiVersion::parse(&string.value) {
        None => {
            let message = match meant(&string.value) {
                Some(version) => format!("Not an API version. Write it as \"{version}\"."),
                None => format!(
                    "Not an API version. Write it as NN.0, such as \"{}\".",
                    newest_safe(cx)
                ),
            };
            findings.add(&RULE, string.span, message);
        }
        Some(version) if version < versions::LEAST_EVER => {
            let message = format!(
                "API {version} never existed. Use \"{}\" or another version that Salesforce supports.",
                newest_safe(cx)
            );
            findings.add(&RULE, string.span, message);
        }
        Some(version) if version > cx.newest_known() => {
            let message = format!(
                "API {version} is newer than {} ({}), the newest version known to sforg. Check \
                 it, or update sforg.",
                versions::NEWEST,
                versions::release_name(versions::NEWEST).unwrap_or_default()
            );
            findings.add(&RULE, string.span, message).severity(Severity::Warning);
        }
        Some(_) => {}
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let Some(string) = cx.api_version_field().and_then(|field| field.string()) else {
        return Vec::new();
    };
    let version = match ApiVersion::parse(&string.value) {
        Some(_) => Some(newest_safe(cx)),
        None => meant(&string.value),
    };
    version
        .map(|version| Fix {
            title: format!("Change to \"{version}\""),
            edits: vec![Edit::replace(finding.span, org_syntax::quote(&version.to_string()))],
            safe: false,
            preferred: true,
        })
        .into_iter()
        .collect()
}

/// `64`, `v64.0`, `64.00`, ` 64.0 `, `64,0`, `６４．０` and the like.
fn meant(written: &str) -> Option<ApiVersion> {
    // Signs in full width are in the order of ASCII.
    let half_width = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        ',' => '.',
        other => other,
    };
    let plain: String = written.trim().chars().map(half_width).collect();
    let number = plain.trim_start_matches(['v', 'V']);
    let whole = match number.split_once('.') {
        Some((whole, decimals)) if decimals.chars().all(|c| c == '0') => whole,
        Some(_) => return None,
        None => number,
    };
    let version = ApiVersion::parse(&format!("{whole}.0"))?;
    versions::info(version).map(|info| info.version)
}
