//! Refusals of the ways to log in that sforg itself does not use: user name and password over OAuth,
//! the JWT bearer flow, refresh tokens, the web server flow; and of a session that a tool has kept.
//!
//! Sources: Salesforce's "OAuth 2.0 Authorization Errors"; texts as users of client libraries report
//! them. That new orgs block the user-name-password flow: release notes of Summer '23.

use super::surroundings::Grant;
use crate::cause::Cause;
use crate::causes::Explanation;

/// What is wrong in such a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherFlow {
    /// "authentication failure" for a user name and a password.
    PasswordRefused,
    /// The same in the JWT bearer flow.
    JwtUserRefused,
    /// The same where the text does not tell how the tool logs in.
    UserRefused,
    PasswordFlowOff,
    RefreshTokenRefused,
    /// The user, or an administrator for the user, has not let the app in.
    ConsumerNotApproved,
    AssertionRefused,
    AudienceRefused,
    AuthorizationCodeRefused,
    RedirectUriMismatch,
    CodeChallenge,
    SessionInvalid,
    /// What stands in the `Authorization` header is no session that Salesforce can read.
    HeaderRefused,
    /// Anything else that the client credentials flow cannot cause.
    Request,
}

/// What "authentication failure" means for a way to log in; `None` for client credentials, which the
/// table knows.
pub(super) fn refused_user(grant: Grant) -> Option<OtherFlow> {
    match grant {
        Grant::ClientCredentials => None,
        Grant::Password => Some(OtherFlow::PasswordRefused),
        Grant::Jwt => Some(OtherFlow::JwtUserRefused),
        Grant::RefreshToken => Some(OtherFlow::RefreshTokenRefused),
        Grant::Unknown => Some(OtherFlow::UserRefused),
    }
}

/// The codes that stand for many reasons, in which the text decides.
const GRANT: &[&str] = &["invalid_grant", "invalid_request", "access_denied", "invalid_client"];

/// Phrases, as [`crate::causes::plain`] has them, and what they mean. The first that fits counts.
const PHRASES: &[(&str, OtherFlow)] = &[
    ("username password flow disabled", OtherFlow::PasswordFlowOff),
    ("authentication failure invalid password", OtherFlow::PasswordRefused),
    ("expired access refresh token", OtherFlow::RefreshTokenRefused),
    ("token validity expired", OtherFlow::RefreshTokenRefused),
    ("refresh token", OtherFlow::RefreshTokenRefused),
    ("inactive token", OtherFlow::RefreshTokenRefused),
    ("user not approved consumer", OtherFlow::ConsumerNotApproved),
    ("user has not approved consumer", OtherFlow::ConsumerNotApproved),
    ("audience", OtherFlow::AudienceRefused),
    ("assertion", OtherFlow::AssertionRefused),
    ("expired authorization code", OtherFlow::AuthorizationCodeRefused),
    ("invalid authorization code", OtherFlow::AuthorizationCodeRefused),
    ("redirect uri must match configuration", OtherFlow::RedirectUriMismatch),
    ("code challenge", OtherFlow::CodeChallenge),
    ("code verifier", OtherFlow::CodeChallenge),
];

/// The flow's reason behind a code and a [`plain`](crate::causes::plain) text.
pub(super) fn recognise(code: &str, text: &str) -> Option<OtherFlow> {
    let code = code.to_ascii_lowercase();
    match code.as_str() {
        "invalid_session_id" => return Some(OtherFlow::SessionInvalid),
        "invalid_auth_header" => return Some(OtherFlow::HeaderRefused),
        "redirect_uri_mismatch" | "redirect_uri_missing" => {
            return Some(OtherFlow::RedirectUriMismatch);
        }
        "invalid_assertion_type" | "bad_jti_claim" => return Some(OtherFlow::AssertionRefused),
        _ => {}
    }
    if !GRANT.contains(&code.as_str()) {
        return None;
    }
    let says = |phrase: &str| text.contains(&format!(" {phrase} "));
    PHRASES.iter().find(|(phrase, _)| says(phrase)).map(|(_, flow)| *flow)
}

/// Where Salesforce keeps the reason of a refused OAuth login.
const HISTORY: &str = "In the org, open Setup > Login History: it shows the real reason. If the \
                       attempt is not there, the login went to another org, or no user has this \
                       name.";

