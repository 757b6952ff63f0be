//! Org files: valid ones in every legal form.

use crate::draft::{Draft, Value, string};
use crate::layout::Layout;
use crate::random::Random;

/// An org file that is being put together.
#[derive(Clone, Debug)]
pub(crate) struct Org {
    /// The whole object.
    pub draft: Draft,
    /// What tells it apart: `acme-00042-uat`.
    pub label: String,
    /// Path below its project's folder.
    pub path: String,
    pub layout: Option<Layout>,
    /// Whether the file is written in Latin-1 instead of UTF-8.
    pub latin_1: bool,
}

impl Org {
    /// Sets a member of the org.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.draft.set(name, value);
    }

    /// Sets a member of `auth`.
    pub fn set_auth(&mut self, name: &str, value: impl Into<String>) {
        self.auth().set(name, value);
    }

    /// `auth`.
    pub fn auth(&mut self) -> &mut Draft {
        self.draft.object("auth")
    }

    /// The value of a member of `auth`, as it is written.
    pub fn auth_value(&mut self, name: &str) -> String {
        self.auth().raw(name)
    }
}

/// Where an org stands among all: its customer and its environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity(pub usize);

const ENVIRONMENTS: [&str; 8] =
    ["production", "uat", "training", "development", "scratch", "playground", "patch", "demo"];
/// How many orgs a customer has.
pub(crate) const ORGS_PER_CUSTOMER: usize = ENVIRONMENTS.len();
const CUSTOMERS: [&str; 6] = ["acme", "Globex", "initech", "umbrella", "Hooli", "zürich-süd"];

