"""The user's own code as the section shows it: frozen records, made from what runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS, replaced_script
from ccr_desktop.core.setup.plugin_entries import KEY, entry_options, path_text, plugin_entries
from ccr_desktop.core.transformers.base import HOOKS
from ccr_desktop.core.transformers.options import declared_options
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config, PluginFile
    from ccr_desktop.core.config.setting import Setting
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.plugin_files import Plugins


class Load(Enum):
    """How a file stands."""

    LOADED = "loaded"
    FAILED = "failed"
    UNMADE = "unmade"
    """It is loaded, and fails as soon as it is wanted."""
    MISSING = "missing"
    BUILT_IN = "built in"
    """A built-in one stands for it, and nobody looks into the file."""
    UNREADABLE = "unreadable"
    """The entry names no file."""
    WAITING = "waiting"
    """The router has not looked yet."""


@dataclass(frozen=True, slots=True)
class FoundTransformer:
    """One transformer of a file."""

    name: str
    hooks: tuple[str, ...]
    options: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginSeen:
    """One entry of `transformers`. `text` is its path as written, `path` the whole one."""

    number: int
    text: str
    path: str = ""
    load: Load
    problem: str = ""
    """Why it can't be used; a traceback has several lines."""
    notes: tuple[str, ...] = ()
    """What else is to be known of it, such as a name that another file has too."""
    found: tuple[FoundTransformer, ...] = ()
    used_by: tuple[str, ...] = ()
    """The providers whose chains have it."""
    options: JsonObject = field(default_factory=dict)

    @property
    def title(self) -> str:
        return lists.names(one.name for one in self.found) or Path(self.path or self.text).name


@dataclass(frozen=True, slots=True)
class RouterSeen:
    """The file that CUSTOM_ROUTER_PATH names. One that is loaded may have failed since."""

    path: str
    load: Load
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """All that there is of the user's own code."""

    plugins: tuple[PluginSeen, ...] = ()
    router: RouterSeen | None = None
    needs_node: bool = False
    """Whether a file is JavaScript and there is no Node.js to run it."""


def plugins_seen(
    raw: JsonObject, written: Config, loaded: Plugins, is_there: Sequence[str]
) -> tuple[PluginSeen, ...]:
    """Each entry of the file. `is_there` are the paths of those whose file exists."""
    files = {file.where: file for file in written.plugins}
    seen = []
    for number, entry in enumerate(plugin_entries(raw)):
        text, options = path_text(entry), entry_options(entry)
        plain = PluginSeen(number=number, text=text, load=Load.UNREADABLE, options=options)
        file = files.get(f"{KEY}[{number}]")
        seen.append(_seen(plain, file, loaded, written, file.path in is_there) if file else plain)
    return tuple(seen)


def _seen(
    plain: PluginSeen, file: PluginFile, loaded: Plugins, written: Config, is_there: bool
) -> PluginSeen:  # the last one as a fact
    found = _found(file, loaded)
    load, problem = _load(file, loaded, is_there=is_there, has_classes=bool(found))
    notes = [in_words(issue.problem) for issue in loaded.issues if issue.where == file.where]
    return replace(
        plain,
        path=file.path,
        load=load,
        problem=problem,
        notes=tuple(note for note in notes if not problem or problem not in note),
        found=found,
        used_by=_used_by([one.name for one in found], written),
    )


def _load(
    file: PluginFile, loaded: Plugins, *, is_there: bool, has_classes: bool
) -> tuple[Load, str]:
    if replaced_script(file.path):
        return Load.BUILT_IN, ""
    if not is_there:
        return Load.MISSING, ""
    if problem := loaded.broken.get(file.path, ""):
        return Load.FAILED, problem
    for name, plugin in loaded.classes.items():
        if plugin.file.path == file.path and (problem := loaded.unmade.get(name, "")):
            return Load.UNMADE, problem
    return (Load.LOADED if has_classes else Load.WAITING), ""


def _found(file: PluginFile, loaded: Plugins) -> tuple[FoundTransformer, ...]:
    if name := replaced_script(file.path):
        known = KNOWN_TRANSFORMERS[name]
        return (FoundTransformer(name, (), known.options),)
    return tuple(
        FoundTransformer(name, _hooks(plugin.make), declared_options(plugin.make))
        for name, plugin in loaded.classes.items()
        if plugin.file.path == file.path
    )


def _hooks(make: Any) -> tuple[str, ...]:
    """Those of a Python class; a class in JavaScript tells its own."""
    told = getattr(make, "hooks", None)
    if isinstance(told, list | tuple):
        return tuple(map(str, told))
    return tuple(hook for hook in HOOKS if hasattr(make, hook))


def _used_by(names: Sequence[str], written: Config) -> tuple[str, ...]:
    return tuple(
        provider.name
        for provider in written.providers.values()
        if any(
            link.name in names
            for chain in (provider.chain, *provider.model_chains.values())
            for link in chain
        )
    )
