//! Which endpoint a request is for.

use crate::answer::{Answer, Reply};
use crate::cases::{Place, recorded};
use crate::chosen::Chosen;
use crate::identity;
use crate::misbehave::{Scene, delayed, misbehave, unknown};
use crate::page;
use crate::rest;
use crate::session::Session;
use crate::soap::{self, Flavour};
use crate::token;
use crate::world::{Received, World};

/// Whether the request is for one of the simulator's own pages, which no counter counts.
pub(crate) fn is_own_page(path: &str) -> bool {
    matches!(path, "/" | "/simulator/stats" | "/simulator/reset")
}

/// Answers a request.
pub(crate) fn answer(world: &World, request: &Received) -> Reply {
    if let Some(chosen) = Chosen::by_query(request.query.as_deref()) {
        return on_demand(world, request, &chosen);
    }
    let path = request.path.as_str();
    if let Some(version) = path.strip_prefix("/services/Soap/u/") {
        return login(world, soap::answer(world, request, Flavour::Partner, version));
    }
    if let Some(version) = path.strip_prefix("/services/Soap/c/") {
        return login(world, soap::answer(world, request, Flavour::Enterprise, version));
    }
    if path == "/services/oauth2/token" {
        return login(world, token::answer(world, request));
    }
    // What the session's login asked for comes before what is true.
    if let Some(chosen) = request.session(world).and_then(later_for(path)) {
        return on_demand(world, request, &chosen);
    }
    if let ("/services/data", Some(case)) = (path, &world.options.versions_case) {
        return on_demand(world, request, &Chosen::case(case));
    }
    truth(world, request).into()
}

fn login(world: &World, reply: Reply) -> Reply {
    delayed(reply, world.options.delay)
}

/// A recorded answer shows at the requests that it was recorded at, a behaviour at all.
fn later_for(path: &str) -> impl FnOnce(Session) -> Option<Chosen> {
    let list = path == "/services/data";
    let rest = path.starts_with("/services/data");
    let userinfo = path == "/services/oauth2/userinfo";
    let identity = path.starts_with("/id/");
    move |session| {
        let chosen = session.later?;
        let fits = match &chosen {
            Chosen::Case(case) => match case.place() {
                Place::Userinfo => userinfo,
                Place::Identity => identity,
                Place::VersionList => list,
                Place::Rest => rest,
                Place::Login => false,
            },
            Chosen::Behaviour(..) => rest || userinfo || identity,
            Chosen::Unknown(_) => false,
        };
        fits.then_some(chosen)
    }
}

fn on_demand(world: &World, request: &Received, chosen: &Chosen) -> Reply {
    match chosen {
        Chosen::Case(case) => case.answer().into(),
        Chosen::Behaviour(behaviour, name) => misbehave(
            behaviour,
            name,
            &Scene {
                request,
                soap: None,
                credentials: request.bearer().map(str::to_owned).into_iter().collect(),
                success: &|_| truth(world, request),
            },
        ),
        Chosen::Unknown(what) => unknown(what).into(),
    }
}

/// The answer of every endpoint but those that log in.
fn truth(world: &World, request: &Received) -> Answer {
    let path = request.path.as_str();
    if path == "/simulator/redirected" {
        return Answer::text(200, "A redirect was followed.\n").note("A REDIRECT WAS FOLLOWED");
    }
    let only_get = path.starts_with("/services/data")
        || path.starts_with("/id/")
        || path == "/services/oauth2/userinfo";
    if only_get && request.method != "GET" && request.method != "HEAD" {
        return method_not_allowed(&request.method);
    }
    match path {
        "/services/data" | "/services/data/" => rest::version_list(world, request),
        "/services/oauth2/userinfo" => identity::userinfo(world, request),
        "/services/oauth2/revoke" => token::revoke(world, request),
        "/simulator/stats" => stats(world),
        "/simulator/reset" => {
            world.counters.reset();
            stats(world)
        }
        "/" => Answer::text(200, page::page_of(world)),
        _ => match (path.strip_prefix("/services/data/"), path.strip_prefix("/id/")) {
            (Some(rest), _) => rest::resource(world, request, rest),
            (_, Some(ids)) => identity::identity(world, request, ids),
            _ => no_longer_exists(),
        },
    }
}

fn method_not_allowed(method: &str) -> Answer {
    let error = serde_json::json!([{
        "message": format!("HTTP Method '{method}' not allowed. Allowed are HEAD,GET"),
        "errorCode": "METHOD_NOT_ALLOWED",
    }]);
    Answer::json(405, &error).header("Allow", "HEAD,GET").note("METHOD_NOT_ALLOWED")
}

fn no_longer_exists() -> Answer {
    recorded("oauth-url-no-longer-exists").note("no such address")
}

fn stats(world: &World) -> Answer {
    let stats = serde_json::to_value(world.counters.snapshot()).unwrap_or_default();
    Answer::json(200, &stats)
}
