"""`ccr logs`: what the router wrote down, also while it does."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import deque
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.options import plain_parser
from ccr_desktop.core.observe.logging import LOG_FILE, SERVER_LOGS
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EXAMPLES = """\
  ccr logs
  ccr logs -f
  ccr logs --server --lines 20"""
_LOOK_EVERY_S = 0.2


def run(arguments: list[str]) -> int:
    options = plain_parser("logs", "Print the log of the router.", _EXAMPLES)
    options.add_argument("-f", "--follow", action="store_true", help="go on as lines are written")
    options.add_argument("--lines", type=_count, default=50, metavar="N", help="how many; 50")
    options.add_argument(
        "--server", action="store_true", help="the server log, a JSON object a line"
    )
    chosen = options.parse_args(arguments)
    path = _newest(server=chosen.server)
    if path is None and not chosen.follow:
        hint = f"It is written to {paths.log_dir()} once the router runs, unless LOG is false."
        raise CcrError("There is no log yet", hint)
    for line in _last_lines(path, chosen.lines) if path else ():
        sys.stdout.write(line)
    if chosen.follow:
        _follow(path, server=chosen.server)
    return 0


def _newest(*, server: bool) -> Path | None:
    pattern = SERVER_LOGS if server else LOG_FILE
    return max(paths.log_dir().glob(pattern), default=None, key=lambda path: path.name)


def _last_lines(path: Path, count: int) -> list[str]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        return list(deque(lines, maxlen=count))


def _follow(path: Path | None, *, server: bool) -> None:
    """Print what comes, from file to file, until Ctrl-C."""
    position = path.stat().st_size if path else 0
    while True:
        sys.stdout.flush()
        time.sleep(_LOOK_EVERY_S)
        newest = _newest(server=server)
        if newest is None:
            continue
        if newest == path and newest.stat().st_size < position:
            _print_rest(path.with_name(f"{path.name}.1"), position)
            position = 0
        elif newest != path:
            path, position = newest, 0  # a new start
        for line in _from(newest, position):
            sys.stdout.write(line)
            position += len(line.encode("utf-8", "surrogateescape"))


def _print_rest(old: Path, position: int) -> None:
    """What came to a log between the last look and the moment when it was put away."""
    if old.is_file():
        sys.stdout.writelines(_from(old, position))


def _from(path: Path, position: int) -> Iterator[str]:
    with path.open("rb") as file:
        file.seek(position, os.SEEK_SET)
        for line in file:
            if line.endswith(b"\n"):
                yield line.decode("utf-8", "surrogateescape")


def _count(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of lines")
