#!/usr/bin/env bash
# Makes metaModel.json, LSP's meta model for the tests, of LSP's types from npm: generate.sh
# (`cargo xtask bless` runs it. The result is checked in, so that the tests need no Node.js.)
set -euo pipefail
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
  cp package-lock.json node_modules/.installed-lock.json
fi
node generate.mjs
