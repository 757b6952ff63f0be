#!/usr/bin/env bash
# Pushes the folder of the Neovim plugin, as it is in the last commit, to the branch `nvim` of a remote, as the root of
# that branch: plugin managers take a repository whose root is the plugin.
#
#   push-nvim.sh REMOTE VERSION
set -euo pipefail
remote=$1
version=$2
before=$(git ls-remote "$remote" refs/heads/nvim | cut -f1)
[ -z "$before" ] || git fetch -q "$remote" refs/heads/nvim
for who in AUTHOR COMMITTER; do
  export "GIT_${who}_NAME=$(git log -1 --format=%cn)" "GIT_${who}_EMAIL=$(git log -1 --format=%ce)"
done
commit=$(git commit-tree "HEAD:editors/nvim" ${before:+-p "$before"} -m "sforg $version")
git push -q "$remote" "$commit:refs/heads/nvim"
