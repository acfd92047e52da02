#!/bin/sh
# Make a Debian package of the bundle: build_deb.sh BUNDLE FOLDER
#
# PYTHON is an interpreter that has CCR Desktop and Qt, for what is drawn and written by the program
# itself. COMPRESSION is xz (small) or zstd (quick).
set -eu

bundle=$1
out=$2
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)
id=io.github.ccr_desktop
version=$("$bundle/ccr" --version | cut -d ' ' -f 2)
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022
chmod 755 "$root"

into() { # FOLDER FILE...
    folder=$root/$1
    shift
    mkdir -p "$folder"
    install -m 644 "$@" "$folder"
}

mkdir -p "$root/usr/lib" "$root/usr/bin" "$root/DEBIAN"
cp -a "$bundle" "$root/usr/lib/ccr-desktop"
find "$root/usr/lib/ccr-desktop" -type d -exec chmod 755 {} +
find "$root/usr/lib/ccr-desktop" -type f -exec chmod 644 {} +
for name in ccr ccr-desktop; do
    chmod 755 "$root/usr/lib/ccr-desktop/$name"
    ln -s "../lib/ccr-desktop/$name" "$root/usr/bin/$name"
    mkdir -p "$root/usr/share/man/man1"
    "$python" "$here/man_page.py" "$name" | gzip -9n >"$root/usr/share/man/man1/$name.1.gz"
done

into usr/share/applications "$here/$id.desktop"
into usr/share/metainfo "$here/$id.metainfo.xml"
QT_QPA_PLATFORM=offscreen "$python" "$here/../common/icons.py" "$root/usr/share/icons"

install_completion() { # SHELL FILE
    mkdir -p "$(dirname "$root/usr/share/$2")"
    "$bundle/ccr" completion "$1" >"$root/usr/share/$2"
}
install_completion bash bash-completion/completions/ccr
install_completion zsh zsh/vendor-completions/_ccr
install_completion fish fish/vendor_completions.d/ccr.fish

licenses=$bundle/_internal/licenses
{
    echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
    echo
    echo "Files: *"
    echo "Copyright: 2026 The CCR Desktop developers"
    echo "License: Expat"
    sed -n '/^Permission/,$ { s/^$/./; s/^/ /; p }' "$licenses/LICENSE"
    echo
    echo "Files: usr/lib/ccr-desktop/_internal/*"
    echo "Copyright: their authors, as named in usr/lib/ccr-desktop/_internal/licenses"
    echo "License: LGPL-3 and others"
    echo " Qt and PySide6 are under the GNU Lesser General Public License, version 3, which is in"
    echo " /usr/share/common-licenses/LGPL-3. The list of all that comes along, with versions and"
    echo " licences, is /usr/lib/ccr-desktop/_internal/licenses/NOTICE.txt."
} >"$root/copyright"
into usr/share/doc/ccr-desktop "$root/copyright"
rm "$root/copyright"
printf 'ccr-desktop (%s) unstable; urgency=medium\n\n  * See %s.\n\n -- %s  %s\n' "$version" \
    "/usr/lib/ccr-desktop/_internal/ccr_desktop/resources/guide/CHANGELOG.md" \
    "The CCR Desktop developers <noreply@ccr-desktop.invalid>" "$(date -R -u)" |
    gzip -9n >"$root/usr/share/doc/ccr-desktop/changelog.gz"

# Libraries of the machine that built it came along; they need its C library, or a newer one.
libc=$(ldd --version | sed -n '1s/.* //p')
cat >"$root/DEBIAN/control" <<EOF
Package: ccr-desktop
Version: $version
Section: devel
Priority: optional
Architecture: $architecture
Maintainer: The CCR Desktop developers <noreply@ccr-desktop.invalid>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: libc6 (>= $libc), ca-certificates, fontconfig-config, libegl1, libgl1, libwayland-client0, libwayland-cursor0, libwayland-egl1, libxcb1
Recommends: gnome-keyring | kwalletmanager | keepassxc, default-dbus-session-bus | dbus-session-bus, fonts-dejavu-core | fonts-noto-core
Suggests: xdg-utils
Description: use Claude Code with any model
 A router on this computer between Claude Code and any provider of models, with
 a tray icon and a window. Each request goes to the model that your rules name
 for that kind of work, and goes on elsewhere when a provider fails.
 .
 The command ccr runs the same router without a window.
EOF
(cd "$root" && find usr -type f -exec md5sum {} + >DEBIAN/md5sums)

mkdir -p "$out"
dpkg-deb --root-owner-group "-Z${COMPRESSION:-xz}" --build "$root" \
    "$out/ccr-desktop_${version}_$architecture.deb" >/dev/null
echo "$out/ccr-desktop_${version}_$architecture.deb"
