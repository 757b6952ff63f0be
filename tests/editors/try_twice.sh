#!/usr/bin/env bash
# Runs a test in an editor, and where it fails once more: try_twice.sh NAME COMMAND [ARGUMENT...]
# On a busy machine an editor loses a key or a click now and then. Each run makes its own editor, home and
# project, so the second knows nothing of the first (TRY says which it is). The first one's log stays above,
# and a test that passes only then is named loudly, here and (in the file $SECOND_TRIES) in the summary.
set -uo pipefail
name=$1
shift
TRY=1 "$@" && exit 0
printf '\n=== %s FAILED (its log is above). Once more, in a fresh editor:\n\n' "$name"
TRY=2 "$@" || { printf '\n=== %s FAILED TWICE\n' "$name"; exit 1; }
printf '\n=== %s PASSED ON THE SECOND TRY\n\n' "$name"
[ -z "${SECOND_TRIES:-}" ] || echo "$name" >>"$SECOND_TRIES"
