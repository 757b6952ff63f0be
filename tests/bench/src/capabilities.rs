//! What the client says that it can do: about what VS Code says.

use serde_json::{Value, json};

/// The capabilities of a client that asks for diagnostics, or of one that is told.
pub fn of_client(pull: bool) -> Value {
    let mut capabilities = json!({
        "general": {"positionEncodings": ["utf-16"]},
        "workspace": {
            "configuration": true,
            "didChangeConfiguration": {"dynamicRegistration": true},
            "workspaceFolders": true,
            "applyEdit": true,
            "workspaceEdit": {"documentChanges": true},
            "diagnostics": {"refreshSupport": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
            "executeCommand": {"dynamicRegistration": true},
        },
        "window": {"workDoneProgress": true, "showMessage": {}},
        "textDocument": {
            "synchronization": {"dynamicRegistration": true, "didSave": true},
            "publishDiagnostics": {
                "relatedInformation": true,
                "versionSupport": true,
                "codeDescriptionSupport": true,
                "dataSupport": true,
                "tagSupport": {"valueSet": [1, 2]},
            },
            "completion": {
                "contextSupport": true,
                "completionItem": {
                    "snippetSupport": true,
                    "documentationFormat": ["markdown", "plaintext"],
                    "insertReplaceSupport": true,
                    "labelDetailsSupport": true,
                },
                "completionList": {"itemDefaults": ["commitCharacters", "editRange"]},
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "codeAction": {
                "isPreferredSupport": true,
                "dataSupport": true,
                "codeActionLiteralSupport": {
                    "codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]},
                },
            },
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "formatting": {"dynamicRegistration": true},
            "rangeFormatting": {"dynamicRegistration": true},
            "foldingRange": {"rangeLimit": 5000, "lineFoldingOnly": true},
        },
    });
    if pull {
        capabilities["textDocument"]["diagnostic"] = json!({"dynamicRegistration": true});
    }
    capabilities
}
