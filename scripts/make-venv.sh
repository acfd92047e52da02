#!/bin/sh
# Create the virtual environment: make-venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed; $("$python" --version) was found." >&2
    echo "Name another one: make PYTHON=python3.12" >&2
    exit 1
fi

# Debian keeps venv in a package of its own.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
fi
"$python" -m venv "$folder"
