#!/usr/bin/env bash
# Everything in real Neovim: run.sh   (SERVER and SIMULATOR name the programs; default: target/debug)
set -uo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
export SERVER=${SERVER:-$ROOT/target/debug/sforg} SIMULATOR=${SIMULATOR:-$ROOT/target/debug/sforg-simulator}
NVIM=$(bash "$HERE/setup.sh") || exit 1
export NVIM
failed=
for test in plugin messages health story ends; do
  echo "--- $test"
  "$NVIM" --headless -l "$HERE/$test.lua" || failed="$failed $test.lua"
done
echo '--- screen'
bash "$HERE/screen.sh" || failed="$failed screen.sh"
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
