#!/usr/bin/env bash
# Makes metaModel.json, LSP's meta model for the tests, of LSP's types from npm, unless it is up to date: generate.sh
# (`cargo xtask bless` runs it. The result is checked in, so that the tests need no Node.js.)
set -euo pipefail
cd "$(dirname "$0")"
INPUTS=$(cat generate.mjs package-lock.json | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1)
! grep -q "$INPUTS" metaModel.json || exit 0
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
  cp package-lock.json node_modules/.installed-lock.json
fi
node generate.mjs
