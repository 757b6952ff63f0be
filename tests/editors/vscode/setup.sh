#!/usr/bin/env bash
# Installs a real VS Code for the tests, without touching anything outside the build folder:
#
#   setup.sh [FOLDER]        default: target/rig/vscode
#
# VS Code comes as code-server (the same workbench and extension host, shown in a browser), together with
# the Node.js release that it asks for and playwright-core, all from the npm registry. The browser is an
# installed Chrome or Chromium (CHROME=/path names one); only where there is none, apt-get installs Chromium.
# Running it again is free: a stamp file tells that the folder is complete.
set -euo pipefail

code_server=4.139.1   # VS Code 1.139.1
node=24.21.0          # what that code-server wants
playwright=1.65.1

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=${1:-${CARGO_TARGET_DIR:-$root/target}/rig/vscode}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
stamp="$folder/.complete-$code_server-$node-$playwright"

fail() { echo "setup.sh: $*" >&2; exit 1; }

find_browser() {
  local candidate
  for candidate in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable microsoft-edge \
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -n "$candidate" ] && command -v "$candidate" && return 0
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo "$@"
  else fail "no Chrome or Chromium is installed, and installing one needs root. Install one, or name one with CHROME=/path/to/chrome."
  fi
}

install_browser() {
  command -v apt-get >/dev/null || fail "no Chrome or Chromium is installed, and there is no apt-get. Install one, or name one with CHROME=/path/to/chrome."
  echo "installing Chromium with apt-get" >&2
  as_root apt-get update -qq >&2 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
}

# npm without install scripts: they would compile modules that VS Code starts without.
npm_install() { npm install --ignore-scripts --omit=dev --no-audit --no-fund --no-package-lock --loglevel=error "$@" >&2; }

install_vscode() {
  command -v npm >/dev/null || fail "npm is not installed; it comes with Node.js 20 or newer."
  local platform machine
  case $(uname -s) in Linux) platform=linux ;; Darwin) platform=darwin ;; *) fail "only Linux and macOS are supported here." ;; esac
  case $(uname -m) in x86_64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; *) fail "no Node.js package for $(uname -m)." ;; esac

  rm -rf "$folder"
  mkdir -p "$folder"
  cd "$folder"
  echo '{ "private": true }' > package.json
  npm_install "node-$platform-$machine@$node" "playwright-core@$playwright" "code-server@$code_server"
  ln -s "node_modules/node-$platform-$machine" node

  # What code-server's own post-install script does: the modules of VS Code and of its extensions (pinned by shrink-wrap files), two links.
  local vscode="$folder/node_modules/code-server/lib/vscode"
  (cd "$vscode" && npm_install)
  (cd "$vscode/extensions" && npm_install)
  case $platform in linux) ln -sf code-linux.sh "$vscode/bin/remote-cli/code-server" ;; *) ln -sf code-darwin.sh "$vscode/bin/remote-cli/code-server" ;; esac

  # The logger is the one native module without a prebuilt binary that is worth compiling (node's package brings the headers): its files help
  # to understand a failed test. VS Code runs without it, so a machine without a compiler is fine.
  (cd "$vscode" && PATH="$folder/node/bin:$PATH" npm_config_nodedir="$folder/node" npm rebuild --loglevel=silent @vscode/spdlog >&2) \
    || echo "no C++ compiler: VS Code will write no log files" >&2

  # About 400 MB that no test needs.
  rm -rf "$vscode"/node_modules/@github/copilot-sdk* "$vscode/node_modules/@microsoft/mxc-sdk" "$vscode"/extensions/{copilot,mermaid-markdown-features} \
    "$vscode/node_modules/@vscode/sqlite3/deps" "$folder"/node/{include,share}

  printf 'auth: none\n' > config.yaml
  "$folder/node/bin/node" node_modules/code-server/out/node/entry.js --config config.yaml --version >&2
  touch "$stamp"
}

find_browser >/dev/null || install_browser
find_browser >/dev/null || fail "Chromium was installed but is not found."
[ -e "$stamp" ] || install_vscode
find_browser > "$folder/browser"
echo "ready: $folder (browser: $(cat "$folder/browser"))" >&2
