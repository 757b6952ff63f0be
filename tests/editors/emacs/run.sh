#!/usr/bin/env bash
# The story in Emacs with eglot: run.sh   (SERVER and SIMULATOR name the programs; default: target/debug)
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
EMACS=$(bash "$HERE/setup.sh")
exec bash "$HERE/../try_twice.sh" "the story in Emacs" "$EMACS" --batch -Q -l "$HERE/story.el"
