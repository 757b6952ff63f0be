//! What is said to whoever asks what a step is about.

use org_ide::assists::SALESFORCE_STEPS;

use crate::steps::Step;

const COPY: &str = "Copy Consumer Key and Consumer Secret from Settings > OAuth Settings > Consumer Key and Secret.";

/// A few lines; for the way to log in, what is done in Salesforce so that an app can.
pub(super) fn help(step: Step) -> Vec<String> {
    let lines: &[&str] = match step {
        Step::Name => &[
            "Operations and people refer to the org by this name.",
            "The name of its file is made of it; an existing file is never replaced.",
        ],
        Step::Kind => &[
            "A sandbox is a copy of a production org, and has a host of its own.",
            "Developer Edition, scratch and trial orgs are production orgs to Salesforce.",
        ],
        Step::ApiVersion => &[
            "The project's version holds for all its orgs. It goes into sforg-project.json.",
            "Basic authentication works up to 64.0; OAuth 2.0 works with every version.",
        ],
        Step::Auth => {
            return SALESFORCE_STEPS.into_iter().chain([COPY]).map(str::to_owned).collect();
        }
        Step::InstanceUrl | Step::MyDomain => &[
            "Copy the Current My Domain URL from Setup > My Domain, or the address of any page of the org.",
            "Only Salesforce's own hosts are taken. Another one (a proxy, China) has to be allowed first: the setting sforg.allowedLoginHosts, or --allow-login-host.",
        ],
        Step::ClientId => &[
            "The Consumer Key of the external client app: Setup > External Client App Manager > the app > Settings > OAuth Settings.",
            "A reference such as ${env:NAME} can stand for it.",
        ],
        Step::Username => &[
            "The user of the integration, not your own. In a sandbox its name ends in the sandbox's name.",
            "A reference such as ${env:NAME} can stand for it.",
        ],
        Step::ServerHost => &[
            "Most orgs log in at the general host.",
            "Where Setup > My Domain prevents that, use the org's own host.",
        ],
        Step::Where => &[
            "The org file is kept in git, so a secret belongs elsewhere: the file refers to it.",
            "The keyring is encrypted. .env is a file that git ignores. CI sets environment variables.",
        ],
        Step::Secret => &[
            "The Consumer Secret of the external client app: Setup > External Client App Manager > the app > Settings > OAuth Settings.",
            "Nobody sees what you enter. Empty: enter it later.",
        ],
        Step::Password => &["Nobody sees what you enter. The security token comes next."],
        Step::SecurityToken => &[
            "Salesforce mails it after Settings > Reset My Security Token.",
            "It is not needed from addresses in Setup > Network Access.",
        ],
        Step::Finish => &[
            "The test sends the secret to the host above, once, and tells what Salesforce says.",
            "Nothing is written before.",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}
