#!/usr/bin/env bash
# Formats the same texts with the server and with VS Code's JSON formatter and compares them byte by byte: run.sh   (SERVER names the program; default: target/debug/sforg)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg}
DIR=$(bash "$HERE/setup.sh")
exec node "$HERE/compare.mjs" "$DIR"
