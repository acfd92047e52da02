#!/bin/sh
# Put the checksums of a release into what the AUR gets: fill.sh AMD64.deb ARM64.deb FOLDER
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sum() {
    sha256sum "$1" | cut -d ' ' -f 1
}
x86_64=$(sum "$1")
aarch64=$(sum "$2")
mkdir -p "$3"
for name in PKGBUILD .SRCINFO; do
    sed -e "/sha256sums_x86_64/s/SKIP/$x86_64/" -e "/sha256sums_aarch64/s/SKIP/$aarch64/" \
        "$here/$name" >"$3/$name"
done
