//! Inlay hints: what holds for an org and is not written in its file.

use org_schema::versions;

use crate::context::Context;
use crate::document::Document;
use crate::effective::{EffectiveVersion, VersionOrigin, derived_server_host};
use crate::finding::Related;
use crate::lower::Field;
use crate::rules::RuleContext;

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// Byte offset behind which it stands.
    pub offset: u32,
    /// Its text.
    pub label: String,
    /// Where what it says is written, if anywhere.
    pub origin: Option<Related>,
}

/// The hints of a document.
pub fn inlay_hints(document: &Document, context: &Context<'_>) -> Vec<InlayHint> {
    let cx = RuleContext::new(document, context);
    let mut hints = Vec::new();
    if let Some((version, span)) = cx.written_version()
        && let Some(release) = versions::release_name(version)
    {
        let comma = crate::member_edits::comma_after(cx.tree(), span.end);
        let offset = comma.map_or(span.end, |comma| comma.end);
        hints.push(InlayHint { offset, label: release.to_owned(), origin: None });
    }
    hints.extend(inherited_version(&cx));
    hints.extend(server_host(&cx));
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// At the end of the line of `name`.
fn inherited_version(cx: &RuleContext<'_>) -> Option<InlayHint> {
    let org = cx.org()?;
    let effective = EffectiveVersion::of(org, cx.context.project)
        .filter(|effective| effective.origin == VersionOrigin::Project)?;
    let project = cx.context.project?;
    let version = effective.version;
    let label = match versions::release_name(version) {
        Some(release) => format!("API {version} ({release})"),
        None => format!("API {version}"),
    };
    let origin = project.file.as_ref().zip(project.api_version_span).map(|(file, span)| Related {
        file: file.clone(),
        span,
        message: "The project's API version".to_owned(),
    });
    Some(InlayHint { offset: behind(cx, org.name.as_ref()?)?, label, origin })
}

/// At the end of the line of `sandbox`, which decides it, else of the type; nowhere while another host is
/// asked for.
fn server_host(cx: &RuleContext<'_>) -> Option<InlayHint> {
    let org = cx.org()?;
    if org.server_host.is_some() || cx.instance_url_problem().is_some() {
        return None;
    }
    let host = derived_server_host(org)?;
    let offset = behind(cx, org.sandbox.as_ref().or(org.auth.kind.as_ref())?)?;
    Some(InlayHint { offset, label: format!("server host: {host}"), origin: None })
}

/// Behind the value and its comma.
fn behind(cx: &RuleContext<'_>, field: &Field) -> Option<u32> {
    let end = field.value_span?.end;
    let comma = crate::member_edits::comma_after(cx.tree(), end);
    Some(comma.map_or(end, |comma| comma.end))
}

#[cfg(test)]
mod tests {
    use org_schema::Date;

    use super::inlay_hints;
    use crate::{Context, Document, FileKind, ProjectFacts};

    fn shown(kind: FileKind, text: &str, project: Option<&str>) -> String {
        let mut facts = ProjectFacts::default();
        if let Some(project) = project {
            let project = Document::new(FileKind::Project, project);
            facts.set_file("sforg-project.json", &project);
        }
        let context = Context {
            project: Some(&facts),
            ..Context::alone("acme.sforg.json", Date { year: 2026, month: 11, day: 24 })
        };
        let mut shown = text.to_owned();
        for hint in inlay_hints(&Document::new(kind, text), &context).iter().rev() {
            shown.insert_str(hint.offset as usize, &format!(" «{}»", hint.label));
        }
        shown
    }

    #[test]
    fn what_is_inherited_or_completed_is_shown() {
        let text =
            "{\n  \"name\": \"A\",\n  \"sandbox\": true,\n  \"auth\": { \"type\": \"basic\" }\n}";
        insta::assert_snapshot!(shown(FileKind::Org, text, Some(r#"{"apiVersion": "64.0"}"#)), @r#"
        {
          "name": "A", «API 64.0 (Summer '25)»
          "sandbox": true, «server host: test.salesforce.com»
          "auth": { "type": "basic" }
        }
        "#);
    }

    #[test]
    fn what_is_written_gets_its_release_name_alone() {
        let text = r#"{"apiVersion": "61.0", "serverHost": "x", "auth": {"type": "basic"}}"#;
        assert_eq!(
            shown(FileKind::Org, text, Some(r#"{"apiVersion": "64.0"}"#)),
            r#"{"apiVersion": "61.0", «Summer '24» "serverHost": "x", "auth": {"type": "basic"}}"#
        );
        assert_eq!(
            shown(FileKind::Project, r#"{"apiVersion": "68.0"}"#, None),
            r#"{"apiVersion": "68.0" «Winter '27»}"#
        );
    }

    #[test]
    fn each_hint_is_on_a_line_of_its_own() {
        let text = "{\n  \"name\": \"A\",\n  \"auth\": {\n    \"type\": \"basic\"\n  }\n}";
        insta::assert_snapshot!(shown(FileKind::Org, text, Some(r#"{"apiVersion": "64.0"}"#)), @r#"
        {
          "name": "A", «API 64.0 (Summer '25)»
          "auth": {
            "type": "basic" «server host: login.salesforce.com»
          }
        }
        "#);
    }

    #[test]
    fn nothing_is_said_that_cannot_be_told() {
        for text in ["", "{", "{}", r#"{"auth": {}}"#, r#"{"apiVersion": "x"}"#] {
            assert_eq!(shown(FileKind::Org, text, None), text);
        }
        assert_eq!(shown(FileKind::Org, "{}", Some(r#"{"apiVersion": "64.0"}"#)), "{}");
        let wrong = r#"{"sandbox": true, "auth": {"type": "oauth2-client-credentials", "instanceUrl": "https://acme.lightning.force.com"}}"#;
        assert_eq!(shown(FileKind::Org, wrong, None), wrong, "the host that a finding calls wrong");
    }
}
