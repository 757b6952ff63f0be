#!/usr/bin/env bash
# The story with Emacs's eglot: run.sh   (SERVER and SIMULATOR name the programs; default: target/debug)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
bash "$HERE/setup.sh"
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT
emacs --batch -Q -l "$HERE/story.el"
