#!/bin/sh
# Install CCR Desktop for one user, or bring an installation up to date: what the archive runs once it
# is unpacked. It needs no more than POSIX.
set -eu

home=${HOME:-} # services and containers may have none
prefix=${home:+$home/.local}
quiet=''
start=''
umask 022

usage() {
    cat <<EOF
Install CCR Desktop below ~/.local, without root.

    sh ccr-desktop-….run [--quiet] [-- OPTIONS]

  --quiet          say nothing but what went wrong; give it before and behind the --
  --prefix FOLDER  instead of ~/.local
  --start          open the app afterwards
  --help           print this
EOF
}

say() {
    [ -n "$quiet" ] || printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

while [ $# -gt 0 ]; do
    case $1 in
        --quiet) quiet=1 ;;
        --start) start=1 ;;
        --prefix)
            [ $# -gt 1 ] || fail "--prefix needs a folder."
            prefix=$2
            shift
            ;;
        --help)
            usage
            exit 0
            ;;
        *) fail "Unknown: $1. --help tells what there is." ;;
    esac
    shift
done
case $prefix in
    /*) ;;
    '') fail "HOME is not set. Set it, or name a folder: --prefix FOLDER." ;;
    *) prefix=${USER_PWD:-$PWD}/$prefix ;; # the archive runs this in a folder of its own
esac
case $prefix in
    *[\"\`\$\\%\|\&]* | *[[:cntrl:]]*)
        fail "Menu entries can't name a folder with one of these characters in it: \" \` \$ \\ % | & or a tab or line end"
        ;;
esac

# Files of root in another one's home would be in the way of whatever that user does later.
if [ "$(id -u)" = 0 ] && [ "${prefix#"$home"/}" != "$prefix" ] && [ "$(stat -c %u "$home" 2>/dev/null || echo 0)" != 0 ]; then
    fail "It installs for one user: run it as the one whose home is $home, without sudo."
fi

from=$(cd "$(dirname "$0")" && pwd)
app=$prefix/lib/ccr-desktop
new=$prefix/lib/.ccr-desktop.new
old=$prefix/lib/.ccr-desktop.old
record=$app/installed-files

# What runs here says what it lacks before anything that works is replaced.
"$from/lib/ccr-desktop/ccr" --version >/dev/null ||
    fail "This archive does not run on this system. Nothing was changed."

folders=''
if [ -f "$record" ]; then
    folders=$(sed -n '/\/$/p' "$record") # made by an earlier installation, to be removed with this one
fi
made=''
folder() { # make one below the prefix, and remember what was not there
    [ -d "$prefix/$1" ] && return
    case $1 in
        */*) folder "${1%/*}" ;;
    esac
    mkdir "$prefix/$1"
    made="$1/
$made"
}
give_up() { # WORDS: what was made so far goes again
    rm -rf "$new"
    printf '%s' "$made" | while IFS= read -r folder; do
        rmdir "$prefix/$folder" 2>/dev/null || true
    done
    fail "$1 Nothing was changed."
}

# All of it is copied before anything that runs is asked to end: there may be no room, or no right.
[ -d "$prefix" ] || mkdir -p "$prefix" || fail "$prefix can't be made. Nothing was changed."
rm -rf "$new" "$old" || give_up "$prefix/lib can't be written."
{ [ -d "$prefix/lib" ] || folder lib; } || give_up "$prefix can't be written."
mv "$from/lib/ccr-desktop" "$new" || give_up "It can't be put into $prefix/lib."

was=''
running=''
if [ -x "$app/uninstall" ]; then
    was=$("$app/ccr" --version 2>/dev/null | cut -d ' ' -f 2) || was=unknown
    running=$("$app/uninstall" --end-running) ||
        give_up "CCR Desktop is running and does not end. Quit it, and try again."
fi

# The folder of the app is put in place by two renames, whole or not at all.
(cd "$from" && find bin share ! -type d) >"$new/files"

# Files of the version before that this one does not have.
if [ -f "$record" ]; then
    grep -v '/$' "$record" | while IFS= read -r file; do
        grep -qxF "$file" "$new/files" || rm -f "$prefix/$file"
    done
fi

kept=''
while IFS= read -r file; do
    folder "${file%/*}"
    case $file in
        bin/*)
            name=${file#bin/}
            target=$(readlink "$prefix/$file" 2>/dev/null) || target=
            if [ -e "$prefix/$file" ] && [ "$target" != "../lib/ccr-desktop/$name" ]; then
                kept="$kept $prefix/$file" # of another program
                continue
            fi
            ln -sfn "../lib/ccr-desktop/$name" "$prefix/$file"
            ;;
        share/applications/*)
            # The session of a desktop need not have this folder on its path.
            sed -e "s|^Exec=ccr-desktop|Exec=\"$app/ccr-desktop\"|" \
                -e "s|^TryExec=.*|TryExec=$app/ccr-desktop|" "$from/$file" >"$prefix/$file"
            ;;
        *) cp -Pf "$from/$file" "$prefix/$file" ;;
    esac
    printf '%s\n' "$file"
done <"$new/files" >"$new/installed-files"
rm "$new/files"
printf '%s\n' "$folders" "$made" | sed '/^$/d' | LC_ALL=C sort -ru >>"$new/installed-files"

[ ! -d "$app" ] || mv "$app" "$old"
mv "$new" "$app"
rm -rf "$old"
"$app/uninstall" --tell-desktop

say "CCR Desktop $("$app/ccr" --version | cut -d ' ' -f 2) is installed in $app${was:+ (was: $was)}."
case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) say "Shells find it once $prefix/bin is on the PATH." ;;
esac
[ -z "$kept" ] || say "Kept, since it is of another program:$kept. ccr-desktop knows the same commands."
if ! missing=$("$app/ccr" --selftest 2>&1); then
    say "Something that it needs of this system is missing:"
    say "$missing"
fi
say "To remove it: $app/uninstall"

has_screen() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}
open_app() {
    (cd "${home:-/}" && nohup "$app/ccr-desktop" ui "$@" </dev/null >/dev/null 2>&1 &)
}
case $running in
    *router*) "$app/ccr" start >/dev/null || true ;;
esac
# A double click is all that there was of a first installation: the window says that it worked.
[ -t 1 ] || [ -n "$quiet$was" ] || start=1
if [ "${running#*app}" != "$running" ] && ! has_screen; then
    say "The app was running and has ended, with its router. There is no screen here: open it again."
elif [ -n "$start" ]; then
    ! has_screen || open_app
elif [ "${running#*app}" != "$running" ]; then
    open_app --hidden
fi
