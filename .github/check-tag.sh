#!/usr/bin/env bash
# Fails unless a release's tag names the version of the program and of the VS Code extension: marketplaces pass over a
# version that they have, so what is tagged otherwise would be published nowhere.
#
#   check-tag.sh TAG
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1#v}
grep -qxF "version = \"$version\"" Cargo.toml || { echo "Cargo.toml has another version than the tag $1" >&2; exit 1; }
grep -qxF "  \"version\": \"$version\"," editors/vscode/package.json ||
  { echo "editors/vscode/package.json has another version than the tag $1" >&2; exit 1; }
