#!/usr/bin/env bash
# Runs a program in a D-Bus session of its own, with a Secret Service that holds nothing and is unlocked:
#   session.sh PROGRAM [ARGUMENT...]
# Once it is locked, nobody is there who could be asked for the password; with ASKING=1 somebody is asked who never answers
# (and the file $HOME/asked appears, with the process id of the one who asks).
# Exit code 77: what this needs is not installed (setup.sh installs it).
set -euo pipefail

for tool in dbus-run-session dbus-send gnome-keyring-daemon; do
  command -v "$tool" >/dev/null || exit 77
done

FOLDER=$(mktemp -d)
clean_up() {
  # The daemon may still be writing when its bus goes.
  for _ in $(seq 50); do
    rm -rf "$FOLDER" 2>/dev/null && return
    sleep 0.1
  done
  echo "session.sh: $FOLDER is left behind" >&2
}
trap clean_up EXIT
export HOME=$FOLDER XDG_DATA_HOME=$FOLDER/data XDG_CONFIG_HOME=$FOLDER/config XDG_RUNTIME_DIR=$FOLDER SFORG_KEYRING_SESSION=1
mkdir -p "$XDG_DATA_HOME/dbus-1/services"
# What gnome-keyring starts to ask a person. It must never be the real one, which would ask on the screen of whoever runs the tests.
PROMPTER=$FOLDER/prompter
if [ -n "${ASKING:-}" ]; then
  printf '#!/bin/sh\necho $$ >"%s/asked"\nwhile [ -e "%s" ]; do sleep 0.2; done\n' "$FOLDER" "$PROMPTER" >"$PROMPTER"
else
  printf '#!/bin/sh\nexit 1\n' >"$PROMPTER"
fi
chmod +x "$PROMPTER"
printf '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=%s\n' "$PROMPTER" \
  >"$XDG_DATA_HOME/dbus-1/services/org.gnome.keyring.SystemPrompter.service"

# In the foreground, so that it can be ended: it may outlive its bus.
inside() {
  printf fake | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null &
  DAEMON=$!
  for _ in $(seq 300); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
      string:org.freedesktop.secrets | grep -q 'boolean true' && break
    sleep 0.1
  done
  STATUS=0
  "$@" || STATUS=$?
  kill "$DAEMON" || true
  return "$STATUS"
}
export -f inside
dbus-run-session -- bash -c 'inside "$@"' session "$@"
