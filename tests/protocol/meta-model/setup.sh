#!/usr/bin/env bash
# LSP's meta model for the protocol tests: setup.sh. LSP's types come from npm by the lock file, and the
# model is made of them, once.
set -euo pipefail
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
  cp package-lock.json node_modules/.installed-lock.json
fi
if ! [ node_modules/metaModel.json -nt generate.mjs ]; then
  node generate.mjs
fi
