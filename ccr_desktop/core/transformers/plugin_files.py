"""Transformers in Python files of the user's, loaded again when a file changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import replaced_script
from ccr_desktop.core.daemons import each_finished, finished
from ccr_desktop.core.sidecar import Sidecar, describe
from ccr_desktop.core.transformers.base import HOOKS
from ccr_desktop.core.transformers.javascript import JavaScriptClass
from ccr_desktop.core.user_code import (
    NotUsableError,
    Stamp,
    is_cancellation,
    is_javascript,
    load_module,
    stamp,
    why,
)

if TYPE_CHECKING:
    from types import ModuleType

    from ccr_desktop.core.config.schema import PluginFile

log = logging.getLogger(__name__)

LOAD_LIMIT_S = 10.0
_HINT = "Requests that need it fail until it can be loaded."
_FOR_CLIENTS = (
    "Other clients ask at /v1/messages, /v1/chat/completions or /v1/responses. "
    "Take it out of the file; its hooks for providers work."
)
_NOTHING_IN_IT = f"it defines no class with a text `name` and one of the hooks {', '.join(HOOKS)}"


@dataclass(frozen=True, slots=True)
class PluginClass:
    """A transformer of the user's."""

    make: Callable[..., Any]
    file: PluginFile

    def instance(self, options: Mapping[str, Any]) -> Any:
        """One for a chain. A class that takes no options need not have `__init__`."""
        takes_options = getattr(self.make, "__init__", None) is not object.__init__
        return self.make(dict(options)) if takes_options else self.make()

    def problem(self, options: Mapping[str, Any]) -> str:
        """Why none can be made with *options*; empty: one can."""
        try:
            self.instance(options)
        except BaseException as exc:  # whatever somebody else's code raises
            if is_cancellation(exc):
                raise
            return why(exc, Path(self.file.path))
        return ""


@dataclass(frozen=True, slots=True)
class Plugins:
    """What the files hold now. `broken` are those that can't be loaded in whole, and why.

    `unmade` are transformers, by name, whose `__init__` failed, and why.
    """

    classes: Mapping[str, PluginClass] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    unmade: Mapping[str, str] = field(default_factory=dict)
    issues: Sequence[Issue] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    seen: Stamp | None
    classes: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    problem: str = ""


class PluginFiles:
    """Loads files beside each other, each once until it changes. Those in JavaScript run in
    *sidecar*.
    """

    def __init__(self, sidecar: Sidecar | None = None) -> None:
        self.sidecar = sidecar or Sidecar()
        self._loaded: dict[str, _Loaded] = {}
        self._unmade: dict[tuple[str, str], tuple[_Loaded, Mapping[str, str]]] = {}

    def load(self, files: Sequence[PluginFile]) -> Plugins:
        """What *files* hold. Runs their code, so it may take its time."""
        classes: dict[str, PluginClass] = {}
        broken: dict[str, str] = {}
        unmade: dict[str, str] = {}
        issues: list[Issue] = []
        looked_at = [file for file in files if not replaced_script(file.path)]
        each_finished([partial(self._found, group) for group in _by_path(looked_at)])
        for file in looked_at:
            loaded = self._loaded[file.path]
            if loaded.problem:
                broken[file.path] = loaded.problem
                if loaded.seen:  # that there is no such file was said when the path was read
                    problem = f"{file.path}: {loaded.problem}"
                    issues.append(Issue(file.where, problem, _HINT, "warning"))
            for name, make in loaded.classes.items():
                if isinstance(make, JavaScriptClass) and make.unheard:
                    issues.append(_unheard(file, make))
                if name in classes:
                    problem = f"{file.path} has a second {name!r}; this one counts."
                    hint = "Give each its own name."
                    issues.append(Issue(file.where, problem, hint, "warning"))
                classes[name] = PluginClass(make, file)
                unmade.pop(name, None)
            unmade |= self._look_at_making(file, loaded)  # was looked at above
        return Plugins(classes, broken, unmade, issues)

    def has_changed(self, files: Sequence[PluginFile]) -> bool:
        """Whether `load` would find something new. May block."""
        looked_at = (file.path for file in files if not replaced_script(file.path))
        return any(self._loaded.get(path, _NOTHING).seen != _seen(path) for path in looked_at)

    def _found(self, group: Sequence[PluginFile]) -> None:
        """Load one path, and make what its entries want: one that hangs keeps no other waiting."""
        for file in group:
            self._look_at_making(file, self._look(file))

    def _look(self, file: PluginFile) -> _Loaded:
        before = self._loaded.get(file.path)
        seen = _seen(file.path)
        if before is None or before.seen != seen:
            self._loaded[file.path] = self._load(file, seen)
        return self._loaded[file.path]

    def _look_at_making(self, file: PluginFile, loaded: _Loaded) -> Mapping[str, str]:
        """What of a file can't be made with its options; known before anybody asks for it."""
        key = (file.path, repr(file.options))
        before = self._unmade.get(key)
        if before is None or before[0] is not loaded:
            self._unmade[key] = before = loaded, _unmade(file, loaded.classes)
        return before[1]

    def _load(self, file: PluginFile, seen: Stamp | None) -> _Loaded:
        if seen is None:
            return _Loaded(None, problem="there is no such file")
        path = Path(file.path)
        if is_javascript(path):  # which has a limit of its own
            return _tried(
                path, seen, lambda: _Loaded(seen, _javascript_classes(file, seen, self.sidecar))
            )
        try:
            return finished(partial(_tried, path, seen, partial(_python, path, seen)), LOAD_LIMIT_S)
        except TimeoutError:
            problem = f"it took longer than {LOAD_LIMIT_S:g} s to load"
            log.warning("the plugin %s can't be loaded: %s", path, problem)
            return _Loaded(seen, problem=problem)


