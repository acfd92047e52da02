"""`ccr statusline`: Claude Code's JSON on stdin, one line on stdout, exit code 0 in any case.

It runs several times a second: what is imported here is what every one of them pays for.
"""

from __future__ import annotations

import os
import sys

from ccr_desktop.statusline.line import make_line

_MOST_BYTES = 16 * 1024 * 1024
HELP = """\
usage: ccr statusline [--config FILE]

The status line of Claude Code: reads what Claude Code sends on standard input
and prints one line. In ~/.claude/settings.json:

  "statusLine": {"type": "command", "command": "ccr statusline", "padding": 0}

What it shows is the StatusLine object of the router's configuration.

example:
  echo '{}' | ccr statusline"""


def run(arguments: list[str]) -> int:
    if "--help" in arguments or "-h" in arguments:
        print(HELP)
        return 0
    line, is_running = make_line(_input(), _config(arguments))
    _print(line)
    if is_running:
        os._exit(0)  # a script that ignores its time limit must not hold the line up
    return 0


def _config(arguments: list[str]) -> str | None:
    for at, argument in enumerate(arguments):
        if argument == "--config":
            return arguments[at + 1] if at + 1 < len(arguments) else None
        if argument.startswith("--config="):
            return argument.removeprefix("--config=")
    return None


def _input() -> bytes:
    """All of standard input; nothing when it is closed, or a person sits there."""
    try:
        if sys.stdin is None or sys.stdin.isatty():
            return b""
        return sys.stdin.buffer.read(_MOST_BYTES)
    except (OSError, ValueError):
        return b""


def _print(line: str) -> None:
    """As UTF-8, whatever the system's encoding is: that is what Claude Code reads."""
    try:
        if sys.stdout is not None:
            sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
            sys.stdout.flush()
    except (OSError, ValueError):
        # Nobody reads. The interpreter flushes once more at its end, which must not fail.
        sys.stdout = None  # as it is in a process without one
