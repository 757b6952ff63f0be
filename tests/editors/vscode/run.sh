#!/usr/bin/env bash
# Everything about VS Code: the client's unit tests, then the client and the story in a real VS Code.
#
#   run.sh      (SERVER and SIMULATOR name the programs; default: target/debug)
#
# It installs what it needs below target/rig. Exit code 0 when all passed.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
server=${SERVER:-$target/debug/sforg}
simulator=${SIMULATOR:-$target/debug/sforg-simulator}
vsix=$target/rig/sforg.vsix

bash "$here/setup.sh" && SIMULATOR=$simulator bash "$here/package.sh" "$server" "$vsix" >&2 || exit 1
failed=()
echo '--- unit tests'
(cd "$root/editors/vscode" && npm test --silent) || failed+=("unit tests")
for test in client hostile import design-studio scan explain begin pretend wizard view steps upgrade story; do
  echo "--- $test"
  bash "$here/../try_twice.sh" "VS Code: $test" node "$here/$test.test.mjs" "$vsix" "$simulator" ||
    failed+=("$test.test.mjs")
done
[ ${#failed[@]} -eq 0 ] || { printf 'failed: %s\n' "${failed[@]}" >&2; exit 1; }
