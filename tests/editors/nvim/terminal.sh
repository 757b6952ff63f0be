# Sourced by the tests that look at Neovim in a real terminal (tmux): SERVER=… SIMULATOR=… are the programs.
# It makes a person's machine (simulator, plugin installed as its README says) below $WORK, and what reads the screen.
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
SERVER=$(realpath "${SERVER:?set SERVER to the path of the sforg program}")
SIMULATOR=$(realpath "${SIMULATOR:?set SIMULATOR to the path of the sforg-simulator program}")
NVIM=${NVIM:-$(bash "$HERE/setup.sh")}
if ! command -v tmux >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq >&2 || true # a new machine has no lists; old ones may do
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tmux >&2
fi
command -v tmux >/dev/null || { echo 'tmux is missing: install it, then run this again' >&2; exit 1; }

WORK=$(mktemp -d)
SOCKET=sforg-screen-$$
finish() {
  tmux -L "$SOCKET" kill-server 2>/dev/null
  rm -rf "$WORK"
}
trap finish EXIT
passed=0 failed=0

# --- the person's machine: simulator, project, plugin installed as its README says ---
# The simulator ends when this script does, which holds the other end of its standard input.
mkfifo "$WORK/alive"
"$SIMULATOR" --json --until-stdin-closes < "$WORK/alive" > "$WORK/simulator.json" &
exec 9> "$WORK/alive"
for _ in $(seq 300); do [ -s "$WORK/simulator.json" ] && break; sleep 0.1; done
# A member of what the simulator says, or of the sandbox org that it knows.
hello() { python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$1" < "$WORK/simulator.json"; }
account() { python3 -c 'import json, sys; print(*[a[sys.argv[1]] for a in json.loads(sys.stdin.readline())["accounts"] if a["organizationName"] == "Acme UAT"])' "$1" < "$WORK/simulator.json"; }
ORIGIN=$(hello httpUrl)
export HOME=$WORK/home XDG_CONFIG_HOME=$WORK/config XDG_DATA_HOME=$WORK/data XDG_STATE_HOME=$WORK/state XDG_CACHE_HOME=$WORK/cache
mkdir -p "$HOME" "$WORK/bin" "$XDG_CONFIG_HOME/nvim" "$XDG_DATA_HOME/nvim/site/pack/sforg/start"
ln -s "$SERVER" "$WORK/bin/sforg"
export PATH=$WORK/bin:$PATH SFORG_TODAY=2026-11-24
cp -r "$ROOT/editors/nvim" "$XDG_DATA_HOME/nvim/site/pack/sforg/start/sforg"
"$NVIM" --headless -c 'helptags ALL' -c quit
cat > "$XDG_CONFIG_HOME/nvim/init.lua" <<L
vim.g.sforg_code_lens = true
vim.g.sforg_inlay_hints = true
vim.g.sforg_allowed_login_hosts = { '$ORIGIN' }
vim.lsp.enable('sforg')
vim.diagnostic.config({ virtual_text = true, severity_sort = true })
vim.o.completeopt = 'menuone,noinsert,popup'
L

screen() { tmux -L "$SOCKET" capture-pane -p | grep -v '^~ *$'; }
keys() { tmux -L "$SOCKET" send-keys "$@"; }
# see WHAT PATTERN: waits until the screen matches, prints it. The next steps stand on this one, so a failure ends the test.
see() {
  for _ in $(seq 600); do
    if screen | grep -qE -- "$2"; then
      echo "ok   $1"
      passed=$((passed + 1))
      screen | sed 's/^/     | /'
      return
    fi
    sleep 0.1
  done
  echo "FAIL $1: nothing like $2"
  screen | sed 's/^/     | /'
  echo "$passed passed, $((failed + 1)) failed"
  exit 1
}
# shows_not WHAT PATTERN: the screen as it is now.
shows_not() {
  if screen | grep -qE -- "$2"; then
    echo "FAIL $1: $2 is there"
    failed=$((failed + 1))
  else
    echo "ok   $1"
    passed=$((passed + 1))
  fi
}
