//! What can be asked about an org of Design Studio.

use super::*;

#[test]
fn an_org_that_is_not_imported_offers_that_and_its_steps() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let (first, text) = open(&mut server, &workspace, FIRST);
    assert_eq!(
        server.code_lens_titles(&first),
        [
            "Import into an org file",
            "Used by 2 operations",
            "Steps to OAuth 2.0 client credentials"
        ]
    );
    let (_, about) = server.hover(&first, behind(&text, "Name=\"[pay")).expect("a hover");
    assert!(about.contains("Used by 2 operations in Design Studio: "), "{about}");
    let (_, about) = server.hover(&first, behind(&text, "api_ver")).expect("a hover");
    assert!(about.contains("API 63.0"), "{about}");
    let (_, about) = server.hover(&first, behind(&text, "key=\"pass")).expect("a hover");
    assert!(about.contains("neither decrypts nor shows it") && !about.contains("$00"), "{about}");
    server.execute("sforg.showOAuthSteps", json!({"uri": first}));
    let (_, steps) = server.shown_message();
    assert!(steps.contains("tick Select OAuth 2.0 Client Credentials"), "{steps}");
    assert!(steps.contains("2 operations use this org"), "{steps}");
    // This client says nothing of what it does with answers, so it is told.
    server.execute("sforg.showOperations", json!({"uri": first}));
    let (_, told) = server.shown_message();
    assert!(told.starts_with("[payroll_user]: used by "), "{told}");
    server.execute("sforg.importOrg", json!({"uri": first}));
    assert!(server.shown_message().1.contains("sforg import"));
    server.execute("sforg.testLogin", json!({"uri": first}));
    assert!(server.shown_message().1.contains("Import into an org file"));
}

#[test]
fn places_lead_from_one_world_to_the_other() {
    let workspace = Workspace::new();
    let (project, org) = link(&workspace, "");
    copy_project(&workspace);
    let mut server = Setup::new()
        .capable()
        .capability("experimental/followsUpCommands", true)
        .folder(&workspace)
        .start();
    server.allow(PUBLISH);
    let (first, text) = open(&mut server, &workspace, FIRST);
    let ours = workspace.read("payroll.sforg.json");
    server.open(&org, 1, &ours);
    server.published_when(&org, |it| it.version == Some(1));
    let uris = |answer: Value| -> Vec<String> {
        let list = match answer {
            Value::Array(list) => list,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        list.iter().filter_map(|it| it["uri"].as_str()).map(str::to_owned).collect()
    };
    let at_name = Client::at(&first, behind(&text, "Name=\"[pay"));
    assert_eq!(
        uris(server.ask("textDocument/definition", at_name.clone())),
        std::slice::from_ref(&org)
    );
    let mut references = at_name;
    references["context"] = json!({"includeDeclaration": true});
    let all = uris(server.ask("textDocument/references", references));
    assert_eq!(all.iter().filter(|uri| uri.contains("/Operation/")).count(), 2, "{all:?}");
    assert!(all.contains(&org) && all.contains(&first), "{all:?}");
    let mut references = Client::at(&org, behind(&ours, "\"Pay"));
    references["context"] = json!({"includeDeclaration": true});
    let from_ours = uris(server.ask("textDocument/references", references));
    assert_eq!(from_ours.len(), 4, "{from_ours:?}");
    let to = Client::at(&org, behind(&ours, "7D1E"));
    assert_eq!(uris(server.ask("textDocument/definition", to)), std::slice::from_ref(&first));
    let text = workspace.read("sforg-project.json");
    server.open(&project, 1, &text);
    let to = Client::at(&project, behind(&text, "Initech"));
    let there = uri(&workspace, "project.xml");
    assert_eq!(uris(server.ask("textDocument/definition", to)), [there]);
    assert_eq!(server.code_lens_titles(&first)[0], "Test Salesforce Login");
    assert!(server.code_lens_titles(&org).contains(&"Used by 2 operations".to_owned()));
    let command = |command: &str| json!({"command": command, "arguments": [{"uri": first}]});
    let shown = server.ask("workspace/executeCommand", command("sforg.showOperations"));
    assert_eq!(shown["locations"].as_array().map(Vec::len), Some(2), "{shown}");
    let import = server.ask("workspace/executeCommand", command("sforg.importOrg"));
    assert_eq!(import["source"], workspace.uri(PROJECT));
}

#[test]
fn values_and_symbols_are_offered_without_quotes_or_secrets() {
    let workspace = Workspace::new();
    copy_project(&workspace);
    let nested = "textDocument/documentSymbol/hierarchicalDocumentSymbolSupport";
    let mut server = Setup::new().capability(nested, true).folder(&workspace).start();
    server.allow(PUBLISH);
    let (first, text) = open(&mut server, &workspace, FIRST);
    let mut labels = |what: &str| -> Vec<String> {
        let list = server.ask("textDocument/completion", Client::at(&first, behind(&text, what)));
        let items = list.as_array().cloned().unwrap_or_default();
        assert!(items.iter().all(|it| !it["textEdit"]["newText"].to_string().contains("\\\"")));
        items.iter().filter_map(|it| it["label"].as_str()).map(str::to_owned).collect()
    };
    assert!(labels("api_version\" value=\"63").contains(&"64.0".to_owned()));
    assert_eq!(labels("sandbox\" value=\""), ["1", "0"]);
    assert_eq!(labels("server_host\" value=\"")[0], "https://login.salesforce.com/");
    assert!(labels("password\" value=\"$").is_empty());
    assert!(labels("<Prop").is_empty());
    let document = json!({"textDocument": {"uri": first}});
    let symbols = server.ask("textDocument/documentSymbol", document).to_string();
    assert!(symbols.contains("[payroll_user]") && symbols.contains("63.0"), "{symbols}");
    assert!(!symbols.contains("$00"), "{symbols}");
}

#[test]
fn orgs_are_found_by_name_where_they_can_be_opened() {
    let workspace = Workspace::new();
    link(&workspace, "");
    let mut server = start(&workspace);
    let first = uri(&workspace, FIRST);
    server.published_when(&first, |it| it.has("basic-auth-retiring"));
    let found = server.ask("workspace/symbol", json!({"query": "pay"}));
    let found = found.as_array().expect("symbols");
    let names: Vec<_> = found.iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names, ["Payroll", "[payroll_user]"]);
    assert_eq!(found[1]["location"]["uri"], first.as_str());
    assert_eq!(found[1]["containerName"], PROJECT);
    // What Design Studio has deleted is gone.
    let all = server.ask("workspace/symbol", json!({"query": "gone"}));
    assert_eq!(all, json!([]));
}

