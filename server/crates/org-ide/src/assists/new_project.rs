//! *Create sforg-project.json*: which API version it begins with.

use org_schema::{ApiVersion, versions};

use crate::context::Context;
use crate::document::Document;
use crate::rules::{RuleContext, version_to_begin_with};

/// The version for a project file above an org that has none: one that breaks neither it nor the orgs beside it.
pub fn new_project_version(document: &Document, context: &Context<'_>) -> ApiVersion {
    let version = version_to_begin_with(&RuleContext::new(document, context));
    match context.project {
        Some(project) if project.has_org_that_could_break() => {
            version.min(versions::LAST_SOAP_LOGIN)
        }
        _ => version,
    }
}
