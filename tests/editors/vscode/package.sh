#!/usr/bin/env bash
# Makes one .vsix with the server in it:
#
#   package.sh SERVER_BINARY OUT.vsix [PLATFORM]      PLATFORM as vsce names it; default: this machine's
#   NOTICES=FILE package.sh …                         with the notices for what is built into the programs
#   SIMULATOR=FILE package.sh …                       with the simulator, for *Try It with a Pretend Salesforce*
#
# The modules come by the lock file and without install scripts; after that nothing is downloaded.
set -euo pipefail

[ $# -ge 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
extension=$root/editors/vscode
[ -f "$1" ] || { echo "package.sh: no server at $1: build it first (cargo build -p sforg)" >&2; exit 2; }
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
mkdir -p "$(dirname "$2")"
notices=${NOTICES:+$(realpath "$NOTICES")}
simulator=${SIMULATOR:+$(realpath "$SIMULATOR")}
out=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
platform=${3:-$(node -p 'process.platform + "-" + process.arch')}

cd "$extension"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --ignore-scripts --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi
npm run --silent check
npm run --silent bundle -- --log-level=warning

# Staged outside the source tree, so that two packages can be made at once and no binary stays behind.
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R package.json package.nls.json l10n .vscodeignore README.md CHANGELOG.md language-configuration.json syntaxes images dist "$stage"
(cd "$root" && cat LICENSE LICENSE-MIT LICENSE-APACHE) > "$stage/LICENSE" # a package has one licence file
{ [ -z "$notices" ] || cat "$notices"; node notices.mjs dist/bundle.json; } > "$stage/THIRD-PARTY-NOTICES.txt"
mkdir "$stage/server"
case $platform in win32-*) suffix=.exe ;; *) suffix= ;; esac
install -m 755 "$binary" "$stage/server/sforg$suffix"
if [ -n "$simulator" ]; then
  install -m 755 "$simulator" "$stage/server/sforg-simulator$suffix"
  # The example project with what the simulator accepts in `.env`, but for a password that is an old one: a login that fails.
  cp -R "$root/tests/example-project" "$stage/pretend"
  cp pretend/README.md "$stage/pretend/README.md"
  sed -n 's/^ACME_DEV_PASSWORD=.*/ACME_DEV_PASSWORD=NotReal-Dev-Old/; /^[^#]/p' "$stage/pretend/.env.example" > "$stage/pretend/env"
  rm "$stage/pretend/.env.example"
fi

vsce=$PWD/node_modules/@vscode/vsce/vsce
cd "$stage"
# VS Code's page of an installed extension shows pictures of https addresses alone: those of this version's tag.
tag=v$(node -p 'require("./package.json").version')
node "$vsce" package --no-dependencies --target "$platform" --out "$out" \
  --baseContentUrl "https://github.com/sforg/sforg/blob/$tag/editors/vscode" --baseImagesUrl "https://github.com/sforg/sforg/raw/$tag/editors/vscode"