#[test]
fn values_are_offered_while_an_item_is_being_written() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let (first, text) = open(&mut server, &workspace, FIRST);
    let whole = "<Item key=\"sandbox\" value=\"0\"/>";
    let mut version = 1;
    for (written, expected) in [
        ("<Item key=\"sandbox\" value=\"", &["1", "0"][..]),
        ("<Item key=\"sandbox\" value=\"1", &["1", "0"]),
        ("<Item key='sandbox' value='", &["1", "0"]),
        ("<Item key=\"sandbox\" value=\"|\"", &["1", "0"]),
        ("<Item  value=\"x\"  key = \"sandbox\" value = \"", &["1", "0"]),
        ("<Item key=\"sandbox\" value", &[]),
        ("<Item key=\"sandbox\" value=\"1\" ", &[]),
        ("<Item key=\"password\" value=\"", &[]),
        ("<Item key=\"sandbox\" other=\"", &[]),
        ("<Item key=\"sandbox\" value=\"1\n    ", &[]),
        ("<Item key=\"", &[]),
        ("<Other key=\"sandbox\" value=\"", &[]),
    ] {
        version += 1;
        let (before, behind) = written.split_once('|').unwrap_or((written, ""));
        let typed = text.replace(whole, &format!("{before}{behind}"));
        server.replace(&first, version, &typed);
        let list = server
            .ask("textDocument/completion", Client::at(&first, super::behind(&typed, before)));
        let items = list.as_array().cloned().unwrap_or_default();
        let labels: Vec<_> = items.iter().filter_map(|it| it["label"].as_str()).collect();
        assert_eq!(labels, expected, "{written}");
        // Nothing is replaced but what is written of the value.
        for item in &items {
            let range = &item["textEdit"]["range"];
            let length = |end: &str| range[end]["character"].as_u64().expect("a number");
            assert!(length("end") - length("start") <= 1, "{item}");
        }
    }
}
