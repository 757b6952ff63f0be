#!/usr/bin/env bash
# A program that a test needs: takes the installed one, else installs Debian's package (that needs root).
#
#   install.sh PROGRAM PACKAGE
set -euo pipefail

program=$1 package=$2
command -v "$program" >/dev/null && exit 0
SUDO=
[ "$(id -u)" = 0 ] || SUDO='sudo -n'
if ! command -v apt-get >/dev/null || { [ -n "$SUDO" ] && ! $SUDO true 2>/dev/null; }; then
  echo "$program is missing: install $package, then run this again" >&2
  exit 1
fi
$SUDO apt-get update -qq >&2 || true # a new machine has no lists; old ones may do
$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2
command -v "$program" >/dev/null
