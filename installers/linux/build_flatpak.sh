#!/bin/sh
# Make a Flatpak of the bundle: build_flatpak.sh BUNDLE FOLDER
#
# PYTHON is an interpreter that has CCR Desktop and Qt. flatpak-builder fetches the runtime from Flathub,
# which has to be known: flatpak remote-add --if-not-exists --user flathub
# https://dl.flathub.org/repo/flathub.flatpakrepo
set -eu

# shellcheck source=installers/linux/names.sh
. "$(dirname "$0")/names.sh"
mkdir -p "$out"
out=$(cd "$out" && pwd)
id=io.github.ccr_desktop
work=$out/flatpak

rm -rf "$work"
mkdir -p "$work"
sh "$here/payload.sh" "$bundle" "$work/payload" flatpak
cp "$here/flatpak/$id.yml" "$work"
flatpak-builder --user --install-deps-from=flathub --force-clean --state-dir="$work/state" \
    --repo="$work/repo" "$work/build" "$work/$id.yml"
file=$out/ccr-desktop-$version-linux-$machine.flatpak
flatpak build-bundle "$work/repo" "$file" "$id"
echo "$file"