impl Identity {
    pub fn environment(self) -> &'static str {
        ENVIRONMENTS[self.0 % ENVIRONMENTS.len()]
    }

    fn customer(self) -> usize {
        self.0 / ENVIRONMENTS.len()
    }

    fn customer_name(self) -> &'static str {
        CUSTOMERS[self.customer() % CUSTOMERS.len()]
    }

    /// A label for host names: letters of ASCII, digits and hyphens.
    fn label(self) -> String {
        let name: String =
            self.customer_name().chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{}-{:05}", name.to_ascii_lowercase(), self.customer())
    }

    /// Path below the project's folder.
    fn path(self) -> String {
        let (customer, name) = (self.customer(), self.customer_name());
        let environment = match self.0 % 50 {
            7 => format!("{} of {name} 🚀", self.environment()),
            19 => format!("{}.v2.0", self.environment().to_uppercase()),
            _ => self.environment().to_owned(),
        };
        format!("customers/{name}-{customer:05}/{environment}.sforg.json")
    }

    /// The org's name. Now and then two of one customer differ in letter case alone, which is legal.
    fn name(self) -> String {
        let (customer, name) = (self.customer(), self.customer_name());
        match (customer % 10, self.environment()) {
            (3, environment) => format!("{name} {customer} — {environment} 日本 🚀"),
            (5, "demo") => format!("{name} {customer} PRODUCTION"),
            (_, environment) => format!("{name} {customer} {environment}"),
        }
    }

    fn environment_variable(self, suffix: &str) -> String {
        let label = self.label().replace('-', "_").to_uppercase();
        format!("{label}_{}_{suffix}", self.environment().to_uppercase())
    }

    /// A client ID that no other org has.
    pub fn client_id(self) -> String {
        let part = format!("EXAMPLE.{:05}.", self.0);
        format!("3MVG9{}", part.repeat(6))
    }

    fn username(self) -> String {
        format!("integration@{}.example.{}", self.label(), self.environment())
    }

    /// A production org on OAuth 2.0: the plainest that there is.
    pub fn oauth(self, random: &mut Random, names: &mut Vec<String>) -> Org {
        let secret = self.secret("CLIENT_SECRET", random, names);
        let url =
            string(format!("https://{}-{}.my.salesforce.com", self.label(), self.environment()));
        let id = string(self.client_id());
        let auth = Draft::of(&[
            ("type", "\"oauth2-client-credentials\""),
            ("instanceUrl", &url),
            ("clientId", &id),
            ("clientSecret", &secret),
        ]);
        self.org(auth)
    }

    /// An org on basic authentication at the production login host.
    pub fn basic(self, random: &mut Random, names: &mut Vec<String>) -> Org {
        let password = self.secret("PASSWORD", random, names);
        let username = string(self.username());
        let auth =
            Draft::of(&[("type", "\"basic\""), ("username", &username), ("password", &password)]);
        self.org(auth)
    }

    fn org(self, auth: Draft) -> Org {
        let mut draft = Draft::of(&[("name", &string(self.name()))]);
        draft.set_value("auth", Value::Object(auth));
        let label = format!("{}-{}", self.label(), self.environment());
        Org { draft, label, path: self.path(), layout: None, latin_1: false }
    }

    /// A reference to a secret; the name of an environment variable is added to `names`.
    fn secret(self, suffix: &str, random: &mut Random, names: &mut Vec<String>) -> String {
        if random.percent(50) {
            let name = self.environment_variable(suffix);
            let reference = string(format!("${{env:{name}}}"));
            names.push(name);
            return reference;
        }
        let entry = match random.below(3) {
            0 => format!("{}/{suffix}", self.name()),
            1 => format!("{}:{} ${{x \"quoted\" %", self.label(), self.environment()),
            _ => format!("{}-{}", self.label(), self.environment()),
        };
        string(format!("${{keyring:{entry}}}"))
    }

    /// An org on OAuth 2.0 in any legal form.
    pub fn any_oauth(self, random: &mut Random, names: &mut Vec<String>) -> Org {
        let mut org = self.oauth(random, names);
        let label = self.label();
        // Host, and what it says about sandboxes; the partitions that say neither take any flag.
        let (host, sandbox) = match self.environment() {
            "production" => match random.below(6) {
                0 => (format!("{label}.my.salesforce.mil"), Some(false)),
                1 => (format!("{label}-gov.my.salesforce.com"), Some(false)),
                _ => (format!("{label}.my.salesforce.com"), Some(false)),
            },
            "uat" => (format!("{label}--uat.sandbox.my.salesforce.com"), Some(true)),
            "training" => (format!("{label}--train.my.salesforce.com"), Some(true)),
            "development" => match random.below(4) {
                0 => (format!("{label}-dev-ed.my.salesforce.com"), Some(false)),
                _ => (format!("{label}-dev-ed.develop.my.salesforce.com"), None),
            },
            "scratch" => (format!("{label}-dev-ed.scratch.my.salesforce.com"), None),
            "playground" => (format!("{label}-dev-ed.trailblaze.my.salesforce.com"), None),
            "patch" => (format!("{label}-patch.patch.my.salesforce.com"), None),
            _ => {
                let partitions = ["demo", "free", "none", "sfdctest", "sfrestore"];
                let partition = random.pick(&partitions);
                (format!("{label}-demo.{partition}.my.salesforce.com"), None)
            }
        };
        let url = match random.below(20) {
            0 => format!("HTTPS://{}", host.to_uppercase()),
            1 => format!("https://{host}/"),
            _ => format!("https://{host}"),
        };
        let url = string(url);
        let url = if random.percent(3) { url.replace('/', "\\/") } else { url };
        org.set_auth("instanceUrl", url);
        set_sandbox(&mut org, sandbox, random);
        match random.below(20) {
            0 => org.set("serverHost", string(&host)),
            1 => org.set("serverHost", string(host.to_uppercase())),
            _ => {}
        }
        vary(&mut org, random);
        org
    }

    /// An org on basic authentication in any legal form.
    pub fn any_basic(self, random: &mut Random, names: &mut Vec<String>) -> Org {
        let mut org = self.basic(random, names);
        let label = self.label();
        let (host, sandbox) = match self.environment() {
            "production" => (None, Some(false)),
            "uat" => (None, Some(true)),
            "training" => (Some("test.salesforce.com".to_owned()), Some(true)),
            "development" => (Some(format!("{label}-dev-ed.develop.my.salesforce.com")), None),
            "scratch" => (Some(format!("{label}--qa.sandbox.my.salesforce.com")), Some(true)),
            "playground" => {
                let hosts = [
                    ("na139.salesforce.com", Some(false)),
                    ("cs42.salesforce.com", Some(true)),
                    ("eu55.salesforce.com", Some(false)),
                    ("usa2s.sfdc-example1.salesforce.com", None),
                ];
                let (host, sandbox) = *random.pick(&hosts);
                (Some(host.to_owned()), sandbox)
            }
            "patch" => (Some("login.salesforce.com".to_owned()), Some(false)),
            _ => (Some(format!("{}.my.salesforce.com", label.to_uppercase())), Some(false)),
        };
        if let Some(host) = host {
            org.set("serverHost", string(host));
        }
        set_sandbox(&mut org, sandbox, random);
        if random.percent(30) {
            let token = self.secret("SECURITY_TOKEN", random, names);
            org.set_auth("securityToken", token);
        }
        vary(&mut org, random);
        org
    }
}

/// Writes `sandbox` as the host says it; `false` may be left out.
fn set_sandbox(org: &mut Org, by_host: Option<bool>, random: &mut Random) {
    let written = match by_host {
        Some(true) => Some(true),
        Some(false) => random.percent(30).then_some(false),
        None => random.percent(40).then(|| random.percent(50)),
    };
    if let Some(written) = written {
        org.set("sandbox", written.to_string());
    }
}

/// Optional members, their order and the file's layout.
fn vary(org: &mut Org, random: &mut Random) {
    if random.percent(20) {
        let texts = [
            "",
            "TODO: <ask the admin> ... https://wiki.acme.example/salesforce // not a comment",
            "Zürich \u{1f3e2}, \"north\" \\ south",
        ];
        org.set("description", string(random.pick(&texts)));
    }
    if random.percent(5) {
        org.set("$schema", "\"./org.schema.json\"");
    }
    if random.percent(15) {
        random.shuffle(&mut org.draft.members);
        random.shuffle(&mut org.auth().members);
    }
    org.layout = Some(Layout::any(random));
}
