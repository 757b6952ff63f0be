//! A world for unit tests: October 2026, no project, nothing allowed, nothing known.

use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;

use crate::context::{Context, NoEnvironment};

/// Asks in that world.
pub(crate) fn in_context<T>(ask: impl FnOnce(&Context<'_>) -> T) -> T {
    let allowed = AllowedHosts::default();
    ask(&Context {
        file: "org.sforg.json",
        today: Date { year: 2026, month: 10, day: 15 },
        project: None,
        allowed: &allowed,
        environment: &NoEnvironment,
        login: None,
        known_host: None,
        newest_version: None,
    })
}
