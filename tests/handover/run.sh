#!/usr/bin/env bash
# Real programs with sessions of `sforg exec`: run.sh   (SERVER and SIMULATOR name the programs; default: target/debug)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
export PYTHONDONTWRITEBYTECODE=1
SALESFORCE_CLI=$(bash "$HERE/setup.sh")
export SALESFORCE_CLI
cd "$HERE"
exec python3 -m unittest -v test_handover "$@"
