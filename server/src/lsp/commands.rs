//! The commands of `workspace/executeCommand`: their ids and what they take, in one table. What the
//! client is told, what lenses and code actions send and what comes back are all read from it.

mod arguments;

use lsp_types as lsp;
use org_text::Foreign;
use serde_json::{Map, Value};

pub use arguments::{
    Below, Conversion, ManyConversions, Moved, NewOrg, OneFile, OneRule, OneSecret, Upgrade,
};

/// Where a person finds a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// In the menus or commands of each of our clients.
    InClients,
    /// Among the code actions alone.
    AmongActions,
    /// In lenses alone; our clients do more with the answer than others can.
    InLenses,
}

/// A command as [`TABLE`] has it.
#[derive(Debug)]
struct Row {
    id: &'static str,
    /// What its argument is, in words.
    takes: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares it with the clients"))]
    found: Found,
    read: fn(Value) -> serde_json::Result<Command>,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($argument:ty) = $id:literal, $found:ident, $takes:expr;)*) => {
        /// A command with its argument.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Command {
            $($(#[$doc])* $name($argument),)*
        }

        const TABLE: &[Row] = &[$(Row {
            id: $id,
            takes: $takes,
            found: Found::$found,
            read: |given| serde_json::from_value(given).map(Command::$name),
        },)*];

        impl Command {
            fn id_and_argument(&self) -> (&'static str, serde_json::Result<Value>) {
                match self {
                    $(Self::$name(argument) => ($id, serde_json::to_value(argument)),)*
                }
            }
        }
    };
}

/// What the commands of lenses over Design Studio's orgs take.
const ONE_ORG: &str = r#"one object with "uri", the address of an org's file"#;

/// What most commands take.
const ONE_FILE: &str = r#"one object with "uri", the address of an org or project file"#;

commands! {
    /// Test the login of one org.
    TestLogin(OneFile) = "sforg.testLogin", InClients, ONE_FILE;
    /// Test the logins of many orgs.
    TestAllLogins(Below) = "sforg.testAllLogins", InClients,
        r#"one object with at most "uri", a folder or project file"#;
    /// Convert one org to OAuth 2.0 client credentials.
    ConvertToOAuth(Conversion) = "sforg.convertToOAuth", InClients, ONE_FILE;
    /// Convert all basic orgs of a project, or of a list.
    ConvertAll(ManyConversions) = "sforg.convertAll", InClients,
        r#"one object with "uri" and at most "orgs", the addresses of org files"#;
    /// Upgrade a project's API version.
    UpgradeProject(Upgrade) = "sforg.upgradeProject", InClients, ONE_FILE;
    /// Write `serverHost` as the system completes it.
    CompleteServerHost(OneFile) = "sforg.completeServerHost", AmongActions, ONE_FILE;
    /// Import an org of Design Studio into an org file.
    ImportOrg(OneFile) = "sforg.importOrg", InLenses, ONE_ORG;
    /// Show the operations of Design Studio that use an org.
    ShowOperations(OneFile) = "sforg.showOperations", InLenses, ONE_ORG;
    /// Show how an org of Design Studio gets to OAuth 2.0 client credentials.
    ShowOAuthSteps(OneFile) = "sforg.showOAuthSteps", InLenses, ONE_ORG;
    /// Show the last result of an org's login, or the next steps to it.
    ShowLastResult(OneFile) = "sforg.showLastResult", InClients, ONE_FILE;
    /// Show who else logs in with the same user.
    AuditLogin(OneFile) = "sforg.auditLogin", InClients, ONE_FILE;
    /// Ask for a secret and store it.
    EnterSecret(OneSecret) = "sforg.enterSecret", InClients,
        r#"one object with "uri" and at most "member""#;
    /// Stop the test of an org's login.
    CancelLogin(OneFile) = "sforg.cancelLogin", AmongActions, ONE_FILE;
    /// Show the page of a rule.
    ExplainRule(OneRule) = "sforg.explainRule", AmongActions,
        r#"one object with "rule", the name of a rule"#;
    /// Show where a person allows logins at other hosts than Salesforce's.
    ShowAllowedHosts(OneFile) = "sforg.showAllowedHosts", AmongActions, ONE_FILE;
    /// Never ask about an upgrade of a project again.
    NeverAskUpgrade(OneFile) = "sforg.neverAskUpgrade", AmongActions, ONE_FILE;
    /// Move written secrets to where they are safer.
    MoveSecret(Moved) = "sforg.moveSecret", AmongActions,
        r#"one object with "uri", "member" and "to" ("keyring" or "env")"#;
    /// Make a new org.
    NewOrg(NewOrg) = "sforg.newOrg", AmongActions,
        r#"one object with "answers" and "secret", as the request sforg/newOrg/finish"#;
}

