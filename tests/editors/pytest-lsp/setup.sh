#!/usr/bin/env bash
# pytest-lsp with its client (pygls, lsprotocol) into a private folder below target/: setup.sh [DIR]. Prints the path of pytest.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../../.." && pwd)
DIR=${1:-$ROOT/target/rig/pytest-lsp}
REQUIREMENTS=(pytest-lsp==1.0.1 pygls==2.1.1 lsprotocol==2025.0.0 pytest-asyncio==1.5.0)

if [ "$(cat "$DIR/installed" 2>/dev/null)" != "${REQUIREMENTS[*]}" ]; then
  mkdir -p "$(dirname "$DIR")"
  [ -x "$DIR/bin/python" ] || python3 -m venv "$DIR"
  "$DIR/bin/pip" install -q --disable-pip-version-check "${REQUIREMENTS[@]}" >&2
  echo "${REQUIREMENTS[*]}" > "$DIR/installed"
fi
echo "$DIR/bin/pytest"
