#!/bin/sh
# Make the installer of Windows, on Linux: build_installer.sh BUNDLE FOLDER
#
# BUNDLE is the folder that PyInstaller made on Windows. It takes Debian's or Ubuntu's `nsis`, whose
# installers are 64-bit programs; those of NSIS's own site are not.
#
# VERSION is that of the bundle; by default this checkout's. ICON is an .ico; by default it is drawn,
# for which PYTHON is an interpreter that has CCR Desktop, Qt and Pillow.
# CODESIGN_PFX and CODESIGN_PASSWORD_FILE: a certificate to sign programs, uninstaller and installer
# with, by osslsigncode. CODESIGN_TIMESTAMP: who attests the time; empty for nobody.
# COMPRESSOR is lzma (small) or zlib (quick). PATIENCE is how often the installer looks, every half
# second, whether a running app has ended.
set -eu

bundle=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

version=${VERSION:-$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$here/../../ccr_desktop/__init__.py")}
# Windows compares four numbers; a suffix such as rc1 is none.
of_four=$(echo "$version" | sed -E 's/^([0-9]+)\.([0-9]+)\.([0-9]+).*/\1.\2.\3.0/')
icon=${ICON:-}
if [ -z "$icon" ]; then
    QT_QPA_PLATFORM=offscreen "${PYTHON:-python3}" "$here/../common/icons.py" "$work" windows
    icon=$work/ccr-desktop.ico
fi

file=$out/CCR-Desktop-$version-windows-x64-setup.exe
set -- "-DVERSION=$version" "-DVERSION_OF_FOUR=$of_four" "-DSOURCE=$bundle" "-DICON=$icon" \
    "-DSIZE_KB=$(du -sk --apparent-size "$bundle" | cut -f 1)" "-DOUT=$file" \
    "-DCOMPRESSOR=${COMPRESSOR:-lzma}" "-DPATIENCE=${PATIENCE:-60}"
if [ -n "${CODESIGN_PFX:-}" ]; then
    for program in "$bundle"/*.exe; do
        sh "$here/sign.sh" "$program"
    done
    set -- "$@" "-DSIGN=sh $here/sign.sh"
fi
makensis -V2 -WX "$@" "$here/installer.nsi"
echo "$file"
