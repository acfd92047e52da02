"""The status line as `ccr statusline` draws it, for the preview."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.own_program import own_command
from ccr_desktop.statusline.line import Line
from ccr_desktop.statusline.scripts import FAILED, Scripts
from ccr_desktop.statusline.settings import Settings
from ccr_desktop.statusline.values import Values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.pages.settings.line_scene import Scene

_LIMIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """The line with its colours, and what each placeholder stands for in it."""

    text: str
    values: Mapping[str, str]


class LineDrawer:
    """Draws in any thread, one line at a time. What scripts said is kept until they change, not
    that they failed.
    """

    def __init__(self) -> None:
        self._said: dict[tuple[object, ...], str] = {}

    def draw(self, raw: JsonObject, folder: str, scene: Scene) -> Drawn:
        """*folder* is where the settings lie: paths in them begin there."""
        settings = Settings(raw, folder)
        values = Values(scene.payload, settings, scene.known)
        scripts = _ScriptsApart(folder, scene.payload, self._said)
        return Drawn(Line(values, settings, {}, scripts).text(), values.all())


class _ScriptsApart(Scripts):
    """Each script in a process of its own: what it does can't touch the window."""

    def __init__(
        self, folder: str, payload: Mapping[str, Any], said: dict[tuple[object, ...], str]
    ) -> None:
        super().__init__(folder)
        self._place = folder
        self._payload = payload
        self._said = said

    def text(self, path: str, values: Mapping[str, Any]) -> str:
        whole = os.path.expanduser(os.path.expandvars(path))  # noqa: PTH111
        if os.path.isfile(beside := os.path.join(self._place, whole)):  # noqa: PTH113, PTH118
            whole = beside
        options = values.get("options")
        key = (whole, _changed(whole), json.dumps(options), json.dumps(self._payload))
        said = self._said.get(key) or self._run_apart(whole, options)
        if FAILED not in said:  # which may be for want of time alone, on a busy machine
            self._said[key] = said
        return said

    def _run_apart(self, path: str, options: Any) -> str:
        """What `ccr statusline` prints for this one module."""
        module = {"type": "script", "scriptPath": path, "options": options}
        config = {"StatusLine": {"default": {"modules": [module]}}}
        with tempfile.TemporaryDirectory(prefix="ccr-preview-") as folder:
            file = Path(folder) / "config.json"
            file.write_text(json.dumps(config), encoding="utf-8")
            command = [*own_command(), "statusline", "--config", str(file)]
            try:
                done = subprocess.run(  # noqa: S603  # this program itself
                    command,
                    input=json.dumps(dict(self._payload)).encode(),
                    capture_output=True,
                    timeout=_LIMIT_S,
                    check=False,
                    creationflags=_NO_WINDOW,
                )
            except (OSError, subprocess.TimeoutExpired):
                return f"{FAILED} {Path(path).name}"
        return done.stdout.decode("utf-8", "replace").strip()


_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0


def _changed(path: str) -> object:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
