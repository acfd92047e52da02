#!/bin/sh
# Install what the tests need of the system, where that is possible: root on Debian. With the word
# `package`: what builds the packages of Linux, too, and tries them in a bare system.
# Node.js and npm run the real Claude Code, tmux shows it in a terminal; fish and zsh read what is
# printed for them; gnome-keyring is a real keyring, on a message bus of its own. The desktop app is
# driven on an X server without a screen, with a window manager, a tray, notifications, a terminal, and
# what is packaged on Wayland, too.
# Packages are described to each system in its own language, which its own tools judge.
# nginx stands before two routers as it does in compose.yaml; systemd and AppStream judge what is
# installed. PowerShell is in no Debian: its tests run where it is, as on GitHub's machines.
set -eu

missing=
need() { # PROGRAM PACKAGE
    # Plain users have no sbin on their path.
    PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null || missing="$missing $2"
}
need node nodejs
need npm npm
need tmux tmux
need fish fish
need zsh zsh
need dbus-run-session dbus
need gnome-keyring-daemon gnome-keyring
need Xvfb xvfb
need xauth xauth
need xdotool xdotool
need xprop x11-utils
need openbox openbox
need trayer trayer
need dunst dunst
need xterm xterm
need weston weston
need import imagemagick
need desktop-file-validate desktop-file-utils
need appstreamcli appstream
need gdbus libglib2.0-bin
need nginx nginx
need systemd-analyze systemd
need rpmbuild rpm
need makeself makeself
need makensis nsis
need osslsigncode osslsigncode
need ruby ruby
need mandoc mandoc
if [ "${1:-}" = package ]; then
    need objdump binutils
    need dpkg-deb dpkg
    need debootstrap debootstrap
    need lintian lintian
    need rpmlint rpmlint
    need bsdtar libarchive-tools
    need fakeroot fakeroot
    need makepkg makepkg
    need pacman pacman-package-manager
    need flatpak-builder flatpak-builder
    need update-desktop-database desktop-file-utils
    need curl curl
    need /usr/lib/wine/wine64 wine64
fi
need_file() { # PATTERN PACKAGES
    # shellcheck disable=SC2086  # a pattern
    ls $1 >/dev/null 2>&1 || missing="$missing $2"
}
# What Qt loads by itself: OpenGL, fonts, the X protocol.
need_file "/usr/lib/*/libEGL.so.1" "libegl1 libgl1"
need_file "/usr/lib/*/libxcb-cursor.so.0" libxcb-cursor0
need_file "/usr/lib/*/libxcb-icccm.so.4" libxcb-icccm4
need_file "/usr/lib/*/libxcb-keysyms.so.1" libxcb-keysyms1
need_file "/usr/lib/*/libxcb-shape.so.0" libxcb-shape0
need_file "/usr/lib/*/libxkbcommon-x11.so.0" "libxkbcommon0 libxkbcommon-x11-0"
need_file "/usr/lib/*/libfontconfig.so.1" "libfontconfig1 libfreetype6"
need_file "/usr/lib/*/libgssapi_krb5.so.2" "libgssapi-krb5-2 libbrotli1"
# What asks for the password of a keyring.
need_file /usr/libexec/gcr-prompter gcr
# What screen readers ask.
need_file /usr/libexec/at-spi-bus-launcher at-spi2-core
need_file "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf" fonts-dejavu-core
need_file "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc" fonts-noto-cjk

if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # None of them is to run as a service here.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    apt-get update -qq
    # shellcheck disable=SC2086  # one word for each package
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Missing:$missing. Tests that need them will be skipped, or fail where CI=true." >&2
fi
