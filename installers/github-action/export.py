"""Hand the variables that `ccr env --json` prints to the steps that follow, and set the outputs.

The files GITHUB_ENV and GITHUB_OUTPUT take `NAME<<END`, the value, `END`; an END that nobody can
guess keeps a value from adding names of its own.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path


def append(place: str, values: Mapping[str, str]) -> None:
    end = secrets.token_hex(16)
    text = "".join(f"{name}<<{end}\n{value}\n{end}\n" for name, value in values.items())
    with Path(os.environ[place]).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def main() -> None:
    told = {name: value for name, value in json.load(sys.stdin).items() if value is not None}
    own = {name: os.environ[name] for name in ("CCR_DESKTOP_HOME", "SERVICE_PORT")}
    append("GITHUB_ENV", {**told, **own})
    append(
        "GITHUB_OUTPUT",
        {"url": told["ANTHROPIC_BASE_URL"], "token": told["ANTHROPIC_AUTH_TOKEN"]},
    )


main()
