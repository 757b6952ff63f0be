//! Edits of the workspace, and the code actions that carry them.

use serde_json::Value;

use super::super::Checked;
use super::{allowed, each, lists, says};

const EDIT: &str = "/workspace/workspaceEdit";
const ACTION: &str = "/textDocument/codeAction";

/// Checks a `WorkspaceEdit`.
pub(super) fn edit(client: &Value, edit: &Value) -> Checked {
    allowed(client, edit, "documentChanges", &format!("{EDIT}/documentChanges"))?;
    let annotations = says(client, &format!("{EDIT}/changeAnnotationSupport"));
    if edit.get("changeAnnotations").is_some() && !annotations {
        return Err(format!("the client takes no annotations: {edit}"));
    }
    each(&edit["documentChanges"], |change| {
        let operation = &change["kind"];
        if !operation.is_null() && !lists(client, &format!("{EDIT}/resourceOperations"), operation)
        {
            return Err(format!("the client cannot {operation} files: {change}"));
        }
        each(&change["edits"], |text_edit| {
            let Some(id) = text_edit["annotationId"].as_str() else { return Ok(()) };
            if edit["changeAnnotations"].get(id).is_none() {
                return Err(format!("there is no annotation {id:?} in {edit}"));
            }
            if annotations { Ok(()) } else { Err(format!("{text_edit} is annotated")) }
        })
    })
}

/// Checks a code action. Clients that say nothing of code actions get them whole: they would not
/// ask for any if they could not read them.
pub(super) fn code_action(client: &Value, params: &Value, action: &Value) -> Checked {
    edit(client, &action["edit"])?;
    if !says(client, ACTION) {
        return Ok(());
    }
    let is_command = action["command"].is_string();
    let literals = says(client, &format!("{ACTION}/codeActionLiteralSupport"));
    if !is_command && !literals {
        return Err(format!("the client takes commands alone: {action}"));
    }
    allowed(client, action, "disabled", &format!("{ACTION}/disabledSupport"))?;
    allowed(client, action, "isPreferred", &format!("{ACTION}/isPreferredSupport"))?;
    allowed(client, action, "data", &format!("{ACTION}/dataSupport"))?;
    let Some(only) = params["context"]["only"].as_array() else { return Ok(()) };
    let kind = action["kind"].as_str().unwrap_or_default();
    let is_wanted = only.iter().filter_map(Value::as_str).any(|wanted| {
        wanted.is_empty()
            || kind
                .strip_prefix(wanted)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if is_wanted { Ok(()) } else { Err(format!("{action} is none of {only:?}")) }
}
