#!/usr/bin/env bash
# Emacs with eglot: takes the installed one, else installs Debian's packages (that needs root). Prints the program's path.
set -euo pipefail

has_eglot() {
  emacs --batch -Q --eval '(progn
    (dolist (dir (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*")) (when (file-directory-p dir) (push dir load-path)))
    (require (quote eglot)))' 2>/dev/null
}

if ! has_eglot; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    echo 'Emacs with eglot is missing: install Emacs 29 or later, or emacs-nox and elpa-eglot, then run this again' >&2
    exit 1
  fi
  apt-get update -qq >&2 || true # a new machine has no lists; old ones may do
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends emacs-nox elpa-eglot >&2
  has_eglot
fi
command -v emacs
