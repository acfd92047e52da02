#!/bin/sh
# Install what the tests need of the system, where that is possible: root on Debian.
# Node.js and npm run the real Claude Code.
set -eu

if command -v node >/dev/null && command -v npm >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    apt-get install -y -qq nodejs npm >/dev/null
else
    echo "Node.js and npm are missing: tests with the real Claude Code will be skipped." >&2
fi
