#!/bin/sh
# Remove the CCR Desktop that this file lies in. Settings and records of its user stay.
set -eu

app=$(cd "$(dirname "$0")" && pwd -P)
prefix=$(cd "$app/../.." && pwd -P)
quiet=''
action=remove

usage() {
    cat <<EOF
Remove CCR Desktop from $prefix. Settings, keys and records of what it did stay.

    $app/uninstall [--quiet]
EOF
}

# What of it runs on: the app, a router without it, or both. Each has its program in this folder, and
# says what it is by its first argument. Others end by themselves (`ccr code` with its Claude Code) and
# need no more of the folder than it has later, too.
running() {
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null) in
            "$app"/*) ;;
            *) continue ;;
        esac
        words=$(tr '\0' '\n' 2>/dev/null <"$process/cmdline" | sed -n 1,2p)
        case $words in
            *"
serve") echo router ;;
            *"
ui" | *"
gui" | */ccr-desktop) echo app ;;
        esac
    done | sort -u
}

# Ask it to end. Prints what was running; fails if something stays, and then all of it does.
end_running() {
    was=$(running)
    printf '%s\n' "$was"
    [ -n "$was" ] || return 0
    "$app/ccr-desktop" ui --quit >/dev/null 2>&1 || true
    "$app/ccr" stop >/dev/null 2>&1 || true
    tries=0
    while [ -n "$(running)" ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 20 ]; then
            case $was in
                *router*) "$app/ccr" start >/dev/null 2>&1 || true ;;
            esac
            return 1
        fi
        sleep 1
    done
}

# Menus and links: desktops read this by themselves but for the list of what opens which link.
tell_desktop() {
    menu=$prefix/share/applications
    if command -v update-desktop-database >/dev/null && [ -d "$menu" ]; then
        update-desktop-database -q "$menu" 2>/dev/null || true
    fi
    list=$menu/mimeinfo.cache
    if [ -f "$list" ] && [ "$(cat "$list")" = "[MIME Cache]" ]; then
        rm "$list"
    fi
}

while [ $# -gt 0 ]; do
    case $1 in
        --quiet) quiet=1 ;;
        --end-running) action=end_running ;;
        --tell-desktop) action=tell_desktop ;;
        --help)
            usage
            exit 0
            ;;
        *)
            usage >&2
            exit 2
            ;;
    esac
    shift
done
if [ "$action" != remove ]; then
    $action
    exit
fi

if ! end_running >/dev/null; then
    echo "CCR Desktop is running and does not end. Quit it, and try again. Nothing was removed." >&2
    exit 1
fi
# What leads to it, and would lead nowhere: Claude Code's own settings, and the start at login.
"$app/ccr" env --undo --yes >/dev/null 2>&1 || true
login=${XDG_CONFIG_HOME:-${HOME:-}/.config}/autostart/ccr-desktop.desktop
if [ -f "$login" ] && grep -qF "$app/" "$login"; then
    rm "$login"
fi
grep -v '/$' "$app/installed-files" | while IFS= read -r file; do
    case $file in
        # A command that another program has put there since is not ours.
        bin/*) [ "$(readlink "$prefix/$file")" = "../lib/ccr-desktop/${file#bin/}" ] || continue ;;
    esac
    rm -f "$prefix/$file"
done
folders=$(grep '/$' "$app/installed-files" || true)
rm -rf "$app"
tell_desktop
# Those that the installation made, deepest first, where nobody else has put anything.
printf '%s\n' "$folders" | while IFS= read -r folder; do
    [ -z "$folder" ] || rmdir "$prefix/$folder" 2>/dev/null || true
done
[ -n "$quiet" ] || echo "CCR Desktop was removed. Settings and records of it stay."
