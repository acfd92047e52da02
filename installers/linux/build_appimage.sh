#!/bin/sh
# Make an AppImage of the bundle: build_appimage.sh BUNDLE FOLDER
#
# PYTHON is an interpreter that has CCR Desktop and Qt. APPIMAGETOOL is the tool that joins the folder
# with the program that mounts it; without one the folder is all that is made.
set -eu

# shellcheck source=installers/linux/names.sh
. "$(dirname "$0")/names.sh"
id=io.github.ccr_desktop
folder=$out/ccr-desktop.AppDir
tool=${APPIMAGETOOL:-$(command -v appimagetool || true)}
umask 022

rm -rf "$folder"
mkdir -p "$folder"
sh "$here/payload.sh" "$bundle" "$folder" appimage
install -m 755 "$here/appimage/AppRun" "$folder/AppRun"
cp "$folder/usr/share/applications/$id.desktop" "$folder"
cp "$folder/usr/share/icons/hicolor/256x256/apps/ccr-desktop.png" "$folder"
ln -s ccr-desktop.png "$folder/.DirIcon"

if [ -z "$tool" ]; then
    echo "$folder"
    exit
fi
file=$out/ccr-desktop-$version-linux-$machine.AppImage
ARCH=$machine VERSION=$version "$tool" --comp zstd "$folder" "$file"
echo "$file"
