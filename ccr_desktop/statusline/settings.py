"""What the configuration says about the status line, and the default route.

Plain JSON is read as it is. A file with comments needs the JSON5 reader, whose result is kept
in the cache folder until the file changes.
"""

from __future__ import annotations

import os

from ccr_desktop.statusline.places import config_files, folder
from ccr_desktop.statusline.reading import complain, dig, loads, read_file, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_BYTES = 32 * 1024 * 1024
_KEPT = "statusline.json"


class Settings:
    """The `StatusLine` object and the model of the default route; empty where nothing is set.

    *folder* is where the file lies: paths in it begin there.
    """

    def __init__(self, raw: Any, folder: str = "") -> None:
        line = dig(raw, "StatusLine")
        self.line: dict[str, Any] = line if isinstance(line, dict) else {}
        self.folder = folder
        self.default_model = _model(dig(raw, "Router", "default"))

    @property
    def style(self) -> str:
        return text_of(self.line.get("currentStyle")).strip() or "default"

    @property
    def modules(self) -> list[dict[str, Any]] | None:
        """The modules of the style in force; None when the built-in ones are wanted."""
        found = dig(self.line, self.style, "modules")
        if not isinstance(found, list):
            return None
        return [module for module in found if isinstance(module, dict)] or None


def load(explicit: str | None = None) -> Settings:
    """From the file in force. A file that can't be read is reported and means: the defaults."""
    places = (os.path.expanduser(explicit),) if explicit else config_files()
    for path in places:
        try:
            found = os.stat(path)
        except (OSError, ValueError):
            continue
        try:
            raw = _raw(path, [path, found.st_mtime_ns, found.st_size])
            return Settings(raw, os.path.dirname(os.path.abspath(path)))
        except (OSError, ValueError) as exc:
            complain(f"{path} is not used: {exc}")
            break
    return Settings({})


def _raw(path: str, stamp: list[Any]) -> Any:
    data = read_file(path, _MOST_BYTES)
    try:
        return loads(data)
    except ValueError:
        pass  # it may be JSON5
    kept = os.path.join(folder("cache"), _KEPT)
    try:
        known = loads(read_file(kept, _MOST_BYTES))
        if dig(known, "stamp") == stamp:
            return known["raw"]
    except (OSError, ValueError):
        pass  # nothing kept yet: read it anew
    raw = _with_comments(data, path)
    _keep(kept, {"stamp": stamp, "raw": raw})
    return raw


def _with_comments(data: bytes, path: str) -> Any:
    """The two parts of a JSON5 file that are of use here. Raises ValueError."""
    from pathlib import Path  # rare, and slow to load, as all of these

    from ccr_desktop.core.config.syntax import parse
    from ccr_desktop.errors import CcrError

    try:
        raw = parse(data, Path(path), [])
    except CcrError as exc:
        raise ValueError(" ".join(str(exc).split())) from exc
    return {
        "StatusLine": raw.get("StatusLine"),
        "Router": {"default": dig(raw, "Router", "default")},
    }


def _keep(path: str, content: dict[str, Any]) -> None:
    """Write the cache as a whole or not at all; without one it only takes longer."""
    import json  # only after a file has changed

    fresh = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(fresh, path)
    except (OSError, ValueError):
        return


def _model(route: Any) -> str:
    """The model of `provider,model`, or of the first in a list of routes."""
    first = route[0] if isinstance(route, list) and route else route
    provider, comma, model = text_of(first).partition(",")
    return model.strip() if comma else provider.partition("/")[2].strip()
