//! What sforg's own clients take besides LSP.

use serde_json::json;

use super::Capabilities;

/// The names in `capabilities.experimental.sforg`, a list. Each is a method of the server's, or a way to
/// show what LSP has no words for; a client that names none gets plain LSP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnFeatures {
    /// `sforg/showStatus`: good news, shown for some seconds where nobody has to close it.
    pub status: bool,
    /// `sforg/show`: a page of the client (a result, all results, a setting, the workspace's trust).
    pub pages: bool,
    /// `sforg/chooseOrgs`: a list of orgs with a tick each.
    pub choose_orgs: bool,
    /// `sforg/enterSecret`: a box for a secret.
    pub enter_secret: bool,
    /// `sforg/orgsChanged`: it shows a list of orgs.
    pub orgs: bool,
    /// `window/showMessageRequest` with `unasked` answers are buttons of a message, which take no key.
    pub buttons: bool,
    /// Snippets may have choices: tab stops at which a list opens. Other clients may write them as they stand.
    pub choices: bool,
    /// Lenses may be asked for each second while a login is tested.
    pub running_lens: bool,
}

impl OwnFeatures {
    pub(super) fn of(client: Capabilities<'_>) -> Self {
        let takes = |name: &str| client.lists("/experimental/sforg", &json!(name));
        Self {
            status: takes("showStatus"),
            pages: takes("show"),
            choose_orgs: takes("chooseOrgs"),
            enter_secret: takes("enterSecret"),
            orgs: takes("orgsChanged"),
            buttons: takes("messageButtons"),
            choices: takes("choiceSnippets"),
            running_lens: takes("runningLens"),
        }
    }
}
