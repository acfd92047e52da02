#!/bin/sh
# Lay out what every package of Linux holds: payload.sh BUNDLE ROOT METHOD
#
# ROOT/usr gets the folder of the app, both commands, and what a desktop and shells look for. METHOD
# says how it gets to users (deb, rpm, archive, appimage, flatpak, aur): the app reads it to know who
# brings its updates. PYTHON is an interpreter that has CCR Desktop and Qt, for what is drawn and
# written by the program itself.
set -eu

bundle=$1
root=$2
method=$3
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)
id=io.github.ccr_desktop
umask 022

# The program writes its files here, if any.
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
export CCR_DESKTOP_HOME="$made/home" QT_QPA_PLATFORM=offscreen

into() { # FOLDER FILE...
    folder=$root/usr/$1
    shift
    mkdir -p "$folder"
    install -m 644 "$@" "$folder"
}

app=$root/usr/lib/ccr-desktop
mkdir -p "$root/usr/lib" "$root/usr/bin"
cp -a "$bundle" "$app"
echo "$method" >"$app/install-method"
find "$app" -type d -exec chmod 755 {} +
find "$app" -type f -exec chmod 644 {} +
for name in ccr ccr-desktop; do
    chmod 755 "$app/$name"
    ln -s "../lib/ccr-desktop/$name" "$root/usr/bin/$name"
    "$python" "$here/man_page.py" "$name" | gzip -9n >"$made/$name.1.gz"
    into share/man/man1 "$made/$name.1.gz"
done

into share/applications "$here/$id.desktop"
into share/metainfo "$here/$id.metainfo.xml"
"$python" "$here/../common/icons.py" "$root/usr/share/icons"
find "$root/usr/share/icons" -type f -exec chmod 644 {} +

# For those who want the router without the app: nothing enables it.
case $method in
    deb | rpm)
        sed "s|^ExecStart=.*/ccr |ExecStart=/usr/bin/ccr |" "$here/ccr-desktop.service" \
            >"$made/ccr-desktop.service"
        into lib/systemd/user "$made/ccr-desktop.service"
        ;;
esac

# Shells load the file that is called as the command, when it is first completed.
case $method in
    deb) zsh=share/zsh/vendor-completions ;;
    *) zsh=share/zsh/site-functions ;;
esac
"$bundle/ccr" completion bash >"$made/ccr"
into share/bash-completion/completions "$made/ccr"
ln -s ccr "$root/usr/share/bash-completion/completions/ccr-desktop"
{
    echo "#compdef ccr ccr-desktop"
    "$bundle/ccr" completion zsh
    echo "_bash_complete -o default -F _ccr" # this time; from now on zsh asks it by itself
} >"$made/_ccr"
into "$zsh" "$made/_ccr"
"$bundle/ccr" completion fish >"$made/ccr.fish"
echo "complete -c ccr-desktop -w ccr" >"$made/ccr-desktop.fish"
into share/fish/vendor_completions.d "$made/ccr.fish" "$made/ccr-desktop.fish"
