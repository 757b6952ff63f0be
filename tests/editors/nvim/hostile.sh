#!/usr/bin/env bash
# A repository as an attacker would offer it (../hostile/make.sh), in Neovim in a real terminal: SERVER=… SIMULATOR=… hostile.sh
# Prints every screen; exits 0 when all checks passed.
set -uo pipefail
source "$(dirname "$0")/terminal.sh"

export AWS_SECRET_ACCESS_KEY=PERSONS-AWS-KEY-not-real NPM_TOKEN=PERSONS-TOKEN-not-real
bash "$ROOT/tests/editors/hostile/make.sh" "$WORK/hostile" "$ORIGIN"
cd "$WORK/hostile/repository" || exit 1
stats() { curl -s "$(hello statsUrl)"; }

tmux -L "$SOCKET" -f /dev/null new-session -d -x 120 -y 40 "'$NVIM' -n orgs/aws.sforg.json"
tmux -L "$SOCKET" set-option -g set-clipboard on
see 'one line about the upgrade, with the command' 'Run :SforgUpgrade'
see 'the file' 'AWS_SECRET_ACCESS_KEY'
keys A ' typed' Escape u
shows_not 'nothing asks unasked' '^Type number|1: '
keys ':SforgLogin' Enter
see 'the question, whose first answer does nothing' "1: Don't send"
keys Enter
see 'nothing was sent' '[Nn]othing was sent|not sent|did not agree'
keys ':edit orgs/*command*' Enter
see 'the file with the long name' 'In a file with a name'
keys ':SforgLogin' Enter
see 'the question' "1: Don't send"
keys 1 Enter
see 'nothing was sent either' '[Nn]othing was sent|not sent|did not agree'
keys ':edit orgs/plain.sforg.json' Enter
see 'the file with the hostile name in it' '"name": "Org .Open'
keys ':SforgLogin' Enter
see 'its question' "1: Don't send"
keys q
see 'no answer sends nothing' '[Nn]othing was sent|not sent|did not agree'
keys ':SforgUpgrade' Enter
see 'the choice' '1: '
keys q Enter
see 'Neovim goes on' '"name": "Org .Open'
if [ -z "$(tmux -L "$SOCKET" list-buffers)" ]; then
  echo 'ok   nothing reached the clipboard'; passed=$((passed + 1))
else
  echo 'FAIL something reached the clipboard'; failed=$((failed + 1))
fi
if stats | grep -qE '"requests": ?0\b'; then
  echo 'ok   no login was sent'; passed=$((passed + 1))
else
  echo "FAIL a login was sent: $(stats)"; failed=$((failed + 1))
fi
keys ':qa!' Enter
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
