"""Python files of the user's: loaded, and loaded again when they change."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
import traceback
import zlib
from pathlib import Path
from types import ModuleType

from ccr_desktop.core.regular_files import open_regular

Stamp = tuple[int, int]
"""When a file was changed (ns) and its size (bytes)."""

_JAVASCRIPT = frozenset({".js", ".mjs", ".cjs"})


class NotUsableError(Exception):
    """The file can't be used; the text says why."""


def stamp(path: Path) -> Stamp:
    """What differs when the file was changed. Raises `NotUsableError` when there is none."""
    try:
        status = path.stat()
    except OSError as exc:
        raise NotUsableError(exc.strerror or str(exc)) from exc
    except ValueError as exc:  # it can be no path, with a null in it
        raise NotUsableError(str(exc)) from exc
    return status.st_mtime_ns, status.st_size


def is_javascript(path: Path) -> bool:
    """Whether it is for claude-code-router, and Node.js has to run it."""
    return path.suffix in _JAVASCRIPT


def load_module(path: Path) -> ModuleType:
    """Run the file as a module of its own.

    Raises `NotUsableError`, and whatever its code raises.
    """
    name = f"ccr_user_{path.stem}_{zlib.crc32(os.fsencode(path)):08x}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise NotUsableError("this is neither Python nor JavaScript: its name ends in .py or .js")
    module = importlib.util.module_from_spec(spec)
    with open_regular(path) as file:
        code = compile(file.read(), str(path), "exec")  # never what was compiled before
    before = sys.modules.get(name)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        exec(code, module.__dict__)  # noqa: S102  # the user's own file
    except BaseException:
        sys.modules.pop(name)
        if before:
            sys.modules[name] = before
        raise
    return module


def is_cancellation(error: BaseException) -> bool:
    """Whether our own task is being ended. All else is a failure of the code that raised it.

    `SystemExit` of somebody's script must no more end the router than his `ValueError`.
    """
    if not isinstance(error, asyncio.CancelledError):
        return False
    try:
        task = asyncio.current_task()
    except RuntimeError:  # a thread without a loop: nobody cancels it
        return False
    return task is not None and task.cancelling() > 0


def why(error: BaseException, path: Path) -> str:
    """An error of a user's file in words: our own, or the traceback through the file itself."""
    if isinstance(error, NotUsableError):
        return str(error)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    lines = ["Traceback (most recent call last):\n"] if frames else []
    lines += [*traceback.format_list(frames), *traceback.format_exception_only(error)]
    return "".join(lines).strip()
