#!/bin/sh
# Install what the tests need of the system, where that is possible: root on Debian.
# Node.js and npm run the real Claude Code, tmux shows it in a terminal; fish and zsh read what is
# printed for them; gnome-keyring is a real keyring, on a message bus of its own.
set -eu

missing=
need() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null || missing="$missing $2"
}
need node nodejs
need npm npm
need tmux tmux
need fish fish
need zsh zsh
need dbus-run-session dbus
need gnome-keyring-daemon gnome-keyring

if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # shellcheck disable=SC2086  # one word for each package
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Missing:$missing. Tests that need them will be skipped." >&2
fi
