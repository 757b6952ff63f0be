#!/usr/bin/env bash
# A Secret Service for the tests: takes the installed one, else installs Debian's packages (that needs root).
set -euo pipefail

has_all() {
  command -v dbus-run-session >/dev/null && command -v dbus-send >/dev/null && command -v gnome-keyring-daemon >/dev/null
}

if ! has_all; then
  SUDO=
  [ "$(id -u)" = 0 ] || SUDO='sudo -n'
  if ! command -v apt-get >/dev/null || { [ -n "$SUDO" ] && ! $SUDO true 2>/dev/null; }; then
    echo 'gnome-keyring, dbus-run-session and dbus-send are missing: install gnome-keyring and dbus, then run this again' >&2
    exit 1
  fi
  $SUDO apt-get update -qq >&2 || true # a new machine has no lists; old ones may do
  $SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gnome-keyring dbus dbus-daemon dbus-bin >&2 ||
    $SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gnome-keyring dbus >&2 # where dbus is one package
  has_all
fi
