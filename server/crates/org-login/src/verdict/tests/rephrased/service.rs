//! The host and the service, and what is not known.

use super::Answer;
use super::Form::*;

pub(super) const ANSWERS: &[Answer] = &[
    // Host and service.
    (Json, 400, "invalid_grant", "Request is not supported on this domain.", "wrong-host"),
    (Array, 401, "INVALID_SESSION_ID", "Session expired or invalid", "wrong-host"),
    (
        Bare,
        500,
        "ORG_NOT_OWNED_BY_INSTANCE",
        "Tried to log in to the wrong server instance",
        "wrong-host",
    ),
    (Json, 400, "rate_limit_exceeded", "Number of logins exceeded.", "rate-limited"),
    (Json, 429, "invalid_grant", "authentication failure", "rate-limited"),
    (Array, 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded", "rate-limited"),
    (
        Soap12,
        500,
        "INVALID_LOGIN",
        "The number of logins for this user was exceeded",
        "rate-limited",
    ),
    (Json, 503, "invalid_grant", "authentication failure", "salesforce-unavailable"),
    (Json, 500, "invalid_client", "invalid client credentials", "salesforce-unavailable"),
    (Soap12, 503, "SERVER_UNAVAILABLE", "Server Too Busy", "salesforce-unavailable"),
    (Json, 400, "server_error", "An unexpected error occurred", "salesforce-unavailable"),
    (Json, 407, "invalid_client", "invalid client credentials", "proxy"),
    // Nothing is known about these, whatever their words.
    (Json, 400, "brand_new_code", "user is inactive and the flow is disabled", "other"),
    (Soap12, 500, "BRAND_NEW_CODE", "Invalid password", "other"),
    (Json, 400, "invalid_grant", "Authentication Failure.", "other"),
    (Json, 400, "invalid_grant", "", "other"),
    (Json, 400, "invalid_scope", "the requested scope is not allowed", "other"),
];
