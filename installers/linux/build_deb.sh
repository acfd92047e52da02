#!/bin/sh
# Make a Debian package of the bundle: build_deb.sh BUNDLE FOLDER
#
# PYTHON is an interpreter that has CCR Desktop and Qt. COMPRESSION is xz (small) or gzip (quick).
set -eu

# shellcheck source=installers/linux/names.sh
. "$(dirname "$0")/names.sh"
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022
chmod 755 "$root"

sh "$here/payload.sh" "$bundle" "$root" deb
documents=$root/usr/share/doc/ccr-desktop
mkdir -p "$documents" "$root/usr/share/lintian/overrides" "$root/DEBIAN"
install -m 644 "$here/ccr-desktop.lintian-overrides" "$root/usr/share/lintian/overrides/ccr-desktop"
{
    echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
    echo
    echo "Files: *"
    echo "Copyright: 2026 The CCR Desktop developers"
    echo "License: Expat"
    sed -n '/^Permission/,$ { s/^$/./; s/^/ /; p }' "$bundle/_internal/licenses/LICENSE"
    echo
    echo "Files: usr/lib/ccr-desktop/_internal/*"
    echo "Copyright: their authors, as named in usr/lib/ccr-desktop/_internal/licenses"
    echo "License: LGPL-3 and others"
    echo " Qt and PySide6 are under the GNU Lesser General Public License, version 3, which is in"
    echo " /usr/share/common-licenses/LGPL-3. The list of all that comes along, with versions and"
    echo " licences, is /usr/lib/ccr-desktop/_internal/licenses/NOTICE.txt."
} >"$documents/copyright"
printf 'ccr-desktop (%s) unstable; urgency=medium\n\n  * See %s.\n\n -- %s  %s\n' "$package_version" \
    "/usr/lib/ccr-desktop/_internal/ccr_desktop/resources/guide/CHANGELOG.md" \
    "The CCR Desktop developers <noreply@ccr-desktop.invalid>" "$(date -R -u)" |
    gzip -9n >"$documents/changelog.gz"

cat >"$root/DEBIAN/control" <<EOF
Package: ccr-desktop
Version: $package_version
Section: devel
Priority: optional
Architecture: $architecture
Maintainer: The CCR Desktop developers <noreply@ccr-desktop.invalid>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: libc6 (>= $glibc), ca-certificates, fontconfig-config, libegl1, libgl1, libwayland-client0, libwayland-cursor0, libwayland-egl1, libxcb1
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

case ${COMPRESSION:-xz} in
    xz) set -- -Zxz -z9 -Sextreme ;;
    *) set -- -Zgzip -z1 ;;
esac
mkdir -p "$out"
file=$out/ccr-desktop_${package_version}_$architecture.deb
dpkg-deb --root-owner-group "$@" --build "$root" "$file" >/dev/null
echo "$file"
