"""Modules whose text comes from the user: a Python file, a script for Node.js or any program.

All scripts of one line share one time limit. One that fails or is late leaves a short mark in the
line, and its reason goes to stderr.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import time
import traceback

from ccr_desktop.statusline.reading import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LIMIT_S = 0.3
FAILED = "⚠"
_NAMES = ("status", "status_line", "statusline", "line", "text", "main")
_MOST_CHARACTERS = 2000
_NODE = (
    "const m=require(process.argv[1]),v=JSON.parse(require('fs').readFileSync(0,'utf8'));"
    "const f=m&&m.default!==undefined?m.default:m;"
    "Promise.resolve(typeof f==='function'?f(v,v.options):f)"
    ".then(t=>process.stdout.write(String(t??'')))"
)


class Scripts:
    """Runs the scripts of one line."""

    def __init__(self, folder: str = "", limit_s: float = LIMIT_S) -> None:
        self._folder = folder
        self._until = time.monotonic() + limit_s
        self.left_one_running = False

    def text(self, path: str, values: Mapping[str, Any]) -> str:
        """What a script says, or the mark of failure with its name."""
        full = os.path.expanduser(os.path.expandvars(path))
        if os.path.isfile(beside := os.path.join(self._folder, full)):
            full = beside  # and no program that the system looks for
        try:
            return self._run(full, values).strip()[:_MOST_CHARACTERS]
        except BaseException as exc:  # noqa: BLE001  # a script may do anything, leave included
            reason = "".join(traceback.format_exception_only(exc)).strip()
            complain(f"the script {full} failed: {reason}")
            return f"{FAILED} {os.path.basename(full)}"

    def _run(self, path: str, values: Mapping[str, Any]) -> str:
        if time.monotonic() > self._until:
            raise TimeoutError(f"the scripts before it took the {LIMIT_S} s of them all")
        if path.endswith(".py"):
            return self._python(path, values)
        if path.endswith((".js", ".cjs", ".mjs")):
            return self._program(["node", "-e", _NODE, os.path.abspath(path)], values)
        return self._program([path], values)

    def _python(self, path: str, values: Mapping[str, Any]) -> str:
        """In a thread of this process: a second interpreter would take longer than the script."""
        result: list[str | BaseException] = []

        def work() -> None:
            try:
                result.append(_called(path, values))
            except BaseException as exc:  # noqa: BLE001  # told by the caller
                result.append(exc)

        stdout = sys.stdout
        sys.stdout = said = io.StringIO()  # what it prints must not get into the line by itself
        try:
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            thread.join(max(0.0, self._until - time.monotonic()))
        finally:
            sys.stdout = stdout
        if not result:
            self.left_one_running = True
            raise TimeoutError(f"it took longer than {LIMIT_S} s")
        if isinstance(result[0], BaseException):
            raise result[0]
        return result[0] or said.getvalue()

    def _program(self, command: list[str], values: Mapping[str, Any]) -> str:
        """The values go to its input as JSON; its output is the text."""
        import json  # only programs need it
        import subprocess

        with subprocess.Popen(  # noqa: S603  # the user named this program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                remaining_s = max(0.0, self._until - time.monotonic())
                out, err = process.communicate(json.dumps(dict(values)).encode(), remaining_s)
            except subprocess.TimeoutExpired as exc:
                _kill(process)
                raise TimeoutError(f"it took longer than {LIMIT_S} s") from exc
        if process.returncode:
            said = err.decode("utf-8", "replace").strip()[-500:]
            raise RuntimeError(f"exit code {process.returncode}. {said}")
        return out.decode("utf-8", "replace")


def _kill(process: Any) -> None:
    """End the program with all that it started."""
    if sys.platform == "win32":
        process.kill()
        return
    import signal  # rare

    os.killpg(process.pid, signal.SIGKILL)


def _called(path: str, values: Mapping[str, Any]) -> str:
    """The text of a Python file: what its `status` says, or returns when it is a function."""
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    space: dict[str, Any] = {"__name__": "ccr_status_script", "__file__": path}
    exec(code, space)  # noqa: S102  # the user's own file, named in the configuration
    found = next((space[name] for name in _NAMES if name in space), None)
    if callable(found):
        found = found(dict(values))
    if hasattr(found, "__await__"):
        found = _awaited(found)
    return "" if found is None else str(found)


def _awaited(waiting: Any) -> Any:
    import asyncio  # only for a script that wants it

    async def wait() -> Any:
        return await waiting

    return asyncio.run(wait())
