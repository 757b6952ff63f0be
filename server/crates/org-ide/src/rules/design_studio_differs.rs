//! `design-studio-differs`: Design Studio has another host, sandbox flag or API version for the same org.

use org_schema::members::AuthType;
use org_syntax::Span;

use super::examples::LINKED_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::design_studio_link::{DesignStudioLink, LinkedOrg};
use crate::effective::derived_server_host;
use crate::finding::{Group, Severity};
use crate::lower::{Field, OrgDef};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "design-studio-differs",
    group: Group::Project,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "Design Studio has another host, sandbox flag or API version for the same org.",
    documentation: "The org file and the org in Design Studio that it is linked to \
        (`designStudioOrg`) are one org, so a login that is tested here says something about the \
        operations only while both say the same. What the project gives to orgs that write none \
        counts, and so does the server host that the system completes. The host is compared while both \
        log in the same way. Nothing is ever written to Design Studio's files: change the org in \
        Design Studio, or the org file.",
    wrong: &[
        ("Orders/project.xml", PROJECT),
        ("Orders/Data/SalesforceConnector/b4bf46f3-15ac-4c20-a9f2-9af06b286191.xml", FIRST_VERSION),
        ("sforg-project.json", LINKED),
        ("acme.sforg.json", WRONG),
    ],
    right: &[
        ("Orders/project.xml", PROJECT),
        ("Orders/Data/SalesforceConnector/b4bf46f3-15ac-4c20-a9f2-9af06b286191.xml", FIRST_VERSION),
        ("sforg-project.json", LINKED),
        ("acme.sforg.json", LINKED_ORG),
    ],
    check,
    fix: no_fix,
};

pub(super) const PROJECT: &str = "<Project name=\"Orders\"/>\n";
pub(super) const FIRST_VERSION: &str = r#"<Entity type="SalesforceConnector">
  <Header ID="b4bf46f3-15ac-4c20-a9f2-9af06b286191" Name="Acme"/>
  <Properties>
    <Item key="api_version" value="64.0"/>
    <Item enc="true" key="password" value="$00NOTREAL"/>
    <Item key="sandbox" value="0"/>
    <Item key="server_host" value="https://login.salesforce.com/"/>
  </Properties>
</Entity>
"#;
pub(super) const LINKED: &str =
    "{\n  \"apiVersion\": \"64.0\",\n  \"designStudioProject\": \"Orders\"\n}\n";
const WRONG: &str = r#"{
  "name": "Acme",
  "serverHost": "acme.my.salesforce.com",
  "apiVersion": "61.0",
  "designStudioOrg": "b4bf46f3-15ac-4c20-a9f2-9af06b286191",
  "auth": { "type": "basic" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org() else { return };
    let Some(guid) = cx.filled_in(&org.design_studio_org) else { return };
    let Some(DesignStudioLink::Read(project)) = cx.context.project.map(|project| &project.link)
    else {
        return;
    };
    let Some(there) = project.org(&guid.value) else { return };
    for difference in differences(cx, org, there) {
        let span = difference.field.as_ref().map_or(guid.span, Field::span);
        let message = format!("{}. Make both the same.", difference.words);
        let finding = findings.add(&RULE, span, message);
        finding.related(&there.file, difference.there, "Design Studio's value");
    }
}

/// One thing that is not the same in both.
struct Difference<'a> {
    /// The member that says it here, when one is written.
    field: &'a Option<Field>,
    /// Where Design Studio says it.
    there: Span,
    /// Both sides; without a full stop.
    words: String,
}

fn differences<'a>(
    cx: &RuleContext<'_>,
    org: &'a OrgDef,
    there: &LinkedOrg,
) -> Vec<Difference<'a>> {
    let version = cx.effective_version().zip(there.api_version).and_then(|(here, other)| {
        (here.version != other.0).then(|| Difference {
            field: &org.api_version,
            there: other.1,
            words: format!(
                "Design Studio uses API {} for this org, this file {}",
                other.0, here.version
            ),
        })
    });
    let sandbox = org.is_sandbox().zip(there.sandbox).and_then(|(here, other)| {
        let words = if other.0 {
            "This org is a sandbox in Design Studio, but not here"
        } else {
            "This org is a sandbox here, but not in Design Studio"
        };
        (here != other.0).then(|| Difference {
            field: &org.sandbox,
            there: other.1,
            words: words.to_owned(),
        })
    });
    // A host that the sandbox flag decides is no difference of its own.
    let is_decided = sandbox.is_some() && org.server_host.is_none();
    let host = host(org, there).filter(|_| !is_decided);
    [version, sandbox, host].into_iter().flatten().collect()
}

fn host<'a>(org: &'a OrgDef, there: &LinkedOrg) -> Option<Difference<'a>> {
    let (other, span) = there.server_host.as_ref()?;
    let here = match org.auth_type()? {
        // One of them is converted already, and logs in elsewhere for that reason.
        own if there.auth_type.is_some_and(|other| other != own) => return None,
        AuthType::OAuth2ClientCredentials => (derived_server_host(org)?, &org.auth.instance_url),
        AuthType::Basic if there.auth_type.is_none() => return None,
        AuthType::Basic => match &org.server_host {
            Some(field) => (field.str()?.to_owned(), &org.server_host),
            None => (derived_server_host(org)?, &org.server_host),
        },
    };
    let (host, field) = here;
    (!host.is_empty() && !host.trim().eq_ignore_ascii_case(other)).then(|| Difference {
        field,
        there: *span,
        words: format!("Design Studio logs in at {other}, this file at {host}"),
    })
}
