//! Instance hosts: names of the pod that an org lives on, in use before every org had a My Domain.

use super::HostKind;
use crate::host_name;

/// Prefixes of the old naming. `cs` instances hold sandboxes, the others production.
const CLASSIC: [&str; 5] = ["ap", "cs", "eu", "na", "um"];
/// Prefix of the sandbox instances among [`CLASSIC`].
const CLASSIC_SANDBOX: &str = "cs";
/// Prefixes of the newer naming: the ISO 3166 code of the country where the instance runs. Salesforce
/// publishes no list; these are the countries of its regions and a few where one may open next. A
/// missing one would turn away a good address, while every host below `salesforce.com` is
/// Salesforce's own.
const COUNTRIES: [&str; 26] = [
    "are", "aus", "bel", "bra", "can", "che", "chl", "deu", "esp", "fra", "gbr", "idn", "ind",
    "irl", "isr", "ita", "jpn", "kor", "mex", "nld", "nzl", "sau", "sgp", "swe", "usa", "zaf",
];
/// Most digits in the number of an instance.
const MAX_DIGITS: usize = 4;

/// Kind of `<front>.salesforce.com`, when it is an instance. `front` is in lower case.
pub(super) fn classify(front: &str) -> Option<HostKind> {
    match front.split_once('.') {
        None => is_instance(front).then_some(HostKind::Instance),
        Some((instance, cell)) => {
            is_hyperforce(instance, cell).then_some(HostKind::HyperforceInstance)
        }
    }
}

/// Whether a label is the name of an instance, such as `na139` or `ind3`.
pub(super) fn is_instance(label: &str) -> bool {
    split_number(label)
        .is_some_and(|(prefix, _)| CLASSIC.contains(&prefix) || COUNTRIES.contains(&prefix))
}

/// Sandbox or production by the prefix of an instance host; `None` where the prefix tells neither.
pub(super) fn is_sandbox(host: &str) -> Option<bool> {
    let host = host.to_ascii_lowercase();
    let (prefix, _) = split_number(host.split('.').next()?)?;
    CLASSIC.contains(&prefix).then_some(prefix == CLASSIC_SANDBOX)
}

/// `usa2s.sfdc-xxxx`: a country, a number, often an `s`, and the name of the Hyperforce cell. The
/// pattern is the one in Salesforce's sfdx-core.
fn is_hyperforce(instance: &str, cell: &str) -> bool {
    let instance = instance.strip_suffix('s').unwrap_or(instance);
    let is_country = split_number(instance).is_some_and(|(prefix, _)| COUNTRIES.contains(&prefix));
    is_country && cell.starts_with("sfdc-") && host_name::is_label(cell)
}

/// Letters and number of an instance name; `None` when the number is missing, too long or begins
/// with a needless zero.
fn split_number(label: &str) -> Option<(&str, &str)> {
    let digits = label.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = label.split_at_checked(digits)?;
    let is_number = number.len() <= MAX_DIGITS && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && (number == "0" || !number.starts_with('0'))).then_some((prefix, number))
}
