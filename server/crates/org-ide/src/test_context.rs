//! A world for unit tests: October 2026, no project, nothing allowed, nothing known.

use org_schema::Date;

use crate::context::Context;

/// Asks in that world.
pub(crate) fn in_context<T>(ask: impl FnOnce(&Context<'_>) -> T) -> T {
    ask(&Context::alone("org.sforg.json", Date { year: 2026, month: 10, day: 15 }))
}
