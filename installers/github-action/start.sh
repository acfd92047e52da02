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

export CCR_DESKTOP_HOME=${CCR_DESKTOP_HOME:-$RUNNER_TEMP/ccr-desktop}
config=$CCR_DESKTOP_HOME/config/config.json
logs=$CCR_DESKTOP_HOME/logs

if [ -n "${CCR_CONFIG:-}" ]; then
    mkdir -p "$(dirname "$config")"
    rm -f "$config"
    printf '%s\n' "$CCR_CONFIG" >"$config"
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
ccr start || code=$?
if [ "$code" != 0 ]; then
    echo "::group::What the router said"
    [ ! -e "$logs/service-start.log" ] || cat "$logs/service-start.log"
    ccr logs --lines 50 || true
    echo "::endgroup::"
    refuse "The router did not start: its log is above." "$code"
fi
ccr env --json | "$CCR_PYTHON" "$(dirname "${BASH_SOURCE[0]}")/export.py"