/// How a password is sent right.
const PASSWORD: &str = "Check the user name (in a sandbox it ends in a dot and the sandbox's \
                        name), and send the password with the security token appended, with \
                        nothing in between, unless the org trusts the tool's network.";

/// Where the flow itself can be off.
const PASSWORD_FLOW: &str = "Check that the org still allows the flow: Setup > OAuth and OpenID Connect \
     Settings > Allow OAuth Username-Password Flows. It is off in orgs created since Summer '23.";

/// The flow that stays.
const CLIENT_CREDENTIALS: &str = "The lasting solution is OAuth 2.0 client credentials: \
                                  Salesforce is retiring the username-password flow.";

impl OtherFlow {
    pub(super) fn cause(self) -> Cause {
        match self {
            OtherFlow::PasswordRefused => Cause::WrongCredentials,
            OtherFlow::ConsumerNotApproved => Cause::AppNotApproved,
            _ => Cause::Other,
        }
    }

    /// The words for it; `host` is where the login went, for a sentence.
    pub(super) fn explain(self, host: &str) -> Explanation {
        match self {
            OtherFlow::PasswordRefused => password_refused(host),
            OtherFlow::UserRefused => user_refused(),
            OtherFlow::JwtUserRefused => jwt_user_refused(),
            OtherFlow::PasswordFlowOff => password_flow_off(),
            OtherFlow::RefreshTokenRefused => refresh_token(),
            OtherFlow::ConsumerNotApproved => not_approved(),
            OtherFlow::AssertionRefused => assertion(),
            OtherFlow::AudienceRefused => audience(),
            OtherFlow::AuthorizationCodeRefused => authorization_code(),
            OtherFlow::RedirectUriMismatch => redirect_uri(),
            OtherFlow::CodeChallenge => code_challenge(),
            OtherFlow::SessionInvalid => session(),
            OtherFlow::HeaderRefused => header(),
            OtherFlow::Request => request(),
        }
    }
}

fn password_flow_off() -> Explanation {
    Explanation::new("The org does not allow the OAuth flow with user name and password.")
        .step(PASSWORD_FLOW)
        .step(CLIENT_CREDENTIALS)
}

fn authorization_code() -> Explanation {
    Explanation::new(
        "Salesforce no longer accepts this authorization code: it works once, within 15 minutes.",
    )
    .step("Start the browser login again, and let the tool exchange the new code right away.")
    .step(
        "If it happens each time, check whether something opens the redirect twice (a proxy, a \
         retry).",
    )
}

fn redirect_uri() -> Explanation {
    Explanation::new(
        "The redirect address that the tool sends is not among the app's callback URLs.",
    )
    .step(
        "Compare it letter by letter (scheme, port, path, trailing slash) with Setup > \
             External Client App Manager > your app > Settings > OAuth Settings > Callback URL.",
    )
    .step("Add it there on its own line; it takes a few minutes to reach all of Salesforce.")
}

fn code_challenge() -> Explanation {
    Explanation::new(
        "The app requires a proof key (PKCE); the tool sent none, or one that does not match.",
    )
    .step("Let the tool use PKCE, if it can.")
    .step(
        "Otherwise untick Require Proof Key for Code Exchange (PKCE) in Setup > External Client \
         App Manager > your app > Settings > OAuth Settings > Security.",
    )
}

fn request() -> Explanation {
    Explanation::new(
        "Salesforce refused the request for a reason in the OAuth flow that the tool uses.",
    )
    .step(
        "Read Salesforce's own code and message, and compare the tool's OAuth settings with them.",
    )
    .step("In the org, open Setup > Login History: it may show more about this attempt.")
    .step("Leave the credentials alone until the reason is known.")
}

fn password_refused(host: &str) -> Explanation {
    Explanation::new(format!(
        "Salesforce at {host} refused the user name, the password or the security token."
    ))
    .step(HISTORY)
    .step(PASSWORD)
    .step(PASSWORD_FLOW)
    .step(
        "Change something before the tool tries again: each failed attempt counts toward the user's \
         lock-out.",
    )
    .step(CLIENT_CREDENTIALS)
}

