"""What providers said of their models' context windows when they were asked for their models.

`ccr providers models` and `test` and `ccr model` ask, and a running service by itself; what they
learn lies in the cache folder, and a running service sees it within half a second.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.files import encode, stamp
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccr_desktop.core.config.files import Stamp

# By the documentation of: LM Studio, OpenRouter (and Together, Fireworks), Groq, Mistral, vLLM,
# Gemini, Anthropic, GitHub Copilot. What is loaded now comes before what a model could take.
_MEMBERS = (
    "loaded_context_length",
    "context_length",
    "context_window",
    "max_context_length",
    "max_model_len",
    "inputTokenLimit",
    "max_input_tokens",
    "max_prompt_tokens",
    "max_context_window_tokens",
)
_LOOK_EVERY_S = 0.5  # every request asks, and a look at the file costs 15 us


@dataclass(slots=True)
class _Look:
    """The file as it was seen last."""

    at_s: float = float("-inf")
    path: Path | None = None
    seen: Stamp | None = None
    windows: dict[str, dict[str, int]] = field(default_factory=dict)


_last = _Look()


def windows_in(models: Iterable[Any]) -> dict[str, int]:
    """The windows by model, in tokens, that a provider's list of models tells."""
    windows = {}
    for model in models:
        if isinstance(model, dict) and (size := _size(model)):
            name = next((model[key] for key in ("id", "name", "model") if model.get(key)), "")
            windows[str(name).removeprefix("models/")] = size
    return windows


def _size(model: Mapping[str, Any]) -> int | None:
    capabilities = model.get("capabilities")
    limits = capabilities.get("limits") if isinstance(capabilities, dict) else None  # of Copilot
    told = {**limits, **model} if isinstance(limits, dict) else model
    sizes = (told.get(member) for member in _MEMBERS)
    return next((size for size in sizes if type(size) is int and size > 0), None)


def remember(address: str, windows: Mapping[str, int]) -> None:
    """Keep the windows of the provider at *address* in place of what it said before."""
    if windows:
        known = {**_known(is_fresh=True), address: dict(windows)}
        with contextlib.suppress(CcrError):  # without the file one knows less, and all works
            write_safely(_file(), encode(known))
            _known(is_fresh=True)


def discovered_window(address: str, model: str) -> int | None:
    """What the provider at *address* said of *model*, in tokens."""
    return _known().get(address, {}).get(model)


def discovered_windows(address: str) -> Mapping[str, int]:
    """The same of all its models, by name."""
    return _known().get(address, {})


def was_asked_within(address: str, seconds: float) -> bool:
    """Whether the service asked the provider at *address* so short a time ago. May block."""
    return abs(time.time() - _asked().get(address, 0.0)) < seconds


def note_asked(address: str) -> None:
    """The service has just asked the provider at *address*. May block."""
    with contextlib.suppress(CcrError):
        write_safely(_asked_file(), encode({**_asked(), address: round(time.time())}))


def _asked() -> dict[str, float]:
    try:
        found = json.loads(_asked_file().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    items = found.items() if isinstance(found, dict) else ()
    return {address: at for address, at in items if isinstance(at, int | float)}


def _asked_file() -> Path:
    return paths.cache_dir() / "context-windows-asked.json"


def _file() -> Path:
    return paths.cache_dir() / "context-windows.json"


def _known(*, is_fresh: bool = False) -> dict[str, dict[str, int]]:
    """The windows by address and model; of a file that changed, after half a second at most."""
    now_s = time.monotonic()
    if is_fresh or now_s - _last.at_s > _LOOK_EVERY_S:
        path = _file()
        seen = stamp(path)
        if (path, seen) != (_last.path, _last.seen):
            _last.windows = _read(path) if seen else {}
        _last.at_s, _last.path, _last.seen = now_s, path, seen
    return _last.windows


def _read(path: Path) -> dict[str, dict[str, int]]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        address: {model: size for model, size in sizes.items() if type(size) is int}
        for address, sizes in found.items()
        if isinstance(sizes, dict)
    }
