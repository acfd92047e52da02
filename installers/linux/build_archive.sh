#!/bin/sh
# Make an archive that installs itself for one user, without root: build_archive.sh BUNDLE FOLDER
#
# PYTHON is an interpreter that has CCR Desktop and Qt. COMPRESSION is xz (small) or gzip (quick).
set -eu

# shellcheck source=installers/linux/names.sh
. "$(dirname "$0")/names.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sh "$here/payload.sh" "$bundle" "$work" archive
install -m 755 "$here/archive/install.sh" "$work/usr/install.sh"
install -m 755 "$here/archive/uninstall.sh" "$work/usr/lib/ccr-desktop/uninstall"

case ${COMPRESSION:-xz} in
    xz) set -- --xz --complevel 9 ;;
    *) set -- --gzip --complevel 1 ;;
esac
mkdir -p "$out"
file=$out/ccr-desktop-$version-linux-$machine.run
# With a folder for temporary files that nothing may be run from, sh still reads the script.
makeself --tar-quietly --sha256 --nox11 --tar-extra "--owner=0 --group=0" "$@" \
    "$work/usr" "$file" "CCR Desktop $version" sh ./install.sh >/dev/null
chmod 755 "$file"
echo "$file"
