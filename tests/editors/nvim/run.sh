#!/usr/bin/env bash
# Everything in real Neovim, or the named tests alone: run.sh [TEST...]   (SERVER and SIMULATOR name the programs; default: target/debug)
set -uo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
NVIM=$(bash "$HERE/setup.sh") || exit 1
export NVIM
failed=
[ $# -gt 0 ] || set -- units plugin installed messages questions health story project explain import new design_studio folders ends hostile screen
run() { # FILE COMMAND...
  bash "$HERE/../try_twice.sh" "Neovim: $1" "${@:2}" "$HERE/$1" || failed="$failed $1"
}
for test in "$@"; do
  echo "--- $test"
  case $test in
    screen) run screen.sh bash ;;
    hostile)
      run hostile.lua "$NVIM" --headless -l
      run hostile.sh bash ;;
    *) run "$test.lua" "$NVIM" --headless -l ;;
  esac
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
