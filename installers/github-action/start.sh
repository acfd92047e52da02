#!/usr/bin/env bash
# Start the router and lead the steps that follow to it.
# CCR_PYTHON: any interpreter. CCR_CONFIG: the configuration's text. CCR_KEYS: NAME=VALUE lines.
# SERVICE_PORT: where to listen.
# No value of these is ever printed; the file is for the runner's user alone.
set -euo pipefail
umask 077

refuse() { # TITLE EXIT_CODE
    echo "::error title=CCR Desktop::$1"
    exit "$2"
}

# The file that `ccr` itself would find in the home of this user; nothing if there is none.
own_file() {
    ccr config path --json | "$CCR_PYTHON" -c '
import json, sys
found = json.load(sys.stdin)
print(found["path"] if found["origin"] == "own configuration" else "")'
}

own=
[ -n "${CCR_DESKTOP_HOME:-}${CCR_CONFIG:-}" ] || own=$(own_file)
export CCR_DESKTOP_HOME=${CCR_DESKTOP_HOME:-$RUNNER_TEMP/ccr-desktop}
config=$CCR_DESKTOP_HOME/config/config.json
logs=$CCR_DESKTOP_HOME/logs

mkdir -p "$(dirname "$config")"
if [ -n "${CCR_CONFIG:-}" ]; then
    rm -f "$config"
    printf '%s\n' "$CCR_CONFIG" >"$config"
elif [ -n "${own%$'\r'}" ]; then
    rm -f "$config"
    cat "${own%$'\r'}" >"$config" # a copy: what the job changes stays in the job
elif [ ! -e "$config" ] && [ ! -e "$HOME/.claude-code-router/config.json" ]; then
    refuse "There is no configuration. Give one in 'config'." 2
fi

number=0
while IFS= read -r line; do
    number=$((number + 1))
    line=${line%$'\r'}
    [[ $line =~ [^[:space:]] ]] || continue
    if [[ ! $line =~ ^[A-Za-z_][A-Za-z0-9_]*=.+ ]]; then
        refuse "Line $number of 'keys' is not NAME=VALUE with a value. Is the secret set?" 2
    fi
    export "${line?}"
done <<<"${CCR_KEYS:-}"
unset CCR_CONFIG CCR_KEYS line # the router's process needs neither

if ccr status --json | grep -q '"running": true'; then
    refuse "A router runs on port $SERVICE_PORT already: end it, or choose another 'port'." 3
fi
ccr config check || refuse "The configuration has errors: see above." $?

code=0
rm -f "$logs/service-start.log"
before=0 # bytes of earlier starts
[ ! -e "$logs/ccr-desktop.log" ] || before=$(wc -c <"$logs/ccr-desktop.log")
ccr start || code=$?
if [ "$code" != 0 ]; then
    echo "::group::What the router said"
    cat "$logs/service-start.log" 2>/dev/null || true
    tail -c "+$((before + 1))" "$logs/ccr-desktop.log" 2>/dev/null | tail -n 50 || true
    echo "::endgroup::"
    refuse "The router did not start: its log is above." "$code"
fi
ccr env --json | "$CCR_PYTHON" "$(dirname "${BASH_SOURCE[0]}")/export.py"
