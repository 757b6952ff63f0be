#!/usr/bin/env bash
# The formatter of VS Code's JSON support, from npm, into a private folder below target/: setup.sh [DIR]. Prints the folder.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../../.." && pwd)
DIR=${1:-${CARGO_TARGET_DIR:-$ROOT/target}/rig/jsonc-parser}
VERSION=3.3.1

if ! grep -qs "\"version\": \"$VERSION\"" "$DIR/node_modules/jsonc-parser/package.json"; then
  mkdir -p "$DIR"
  npm install --prefix "$DIR" --no-save --no-package-lock --no-audit --no-fund --silent "jsonc-parser@$VERSION" >&2
fi
echo "$DIR"
