"""Small files and JSON, without the modules that cost milliseconds to load."""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import FileIO
    from typing import Any


class _Plain:
    """JSON as it comes; what the C scanner wants to be told."""

    strict = False
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo: dict[str, str] = {}  # noqa: RUF012  # the scanner asks for it and never fills it


def loads(data: bytes | str) -> Any:
    """The JSON value in *data*. Raises ValueError for whatever is none."""
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    text = text.strip(" \t\r\n\ufeff")
    try:
        from _json import make_scanner  # the whole of json takes 13 ms
    except ImportError:  # another Python than CPython
        import json

        return json.loads(text)
    try:
        value, end = make_scanner(_Plain)(text, 0)  # type: ignore[arg-type]  # a context, by its attributes
    except (StopIteration, RecursionError, SystemError) as exc:
        # The scanner's own error lives in a module that is not loaded: hence SystemError.
        raise ValueError("this is no JSON") from exc
    if end != len(text):
        raise ValueError("something stands behind the JSON")
    return value


def read_file(path: str, most_bytes: int) -> bytes:
    """A regular file as a whole. Raises OSError, also for a larger one and for a pipe."""
    with open_file(path) as file:
        data: bytes = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise OSError(f"{path} is too large")
    return data


def open_file(path: str) -> FileIO:
    """A regular file, open for reading: anything else might never end."""
    if "\0" in path or not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(f"{path} is no file")
    return open(path, "rb", buffering=0)


def dig(value: Any, *keys: str) -> Any:
    """What lies under *keys*, or None where one of them leads nowhere."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def complain(text: str) -> None:
    """A word on stderr for whoever tries the command by hand; Claude Code does not show it."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"ccr statusline: {text}\n")
    except (OSError, ValueError):
        return


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def number_of(value: Any) -> float | None:
    """A finite number that is not below zero."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value < 1e15 else None
