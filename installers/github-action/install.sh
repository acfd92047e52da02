#!/usr/bin/env bash
# Install the router into an environment of its own, which the rest of the job has on its PATH.
# CCR_PYTHON: the interpreter. CCR_SOURCE, CCR_VERSION: what to install; neither: this checkout.
set -euo pipefail

place=$RUNNER_TEMP/ccr-desktop
(umask 077 && mkdir -p "$place")
"$CCR_PYTHON" -m venv "$place/venv"
programs=$place/venv/bin
[ -d "$programs" ] || programs=$place/venv/Scripts # Windows

if [ -n "${CCR_SOURCE:-}" ]; then
    case $CCR_SOURCE in
        /* | .* | [A-Za-z]:*) wanted=$CCR_SOURCE ;;
        *) wanted=./$CCR_SOURCE ;; # pip takes a bare word for a name on PyPI
    esac
elif [ -n "${CCR_VERSION:-}" ]; then
    wanted=ccr-desktop==$CCR_VERSION
else
    wanted=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
fi
"$programs/python" -m pip install --quiet --disable-pip-version-check "$wanted"

"$programs/ccr" --version
echo "$programs" >>"$GITHUB_PATH"
