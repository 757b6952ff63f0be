//! Why there is no keyring: what can be told from the environment and from the words of
//! the D-Bus library.

use std::ffi::OsString;
use std::path::Path;

use crate::secrets::{KeyringProblem, Machine, NoStore};

/// What a failure of the platform means. `said` is the library's text, which is written for
/// programmers: it is repeated only where nothing better is known.
pub(super) fn platform_failure(said: &str) -> KeyringProblem {
    if !cfg!(target_os = "linux") {
        return KeyringProblem::Other(said.to_owned());
    }
    let variable = |name: &str| std::env::var_os(name);
    match absence(said, &variable, &|path| path.exists()) {
        Some(why) => KeyringProblem::NoStore(why),
        None => KeyringProblem::Other(said.to_owned()),
    }
}

type Variable<'a> = &'a dyn Fn(&str) -> Option<OsString>;
type Exists<'a> = &'a dyn Fn(&Path) -> bool;

fn absence(said: &str, variable: Variable<'_>, exists: Exists<'_>) -> Option<NoStore> {
    let machine = machine(variable, exists);
    let is_one = |words: &[&str]| words.iter().any(|words| said.contains(words));
    // The bus answers, and nobody on it has the store's name.
    if is_one(&["ServiceUnknown", "NameHasNoOwner", "not provided by any .service file", "Spawn."])
    {
        return Some(NoStore::NoService(machine));
    }
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let has_bus = is_set("DBUS_SESSION_BUS_ADDRESS")
        || variable("XDG_RUNTIME_DIR")
            .is_some_and(|folder| exists(&Path::new(&folder).join("bus")));
    // The library would start a bus by X11, or finds nobody behind the address.
    let no_bus = [
        "autolaunch",
        "DBUS_SESSION_BUS_ADDRESS",
        "No DBus session",
        "Failed to connect to socket",
        "Connection refused",
        "No such file or directory",
        "NoServer",
        "Could not parse server address",
    ];
    (!has_bus || is_one(&no_bus)).then_some(NoStore::NoSession(machine))
}

fn machine(variable: Variable<'_>, exists: Exists<'_>) -> Machine {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    // As the build services set it; someone who says CI=false means that it is none.
    let in_ci =
        variable("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0");
    if in_ci || is_set("GITHUB_ACTIONS") || is_set("TF_BUILD") || is_set("JENKINS_URL") {
        Machine::Ci
    } else if is_set("WSL_DISTRO_NAME") || is_set("WSL_INTEROP") {
        Machine::Wsl
    } else if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        Machine::Ssh
    } else if exists(Path::new("/.dockerenv"))
        || exists(Path::new("/run/.containerenv"))
        || is_set("container")
        || is_set("KUBERNETES_SERVICE_HOST")
    {
        Machine::Container
    } else {
        Machine::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_X11: &str = "DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile \
                          time, set your DBUS_SESSION_BUS_ADDRESS instead";

    fn told(said: &str, variables: &[(&str, &str)], file: &str) -> Option<NoStore> {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(*value))
        };
        absence(said, &variable, &|path| path == Path::new(file))
    }

    #[test]
    fn what_is_missing_is_told_with_the_machine() {
        use Machine::{Ci, Container, Other, Ssh, Wsl};
        use NoStore::{NoService, NoSession};
        let bus = ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus");
        let gone =
            "DBus error: Failed to connect to socket /run/user/1000/bus: No such file or directory";
        let no_service =
            "DBus error: The name org.freedesktop.secrets was not provided by any .service files";
        for (said, variables, file, expected) in [
            (NO_X11, vec![], "", Some(NoSession(Other))),
            (NO_X11, vec![("SSH_TTY", "/dev/pts/1")], "", Some(NoSession(Ssh))),
            (NO_X11, vec![("WSL_DISTRO_NAME", "Ubuntu")], "", Some(NoSession(Wsl))),
            (NO_X11, vec![], "/.dockerenv", Some(NoSession(Container))),
            (NO_X11, vec![("SSH_TTY", "x")], "/.dockerenv", Some(NoSession(Ssh))),
            (NO_X11, vec![("CI", "true"), ("SSH_TTY", "x")], "/.dockerenv", Some(NoSession(Ci))),
            (NO_X11, vec![("CI", "false"), ("WSL_DISTRO_NAME", "")], "", Some(NoSession(Other))),
            (gone, vec![bus], "", Some(NoSession(Other))),
            (no_service, vec![bus], "", Some(NoService(Other))),
            (no_service, vec![bus, ("SSH_CONNECTION", "1 2 3 4")], "", Some(NoService(Ssh))),
            ("something else", vec![], "", Some(NoSession(Other))),
            ("something else", vec![bus], "", None),
            ("something else", vec![("XDG_RUNTIME_DIR", "/run/user/1")], "/run/user/1/bus", None),
        ] {
            assert_eq!(told(said, &variables, file), expected, "{said} {variables:?} {file}");
        }
    }
}