impl Command {
    /// The ids of all commands.
    pub fn ids() -> Vec<String> {
        TABLE.iter().map(|row| row.id.to_owned()).collect()
    }

    /// Reads a command that the client sent.
    ///
    /// # Errors
    /// There is no such command, or it takes something else; in words that do not repeat the argument,
    /// which may be a secret in the wrong place.
    pub fn read(id: &str, arguments: Vec<Value>) -> Result<Self, String> {
        let row = TABLE.iter().find(|row| row.id == id);
        let row = row.ok_or_else(|| format!("sforg has no command \"{}\".", Foreign(id)))?;
        let given = arguments.into_iter().next().filter(|given| !given.is_null());
        let mut given = given.unwrap_or_else(|| Value::Object(Map::new()));
        if let Value::Object(members) = &mut given {
            // Some clients write null for what they leave out.
            members.retain(|_, value| !value.is_null());
        }
        (row.read)(given).map_err(|_| format!("The command {id} takes {}.", row.takes))
    }

    /// The file that it is about.
    pub fn file(&self) -> Option<&lsp::Url> {
        match self {
            Self::TestLogin(file)
            | Self::CompleteServerHost(file)
            | Self::ShowLastResult(file)
            | Self::ShowAllowedHosts(file)
            | Self::AuditLogin(file)
            | Self::CancelLogin(file)
            | Self::NeverAskUpgrade(file)
            | Self::ImportOrg(file)
            | Self::ShowOperations(file)
            | Self::ShowOAuthSteps(file) => Some(&file.uri),
            Self::TestAllLogins(below) => below.uri.as_ref(),
            Self::ConvertToOAuth(conversion) => Some(&conversion.uri),
            Self::ConvertAll(conversions) => Some(&conversions.uri),
            Self::UpgradeProject(upgrade) => Some(&upgrade.uri),
            Self::MoveSecret(moved) => Some(&moved.uri),
            Self::EnterSecret(secret) => Some(&secret.uri),
            Self::ExplainRule(_) | Self::NewOrg(_) => None,
        }
    }

    /// The command as LSP has it, for a lens or a code action.
    pub fn to_lsp(&self, title: &str) -> lsp::Command {
        let (id, argument) = self.id_and_argument();
        let arguments = argument.ok().map(|argument| vec![argument]);
        lsp::Command { title: title.to_owned(), command: id.to_owned(), arguments }
    }
}

