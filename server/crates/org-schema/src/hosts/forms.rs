//! The forms of host names as people should write them.

/// One form of host name that an org file can hold: `serverHost` takes each (SOAP `login()`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostForm {
    /// The host, with each part that a person fills in between `<` and `>`.
    pub pattern: &'static str,
    /// What kind of org is behind it, in a few words.
    pub kind: &'static str,
    /// One or two sentences of Markdown.
    pub doc: &'static str,
    /// Whether `instanceUrl` may hold it (OAuth 2.0 client credentials).
    pub client_credentials: bool,
    /// `true` for sandboxes, `false` for production, `None` where the form says neither.
    pub sandbox: Option<bool>,
}

/// A form that both ways to log in take, and that does not tell whether it is a sandbox.
const fn form(pattern: &'static str, kind: &'static str, doc: &'static str) -> HostForm {
    HostForm { pattern, kind, doc, client_credentials: true, sandbox: None }
}

/// The forms that a new file should have, the most usual first. Instance hosts are left out, because
/// Salesforce ends them.
pub static HOST_FORMS: &[HostForm] = &[
    HostForm {
        sandbox: Some(false),
        ..form(
            "<MyDomain>.my.salesforce.com",
            "production",
            "My Domain of a production org. Setup shows it under *Company Settings*, *My Domain*.",
        )
    },
    HostForm {
        sandbox: Some(true),
        ..form(
            "<MyDomain>--<SandboxName>.sandbox.my.salesforce.com",
            "sandbox",
            "My Domain of a sandbox: the production name, two hyphens, the name of the sandbox.",
        )
    },
    form(
        "<Name>-dev-ed.develop.my.salesforce.com",
        "Developer Edition",
        "My Domain of a Developer Edition org.",
    ),
    form("<Name>.scratch.my.salesforce.com", "scratch org", "My Domain of a scratch org."),
    form(
        "<Name>.trailblaze.my.salesforce.com",
        "Trailhead playground",
        "My Domain of a Trailhead playground.",
    ),
    form("<Name>.demo.my.salesforce.com", "demo org", "My Domain of a demo org."),
    form("<Name>.patch.my.salesforce.com", "patch org", "My Domain of a patch org."),
    HostForm {
        sandbox: Some(false),
        ..form(
            "<MyDomain>.my.salesforce.mil",
            "Government Cloud - Defense",
            "My Domain in Government Cloud - Defense.",
        )
    },
    HostForm {
        client_credentials: false,
        sandbox: Some(false),
        ..form(
            super::PRODUCTION_LOGIN,
            "production login",
            "Login host of every production org. Basic authentication only: it refuses OAuth 2.0 client credentials.",
        )
    },
    HostForm {
        client_credentials: false,
        sandbox: Some(true),
        ..form(
            super::SANDBOX_LOGIN,
            "sandbox login",
            "Login host of every sandbox. Basic authentication only: it refuses OAuth 2.0 client credentials.",
        )
    },
];
