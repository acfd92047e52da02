#!/bin/sh
# Make every package of Linux that this system has the tools for: build_packages.sh BUNDLE FOLDER
#
# In CI one that is missing is an error. PYTHON is an interpreter that has CCR Desktop and Qt.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build() { # PROGRAM SCRIPT BUNDLE FOLDER
    if command -v "$1" >/dev/null; then
        sh "$here/$2" "$3" "$4"
    elif [ -n "${CI:-}" ]; then
        echo "$1 is missing." >&2
        exit 1
    else
        echo "Without $1 there is nothing of $2." >&2
    fi
}
build dpkg-deb build_deb.sh "$1" "$2"
build rpmbuild build_rpm.sh "$1" "$2"
build makeself build_archive.sh "$1" "$2"