def _by_path(files: Sequence[PluginFile]) -> list[list[PluginFile]]:
    groups: dict[str, list[PluginFile]] = {}
    for file in files:
        groups.setdefault(file.path, []).append(file)
    return [*groups.values()]


def _unmade(file: PluginFile, classes: Mapping[str, Callable[..., Any]]) -> dict[str, str]:
    """One in JavaScript was made when its file was loaded."""
    names = [name for name, make in classes.items() if not isinstance(make, JavaScriptClass)]
    tried = [partial(_making, PluginClass(classes[name], file)) for name in names]
    problems = dict(zip(names, each_finished(tried), strict=True))
    return {name: problem for name, problem in problems.items() if problem}


def _making(one: PluginClass) -> str:
    """Why it can't be made; empty: it can."""
    try:
        return finished(partial(one.problem, one.file.options), LOAD_LIMIT_S)
    except TimeoutError:
        return f"it took longer than {LOAD_LIMIT_S:g} s to make it"


def _python(path: Path, seen: Stamp) -> _Loaded:
    own = _own_classes(load_module(path))
    classes = {str(kind.name): kind for kind in own if _is_named(kind)}
    return _Loaded(seen, classes, _nameless(own) or ("" if classes else _NOTHING_IN_IT))


def _tried(path: Path, seen: Stamp, load: Callable[[], _Loaded]) -> _Loaded:
    try:
        return load()
    except BaseException as exc:  # importing runs somebody else's code
        if is_cancellation(exc):
            raise
        log.warning("the plugin %s can't be loaded: %s", path, exc)
        return _Loaded(seen, problem=why(exc, path))


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
        name=found["name"],
        path=file.path,
        seen=seen,
        hooks=found["hooks"],
        sidecar=sidecar,
        end_point=str(found["endPoint"] or ""),
    )
    return {made.name: made}


def _unheard(file: PluginFile, made: JavaScriptClass) -> Issue:
    """What claude-code-router has for clients with other protocols, and nobody needs here."""
    what, have = ", ".join(made.unheard), "has" if len(made.unheard) == 1 else "have"
    problem = f"{file.path}: {what} of {made.name!r} {have} no effect here."
    return Issue(file.where, problem, _FOR_CLIENTS, "warning")


def _own_classes(module: ModuleType) -> list[Any]:
    """The classes with hooks that *module* itself defines, without those others are made from."""
    own = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ]
    bases = {base for kind in own for base in kind.__mro__[1:]}
    return [
        kind
        for kind in own
        if any(hasattr(kind, hook) for hook in HOOKS) and (_is_named(kind) or kind not in bases)
    ]


def _is_named(kind: Any) -> bool:
    name = getattr(kind, "name", None)
    return isinstance(name, str) and bool(name)


def _nameless(own: Sequence[Any]) -> str:
    """What is wrong with classes that nobody can name; private ones are helpers."""
    names = [
        kind.__name__ for kind in own if not _is_named(kind) and not kind.__name__.startswith("_")
    ]
    if not names:
        return ""
    what = f"class {names[0]} has" if len(names) == 1 else f"classes {', '.join(names)} have"
    remedy = "give it one, or an underscore in front when it is no transformer"
    return f"its {what} hooks and no text `name`: {remedy}"
