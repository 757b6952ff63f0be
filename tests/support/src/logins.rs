//! The steps of *Test Salesforce Login* as an editor sees them.

use serde_json::{Value, json};

use crate::client::Client;

/// The command.
const COMMAND: &str = "sforg.testLogin";

impl Client {
    /// Starts the test of a file's login.
    pub fn test_login(&mut self, uri: &str) {
        self.execute(COMMAND, json!({"uri": uri}));
    }

    /// Waits for the question about a host that is not Salesforce's and agrees; its text.
    pub fn agree_to_host(&mut self) -> String {
        let params = self.serve("window/showMessageRequest", json!({"title": "Send"}));
        match params["message"].as_str() {
            Some(text) => text.to_owned(),
            None => self.fail(&format!("{params} asks nothing")),
        }
    }

    /// Waits for the progress to be created and to begin; its token and title.
    pub fn progress_begins(&mut self) -> (Value, String) {
        let created = self.serve("window/workDoneProgress/create", Value::Null);
        let token = created["token"].clone();
        let begin = self.progress(&token);
        if begin["kind"] != "begin" || begin["cancellable"] != true {
            self.fail(&format!("{begin} does not begin a progress that can be cancelled"));
        }
        (token, begin["title"].as_str().unwrap_or_default().to_owned())
    }

    /// Waits for the end of a progress; its message.
    pub fn progress_ends(&mut self, token: &Value) -> String {
        loop {
            let report = self.progress(token);
            match report["kind"].as_str() {
                Some("report") => {}
                Some("end") => return report["message"].as_str().unwrap_or_default().to_owned(),
                _ => self.fail(&format!("{report} neither goes on nor ends")),
            }
        }
    }

    fn progress(&mut self, token: &Value) -> Value {
        let params = self.notification("$/progress");
        if params["token"] != *token {
            self.fail(&format!("{params} should be about the progress {token}"));
        }
        params["value"].clone()
    }

    /// Answers everything on the way of a login and waits for its message: type and text.
    pub fn log_in(&mut self, uri: &str, is_first: bool) -> (i64, String) {
        self.test_login(uri);
        if is_first {
            self.agree_to_host();
        }
        let (token, _) = self.progress_begins();
        self.progress_ends(&token);
        let message = self.shown_message();
        self.serve("workspace/codeLens/refresh", Value::Null);
        message
    }
}
