"""Transformers in Python files of the user's, loaded again when a file changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import replaced_script
from ccr_desktop.core.sidecar import Sidecar, describe
from ccr_desktop.core.transformers.base import HOOKS
from ccr_desktop.core.transformers.javascript import JavaScriptClass
from ccr_desktop.core.user_code import (
    NotUsableError,
    Stamp,
    is_javascript,
    load_module,
    stamp,
    why,
)

if TYPE_CHECKING:
    from types import ModuleType

    from ccr_desktop.core.config.schema import PluginFile

log = logging.getLogger(__name__)

_HINT = "Requests that need it fail until it can be loaded."
_NAMELESS = "it defines no class with a text `name` and one of the hooks " + ", ".join(HOOKS)


@dataclass(frozen=True, slots=True)
class PluginClass:
    """A transformer of the user's."""

    make: Callable[..., Any]
    file: PluginFile

    def instance(self, options: Mapping[str, Any]) -> Any:
        """One for a chain. A class that takes no options need not have `__init__`."""
        takes_options = getattr(self.make, "__init__", None) is not object.__init__
        return self.make(dict(options)) if takes_options else self.make()


@dataclass(frozen=True, slots=True)
class Plugins:
    """What the files hold now. `broken` are those that can't be loaded, with the reason."""

    classes: Mapping[str, PluginClass] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    issues: Sequence[Issue] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    seen: Stamp | None
    classes: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    problem: str = ""


class PluginFiles:
    """Loads files, each once until it changes. Those in JavaScript run in *sidecar*."""

    def __init__(self, sidecar: Sidecar | None = None) -> None:
        self.sidecar = sidecar or Sidecar()
        self._loaded: dict[str, _Loaded] = {}

    def load(self, files: Sequence[PluginFile]) -> Plugins:
        """What *files* hold. Runs their code, so it may take its time."""
        classes: dict[str, PluginClass] = {}
        broken: dict[str, str] = {}
        issues: list[Issue] = []
        for file in files:
            if replaced_script(file.path):
                continue
            loaded = self._look(file)
            if loaded.problem:
                broken[file.path] = loaded.problem
                if loaded.seen:  # that there is no such file was said when the path was read
                    problem = f"{file.path}: {loaded.problem}"
                    issues.append(Issue(file.where, problem, _HINT, "warning"))
            for name, make in loaded.classes.items():
                if name in classes:
                    problem = f"{file.path} has a second {name!r}; this one counts."
                    hint = "Give each its own name."
                    issues.append(Issue(file.where, problem, hint, "warning"))
                classes[name] = PluginClass(make, file)
        return Plugins(classes, broken, issues)

    def has_changed(self, files: Sequence[PluginFile]) -> bool:
        """Whether `load` would find something new. May block."""
        looked_at = (file.path for file in files if not replaced_script(file.path))
        return any(self._loaded.get(path, _NOTHING).seen != _seen(path) for path in looked_at)

    def _look(self, file: PluginFile) -> _Loaded:
        before = self._loaded.get(file.path)
        seen = _seen(file.path)
        if before is None or before.seen != seen:
            self._loaded[file.path] = self._load(file, seen)
        return self._loaded[file.path]

    def _load(self, file: PluginFile, seen: Stamp | None) -> _Loaded:
        if seen is None:
            return _Loaded(None, problem="there is no such file")
        path = Path(file.path)
        try:
            if is_javascript(path):
                classes = _javascript_classes(file, seen, self.sidecar)
            else:
                classes = _classes(load_module(path))
        except Exception as exc:  # noqa: BLE001  # importing runs somebody else's code
            log.warning("the plugin %s can't be loaded: %s", path, exc)
            return _Loaded(seen, problem=why(exc, path))
        return _Loaded(seen, classes, "" if classes else _NAMELESS)


_NOTHING = _Loaded((-1, -1))


def _seen(path: str) -> Stamp | None:
    try:
        return stamp(Path(path))
    except NotUsableError:
        return None


def _javascript_classes(
    file: PluginFile, seen: Stamp, sidecar: Sidecar
) -> dict[str, Callable[..., Any]]:
    """The transformer that a JavaScript file exports, by its name."""
    found = describe(Path(file.path), file.options)
    if found["kind"] != "transformer" or not found["name"]:
        raise NotUsableError("it exports no class with a `name` and claude-code-router's hooks")
    made = JavaScriptClass(
        name=found["name"], path=file.path, seen=seen, hooks=found["hooks"], sidecar=sidecar
    )
    return {made.name: made}


def _classes(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The transformers that *module* itself defines, by name."""
    own: list[Any] = [
        v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__
    ]
    return {str(v.name): v for v in own if _is_transformer(v)}


def _is_transformer(candidate: Any) -> bool:
    name = getattr(candidate, "name", None)
    is_named = isinstance(candidate, type) and isinstance(name, str) and bool(name)
    return is_named and any(hasattr(candidate, h) for h in HOOKS)
