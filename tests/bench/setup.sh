#!/usr/bin/env bash
# valgrind for the stage instructions: takes the installed one, else installs Debian's package (that needs root).
set -euo pipefail

command -v valgrind >/dev/null && exit 0
SUDO=
[ "$(id -u)" = 0 ] || SUDO='sudo -n'
if ! command -v apt-get >/dev/null || { [ -n "$SUDO" ] && ! $SUDO true 2>/dev/null; }; then
  echo 'valgrind is missing: install it, then run this again' >&2
  exit 1
fi
$SUDO apt-get update -qq >&2 || true # a new machine has no lists; old ones may do
$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends valgrind >&2
command -v valgrind >/dev/null
