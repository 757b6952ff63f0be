#!/usr/bin/env bash
# The story with pytest-lsp's client: run.sh   (SERVER and SIMULATOR name the programs; default: target/debug)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
export PYTHONDONTWRITEBYTECODE=1
PYTEST=$(bash "$HERE/setup.sh")
cd "$HERE"
exec "$PYTEST" -q -p no:cacheprovider -o asyncio_default_fixture_loop_scope=function \
  -W error::pytest_lsp.LspSpecificationWarning "$@" test_story.py
