#!/usr/bin/env bash
# Everything in real Neovim, or the named tests alone: run.sh [TEST...]   (SERVER and SIMULATOR name the programs; default: target/debug)
set -uo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
NVIM=$(bash "$HERE/setup.sh") || exit 1
export NVIM
failed=
[ $# -gt 0 ] || set -- plugin messages questions health story project folders ends hostile screen
for test in "$@"; do
  echo "--- $test"
  case $test in
    screen) bash "$HERE/screen.sh" || failed="$failed screen.sh" ;;
    hostile)
      "$NVIM" --headless -l "$HERE/hostile.lua" || failed="$failed hostile.lua"
      bash "$HERE/hostile.sh" || failed="$failed hostile.sh" ;;
    *) "$NVIM" --headless -l "$HERE/$test.lua" || failed="$failed $test.lua" ;;
  esac
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
