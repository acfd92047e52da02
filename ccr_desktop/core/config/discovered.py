"""What providers said of their models' context windows when they were asked for their models.

`ccr providers models` and `test` and `ccr model` ask; what they learn lies in the cache folder, and
a running service sees it at once.
"""

from __future__ import annotations

import contextlib
import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.files import encode, stamp, write_safely
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ccr_desktop.core.config.files import Stamp

# By the documentation of: LM Studio, OpenRouter (and Together, Fireworks), Groq, Mistral, vLLM,
# Gemini, Anthropic. What is loaded now comes before what a model could take.
_MEMBERS = (
    "loaded_context_length",
    "context_length",
    "context_window",
    "max_context_length",
    "max_model_len",
    "inputTokenLimit",
    "max_input_tokens",
)
_last: tuple[Path, Stamp | None, dict[str, dict[str, int]]] | None = None


def windows_in(models: Iterable[Any]) -> dict[str, int]:
    """The windows by model, in tokens, that a provider's list of models tells."""
    windows = {}
    for model in models:
        if isinstance(model, dict) and (size := _size(model)):
            name = next((model[key] for key in ("id", "name", "model") if model.get(key)), "")
            windows[str(name).removeprefix("models/")] = size
    return windows


def _size(model: Mapping[str, Any]) -> int | None:
    sizes = (model.get(member) for member in _MEMBERS)
    return next((size for size in sizes if type(size) is int and size > 0), None)


def remember(address: str, windows: Mapping[str, int]) -> None:
    """Keep the windows of the provider at *address* in place of what it said before."""
    if windows:
        known = {**_known(), address: dict(windows)}
        with contextlib.suppress(CcrError):  # without the file one knows less, and all works
            write_safely(_file(), encode(known))


def discovered_window(address: str, model: str) -> int | None:
    """What the provider at *address* said of *model*, in tokens."""
    return _known().get(address, {}).get(model)


def _file() -> Path:
    return _file_by(*map(os.environ.get, ("CCR_DESKTOP_HOME", "HOME", "XDG_CACHE_HOME")))


@lru_cache(maxsize=1)
def _file_by(*_environment: str | None) -> Path:
    """Every request asks, and finding the folder costs 40 us."""
    return paths.cache_dir() / "context-windows.json"


def _known() -> dict[str, dict[str, int]]:
    global _last  # noqa: PLW0603  # one file, read again when it changes
    path = _file()
    now = stamp(path)
    if _last is None or _last[:2] != (path, now):
        _last = (path, now, _read(path) if now else {})
    return _last[2]


def _read(path: Path) -> dict[str, dict[str, int]]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        address: {model: size for model, size in sizes.items() if type(size) is int}
        for address, sizes in found.items()
        if isinstance(sizes, dict)
    }
