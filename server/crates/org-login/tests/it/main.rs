//! Logins as callers make them, against servers on loopback.

mod bindings;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod keyring;
mod networks;
mod safety;
mod success;
mod support;
mod waiting;
