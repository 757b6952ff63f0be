//! What clients say about themselves.

use serde_json::{Value, json};
use test_support::{Type, meta_model};

/// The clients that everything is tried with, by name.
pub fn clients() -> [(&'static str, Value); 3] {
    [
        ("a minimal client", json!({})),
        ("VS Code", vs_code()),
        ("a client that can all", everything()),
    ]
}

/// What VS Code says, as far as it matters to a server of this kind.
fn vs_code() -> Value {
    json!({
        "workspace": {
            "applyEdit": true,
            "workspaceEdit": {
                "documentChanges": true,
                "resourceOperations": ["create", "rename", "delete"],
                "failureHandling": "textOnlyTransactional",
                "normalizesLineEndings": true,
                "changeAnnotationSupport": {"groupsOnLabel": true},
            },
            "configuration": true,
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "symbol": {
                "dynamicRegistration": true,
                "symbolKind": {"valueSet": (1..=26).collect::<Vec<_>>()},
                "tagSupport": {"valueSet": [1]},
                "resolveSupport": {"properties": ["location.range"]},
            },
            "codeLens": {"refreshSupport": true},
            "executeCommand": {"dynamicRegistration": true},
            "didChangeConfiguration": {"dynamicRegistration": true},
            "workspaceFolders": true,
            "semanticTokens": {"refreshSupport": true},
            "inlayHint": {"refreshSupport": true},
            "inlineValue": {"refreshSupport": true},
            "diagnostics": {"refreshSupport": true},
            "fileOperations": {
                "dynamicRegistration": true,
                "didCreate": true, "didRename": true, "didDelete": true,
                "willCreate": true, "willRename": true, "willDelete": true,
            },
        },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": false,
                "tagSupport": {"valueSet": [1, 2]},
                "codeDescriptionSupport": true, "dataSupport": true,
            },
            "synchronization": {
                "dynamicRegistration": true,
                "willSave": true, "willSaveWaitUntil": true, "didSave": true,
            },
            "completion": {
                "dynamicRegistration": true,
                "contextSupport": true,
                "completionItem": {
                    "snippetSupport": true,
                    "commitCharactersSupport": true,
                    "documentationFormat": ["markdown", "plaintext"],
                    "deprecatedSupport": true,
                    "preselectSupport": true,
                    "tagSupport": {"valueSet": [1]},
                    "insertReplaceSupport": true,
                    "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
                    "insertTextModeSupport": {"valueSet": [1, 2]},
                    "labelDetailsSupport": true,
                },
                "insertTextMode": 2,
                "completionItemKind": {"valueSet": (1..=25).collect::<Vec<_>>()},
                "completionList": {
                    "itemDefaults": ["commitCharacters", "editRange", "insertTextFormat", "insertTextMode", "data"],
                },
            },
            "hover": {"dynamicRegistration": true, "contentFormat": ["markdown", "plaintext"]},
            "signatureHelp": {"dynamicRegistration": true},
            "definition": {"dynamicRegistration": true, "linkSupport": true},
            "references": {"dynamicRegistration": true},
            "documentHighlight": {"dynamicRegistration": true},
            "documentSymbol": {
                "dynamicRegistration": true,
                "symbolKind": {"valueSet": (1..=26).collect::<Vec<_>>()},
                "hierarchicalDocumentSymbolSupport": true,
                "tagSupport": {"valueSet": [1]},
                "labelSupport": true,
            },
            "codeAction": {
                "dynamicRegistration": true,
                "isPreferredSupport": true,
                "disabledSupport": true,
                "dataSupport": true,
                "resolveSupport": {"properties": ["edit"]},
                "codeActionLiteralSupport": {
                    "codeActionKind": {"valueSet": ["", "quickfix", "refactor", "refactor.rewrite", "source"]},
                },
                "honorsChangeAnnotations": true,
            },
            "codeLens": {"dynamicRegistration": true},
            "formatting": {"dynamicRegistration": true},
            "rangeFormatting": {"dynamicRegistration": true},
            "onTypeFormatting": {"dynamicRegistration": true},
            "rename": {
                "dynamicRegistration": true, "prepareSupport": true,
                "prepareSupportDefaultBehavior": 1, "honorsChangeAnnotations": true,
            },
            "documentLink": {"dynamicRegistration": true, "tooltipSupport": true},
            "foldingRange": {
                "dynamicRegistration": true, "rangeLimit": 5000, "lineFoldingOnly": true,
                "foldingRangeKind": {"valueSet": ["comment", "imports", "region"]},
                "foldingRange": {"collapsedText": false},
            },
            "selectionRange": {"dynamicRegistration": true},
            "semanticTokens": {
                "dynamicRegistration": true,
                "tokenTypes": ["keyword", "variable", "number", "string", "property"],
                "tokenModifiers": ["deprecated"],
                "formats": ["relative"],
                "requests": {"range": true, "full": {"delta": true}},
                "multilineTokenSupport": false,
                "overlappingTokenSupport": false,
                "serverCancelSupport": true,
                "augmentsSyntaxTokens": true,
            },
            "inlayHint": {"dynamicRegistration": true, "resolveSupport": {"properties": ["tooltip"]}},
            "diagnostic": {"dynamicRegistration": true, "relatedDocumentSupport": false},
        },
        "window": {
            "showMessage": {"messageActionItem": {"additionalPropertiesSupport": true}},
            "showDocument": {"support": true},
            "workDoneProgress": true,
        },
        "general": {
            "staleRequestSupport": {"cancel": true, "retryOnContentModified": []},
            "regularExpressions": {"engine": "ECMAScript", "version": "ES2020"},
            "markdown": {"parser": "marked", "version": "1.1.0"},
            "positionEncodings": ["utf-16"],
        },
    })
}

/// The same and what VS Code lacks.
fn everything() -> Value {
    let mut all = vs_code();
    for (place, member, value) in [
        ("/general", "positionEncodings", json!(["utf-8", "utf-16", "utf-32"])),
        ("/textDocument/publishDiagnostics", "versionSupport", json!(true)),
        ("/textDocument/diagnostic", "relatedDocumentSupport", json!(true)),
        ("/textDocument/foldingRange", "lineFoldingOnly", json!(false)),
        ("/textDocument/foldingRange/foldingRange", "collapsedText", json!(true)),
        ("/textDocument/semanticTokens", "multilineTokenSupport", json!(true)),
        ("/textDocument/semanticTokens", "overlappingTokenSupport", json!(true)),
    ] {
        all.pointer_mut(place).expect("a part of VS Code's")[member] = value;
    }
    let document = all["textDocument"].as_object_mut().expect("an object");
    for method in [
        "declaration",
        "typeDefinition",
        "implementation",
        "colorProvider",
        "callHierarchy",
        "typeHierarchy",
        "linkedEditingRange",
        "moniker",
        "inlineValue",
    ] {
        document.insert(method.to_owned(), json!({"dynamicRegistration": true}));
    }
    all["notebookDocument"] = json!({"synchronization": {"dynamicRegistration": true}});
    all
}

#[test]
fn the_clients_say_what_lsp_lets_them() {
    let model = meta_model();
    for (name, capabilities) in clients() {
        let checked = model.check(&Type::named("ClientCapabilities"), &capabilities, name);
        assert_eq!(checked, Ok(()));
    }
}
