//! The commands of `workspace/executeCommand`.

use serde_json::json;
use test_support::{Setup, code};

#[test]
fn every_advertised_command_is_known() {
    let mut server = Setup::new().capable().spawn();
    let commands = server.begin()["capabilities"]["executeCommandProvider"]["commands"].clone();
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