#[cfg(test)]
mod tests {
    use org_schema::secret_ref::SecretStore;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn editors() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors")
    }

    fn texts(folder: &Path, ending: &str) -> String {
        let mut all = String::new();
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                all.push_str(&texts(&path, ending));
            } else if path.extension().is_some_and(|own| own == ending) {
                all.push_str(&fs::read_to_string(&path).expect("a text"));
            }
        }
        all
    }

    /// The strings of a source text that begin with `prefix`, between quotes of either kind.
    fn strings<'t>(text: &'t str, prefix: &str) -> BTreeSet<&'t str> {
        let quotes = ['\'', '"', '`'];
        let pieces = text.split(quotes).filter(|piece| piece.starts_with(prefix));
        let is_name = |piece: &&str| piece.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        pieces.filter(is_name).collect()
    }

    fn found(found: Found) -> BTreeSet<&'static str> {
        TABLE.iter().filter(|row| row.found == found).map(|row| row.id).collect()
    }

    fn in_clients() -> BTreeSet<&'static str> {
        found(Found::InClients)
    }

    /// Those whose answer our clients do something with.
    fn followed_up() -> BTreeSet<&'static str> {
        BTreeSet::from(["sforg.importOrg", "sforg.showOperations"])
    }

    #[test]
    fn what_is_followed_up_is_in_lenses() {
        assert!(followed_up().is_subset(&found(Found::InLenses)));
    }

    #[test]
    fn vs_code_knows_the_same_commands() {
        let sources = texts(&editors().join("vscode/src"), "ts");
        let package = fs::read_to_string(editors().join("vscode/package.json")).expect("a text");
        let package: Value = serde_json::from_str(&package).expect("JSON");
        let settings = package["contributes"]["configuration"]["properties"].as_object();
        let settings: Vec<&String> = settings.expect("settings").keys().collect();
        assert!(settings.len() > 3, "{settings:?}");
        let is_setting = |name: &str| {
            settings.iter().any(|it| *it == name || it.starts_with(&format!("{name}.")))
        };
        let mut named = strings(&sources, "sforg.");
        // What belongs to the window has names of the client's own.
        let of_window =
            ["'setContext', '", "createStatusItem('", "createLanguageStatus('"].map(|call| {
                sources.split(call).skip(1).filter_map(|rest| rest.split('\'').next()).collect()
            });
        let of_window: BTreeSet<&str> = of_window.into_iter().flat_map(|it: Vec<_>| it).collect();
        assert!(of_window.contains("sforg.failedOnly"), "{of_window:?}");
        named.retain(|name| !is_setting(name) && *name != "sforg.exe" && !of_window.contains(name));
        let mut known: BTreeSet<_> = in_clients().union(&followed_up()).copied().collect();
        // The status bar cancels what it shows.
        known.insert("sforg.cancelLogin");
        assert_eq!(named, known);
        let own = package["contributes"]["commands"].as_array().expect("commands");
        let own: BTreeSet<_> = own.iter().filter_map(|it| it["command"].as_str()).collect();
        for id in in_clients() {
            let id = id.replace("sforg.", "salesforceOrg.");
            assert!(own.contains(id.as_str()), "{id} is not in package.json: {own:?}");
        }
        let registered = strings(&sources, "salesforceOrg.");
        // Besides those that are for nobody to choose.
        assert!(own.is_subset(&registered), "{own:?} are registered: {registered:?}");
    }

    #[test]
    fn neovim_knows_the_same_commands() {
        let lua = editors().join("nvim/lua/sforg");
        let mut sources = texts(&editors().join("nvim/lua"), "lua");
        sources.push_str(&texts(&editors().join("nvim/plugin"), "lua"));
        sources.push_str(&texts(&editors().join("nvim/lsp"), "lua"));
        let is_module = |name: &str| {
            let name = name.trim_start_matches("sforg.");
            lua.join(name).with_extension("lua").exists()
        };
        let mut named = strings(&sources, "sforg.");
        named.retain(|name| !is_module(name));
        let known: BTreeSet<_> = in_clients().union(&followed_up()).copied().collect();
        assert_eq!(named, known);
    }

    #[test]
    fn a_command_comes_back_as_it_was_sent() {
        let uri = || lsp::Url::parse("file:///w/a.sforg.json").expect("a URI");
        for command in [
            Command::TestLogin(OneFile { uri: uri() }),
            Command::TestAllLogins(Below { uri: None }),
            Command::ConvertToOAuth(Conversion { uri: uri(), version: Some(7) }),
            Command::UpgradeProject(Upgrade { uri: uri(), to: Some("68.0".to_owned()) }),
            Command::MoveSecret(Moved { uri: uri(), member: None, to: SecretStore::EnvFile }),
        ] {
            let sent = command.to_lsp("Do it");
            assert!(Command::ids().contains(&sent.command));
            assert_eq!(Command::read(&sent.command, sent.arguments.expect("one")), Ok(command));
        }
    }

    #[test]
    fn null_is_as_good_as_nothing() {
        let sent = serde_json::json!({ "uri": "file:///w/a.sforg.json", "to": null });
        let read = Command::read("sforg.upgradeProject", vec![sent]).expect("a command");
        assert!(matches!(read, Command::UpgradeProject(Upgrade { to: None, .. })), "{read:?}");
        let all = Command::read("sforg.testAllLogins", vec![serde_json::json!({ "uri": null })]);
        assert_eq!(all, Ok(Command::TestAllLogins(Below { uri: None })));
    }

    #[test]
    fn what_is_wrong_is_not_repeated() {
        let wrong = vec![Value::String("NOTREALpw".to_owned())];
        for id in Command::ids() {
            let error = Command::read(&id, wrong.clone()).expect_err("no object");
            assert!(error.starts_with(&format!("The command {id} takes one object")), "{error}");
            assert!(!error.contains("NOTREAL"), "{error}");
        }
        assert_eq!(
            Command::read("sforg.\u{1b}", Vec::new()),
            Err("sforg has no command \"sforg.␛\".".to_owned())
        );
    }
}