fn user_refused() -> Explanation {
    Explanation::new("Salesforce did not let the user log in, and does not say why.")
        .step(HISTORY)
        .step(format!("If the tool sends a user name and a password: {}", lower_first(PASSWORD)))
        .step(PASSWORD_FLOW)
        .step(
            "If it uses client credentials: check the Run As user in Setup > External Client App \
             Manager > your app > Policies > OAuth Policies (active, not frozen, API Enabled, \
             within the Login Hours and Login IP Ranges).",
        )
        .step(
            "Do not let it retry unchanged: with a password, each failed attempt counts toward the \
             user's lock-out.",
        )
}

fn jwt_user_refused() -> Explanation {
    Explanation::new("Salesforce did not let the user of this JWT log in, and does not say why.")
        .step(HISTORY)
        .step(
            "Check the user named in the JWT (`sub`): active, not frozen, in this org, within the \
         Login Hours and Login IP Ranges of the profile.",
        )
        .step(
            "Check that the login went to the right place: test.salesforce.com or the sandbox's \
             My Domain for a sandbox.",
        )
}

fn refresh_token() -> Explanation {
    Explanation::new(
        "Salesforce no longer accepts the token that the tool has stored: it has expired or was \
         revoked.",
    )
    .step(
        "Connect the tool to Salesforce again (authorize it in the browser), which gives it a new \
         refresh token.",
    )
    .step(
        "See the app's Refresh Token Policy: Setup > External Client App Manager > your app > \
         Policies > OAuth Policies; it may end tokens after some time or on first use.",
    )
    .step(
        "A user keeps a few tokens for each app: the same user connected in many places loses \
             the oldest one. A token of production does not work in a refreshed sandbox.",
    )
}

fn not_approved() -> Explanation {
    Explanation::new("The user has not let this app in, and no administrator has for the user.")
        .step(
            "In Setup > External Client App Manager > your app > Policies, set Permitted Users to \
             admin-approved users, and select a profile or permission set of the user (connected app: \
             Setup > App Manager > your app > Manage > Edit Policies, then Manage Profiles or Manage \
             Permission Sets).",
        )
        .step(
            "Or let the user approve it once in the browser, by the web server flow, with the scopes \
             `api` and `refresh_token`.",
        )
        .step(
            "Check that the user name belongs to this org: a sandbox has its own user names."
        )
}

fn assertion() -> Explanation {
    Explanation::new("Salesforce does not accept the JWT that the tool signed.")
        .step(
            "Check the key: the certificate that belongs to it must be uploaded in Setup > External \
             Client App Manager > your app > Settings > OAuth Settings (Use Digital Signatures), and \
             must not have expired.",
        )
        .step(
            "Check its claims: `iss` is the app's consumer key, `sub` the user name, `aud` the \
             login host, `exp` a few minutes ahead."
        )
        .step("Check the clock of the machine that signs it.")
}

fn audience() -> Explanation {
    Explanation::new("The JWT is meant for a different login host from the one it was sent to.")
        .step(
            "For a sandbox, let the tool log in at https://test.salesforce.com or the sandbox's My \
             Domain; for production, at https://login.salesforce.com or the org's My Domain.",
        )
        .step("The audience (`aud`) of the JWT must be one of these too, without a path.")
}

fn session() -> Explanation {
    Explanation::new("The session that the tool uses is not valid here, or no longer valid.")
        .step("Let the tool log in again; if it caches the session, clear the cache first.")
        .step(
            "Use it only at the host that came with it (`instance_url`, `serverUrl`), never at \
             login.salesforce.com.",
        )
        .step(
            "If it happens soon after the login: see Setup > Session Settings (timeout, lock to \
             the IP address), and whether the app has the scope Manage user data via APIs (api).",
        )
}

fn header() -> Explanation {
    Explanation::new(
        "Salesforce cannot read the access token that the tool sends: it is missing, cut off, or \
         no longer valid.",
    )
    .step(
        "If it happens in the middle of a long run, the token has expired: let the tool log in \
         again, and see Setup > Session Settings (timeout).",
    )
    .step(
        "If it happens right away, the tool has no token: look for the answer to its login \
         earlier in the output, and check whether it logs in at all with these settings.",
    )
    .step(
        "If you wrote the tool: send the token whole and on one line, `Authorization: Bearer`, a \
         space, then `access_token` from the login's answer.",
    )
}

/// A sentence as it goes on after a colon.
fn lower_first(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(characters).collect()
}
