#!/usr/bin/env bash
# The Salesforce CLI from npm, with a Node.js that it runs on, into a private folder below target/: setup.sh [DIR].
# Prints the command, a word a line.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
DIR=${1:-${CARGO_TARGET_DIR:-$ROOT/target}/rig/salesforce-cli}
# The first that shows an org by a session alone and redacts it; later ones need a newer Node.js.
CLI=2.146.3
NODE=22

NPM=(npm install --prefix "$DIR" --no-save --no-package-lock --no-audit --no-fund --silent)
PACKAGES=("@salesforce/cli@$CLI")
NODE_PROGRAM=$(command -v node)
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt "$NODE" ]; then
  PLATFORM=$(node -p '`${process.platform === "win32" ? "win" : process.platform}-${process.arch}`')
  PACKAGES+=("node-$PLATFORM@$NODE")
  NODE_PROGRAM=$DIR/node_modules/node-$PLATFORM/bin/node
fi
if [ "$(cat "$DIR/installed" 2>/dev/null)" != "${PACKAGES[*]}" ]; then
  mkdir -p "$DIR"
  "${NPM[@]}" "${PACKAGES[@]}" >&2
  echo "${PACKAGES[*]}" > "$DIR/installed"
fi
printf '%s\n' "$NODE_PROGRAM" "$DIR/node_modules/@salesforce/cli/bin/run.js"
