#!/usr/bin/env bash
# What a person sees in Neovim, in a real terminal (tmux): SERVER=… SIMULATOR=… screen.sh
# Prints every screen; exits 0 when all checks passed.
set -uo pipefail
source "$(dirname "$0")/terminal.sh"

"$NVIM" --headless -l "$HERE/prepare.lua" "$WORK/acme" "$ORIGIN"

# --- the story ---
cd "$WORK/acme" || exit 1
tmux -L "$SOCKET" -f /dev/null new-session -d -x 120 -y 36 "'$NVIM' -n orgs/acme-uat.sforg.json"
see 'one line about the upgrade, with the command' 'Run :SforgUpgrade'
shows_not 'without a question' 'Not Now'
keys A 'x' Escape u
shows_not 'what is typed goes into the file' 'Not Now'
keys ':SforgUpgrade' Enter
see 'the command shows the choice' '66.0 is available. Upgrading would break'
keys "$(screen | grep -oE '[0-9]+: Not Now' | cut -d: -f1)" Enter
see 'findings beside the lines' '"basic".*Basic authentication ends with Summer'
see 'code lenses at auth' '"auth".*Test Salesforce Login \| Convert to OAuth'
keys gra
see 'code actions in a menu' '[0-9]: Convert to OAuth 2.0 client credentials'
keys q Enter
keys ':SforgConvert' Enter
see 'converted, with the steps to take in Salesforce' 'oauth2-client-credentials'
see 'the steps stay in a window' 'Client Credentials Flow'
shows_not 'without a prompt' 'Press ENTER'
keys u
see 'undone, and the code lenses follow' '"auth": \{ Test Salesforce Login \| Convert to OAuth'
keys C-r
see 'done again' '"auth": \{ Test Salesforce Login *$'
keys '/"instanceUrl": "' Enter
keys 'f:f"a' "$ORIGIN" Escape
keys '/"clientId": "' Enter
keys "f:f\"a$(account clientId)" Escape
keys ':w' Enter
see 'the values are in the file' "\"instanceUrl\": \"$ORIGIN\""
echo "ACME_UAT_CLIENT_SECRET=$(account clientSecret)" > .env
keys ':SforgLogin' Enter
see 'the question before the first login, whose first answer does nothing' "1: Don't send"
keys 2 Enter
see 'logged in' '"auth": \{ .*Logged in as'
shows_not 'without a prompt' 'Press ENTER'
keys '/"clientSecret": "' Enter
keys 'f:f"ci"0000000000000000000000000000000000000000000000000000000000000000' Escape
keys ':SforgLogin' Enter
see 'the question about a secret in the file' "1: Don't send"
keys 2 Enter
see 'a wrong secret: an error on the member' '^E .*"clientSecret"'
see 'and the steps below' '1\. Copy the Consumer Secret'
keys ':w' Enter
keys ':checkhealth sforg' Enter
see 'all is well' 'It runs: sforg'
keys ':bdelete' Enter
keys ':help sforg' Enter
see 'help' 'sforg-introduction'
keys ':bdelete' Enter
keys ':qa!' Enter
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
