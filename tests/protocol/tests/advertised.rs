//! What is advertised works, and nothing else is offered.

use protocol_tests::{Client, Position, Range, Setup, Workspace, basic_org, code};
use serde_json::{Value, json};

/// Requests about a document, by the capability that advertises them.
const REQUESTS: [(&str, &str); 27] = [
    ("hoverProvider", "textDocument/hover"),
    ("completionProvider", "textDocument/completion"),
    ("signatureHelpProvider", "textDocument/signatureHelp"),
    ("declarationProvider", "textDocument/declaration"),
    ("definitionProvider", "textDocument/definition"),
    ("typeDefinitionProvider", "textDocument/typeDefinition"),
    ("implementationProvider", "textDocument/implementation"),
    ("referencesProvider", "textDocument/references"),
    ("documentHighlightProvider", "textDocument/documentHighlight"),
    ("documentSymbolProvider", "textDocument/documentSymbol"),
    ("codeActionProvider", "textDocument/codeAction"),
    ("codeLensProvider", "textDocument/codeLens"),
    ("documentLinkProvider", "textDocument/documentLink"),
    ("colorProvider", "textDocument/documentColor"),
    ("documentFormattingProvider", "textDocument/formatting"),
    ("documentRangeFormattingProvider", "textDocument/rangeFormatting"),
    ("documentOnTypeFormattingProvider", "textDocument/onTypeFormatting"),
    ("renameProvider", "textDocument/rename"),
    ("foldingRangeProvider", "textDocument/foldingRange"),
    ("selectionRangeProvider", "textDocument/selectionRange"),
    ("linkedEditingRangeProvider", "textDocument/linkedEditingRange"),
    ("callHierarchyProvider", "textDocument/prepareCallHierarchy"),
    ("monikerProvider", "textDocument/moniker"),
    ("inlayHintProvider", "textDocument/inlayHint"),
    ("semanticTokensProvider", "textDocument/semanticTokens/full"),
    ("diagnosticProvider", "textDocument/diagnostic"),
    ("workspaceSymbolProvider", "workspace/symbol"),
];

/// Everything that one of the requests needs.
fn params(uri: &str, text: &str) -> Value {
    let name = Range::of_text(text, "\"Acme\"", Default::default());
    json!({
        "textDocument": {"uri": uri},
        "position": name.start_inside().json(),
        "positions": [name.start_inside().json()],
        "range": Range::new(Position::new(0, 0), Position::new(4, 0)).json(),
        "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1},
        "options": {"tabSize": 2, "insertSpaces": true},
        "ch": "\n",
        "newName": "Renamed",
        "query": "",
    })
}

fn session(workspace: &Workspace) -> (Client, Value) {
    let mut server = Setup::new().capable().folder(workspace).spawn();
    server.allow("textDocument/publishDiagnostics");
    let result = server.begin();
    (server, result["capabilities"].clone())
}

#[test]
fn a_request_works_where_it_is_advertised_and_only_there() {
    let workspace = Workspace::new();
    let text = basic_org("Acme", &[]);
    let uri = workspace.write("acme.sforg.json", &text);
    workspace.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    let (mut server, capabilities) = session(&workspace);
    server.open(&uri, 1, &text);
    server.diagnostics(&uri, 1);
    for (capability, method) in REQUESTS {
        let is_advertised =
            capabilities.get(capability).is_some_and(|value| !matches!(value, Value::Bool(false)));
        let answer = server.request(method, params(&uri, &text));
        match answer {
            Ok(_) => assert!(is_advertised, "{method} works and is not advertised"),
            Err(error) => {
                assert!(!is_advertised, "{method} is advertised and answers {error}");
                // The protocol library reads the params of some of them first.
                let codes = [code::METHOD_NOT_FOUND, code::INVALID_PARAMS];
                assert!(codes.contains(&error.code), "{method}: {error}");
            }
        }
    }
    let known: Vec<_> = REQUESTS.iter().map(|(capability, _)| *capability).collect();
    let others = ["positionEncoding", "textDocumentSync", "executeCommandProvider", "workspace"];
    for (capability, _) in capabilities.as_object().expect("capabilities") {
        assert!(
            known.contains(&capability.as_str()) || others.contains(&capability.as_str()),
            "{capability} is not tested here"
        );
    }
}

#[test]
fn requests_about_what_is_not_open_are_answered_with_nothing() {
    let workspace = Workspace::new();
    let text = basic_org("Acme", &[]);
    let (mut server, capabilities) = session(&workspace);
    for uri in ["untitled:never-opened", "file:///nowhere/acme.sforg.json", "file:///x.txt"] {
        for (capability, method) in REQUESTS {
            if capabilities.get(capability).is_some() {
                let answer = server.request(method, params(uri, &text));
                if let Err(error) = answer {
                    // A rename says why; nothing else has a reason to fail.
                    assert_eq!(method, "textDocument/rename", "{error}");
                    assert_ne!(error.code, code::INTERNAL_ERROR, "{error}");
                }
            }
        }
    }
}

#[test]
fn every_advertised_command_is_known() {
    let workspace = Workspace::new();
    let (mut server, capabilities) = session(&workspace);
    let commands = capabilities["executeCommandProvider"]["commands"].clone();
    let commands = commands.as_array().expect("commands");
    for needed in ["sforg.testLogin", "sforg.convertToOAuth"] {
        assert!(commands.contains(&json!(needed)), "{needed}");
    }
    for command in commands {
        let name = command.as_str().expect("a name");
        assert!(name.starts_with("sforg."), "{name}");
        let params = json!({"command": name, "arguments": ["no object"]});
        let error = server
            .request("workspace/executeCommand", params)
            .expect_err("commands take an object");
        // It tells of its argument, not that nobody knows it.
        assert_eq!(error.code, code::INVALID_PARAMS, "{name}: {error}");
        assert!(error.message.contains(&format!("{name} takes")), "{name}: {error}");
    }
}
